import type { RequestSummary, Schema, State } from "@/shared/api/schema";

type Outcome = Schema<"AttemptTrace">["outcome"];
type Reason = Schema<"Skipped">["reason"];

/** How a request or an attempt ended: a word, and the state whose colour it has. */
export interface End {
  word: string;
  state: State;
}

const ENDS: Record<RequestSummary["end"], End> = {
  completed: { word: "Served", state: "healthy" },
  refused: { word: "No key free", state: "throttled" },
  "caller-fault": { word: "Bad request", state: "paused" },
  "provider-error": { word: "Provider failed", state: "rejected" },
  broken: { word: "Broke off", state: "rejected" },
  "client-left": { word: "Client left", state: "paused" },
};

export function endOf({ end, attempts }: Pick<RequestSummary, "end" | "attempts">): End {
  return end === "completed" && attempts > 1 ? { word: "Retried", state: "trial" } : ENDS[end];
}

export const OUTCOMES: Record<Outcome, End> = {
  served: { word: "Served", state: "healthy" },
  declined: { word: "Declined", state: "paused" },
  throttled: { word: "Throttled", state: "throttled" },
  slowed: { word: "Slowed down", state: "throttled" },
  failed: { word: "Failed", state: "rejected" },
  "key-rejected": { word: "Key rejected", state: "rejected" },
  unequipped: { word: "No access token", state: "throttled" },
  "request-rejected": { word: "Request refused", state: "paused" },
  "over-limit": { word: "Larger than its limits", state: "paused" },
  abandoned: { word: "Client left", state: "paused" },
};

const SKIPPED: Record<Reason, string> = {
  throttled: "throttled",
  "over-budget": "over budget",
  rejected: "rejected",
  paused: "paused",
  unequipped: "without an access token",
  failing: "failing just now",
  "model-missing": "without this model",
  "not-allowed": "not allowed for this model",
  busy: "busy with other requests",
  tried: "tried already",
  "lower-priority": "of lower priority",
};

/** The state whose icon stands for a reason to skip a key, if it is one. */
export const SKIP_STATES: Partial<Record<Reason, State>> = {
  throttled: "throttled",
  "over-budget": "over-budget",
  rejected: "rejected",
  paused: "paused",
  unequipped: "throttled",
  failing: "rejected",
};

/** "2 throttled". */
export function skippedWords({ keys, reason }: Schema<"Skipped">): string {
  return `${keys} ${SKIPPED[reason]}`;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** "the second try". */
export function tryWord(number: number): string {
  return ORDINALS[number - 1] === undefined ? `try ${number}` : `the ${ORDINALS[number - 1]} try`;
}
