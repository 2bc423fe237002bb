import classes from "@/features/requests/components/decision.module.css";
import { affinityWords, SKIP_STATES, skippedWords, tryWord } from "@/features/requests/words";
import type { Schema } from "@/shared/api/schema";
import { limitWords } from "@/shared/components/key/limits-left";
import { Panel } from "@/shared/components/panel";
import { StateIcon } from "@/shared/components/state-pill";

interface DecisionProps {
  attempt: Schema<"AttemptTrace">;
  /** Whether there was no other attempt. */
  alone: boolean;
}

/** Why this key: the tier, the two that were drawn with their loads, what was left, and who was passed over. */
export function Decision({ attempt, alone }: DecisionProps) {
  const { keyName, load, other, limitGroup, headroom = [], skipped = [] } = attempt;
  const most = Math.max(load, other?.load ?? 0);
  const affinity = affinityWords(attempt.affinity);
  return (
    <Panel title={alone ? `Why ${keyName}` : `Why ${keyName} for ${tryWord(attempt.number)}`}>
      <p className={classes["words"]}>{words(attempt)}</p>
      {affinity !== undefined && <p className={classes["words"]}>{affinity}</p>}
      <div className={classes["loads"]}>
        <Load name={keyName} load={load} most={most} taken />
        {other && <Load name={other.keyName} load={other.load} most={most} />}
      </div>
      {headroom.length > 0 && (
        <>
          <p className={classes["sub"]}>
            Left of its limits then{limitGroup !== undefined && `, in ${limitGroup}`}
          </p>
          <ul className={classes["skipped"]}>
            {headroom.map((one) => (
              <li key={`${one.axis} ${one.period}`}>
                <span className={classes["dot"]} aria-hidden />
                <span>{limitWords(one)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {skipped.length > 0 && (
        <>
          <p className={classes["sub"]}>Not considered</p>
          <ul className={classes["skipped"]}>
            {skipped.map((group) => {
              const state = SKIP_STATES[group.reason];
              const names = group.names ?? [];
              return (
                <li key={group.reason}>
                  {state ? (
                    <StateIcon state={state} size={13} />
                  ) : (
                    <span className={classes["dot"]} aria-hidden />
                  )}
                  <span>
                    <strong>{skippedWords(group)}</strong>
                    {names.length > 0 && (
                      <span className={classes["names"]}>
                        {" "}
                        {names.join(", ")}
                        {group.keys > names.length && ` and ${group.keys - names.length} more`}
                      </span>
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Panel>
  );
}

function words({ tier, ready, other, trial, keyName, load, affinity }: Schema<"AttemptTrace">): string {
  const tierWords = `${ready} ${ready === 1 ? "key" : "keys"} of priority ${tier} ${ready === 1 ? "was" : "were"} ready.`;
  if (trial) {
    return `${tierWords} ${keyName} had cooled off and needed one request to prove itself: this one.`;
  }
  if (affinity !== undefined && other === undefined) {
    return tierWords;
  }
  if (other === undefined) {
    return `${tierWords} There was nothing to compare with.`;
  }
  return load === other.load
    ? `${tierWords} Two were drawn at random, equally loaded.`
    : load < other.load
      ? `${tierWords} Two were drawn at random, and the less loaded one was taken.`
      : `${tierWords} Two were drawn at random; the less loaded one could not take it just then.`;
}

function Load({
  name,
  load,
  most,
  taken = false,
}: {
  name: string;
  load: number;
  most: number;
  taken?: boolean;
}) {
  return (
    <div className={classes["load"]} data-taken={taken}>
      <span className={classes["name"]}>
        {name}
        {taken && <span className={classes["taken"]}>taken</span>}
      </span>
      <span className={classes["track"]} role="img" aria-label={`Load ${figure(load)}`}>
        <span className={classes["bar"]} style={{ width: `${most > 0 ? (load / most) * 100 : 0}%` }} />
      </span>
      <span className={classes["figure"]} aria-hidden>
        {figure(load)}
      </span>
    </div>
  );
}

const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function figure(load: number): string {
  return format.format(load);
}
