import type { Provider } from "@/shared/api/schema";
import classes from "@/shared/components/provider-mark.module.css";

const NAMES: Record<Provider, string> = { anthropic: "Anthropic", openai: "OpenAI", gemini: "Gemini" };

export function providerName(provider: Provider): string {
  return NAMES[provider];
}

/** Our own marks, none of them anybody's logo: a sun of five rays, six turning leaves, a four-pointed star. */
const SHAPES: Record<Provider, React.ReactNode> = {
  anthropic: (
    <g stroke="currentColor" strokeWidth="1.7" strokeLinecap="round">
      {[0, 72, 144, 216, 288].map((angle) => (
        <path key={angle} d="M8 6V2.4" transform={`rotate(${angle} 8 8)`} />
      ))}
    </g>
  ),
  openai: (
    <g fill="none" stroke="currentColor" strokeWidth="1.3">
      {[0, 60, 120].map((angle) => (
        <ellipse key={angle} cx="8" cy="8" rx="2.6" ry="6" transform={`rotate(${angle} 8 8)`} />
      ))}
    </g>
  ),
  gemini: (
    <path
      fill="currentColor"
      d="M8 1.6c.5 3.5 2.9 5.9 6.4 6.4-3.5.5-5.9 2.9-6.4 6.4-.5-3.5-2.9-5.9-6.4-6.4 3.5-.5 5.9-2.9 6.4-6.4z"
    />
  ),
};

/** A provider's mark; with `named` its name stands beside it, else it is read out. */
export function ProviderMark({ provider, named = false }: { provider: Provider; named?: boolean }) {
  const mark = (
    <svg
      className={classes["mark"]}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      {...(named ? { "aria-hidden": true } : { role: "img", "aria-label": NAMES[provider] })}
    >
      {SHAPES[provider]}
    </svg>
  );
  return named ? (
    <span className={classes["named"]}>
      {mark}
      {NAMES[provider]}
    </span>
  ) : (
    mark
  );
}
