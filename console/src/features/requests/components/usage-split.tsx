import classes from "@/features/requests/components/usage-split.module.css";
import type { Schema } from "@/shared/api/schema";
import { money, percent, whole } from "@/shared/format/number";

/** Where a request's tokens went, as one bar and its figures. */
export function UsageSplit({ usage }: { usage: Schema<"RequestTrace">["usage"] }) {
  const parts = [
    { name: "fresh", word: "Fresh input", tokens: usage.freshInput },
    { name: "read", word: "Read from cache", tokens: usage.cacheRead },
    { name: "write", word: "Written to cache", tokens: usage.cacheWrite5m + usage.cacheWrite1h },
    { name: "reasoning", word: "Reasoning", tokens: usage.reasoning },
    { name: "output", word: "Output", tokens: usage.output },
  ].filter(({ tokens }) => tokens > 0);
  const total = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  return (
    <>
      <div className={classes["bar"]} aria-hidden>
        {parts.map(({ name, tokens }) => (
          <span key={name} data-part={name} style={{ flexGrow: tokens }} />
        ))}
      </div>
      <dl className={classes["parts"]}>
        {parts.map(({ name, word, tokens }) => (
          <div key={name}>
            <dt>
              <span className={classes["swatch"]} data-part={name} aria-hidden />
              {word}
            </dt>
            <dd>
              {whole(tokens)} <span className={classes["share"]}>{percent(tokens / total)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes["note"]}>
        {usage.usd === undefined
          ? "The model has no price."
          : `${money(usage.usd)}${usage.priceVersion === undefined ? "" : ` by the prices of ${usage.priceVersion}`}.`}
        {usage.estimated && " The provider told no figures, so these are estimated."}
      </p>
    </>
  );
}
