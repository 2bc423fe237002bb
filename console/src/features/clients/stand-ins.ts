/** Who stands in for what a client key asks for: whoever the settings name, nobody, or an order of its own. */
export type StandInsMode = "settings" | "off" | "own";

export interface StandInsFields {
  mode: StandInsMode;
  /** Providers and targets such as `openai/gpt-6-sol`, the most wanted first. */
  order: string[];
}

export const MODES: { value: StandInsMode; label: string }[] = [
  { value: "settings", label: "As the settings say" },
  { value: "off", label: "Nobody" },
  { value: "own", label: "In an order of its own" },
];

export function standInsFields(fallback: string | undefined): StandInsFields {
  if (fallback === undefined || fallback === "off") {
    return { mode: fallback === undefined ? "settings" : "off", order: [] };
  }
  return { mode: "own", order: fallback.split(",").map((word) => word.trim()) };
}

/** As the API wants it: null for whoever the settings name. */
export function fallbackOf({ mode, order }: StandInsFields): string | null {
  return mode === "settings" ? null : mode === "off" ? "off" : order.join(", ");
}

/** "nobody stands in", "stand-ins: openai, gemini". */
export function fallbackWords(fallback: string): string {
  return fallback === "off" ? "nobody stands in" : `stand-ins: ${fallback}`;
}
