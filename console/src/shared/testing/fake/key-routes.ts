import type { Provider, ProviderKey, Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Call, type Route } from "@/shared/testing/fake/http";
import type { FakeKey } from "@/shared/testing/fake/pool";

function recognise(secret: string): Provider | undefined {
  if (secret.startsWith("sk-ant-")) {
    return "anthropic";
  }
  if (secret.startsWith("sk-")) {
    return "openai";
  }
  return secret.startsWith("AIza") ? "gemini" : undefined;
}

/** A secret with "bad" in it is refused, one with "slow" throttled. */
function test(secret: string, provider: Provider | undefined): Schema<"KeyTest"> {
  if (provider === undefined) {
    return { verdict: "unknown-provider", message: "No provider is recognised from this secret; choose one" };
  }
  if (secret.includes("bad")) {
    return {
      verdict: "refused",
      provider,
      message: "The provider refuses this key with status 401: invalid x-api-key.",
      latency: 120,
    };
  }
  if (secret.includes("slow")) {
    return {
      verdict: "throttled",
      provider,
      message: "The provider is throttling this key, which is valid otherwise.",
      latency: 95,
    };
  }
  const models = {
    anthropic: ["claude-opus-5-5", "claude-sonnet-5"],
    openai: ["gpt-6-sol", "gpt-6-luna"],
    gemini: ["gemini-3.8-flash", "gemini-3.8-pro"],
  };
  return {
    verdict: "accepted",
    provider,
    message: "The provider takes this key; it may use 2 models.",
    latency: 143,
    models: models[provider],
  };
}

function order({ provider, limitGroup, name }: ProviderKey): string {
  return `${["anthropic", "openai", "gemini"].indexOf(provider)} ${limitGroup} ${name}`;
}

function withKey(handle: (call: Call, key: FakeKey) => Response): Route["handle"] {
  return (call) => {
    const key = call.world.pool.keys.get(call.params["id"] ?? "");
    return key === undefined ? problem(404, "not-found", "There is no such key") : handle(call, key);
  };
}

function act(call: Call, key: FakeKey, action: string): Response {
  const { pool, feed, now } = { ...call.world, pool: call.world.pool, now: call.world.now };
  if (key.config.source === "file" && (action === "pause" || action === "resume")) {
    return problem(409, "managed-by-file", `${key.config.name} is declared in forebay.yaml; change it there`);
  }
  if (action === "pause") {
    key.config.paused = true;
    pool.become(key, { state: "paused", reason: "paused by Ada Reyes", saidBy: "person" }, true);
  } else {
    key.config.paused = false;
    pool.become(key, { state: "healthy" }, true);
  }
  feed.emit("keys", {
    ...pool.summary(),
    at: new Date(now()).toISOString(),
    keys: [key.health],
    figures: [],
    removed: [],
  });
  return json(key.health);
}

function remove(call: Call, key: FakeKey): void {
  call.world.pool.keys.delete(key.config.id);
  call.world.feed.emit("keys", {
    ...call.world.pool.summary(),
    keys: [],
    figures: [],
    removed: [key.config.id],
  });
}

export const keyRoutes: Route[] = [
  {
    method: "GET",
    path: "/keys",
    handle: ({ world }) =>
      json(
        [...world.pool.keys.values()]
          .map((key) => key.config)
          .sort((a, b) => order(a).localeCompare(order(b), "en", { numeric: true })),
      ),
  },
  {
    method: "POST",
    path: "/keys",
    handle: ({ world, body }) => {
      const {
        secret,
        test: tested = false,
        force = false,
        provider: given,
        ...rest
      } = body as Schema<"ProviderKeyCreate">;
      const provider = given ?? recognise(secret);
      if (provider === undefined) {
        return problem(422, "invalid", "No provider is recognised from this secret; choose one", {
          fields: [{ field: "provider", message: "Choose one" }],
        });
      }
      const result = test(secret, provider);
      if (tested && !force && result.verdict === "refused") {
        return problem(422, "refused-by-provider", result.message, {
          fields: [{ field: "secret", message: result.message }],
        });
      }
      const name = rest.name ?? `${provider}-${world.pool.keys.size + 1}`;
      const key = world.pool.add({ ...rest, provider, name, secret });
      world.feed.emit("keys", { ...world.pool.summary(), keys: [key.health], figures: [], removed: [] });
      world.feed.emit("config", { what: "keys" });
      return json({ key: key.config, ...(tested && { test: result }) }, 201);
    },
  },
  {
    method: "POST",
    path: "/keys/test",
    handle: ({ body }) => {
      const { secret, provider } = body as Schema<"SecretTest">;
      return json(test(secret, provider ?? recognise(secret)));
    },
  },
  {
    method: "POST",
    path: "/keys/import",
    handle: ({ world, body }) => {
      const { text, dryRun, ...defaults } = body as Schema<"KeyImport">;
      const seen = new Set<string>();
      const lines: Schema<"KeyImportResult">["lines"] = [];
      for (const [index, raw] of text.split("\n").entries()) {
        const line = raw.trim();
        if (line === "" || line.startsWith("#")) {
          continue;
        }
        const parts = line.split(/[\s,]+/);
        const secret = parts.at(-1) ?? "";
        const provider = recognise(secret) ?? defaults.provider;
        const name = parts.length > 1 ? parts.at(-2) : undefined;
        const about = { line: index + 1, suffix: secret.slice(-4), ...(provider && { provider }) };
        if (secret.length < 8 || provider === undefined) {
          lines.push({
            line: index + 1,
            status: "bad",
            message: "No provider is recognised from this secret",
          });
        } else if (seen.has(secret)) {
          lines.push({ ...about, status: "duplicate", message: "The same secret stands in a line above" });
        } else {
          lines.push({ ...about, status: "new", name: name ?? `${provider}-${index + 1}` });
          if (!dryRun) {
            world.pool.add({ provider, name: name ?? `${provider}-${index + 1}`, secret });
          }
        }
        seen.add(secret);
      }
      const count = (status: string) => lines.filter((line) => line.status === status).length;
      if (!dryRun) {
        world.feed.emit("pool", world.pool.health());
        world.feed.emit("config", { what: "keys" });
      }
      return json({ added: count("new"), duplicates: count("duplicate"), bad: count("bad"), lines });
    },
  },
  {
    method: "POST",
    path: "/keys/actions",
    handle: (call) => {
      const { action, ids } = call.body as Schema<"KeyActions">;
      const results = ids.map((id) => {
        const key = call.world.pool.keys.get(id);
        if (key === undefined) {
          return { id, done: false, message: "There is no such key" };
        }
        if (key.config.source === "file" && action !== "recover" && action !== "test") {
          return { id, done: false, message: `${key.config.name} is declared in forebay.yaml` };
        }
        if (action === "delete") {
          remove(call, key);
        } else if (action !== "test") {
          act(call, key, action);
        }
        return { id, done: true, message: action === "test" ? "The provider accepts this key" : "Done" };
      });
      call.world.feed.emit("config", { what: "keys" });
      return json({ results });
    },
  },
  { method: "GET", path: "/keys/{id}", handle: withKey((_, key) => json(key.config)) },
  {
    method: "PATCH",
    path: "/keys/{id}",
    handle: withKey(({ world, body }, key) => {
      if (key.config.source === "file") {
        return problem(
          409,
          "managed-by-file",
          `${key.config.name} is declared in forebay.yaml; change it there`,
        );
      }
      const { secret, dailyTokens, dailyUsd, baseUrl, limitGroup, ...rest } =
        body as Schema<"ProviderKeyEdit">;
      Object.assign(key.config, rest, secret && { suffix: secret.slice(-4) });
      const budget = { ...key.health.budget };
      for (const [name, value] of Object.entries({ dailyTokens, dailyUsd })) {
        if (value !== undefined) {
          Object.assign(key.config, { [name]: value ?? undefined });
          Object.assign(budget, { [name]: value ?? undefined });
        }
      }
      if (baseUrl === null) {
        delete key.config.baseUrl;
      } else if (baseUrl !== undefined) {
        key.config.baseUrl = baseUrl;
      }
      if (limitGroup !== undefined) {
        key.config.declaredGroup = limitGroup !== null && limitGroup !== "";
        key.config.limitGroup = limitGroup || key.config.name;
      }
      const { name, priority, suffix } = key.config;
      key.health = { ...key.health, name, priority, suffix, limitGroup: key.config.limitGroup, budget };
      world.feed.emit("keys", { ...world.pool.summary(), keys: [key.health], figures: [], removed: [] });
      world.feed.emit("config", { what: "keys" });
      return json(key.config);
    }),
  },
  {
    method: "DELETE",
    path: "/keys/{id}",
    handle: withKey((call, key) => {
      if (key.config.source === "file") {
        return problem(
          409,
          "managed-by-file",
          `${key.config.name} is declared in forebay.yaml; remove it there`,
        );
      }
      remove(call, key);
      call.world.feed.emit("config", { what: "keys" });
      return nothing();
    }),
  },
  { method: "POST", path: "/keys/{id}/pause", handle: withKey((call, key) => act(call, key, "pause")) },
  { method: "POST", path: "/keys/{id}/resume", handle: withKey((call, key) => act(call, key, "resume")) },
  { method: "POST", path: "/keys/{id}/recover", handle: withKey((call, key) => act(call, key, "recover")) },
  {
    method: "POST",
    path: "/keys/{id}/test",
    handle: withKey((_, key) => json(test("sk-test-0000", key.config.provider))),
  },
];
