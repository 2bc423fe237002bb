import { useQuery } from "@tanstack/react-query";
import { todayQuery } from "@/features/health/api";
import type { PoolHealth } from "@/shared/api/schema";
import { Figure, Figures } from "@/shared/components/figures";
import { providerName } from "@/shared/components/provider-mark";
import { compact, money, percent, whole } from "@/shared/format/number";
import { countdown } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";
import { usePoolTotals } from "@/shared/live/live";

type Totals = PoolHealth["totals"];

/** The whole pool in a few figures. */
export function Totals() {
  const totals = usePoolTotals();
  if (totals === undefined) {
    return null;
  }
  return (
    <Figures>
      <Figure label="Tokens per minute" value={compact(totals.tokensPerMinute)} />
      <Figure label="Requests per minute" value={compact(totals.requestsPerMinute)} />
      <Figure label="In flight" value={whole(totals.inFlight)} />
      <Waiting count={totals.waiting} lines={totals.lines} />
      <Figure label="Tokens today" value={compact(totals.tokensToday)} />
      <Figure label="Cost today" value={money(totals.usdToday)} />
      <Figure
        label="Rescued today"
        value={whole(totals.shiftedToday)}
        explained="Requests that met a limit or a failure on one key and were answered by another all the same"
      />
      <PromptCache />
    </Figures>
  );
}

/** Those for whom no key is free, and for what; quiet while there are none. */
function Waiting({ count, lines }: { count: number; lines: Totals["lines"] }) {
  if (count === 0) {
    return <Figure label="Waiting" value="0" explained="No request waits for a key" />;
  }
  const first = lines.reduce((least, { since }) => (since < least ? since : least), lines[0]?.since ?? "");
  return (
    <Figure
      label="Waiting"
      value={whole(count)}
      note={first === "" ? undefined : <Elapsed since={first} />}
      state="throttled"
      explained={lines.map(({ provider, model, waiting, since }) => (
        <div key={`${provider} ${model}`}>
          {whole(waiting)} for {model} of {providerName(provider)}, the next for <Elapsed since={since} />
        </div>
      ))}
    />
  );
}

/** How long something has lasted, counting up by the second. */
function Elapsed({ since }: { since: string }) {
  return <>{countdown(useNow() - Date.parse(since))}</>;
}

/** How much of today's input the providers had in their prompt caches, and what that saved. */
function PromptCache() {
  const total = useQuery(todayQuery).data?.total;
  const input = total === undefined ? 0 : total.freshInput + total.cacheRead + total.cacheWrite;
  return (
    <Figure
      label="Prompt cache hits"
      value={total === undefined || input === 0 ? "–" : percent(total.cacheRead / input)}
      note={total === undefined ? undefined : saving(total.usdSaved)}
      explained="The part of today's input that providers read from their prompt caches, and what the input would have cost more without them"
    />
  );
}

/** Writing costs more than plain input, and is regained in reading. */
function saving(usd: number): string | undefined {
  if (usd === 0) {
    return undefined;
  }
  return usd > 0 ? `${money(usd)} saved` : `${money(-usd)} more for writing`;
}
