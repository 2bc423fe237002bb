import { Tooltip } from "@mantine/core";
import type { KeyHealth, Schema } from "@/shared/api/schema";
import { Countdown } from "@/shared/components/countdown";
import classes from "@/shared/components/key/key-state.module.css";
import { StatePill } from "@/shared/components/state-pill";
import { dateTime } from "@/shared/format/time";
import { capitalised, counted } from "@/shared/format/words";

const SAID_BY: Record<Schema<"Provenance">, { word: string; sentence: string }> = {
  provider: { word: "provider", sentence: "The provider said so." },
  estimate: { word: "estimate", sentence: "The provider gave no time, so Forebay estimated it." },
  person: { word: "person", sentence: "A person decided so." },
  configuration: { word: "settings", sentence: "The configuration says so." },
};

type Health = Pick<KeyHealth, "state" | "coolings">;

/** A key's state with its reason, who said so, and what is left until it comes back. */
export function KeyStateView({ health }: { health: Health }) {
  const { state, coolings } = health;
  if (state.state === "healthy" && coolings.length > 0) {
    return <ThrottledModels coolings={coolings} />;
  }
  const { reason, saidBy, until, since } = state;
  const view = (
    <div className={classes["view"]}>
      <div className={classes["line"]}>
        <StatePill state={state.state} />
        {until !== undefined && state.state !== "healthy" && <Left state={state.state} until={until} />}
      </div>
      {reason !== undefined && state.state !== "healthy" && (
        <div className={classes["reason"]}>
          <span className={classes["why"]}>
            {state.state === "over-budget" ? "today’s is used up" : reason}
          </span>
          {saidBy !== undefined && <span className={classes["said"]}>· {SAID_BY[saidBy].word}</span>}
        </div>
      )}
    </div>
  );
  if ([reason, saidBy, until, since].every((word) => word === undefined)) {
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
        </>
      }
    >
      {view}
    </Tooltip>
  );
}

/** Some models of the key have to wait; it serves all others. */
function ThrottledModels({ coolings }: { coolings: Health["coolings"] }) {
  const [first] = [...coolings].sort((a, b) => a.until.localeCompare(b.until));
  if (first === undefined) {
    return null;
  }
  return (
    <Tooltip
      label={
        <>
          It serves every other model.
          {coolings.map(({ model, reason, saidBy, until }) => (
            <span key={model} className={classes["cooling"]}>
              {model}: {reason}. {SAID_BY[saidBy].sentence} Until {dateTime(until)}.
            </span>
          ))}
        </>
      }
    >
      <div className={classes["view"]}>
        <div className={classes["line"]}>
          <StatePill state="throttled" limits={`for ${counted(coolings.length, "model")}`} />
        </div>
        <div className={classes["reason"]}>
          <Left state="throttled" until={first.until} />
          <span className={classes["why"]}>
            · {first.model}
            {coolings.length > 1 && ` and ${coolings.length - 1} more`}
          </span>
          <span className={classes["said"]}>· {SAID_BY[first.saidBy].word}</span>
        </div>
      </div>
    </Tooltip>
  );
}

function Left({ state, until }: { state: KeyHealth["state"]["state"]; until: string }) {
  return (
    <span className={classes["countdown"]} data-state={state}>
      <Countdown until={until} />
    </span>
  );
}
