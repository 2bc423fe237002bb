import { Loader } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleXFilled,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "@/features/google-accounts/components/check-result.module.css";
import { sentence } from "@/shared/api/client";
import type { Schema, State } from "@/shared/api/schema";

type Check = Schema<"GoogleClientCheck">;

const LOOKS: Record<Check["findings"][number]["verdict"], { icon: TablerIcon; state: State }> = {
  right: { icon: IconCircleCheckFilled, state: "healthy" },
  wrong: { icon: IconCircleXFilled, state: "rejected" },
  unknown: { icon: IconAlertTriangle, state: "throttled" },
};

interface CheckResultProps {
  pending: boolean;
  check: Check | undefined;
  error: unknown;
}

/** What Google said about the client, finding by finding. */
export function CheckResult({ pending, check, error }: CheckResultProps) {
  return (
    <div aria-live="polite">
      {pending ? (
        <p className={classes["finding"]}>
          <Loader size={14} /> Asking Google …
        </p>
      ) : check !== undefined ? (
        <ul className={classes["findings"]} aria-label="What Google says">
          {check.findings.map(({ what, verdict, message }) => {
            const { icon: Icon, state } = LOOKS[verdict];
            return (
              <li key={what} className={classes["finding"]} data-state={state}>
                <Icon size={16} aria-hidden />
                <span>{message}</span>
              </li>
            );
          })}
        </ul>
      ) : (
        error !== null && (
          <p className={classes["finding"]} data-state="rejected">
            <IconAlertTriangle size={16} aria-hidden />
            <span>{sentence(error)}</span>
          </p>
        )
      )}
    </div>
  );
}
