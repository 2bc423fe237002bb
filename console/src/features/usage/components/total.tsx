import { cachedShare } from "@/features/usage/components/usage-table";
import type { Schema } from "@/shared/api/schema";
import { Figure, Figures } from "@/shared/components/figures";
import { compact, money, whole } from "@/shared/format/number";

/** The whole range in six figures. */
export function Total({ total, priced }: { total: Schema<"UsageFigures">; priced: boolean }) {
  return (
    <Figures>
      <Figure label="Tokens" value={compact(total.tokens)} />
      <Figure
        label="Input from cache"
        value={cachedShare(total)}
        explained="The part of all input tokens that providers read from their prompt caches"
      />
      <Figure
        label={priced ? "Cost" : "Cost, in part"}
        value={money(total.usd)}
        {...(!priced && { explained: "Some of the models have no price, so their cost is not in it" })}
      />
      <Figure
        label="Saved by caching"
        value={money(total.usdSaved)}
        explained="What the input would have cost more without caches; below zero while more was paid for writing to them than reading has spared"
      />
      <Figure label="Requests" value={compact(total.requests)} />
      <Figure
        label="Not served"
        value={whole(total.failed)}
        explained="Requests whose answer did not reach its end"
      />
    </Figures>
  );
}
