import type { Provider, RequestSummary, Schema } from "@/shared/api/schema";
import { clientKeysOf } from "@/shared/testing/fake/client-routes";
import { json, problem, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

type Trace = Schema<"RequestTrace">;
type Attempt = Schema<"AttemptTrace">;

const MODELS: Record<Provider, string[]> = {
  anthropic: ["claude-opus-5-5", "claude-sonnet-5", "claude-haiku-4-5"],
  openai: ["gpt-6-sol", "gpt-6-luna"],
  gemini: ["gemini-3.8-pro", "gemini-3.8-flash"],
};
const OPERATIONS: Record<Provider, string> = {
  anthropic: "messages",
  openai: "responses",
  gemini: "generate content",
};

/** Finished requests, the youngest first. */
export function requestsOf(world: World): Trace[] {
  return world.part("requests", () =>
    Array.from({ length: 140 }, (_, index) => make(world, world.now() - 900 - index * 1_900, index)),
  );
}

/** Lets a request finish now, as the feed tells it. */
export function finishRequest(world: World, more: Partial<RequestSummary> = {}): void {
  const all = requestsOf(world);
  const trace = make(world, world.now(), all.length);
  Object.assign(trace.summary, more);
  all.unshift(trace);
  all.splice(400);
  world.feed.emit("request", trace.summary);
}

function make(world: World, at: number, index: number): Trace {
  const { random } = world;
  const keys = [...world.pool.keys.values()];
  const first = keys[Math.floor(random() * keys.length)];
  const provider = first?.config.provider ?? "anthropic";
  const mine = keys.filter((key) => key.config.provider === provider);
  const pick = () =>
    mine[Math.floor(random() * mine.length)]?.config ?? { id: "k-0", name: "none", priority: 5 };
  const model = MODELS[provider][Math.floor(random() * MODELS[provider].length)] ?? "";
  const clients = [...clientKeysOf(world).values()].slice(0, 3);
  const client = clients[Math.floor(random() * random() * clients.length)];
  const refused = index % 23 === 11;
  const broken = index % 41 === 17;
  const retried = index % 6 === 2 && !refused;
  const answer = 700 + random() * 5_200;
  const output = Math.round(120 + random() * 1_400);
  const cacheRead = random() < 0.6 ? Math.round(2_000 + random() * 30_000) : 0;
  const fresh = Math.round(200 + random() * 3_000);

  const attempts: Attempt[] = [];
  const attempt = (rest: Partial<Attempt>): Attempt => {
    const taken = pick();
    const other = mine.map((key) => key.config).find((config) => config.id !== taken.id);
    const load = random() * 0.5;
    return {
      number: attempts.length + 1,
      provider,
      model,
      keyId: taken.id,
      keyName: taken.name,
      tier: taken.priority,
      ready: other ? Math.max(2, mine.length - attempts.length - 1) : 1,
      load,
      ...(other && {
        other: { keyId: other.id, keyName: other.name, load: load + random() * 0.6 },
      }),
      trial: false,
      sentAfter: 0.8,
      duration: 0,
      status: 200,
      outcome: "served",
      skipped: [
        { reason: "over-budget", keys: 1, names: [mine[0]?.config.name ?? ""] },
        { reason: "lower-priority", keys: 2, names: mine.slice(0, 2).map((key) => key.config.name) },
      ],
      ...rest,
    };
  };
  if (retried) {
    attempts.push(
      attempt({
        outcome: "throttled",
        status: 429,
        duration: 60 + random() * 220,
        reason: "tokens per minute",
      }),
    );
  }
  const sentAfter = 1 + (attempts[0]?.duration ?? 0);
  if (!refused) {
    attempts.push(
      attempt({
        sentAfter,
        firstContent: answer * 0.3,
        duration: answer,
        ...(broken && { outcome: "failed" as const, reason: "the connection was reset" }),
      }),
    );
  }
  const last = attempts.at(-1);
  const cost = (fresh * 5 + cacheRead * 0.5 + output * 25) / 1e6;
  const tokens = refused ? 0 : fresh + cacheRead + output;
  return {
    summary: {
      id: `req_${Math.floor(random() * 1e15).toString(36)}${index}`,
      at: new Date(at).toISOString(),
      operation: OPERATIONS[provider],
      requestedModel: model,
      servedModel: model,
      provider,
      ...(last && { keyId: last.keyId, keyName: last.keyName }),
      ...(client && { clientKeyId: client.id, clientKeyName: client.name }),
      status: refused ? 429 : 200,
      stream: random() < 0.8,
      attempts: attempts.length,
      duration: refused ? 3 : sentAfter + answer,
      ...(!refused && { firstContent: sentAfter + answer * 0.3 }),
      end: refused ? "refused" : broken ? "broken" : "completed",
      tokens,
      cachedTokens: refused ? 0 : cacheRead,
      ...(!refused && { usd: cost }),
    },
    complete: at > world.now() - 240_000,
    ...(refused && { reason: "5 keys: 3 throttled, 2 over budget; next at 14:03:20" }),
    requestBytes: fresh * 4,
    responseBytes: output * 5,
    usage: {
      freshInput: refused ? 0 : fresh,
      cacheRead: refused ? 0 : cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: refused ? 0 : Math.round(output * 0.7),
      reasoning: refused ? 0 : Math.round(output * 0.3),
      estimated: false,
      usd: cost,
      priceVersion: "2026-11-20",
    },
    attempts,
    detours: [],
    losses: [],
    ...(index % 5 === 2 && {
      bodies: {
        request: `{"model":"${model}","max_tokens":1024,"messages":[{"role":"user","content":"Hello"}]}`,
        response: `event: message_start\ndata: {"type":"message_start"}\n\nevent: message_stop\ndata: {}\n`,
        truncated: false,
      },
    }),
  };
}

export const requestRoutes: Route[] = [
  {
    method: "GET",
    path: "/requests",
    handle: ({ world, url }) => {
      const query = url.searchParams;
      const member = world.person.role === "member";
      const fits = requestsOf(world)
        .map(({ summary }) => summary)
        .filter((summary) => {
          const outcome = query.get("outcome");
          const completed = summary.end === "completed";
          return (
            (outcome === null ||
              (outcome === "ok" && completed) ||
              (outcome === "retried" && completed && summary.attempts > 1) ||
              (outcome === "failed" && !completed)) &&
            summary.servedModel.startsWith(query.get("model") ?? "") &&
            summary.id.startsWith(query.get("id") ?? "") &&
            (["provider", "keyId", "clientKeyId"] as const).every(
              (name) => !query.has(name) || summary[name] === query.get(name),
            )
          );
        })
        .map(({ keyId, keyName, ...rest }) =>
          member ? rest : { ...rest, ...(keyId !== undefined && { keyId, keyName }) },
        );
      const begin = fits.findIndex(({ id }) => id === query.get("before")) + 1;
      const page = fits.slice(begin, begin + Number(query.get("limit") ?? 50));
      const more = begin + page.length < fits.length;
      return json({ requests: page, ...(more && { next: page.at(-1)?.id }) });
    },
  },
  {
    method: "GET",
    path: "/requests/{id}",
    handle: ({ world, params }) => {
      const trace = requestsOf(world).find(({ summary }) => summary.id === params["id"]);
      return trace === undefined
        ? problem(404, "not-found", "This request is not kept, or is not one of yours")
        : json(trace);
    },
  },
];
