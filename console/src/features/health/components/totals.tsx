import { Figure, Figures } from "@/shared/components/figures";
import { compact, money, whole } from "@/shared/format/number";
import { usePoolTotals } from "@/shared/live/live";

/** The whole pool in six figures. */
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
    </Figures>
  );
}
