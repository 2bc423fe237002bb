import { Tooltip } from "@mantine/core";
import { memo } from "react";
import classes from "@/features/health/components/key-row.module.css";
import type { KeyHealth } from "@/shared/api/schema";
import { BudgetEdit } from "@/shared/components/key/budget-edit";
import { KeyButtons } from "@/shared/components/key/key-buttons";
import { KeyStateView } from "@/shared/components/key/key-state";
import { LimitsLeft } from "@/shared/components/key/limits-left";
import { PrioritySelect } from "@/shared/components/key/priority-select";
import { KeyMark } from "@/shared/components/key-mark";
import { compact, percent, whole } from "@/shared/format/number";
import { age, duration } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";
import { useKeyHealth } from "@/shared/live/live";

/** One key as it stands now; renders when this key changed and not otherwise. */
export const KeyRow = memo(function KeyRow({ id, grouped }: { id: string; grouped: boolean }) {
  const health = useKeyHealth(id);
  return health === undefined ? null : <Cells health={health} grouped={grouped} />;
});

function Cells({ health, grouped }: { health: KeyHealth; grouped: boolean }) {
  return (
    <div
      className={classes["cells"]}
      data-off={health.state.state === "paused" || undefined}
      data-grouped={grouped || undefined}
    >
      <div role="cell" className={classes["key"]}>
        <span className={classes["name"]}>{health.name}</span>
        <KeyMark of={health} />
      </div>
      <div role="cell" className={classes["state"]}>
        <KeyStateView health={health} />
      </div>
      <div role="cell" className={classes["priority"]}>
        <span className={classes["label"]}>Priority</span>
        <PrioritySelect health={health} />
      </div>
      <div role="cell" className={classes["budget"]}>
        <BudgetEdit health={health} />
      </div>
      <div role="cell" className={classes["share"]}>
        <span className={classes["label"]}>Share</span>
        <span className={classes["shareBar"]} aria-hidden>
          <span style={{ transform: `scaleX(${health.share.toFixed(3)})` }} />
        </span>
        <span>{percent(health.share)}</span>
      </div>
      <div role="cell" className={classes["figure"]} data-area="flight">
        <span className={classes["label"]}>In flight</span>
        <span>{whole(health.inFlight)}</span>
      </div>
      <div role="cell" className={classes["figure"]} data-area="minute">
        <span className={classes["label"]}>Per minute</span>
        <span>
          {compact(health.tokensPerMinute)}
          <span className={classes["unit"]}> tok</span>
        </span>
        <span className={classes["second"]}>{compact(Math.round(health.requestsPerMinute))} req</span>
        {!grouped && <LimitsLeft headroom={health.headroom} brief />}
      </div>
      <div role="cell" className={classes["figure"]} data-area="latency">
        <span className={classes["label"]}>Latency</span>
        {health.latencyP50 === undefined ? (
          <span className={classes["unit"]}>unknown</span>
        ) : (
          <>
            <span>{duration(health.latencyP50)}</span>
            {health.latencyP95 !== undefined && (
              <span className={classes["second"]}>p95 {duration(health.latencyP95)}</span>
            )}
          </>
        )}
      </div>
      <div role="cell" className={classes["errors"]}>
        <span className={classes["label"]}>Errors</span>
        <span className={classes["rate"]}>
          {percent(health.errorRate)}
          {health.lastError?.at !== undefined && (
            <span className={classes["unit"]}>
              {" "}
              · <Age at={health.lastError.at} />
            </span>
          )}
        </span>
        {health.lastError !== undefined && (
          <Tooltip label={health.lastError.message}>
            <span className={classes["second"]}>{health.lastError.message}</span>
          </Tooltip>
        )}
      </div>
      <div role="cell" className={classes["actions"]}>
        <KeyButtons health={health} />
      </div>
    </div>
  );
}

/** How long ago the last error was. */
function Age({ at }: { at: string }) {
  return <>{age(useNow() - Date.parse(at))}</>;
}
