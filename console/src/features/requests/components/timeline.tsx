import { EndMark } from "@/features/requests/components/end-mark";
import classes from "@/features/requests/components/timeline.module.css";
import { OUTCOMES } from "@/features/requests/words";
import type { Schema } from "@/shared/api/schema";
import { providerName } from "@/shared/components/provider-mark";
import { duration as format } from "@/shared/format/time";

interface TimelineProps {
  attempts: Schema<"AttemptTrace">[];
  /** Of the whole request. */
  duration: number;
  /** Whether the keys' names may be seen. */
  named: boolean;
}

/** The attempts on the request's time, the waiting for the first word lighter than the answer. */
export function Timeline({ attempts, duration, named }: TimelineProps) {
  const end = Math.max(duration, ...attempts.map((attempt) => attempt.sentAfter + attempt.duration), 1);
  return (
    <div>
      <ol className={classes["rows"]}>
        {attempts.map((attempt) => {
          const { word, state } = OUTCOMES[attempt.outcome];
          const waiting = attempt.firstContent ?? attempt.duration;
          return (
            <li key={attempt.number} className={classes["row"]}>
              <div className={classes["who"]}>
                <span className={classes["key"]}>
                  {attempt.number}.{" "}
                  {named && attempt.keyName ? attempt.keyName : providerName(attempt.provider)}
                </span>
                <EndMark end={{ word, state }} />
              </div>
              <div className={classes["track"]}>
                <span
                  className={classes["bar"]}
                  data-state={state}
                  style={{
                    left: `${(attempt.sentAfter / end) * 100}%`,
                    width: `${(attempt.duration / end) * 100}%`,
                  }}
                >
                  <span
                    className={classes["wait"]}
                    style={{ width: `${(waiting / Math.max(attempt.duration, 1)) * 100}%` }}
                  />
                </span>
              </div>
              <p className={classes["words"]}>
                sent after {format(attempt.sentAfter)}
                {attempt.outcome === "served" &&
                  attempt.firstContent !== undefined &&
                  `, first word ${format(attempt.firstContent)} later`}
                {`, ${format(attempt.duration)} in all, ${answerWords(attempt)}`}
              </p>
            </li>
          );
        })}
      </ol>
      <div className={classes["axis"]} aria-hidden>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{part === 0 ? "0" : tick(end * part)}</span>
        ))}
      </div>
    </div>
  );
}

/** "status 200", or why there was no such answer; a reason may begin with the status. */
function answerWords({ status, reason = "" }: Schema<"AttemptTrace">): string {
  const said = status > 0 ? `status ${status}` : "no answer";
  return reason === "" ? said : reason.startsWith(`${status} `) ? `status ${reason}` : `${said} · ${reason}`;
}

/** A duration on the axis, where a few milliseconds have to differ. */
function tick(millis: number): string {
  return millis < 10 && !Number.isInteger(millis) ? `${millis.toFixed(1)} ms` : format(millis);
}
