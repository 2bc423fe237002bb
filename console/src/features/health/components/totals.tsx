import { useQuery } from "@tanstack/react-query";
import { todayQuery } from "@/features/health/api";
import { Figure, Figures } from "@/shared/components/figures";
import { compact, money, percent, whole } from "@/shared/format/number";
import { usePoolTotals } from "@/shared/live/live";

/** The whole pool in seven figures. */
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
