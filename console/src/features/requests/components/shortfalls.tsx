import classes from "@/features/requests/components/detours.module.css";
import type { Schema } from "@/shared/api/schema";
import { limitWords } from "@/shared/components/key/limits-left";
import { Panel } from "@/shared/components/panel";
import { ProviderMark } from "@/shared/components/provider-mark";
import { compact } from "@/shared/format/number";
import { timeOfDay } from "@/shared/format/time";

type Shortfall = Schema<"Shortfall">;

/** What stood in the way of each limit group when nobody took the request. */
export function Shortfalls({ shortfalls }: { shortfalls: Shortfall[] }) {
  return (
    <Panel title="What stood in the way">
      <ul className={classes["list"]}>
        {shortfalls.map((one) => (
          <li key={`${one.provider}/${one.model}/${one.limitGroup}`}>
            <ProviderMark provider={one.provider} />
            <span>
              <strong>{one.limitGroup}</strong> <span className={classes["quiet"]}>{words(one)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function words({ left, needed, reason, until }: Shortfall): string {
  const why =
    left === undefined
      ? (reason ?? "was not free")
      : `${limitWords(left)} were left${left.axis === "requests" || needed === undefined ? "" : `, of about ${compact(needed)} it needed`}`;
  return until === undefined ? `${why}; time alone does not help` : `${why}; free at ${timeOfDay(until)}`;
}
