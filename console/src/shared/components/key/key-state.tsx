import { Tooltip } from "@mantine/core";
import type { KeyHealth, Schema } from "@/shared/api/schema";
import { Countdown } from "@/shared/components/countdown";
import classes from "@/shared/components/key/key-state.module.css";
import { StatePill } from "@/shared/components/state-pill";
import { dateTime } from "@/shared/format/time";

const SAID_BY: Record<Schema<"Provenance">, { word: string; sentence: string }> = {
  provider: { word: "provider", sentence: "The provider said so." },
  estimate: { word: "estimate", sentence: "The provider gave no time, so Forebay estimated it." },
  person: { word: "person", sentence: "A person decided so." },
  configuration: { word: "configuration", sentence: "The configuration says so." },
};

/** A key's state with its reason, who said so, and what is left until it comes back. */
export function KeyStateView({ health }: { health: Pick<KeyHealth, "state" | "coolings"> }) {
  const { state, reason, saidBy, until, since } = health.state;
  const [cooling] = health.coolings;
  const explained =
    reason !== undefined || saidBy !== undefined || until !== undefined || since !== undefined;
  const view = (
    <div className={classes["view"]}>
      <div className={classes["line"]}>
        <StatePill state={state} />
        {until !== undefined && state !== "healthy" && (
          <span className={classes["countdown"]} data-state={state}>
            <Countdown until={until} />
          </span>
        )}
      </div>
      {reason !== undefined && state !== "healthy" ? (
        <div className={classes["reason"]}>
          {reason}
          {saidBy !== undefined && <span className={classes["said"]}> · {SAID_BY[saidBy].word}</span>}
        </div>
      ) : (
        cooling !== undefined && (
          <div className={classes["reason"]}>
            {cooling.model} throttled
            {health.coolings.length > 1 && ` and ${health.coolings.length - 1} more`}
            <span className={classes["said"]}> · {SAID_BY[cooling.saidBy].word}</span> ·{" "}
            <Countdown until={cooling.until} />
          </div>
        )
      )}
    </div>
  );
  if (!explained && cooling === undefined) {
    return view;
  }
  return (
    <Tooltip
      label={
        <>
          {reason !== undefined && `${capitalised(reason)}. `}
          {saidBy !== undefined && SAID_BY[saidBy].sentence}
          {since !== undefined && ` Since ${dateTime(since)}.`}
          {until !== undefined && ` Until ${dateTime(until)}.`}
          {health.coolings.map((each) => (
            <span key={each.model} className={classes["cooling"]}>
              {each.model}: {each.reason}
            </span>
          ))}
        </>
      }
    >
      {view}
    </Tooltip>
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
