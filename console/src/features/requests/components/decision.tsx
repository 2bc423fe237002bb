import classes from "@/features/requests/components/decision.module.css";
import {
  affinityLoads,
  affinityWords,
  drawWords,
  readyWords,
  type LoadBar,
} from "@/features/requests/reasons";
import { SKIP_STATES, skippedWords, tryWord } from "@/features/requests/words";
import type { Schema } from "@/shared/api/schema";
import { limitWords } from "@/shared/components/key/limits-left";
import { Panel } from "@/shared/components/panel";
import { StateIcon } from "@/shared/components/state-pill";
import { compact } from "@/shared/format/number";

interface DecisionProps {
  attempt: Schema<"AttemptTrace">;
  /** Whether there was no other attempt. */
  alone: boolean;
}

/** Why this key: where its conversation led, the two that were drawn, what was left, and who was passed over. */
export function Decision({ attempt, alone }: DecisionProps) {
  const { keyName, load, other, limitGroup, affinity, headroom = [], skipped = [] } = attempt;
  const conversation = affinityWords(attempt);
  const drawn = drawWords(attempt);
  return (
    <Panel title={alone ? `Why ${keyName}` : `Why ${keyName} for ${tryWord(attempt.number)}`}>
      <p className={classes["words"]}>{readyWords(attempt)}</p>
      {conversation !== undefined && <p className={classes["words"]}>{conversation}</p>}
      {affinity?.load !== undefined && (
        <Loads of="What conversations used lately" loads={affinityLoads(attempt)} />
      )}
      {drawn !== undefined && <p className={classes["words"]}>{drawn}</p>}
      {(other !== undefined || affinity?.load === undefined) && (
        <Loads
          of="Load: recent tokens and those in flight"
          loads={[
            { name: keyName, load, taken: true },
            ...(other === undefined ? [] : [{ name: other.keyName, load: other.load }]),
          ]}
        />
      )}
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

/** Bars under a heading, on one scale. */
function Loads({ of, loads }: { of: string; loads: LoadBar[] }) {
  const most = Math.max(...loads.map(({ load }) => load));
  return (
    <>
      <p className={classes["sub"]}>{of}</p>
      <div className={classes["loads"]}>
        {loads.map(({ name, load, taken = false, bound = false }) => (
          <div key={name} className={classes["load"]} data-taken={taken} data-bound={bound || undefined}>
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
        ))}
      </div>
    </>
  );
}

const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function figure(load: number): string {
  return load < 1000 ? format.format(load) : compact(load);
}
