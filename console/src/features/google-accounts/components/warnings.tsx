import { IconAlertTriangle } from "@tabler/icons-react";
import classes from "@/features/google-accounts/components/warnings.module.css";
import type { Schema } from "@/shared/api/schema";
import { usePoolStore } from "@/shared/live/live";

type Warning = Schema<"GoogleWarning">;

const TITLES: Record<Warning["kind"], string> = {
  "shared-project": "One project, one quota",
  "consent-testing": "The consent screen is in testing",
  "other-client": "Connected by another OAuth client",
  "scope-missing": "Not everything was allowed",
  "client-missing": "The OAuth client is missing",
};

/** What to know before counting on these accounts. */
export function Warnings({ warnings }: { warnings: Warning[] }) {
  const pool = usePoolStore();
  if (warnings.length === 0) {
    return null;
  }
  return (
    <ul className={classes["warnings"]} aria-label="Warnings">
      {warnings.map((warning) => {
        const names = warning.keys
          .flatMap((id) => pool.key(id)?.name ?? [])
          .filter((name) => !warning.message.includes(name));
        return (
          <li key={`${warning.kind} ${warning.project ?? ""}`} className={classes["warning"]}>
            <IconAlertTriangle size={17} aria-hidden />
            <div>
              <strong>{TITLES[warning.kind]}</strong>
              {warning.project !== undefined && <span className={classes["project"]}>{warning.project}</span>}
              <p>{warning.message}</p>
              {names.length > 0 && <p className={classes["names"]}>{names.join(", ")}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
