import type {
  KeyHealth,
  KeyState,
  PoolHealth,
  Provider,
  ProviderKey,
  TrafficPoint,
} from "@/shared/api/schema";
import type { World } from "@/shared/testing/fake/world";

const NAMES: Record<Provider, string[]> = {
  anthropic: ["team-a", "team-b", "research", "batch", "evals", "support"],
  openai: ["main", "product", "search", "batch", "agents"],
  gemini: ["lab", "vision", "archive", "mobile"],
};
const GROUPS: Record<Provider, string[]> = {
  anthropic: ["acme", "northwind", ""],
  openai: ["acme", "", "globex"],
  gemini: ["", "proj-lab", ""],
};
const PREFIX: Record<Provider, string> = { anthropic: "sk-ant-api03-", openai: "sk-proj-", gemini: "AIzaSy" };
const MIX: Provider[] = ["anthropic", "openai", "gemini", "anthropic", "openai"];

export interface FakeKey {
  config: ProviderKey;
  health: KeyHealth;
  /** How much traffic it draws when it is healthy. */
  weight: number;
  /** Tokens since the last point of the chart. */
  recent: number;
}

/** Provider keys with traffic, limits and budgets that move by themselves. */
export class FakePool {
  readonly keys = new Map<string, FakeKey>();
  readonly points: TrafficPoint[] = [];
  lines: PoolHealth["totals"]["lines"] = [];
  readonly #world: World;
  #next = 1;
  #requestsToday = 18_240;
  #tokensToday = 41_800_000;
  #usdToday = 128.4;
  #shiftedToday = 312;

  constructor(world: World, count: number) {
    this.#world = world;
    for (let index = 0; index < count; index++) {
      this.#seed(index);
    }
    if (count >= 8) {
      this.#pickStates();
    }
    for (let second = 300; second > 0; second--) {
      this.step(1_000, world.now() - second * 1_000, true);
    }
  }

  #seed(index: number): void {
    const random = this.#world.random;
    const provider = MIX[index % MIX.length] ?? "anthropic";
    const round = Math.floor(index / MIX.length);
    const names = NAMES[provider];
    const nth = [...this.keys.values()].filter((key) => key.config.provider === provider).length;
    const base = names[nth % names.length] ?? "key";
    const name = nth < names.length ? base : `${base}-${Math.floor(nth / names.length) + 1}`;
    const group = GROUPS[provider][nth % 3] ?? "";
    const key = this.add({
      provider,
      name,
      secret: `${PREFIX[provider]}test${Math.floor(random() * 1e12).toString(36)}`,
      priority: index % 7 === 3 ? 5 : index % 11 === 4 ? 2 : 8,
      ...(index % 3 !== 2 && { dailyTokens: 1_000_000 * (1 + Math.floor(random() * 8)) }),
      ...(index % 4 === 1 && { dailyUsd: 20 + Math.floor(random() * 6) * 10 }),
      limitGroup: group === "" ? "" : round > 5 ? `${group}-${Math.floor(round / 6) + 1}` : group,
      source: index % 9 === 8 ? "file" : "console",
      note: index === 1 ? "Shared with the search team" : "",
    });
    key.weight =
      (0.35 + random() + (index > 40 && index % 60 < 4 ? 14 : 0)) * (key.config.priority >= 8 ? 1 : 0.25);
    const budget = key.health.budget;
    const fill = 0.15 + random() * 0.6;
    if (budget.dailyTokens !== undefined) {
      budget.usedTokens = Math.round(budget.dailyTokens * fill);
    } else {
      budget.usedTokens = Math.round(random() * 3_000_000);
    }
    budget.usedUsd = budget.dailyUsd === undefined ? budget.usedTokens * 3.1e-6 : budget.dailyUsd * fill;
    key.health.served = Math.round(random() * 4_000);
  }

  #pickStates(): void {
    const all = [...this.keys.values()];
    const now = this.#world.now();
    for (const [index, key] of all.entries()) {
      if (index % 13 === 5) {
        this.become(key, {
          state: "over-budget",
          reason: "daily tokens used up",
          saidBy: "configuration",
          until: key.health.budget.resetsAt,
          since: new Date(now - 2_400_000).toISOString(),
        });
        key.health.budget.dailyTokens ??= 2_000_000;
        key.health.budget.usedTokens = key.health.budget.dailyTokens;
      } else if (index % 29 === 7) {
        this.become(key, {
          state: "rejected",
          reason: "invalid x-api-key",
          saidBy: "provider",
          until: new Date(now + 2_700_000).toISOString(),
          since: new Date(now - 900_000).toISOString(),
        });
        key.health.lastError = {
          message: "401 authentication_error: invalid x-api-key",
          at: new Date(now - 900_000).toISOString(),
        };
      } else if (index % 37 === 9) {
        key.config.paused = true;
        this.become(key, { state: "paused", reason: "paused by Ada Reyes", saidBy: "person" });
      }
    }
  }

  add(given: Partial<ProviderKey> & { provider: Provider; name: string; secret: string }): FakeKey {
    const { secret, limitGroup, dailyTokens, dailyUsd, ...rest } = given;
    const id = `k-${this.#next++}`;
    const now = this.#world.now();
    const at = new Date(now).toISOString();
    const declared = limitGroup !== undefined && limitGroup !== "";
    const config: ProviderKey = {
      id,
      suffix: secret.slice(-4),
      priority: 5,
      models: [],
      limitGroup: declared ? limitGroup : given.name,
      declaredGroup: declared,
      paused: false,
      note: "",
      source: "console",
      kind: "api-key",
      secretReadable: true,
      createdAt: at,
      updatedAt: at,
      ...(dailyTokens !== undefined && { dailyTokens }),
      ...(dailyUsd !== undefined && { dailyUsd }),
      ...rest,
    };
    const midnight = new Date(now);
    midnight.setUTCHours(24, 0, 0, 0);
    const health: KeyHealth = {
      id,
      name: config.name,
      provider: config.provider,
      limitGroup: config.limitGroup,
      groupSaidBy: config.declaredGroup ? "configuration" : "estimate",
      suffix: config.suffix,
      priority: config.priority,
      source: config.source,
      kind: config.kind,
      state: { state: "healthy" },
      coolings: [],
      inFlight: 0,
      budget: {
        usedTokens: 0,
        reservedTokens: 0,
        usedUsd: 0,
        reservedUsd: 0,
        resetsAt: midnight.toISOString(),
        ...(dailyTokens !== undefined && { dailyTokens }),
        ...(dailyUsd !== undefined && { dailyUsd }),
      },
      share: 0,
      tokensPerMinute: 0,
      requestsPerMinute: 0,
      served: 0,
      throttled: 0,
      failed: 0,
      errorRate: 0,
      headroom: [],
    };
    const key: FakeKey = { config, health, weight: 0.8, recent: 0 };
    this.keys.set(id, key);
    return key;
  }

  become(key: FakeKey, state: KeyState, tell = false): void {
    const from = key.health.state.state;
    key.health = { ...key.health, state };
    if (tell && from !== state.state) {
      this.#world.feed.emit("state", {
        at: new Date(this.#world.now()).toISOString(),
        keyId: key.config.id,
        keyName: key.config.name,
        provider: key.config.provider,
        from,
        to: state.state,
        ...(state.reason !== undefined && { reason: state.reason }),
        ...(state.until !== undefined && { until: state.until }),
      });
    }
  }

  /** Lets so much time pass; `now` is its end. Returns the keys that changed. */
  step(millis: number, now = this.#world.now(), quiet = false): KeyHealth[] {
    const random = this.#world.random;
    const all = [...this.keys.values()];
    const minutes = millis / 60_000;
    const changed: KeyHealth[] = [];
    for (const provider of ["anthropic", "openai", "gemini"] as const) {
      const mine = all.filter((key) => key.config.provider === provider);
      const ready = mine.filter((key) => key.health.state.state === "healthy");
      const tier = Math.max(0, ...ready.map((key) => key.config.priority));
      const weights = mine.map((key) =>
        key.health.state.state === "healthy"
          ? key.weight * (key.config.priority === tier ? 1 : 0.04) * (0.75 + random() * 0.5)
          : 0,
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
      const demand =
        mine.length * (provider === "openai" ? 26_000 : provider === "anthropic" ? 38_000 : 20_000);
      for (const [index, key] of mine.entries()) {
        const share = (weights[index] ?? 0) / total;
        changed.push(this.#flow(key, share, demand * share, minutes, now, quiet));
      }
    }
    if (Math.floor(now / 1000) !== Math.floor((now - millis) / 1000)) {
      this.#point(now, quiet);
    }
    return changed;
  }

  #flow(
    key: FakeKey,
    share: number,
    perMinute: number,
    minutes: number,
    now: number,
    quiet: boolean,
  ): KeyHealth {
    const random = this.#world.random;
    const before = key.health;
    const smooth = (old: number, next: number) => old + (next - old) * Math.min(1, minutes * 14);
    const tokens = Math.round(perMinute * minutes * (0.6 + random() * 0.8));
    const budget = { ...before.budget };
    budget.usedTokens += tokens;
    budget.usedUsd += tokens * 3.1e-6;
    budget.reservedTokens = Math.round(share > 0 ? perMinute * 1.6 * (0.5 + random()) : 0);
    budget.reservedUsd = budget.reservedTokens * 6e-6;
    key.recent += tokens;
    this.#tokensToday += tokens;
    this.#usdToday += tokens * 3.1e-6;
    const requests = Math.round(tokens / 2_300);
    this.#requestsToday += requests;
    const p50 = key.config.provider === "gemini" ? 420 : key.config.provider === "openai" ? 610 : 880;
    key.health = {
      ...before,
      budget,
      share: smooth(before.share, share),
      tokensPerMinute: Math.round(smooth(before.tokensPerMinute, perMinute)),
      requestsPerMinute: Math.round(smooth(before.requestsPerMinute, perMinute / 2_300)),
      inFlight: share > 0 ? Math.round((perMinute / 21_000) * (0.4 + random() * 1.2)) : 0,
      latencyP50: Math.round(smooth(before.latencyP50 ?? p50, p50 * (0.8 + random() * 0.4))),
      latencyP95: Math.round(smooth(before.latencyP95 ?? p50 * 2.6, p50 * (2.2 + random() * 0.9))),
      served: before.served + requests,
    };
    this.#fate(key, now, quiet);
    return key.health;
  }

  /** Throttles a key now and then, and lets it come back. */
  #fate(key: FakeKey, now: number, quiet: boolean): void {
    const random = this.#world.random;
    const { state, until } = key.health.state;
    const { dailyTokens, usedTokens, resetsAt } = key.health.budget;
    if (state === "throttled" && until !== undefined && Date.parse(until) <= now) {
      this.become(
        key,
        { state: "trial", reason: "waiting for one request to prove it", saidBy: "estimate" },
        !quiet,
      );
    } else if (state === "trial") {
      this.become(key, { state: "healthy" }, !quiet);
    } else if (state === "healthy" && dailyTokens !== undefined && usedTokens >= dailyTokens) {
      const reason = "daily tokens used up";
      this.become(key, { state: "over-budget", reason, saidBy: "configuration", until: resetsAt }, !quiet);
    } else if (state === "healthy" && random() < 0.0016 && this.keys.size > 2) {
      const wait = 9_000 + random() * 50_000;
      key.health = { ...key.health, throttled: key.health.throttled + 1 };
      key.health.lastError = {
        message: "429 rate_limit_error: tokens per minute",
        at: new Date(now).toISOString(),
      };
      this.#shiftedToday += Math.ceil(random() * 4);
      this.become(
        key,
        {
          state: "throttled",
          reason: "tokens per minute",
          saidBy: random() < 0.75 ? "provider" : "estimate",
          until: new Date(now + wait).toISOString(),
          since: new Date(now).toISOString(),
        },
        !quiet,
      );
    }
  }

  #point(now: number, quiet: boolean): void {
    const tokens: Record<string, number> = {};
    const requests: Record<string, number> = {};
    for (const key of this.keys.values()) {
      if (key.recent > 0) {
        tokens[key.config.id] = key.recent;
        requests[key.config.id] = Math.max(1, Math.round(key.recent / 2_300));
      }
      key.recent = 0;
    }
    const point: TrafficPoint = {
      at: new Date(Math.floor(now / 1000) * 1000).toISOString(),
      tokens,
      requests,
    };
    this.points.push(point);
    if (this.points.length > 900) {
      this.points.shift();
    }
    if (!quiet) {
      this.#world.feed.emit("traffic", point);
    }
  }

  health(): PoolHealth {
    return { ...this.summary(), keys: [...this.keys.values()].map((key) => key.health) };
  }

  summary(): Omit<PoolHealth, "keys"> {
    const all = [...this.keys.values()].map((key) => key.health);
    const count = (...states: string[]) => all.filter((key) => states.includes(key.state.state)).length;
    const sum = (value: (key: KeyHealth) => number) => all.reduce((total, key) => total + value(key), 0);
    return {
      at: new Date(this.#world.now()).toISOString(),
      counts: {
        healthy: count("healthy"),
        throttled: count("throttled", "trial"),
        overBudget: count("over-budget"),
        rejected: count("rejected"),
        paused: count("paused"),
      },
      totals: {
        requestsToday: this.#requestsToday,
        tokensToday: this.#tokensToday,
        usdToday: this.#usdToday,
        shiftedToday: this.#shiftedToday,
        requestsPerMinute: sum((key) => key.requestsPerMinute),
        tokensPerMinute: sum((key) => key.tokensPerMinute),
        inFlight: sum((key) => key.inFlight),
        waiting: this.lines.reduce((total, { waiting }) => total + waiting, 0),
        lines: this.lines,
      },
    };
  }
}
