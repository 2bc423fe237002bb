import type { Schema } from "@/shared/api/schema";

export type Interval = Schema<"UsageReport">["interval"];
export type GroupBy = "none" | "key" | "model" | "client";
export type Metric = "tokens" | "usd";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More intervals than this are too thin to see. */
const MOST_HOURS = 14 * 24;

export const RANGES = [
  { id: "24h", word: "24 hours" },
  { id: "7d", word: "7 days" },
  { id: "30d", word: "30 days" },
  { id: "90d", word: "90 days" },
] as const;

/** What is looked at; the address holds it. */
export interface View {
  /** One of the ranges, or "custom" with two dates. */
  range: string;
  from: string;
  to: string;
  interval: Interval;
  groupBy: GroupBy;
  metric: Metric;
}

/** A date as `<input type="date">` has it, in the browser's zone. */
export function dateText(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

function midnight(text: string, plusDays = 0): Date | undefined {
  const [year = NaN, month = NaN, day = NaN] = text.split("-").map(Number);
  const at = new Date(year, month - 1, day + plusDays);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Reads a view from the address; what is missing or odd becomes the default. */
export function viewFrom(params: URLSearchParams, now: number, administers: boolean): View {
  const named = RANGES.find(({ id }) => id === params.get("range"))?.id;
  const from = midnight(params.get("from") ?? "");
  const to = midnight(params.get("to") ?? "", 1);
  const custom = named === undefined && from !== undefined && to !== undefined && from < to;
  const range = named ?? (custom ? "custom" : "7d");
  const span = custom ? { from, to } : spanOf(range, now);
  const hours = (span.to.getTime() - span.from.getTime()) / HOUR;
  const wanted = params.get("interval");
  const interval = range === "24h" || (wanted === "hour" && hours <= MOST_HOURS) ? "hour" : "day";
  const groups: GroupBy[] = administers ? ["key", "model", "client"] : ["model", "client"];
  return {
    range,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    interval,
    groupBy: groups.find((group) => group === params.get("by")) ?? "none",
    metric: params.get("metric") === "usd" ? "usd" : "tokens",
  };
}

/** From the beginning of a day or an hour to the end of the current hour, so that asking again asks for the same. */
function spanOf(range: string, now: number): { from: Date; to: Date } {
  const to = new Date(Math.ceil((now + 1) / HOUR) * HOUR);
  if (range === "24h") {
    return { from: new Date(to.getTime() - DAY), to };
  }
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - Number(range.slice(0, -1)) + 1);
  return { from, to };
}

/** Whether hours can be chosen for so long a time. */
export function hoursFit({ from, to }: View): boolean {
  return (Date.parse(to) - Date.parse(from)) / HOUR <= MOST_HOURS;
}
