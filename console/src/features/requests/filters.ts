import type { Provider, RequestSummary } from "@/shared/api/schema";

/** What the list is narrowed to; the names are the API's and the address's. */
export interface Filters {
  outcome?: "ok" | "retried" | "failed";
  provider?: Provider;
  model?: string;
  keyId?: string;
  clientKeyId?: string;
  id?: string;
}

const OUTCOMES = ["ok", "retried", "failed"] as const;
const PROVIDERS = ["anthropic", "openai", "gemini"] as const;

/** Reads them from the address, and leaves out what does not belong. */
export function filtersFrom(params: URLSearchParams): Filters {
  const outcome = OUTCOMES.find((one) => one === params.get("outcome"));
  const provider = PROVIDERS.find((one) => one === params.get("provider"));
  const texts = Object.fromEntries(
    (["model", "keyId", "clientKeyId", "id"] as const).flatMap((name) => {
      const value = params.get(name)?.trim() ?? "";
      return value === "" ? [] : [[name, value]];
    }),
  );
  return { ...(outcome && { outcome }), ...(provider && { provider }), ...texts };
}

/** Whether the list would have a request that the feed brought. */
export function passes(request: RequestSummary, filters: Filters): boolean {
  const { outcome, provider, model, keyId, clientKeyId, id } = filters;
  const completed = request.end === "completed";
  return (
    (outcome === undefined ||
      (outcome === "ok" && completed) ||
      (outcome === "retried" && completed && request.attempts > 1) ||
      (outcome === "failed" && !completed)) &&
    (provider === undefined || request.provider === provider) &&
    (model === undefined ||
      request.requestedModel.startsWith(model) ||
      request.servedModel.startsWith(model)) &&
    (keyId === undefined || request.keyId === keyId) &&
    (clientKeyId === undefined || request.clientKeyId === clientKeyId) &&
    (id === undefined || request.id.startsWith(id))
  );
}
