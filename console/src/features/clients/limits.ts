import type { ClientKey, Schema } from "@/shared/api/schema";
import { compact } from "@/shared/format/number";

type Limits = Schema<"ClientLimits">;
export type LimitName = keyof Limits;

export const LIMITS: { name: LimitName; label: string; short: string }[] = [
  { name: "requestsPerMinute", label: "Requests per minute", short: "requests a minute" },
  { name: "requestsPerDay", label: "Requests per day", short: "requests a day" },
  { name: "tokensPerMinute", label: "Tokens per minute", short: "tokens a minute" },
  { name: "tokensPerDay", label: "Tokens per day", short: "tokens a day" },
];

/** "60 requests a minute", one a limit; empty when there is none. */
export function limitWords(limits: ClientKey["limits"]): string[] {
  return LIMITS.flatMap(({ name, short }) => {
    const limit = limits[name];
    return limit == null ? [] : [`${compact(limit)} ${short}`];
  });
}

/** A form has a number or an empty text for each; the API wants a number or null. */
export type LimitFields = Record<LimitName, number | "">;

export function limitFields(limits: Limits = {}): LimitFields {
  const field = (name: LimitName) => limits[name] ?? "";
  return {
    requestsPerMinute: field("requestsPerMinute"),
    requestsPerDay: field("requestsPerDay"),
    tokensPerMinute: field("tokensPerMinute"),
    tokensPerDay: field("tokensPerDay"),
  };
}

export function limitsOf(fields: LimitFields): Limits {
  const limit = (name: LimitName) => (fields[name] === "" ? null : fields[name]);
  return {
    requestsPerMinute: limit("requestsPerMinute"),
    requestsPerDay: limit("requestsPerDay"),
    tokensPerMinute: limit("tokensPerMinute"),
    tokensPerDay: limit("tokensPerDay"),
  };
}
