import { Loader } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHourglassHigh,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "@/features/keys/components/test-verdict.module.css";
import { sentence } from "@/shared/api/client";
import type { Schema, State } from "@/shared/api/schema";
import { duration } from "@/shared/format/time";

type KeyTest = Schema<"KeyTest">;

const LOOKS: Record<KeyTest["verdict"], { icon: TablerIcon; state: State }> = {
  accepted: { icon: IconCircleCheckFilled, state: "healthy" },
  refused: { icon: IconCircleXFilled, state: "rejected" },
  throttled: { icon: IconHourglassHigh, state: "throttled" },
  unreachable: { icon: IconAlertTriangle, state: "throttled" },
  "unknown-provider": { icon: IconAlertTriangle, state: "paused" },
};

interface TestVerdictProps {
  pending: boolean;
  test: KeyTest | undefined;
  error: unknown;
}

/** How the free call went. */
export function TestVerdict({ pending, test, error }: TestVerdictProps) {
  return (
    <div className={classes["verdict"]} aria-live="polite">
      {pending ? (
        <>
          <Loader size={14} /> Testing with a free call …
        </>
      ) : test !== undefined ? (
        <Said test={test} />
      ) : error !== null ? (
        <>
          <IconAlertTriangle size={16} data-state="throttled" aria-hidden /> {sentence(error)}
        </>
      ) : (
        "The key is tested with a free call as soon as it is here."
      )}
    </div>
  );
}

function Said({ test }: { test: KeyTest }) {
  const { icon: Icon, state } = LOOKS[test.verdict];
  return (
    <>
      <Icon size={16} data-state={state} aria-hidden />
      <span>
        {test.message}
        {test.latency !== undefined && test.verdict === "accepted" && ` It took ${duration(test.latency)}.`}
      </span>
    </>
  );
}
