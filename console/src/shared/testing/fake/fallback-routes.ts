import type { Provider, Schema } from "@/shared/api/schema";
import { json, problem, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

type Target = Schema<"Target">;

const PROVIDERS: Provider[] = ["anthropic", "openai", "gemini"];

const SUGGESTIONS: string[][] = [
  ["claude-opus-5-5", "gpt-6-sol", "gemini-3.8-pro"],
  ["claude-haiku-4-5", "gpt-6-luna", "gemini-3.8-flash"],
];

function groupOf(models: string[]): Target[] {
  return models.flatMap((model, index) => {
    const provider = PROVIDERS[index];
    return provider === undefined ? [] : [{ provider, model }];
  });
}

/** What tests may change: `managed`, and what is set. */
export function fallbackOf(world: World): { managed: boolean; settings: Schema<"FallbackSettings"> } {
  return world.part("fallback", () => ({
    managed: false,
    settings: {
      enabled: true,
      order: ["openai", "gemini", "anthropic"] as Provider[],
      strict: false,
      refusals: false,
      // A small pool is a fresh one.
      groups: world.pool.keys.size < 8 ? [] : [groupOf(SUGGESTIONS[0] ?? [])],
    },
  }));
}

function answerOf(world: World): Schema<"Fallback"> {
  const { managed, settings } = fallbackOf(world);
  const taken = new Set(settings.groups.flat().map(({ model }) => model));
  return {
    managed,
    settings: structuredClone(settings),
    suggestions: SUGGESTIONS.filter((group) => !group.some((model) => taken.has(model))).map(groupOf),
  };
}

function routeOf(world: World, asked: Target, group: Target[]): Schema<"FallbackRoute"> {
  const { settings } = fallbackOf(world);
  const others = settings.enabled
    ? settings.order.flatMap((provider) =>
        group.filter((target) => target.provider === provider && target.model !== asked.model),
      )
    : [];
  let answered = false;
  const targets = [asked, ...others].map((target): Schema<"TargetState"> => {
    const keys = [...world.pool.keys.values()].filter((key) => key.config.provider === target.provider);
    // Anthropic is where the trouble is, so that a stand-in is seen at work.
    const ready = target.provider === "anthropic" ? 0 : keys.length;
    const state = ready === 0 ? "cannot" : answered ? "stands-by" : "answers";
    answered ||= ready > 0;
    const counted = keys.length === 1 ? "1 key" : `${keys.length} keys`;
    return {
      ...target,
      state,
      keys: keys.length,
      ready,
      reason:
        keys.length === 0
          ? "no key of it"
          : `${counted}: ${ready === 0 ? `${keys.length} throttled; next at 14:03:20` : `${ready} ready`}`,
    };
  });
  return { model: asked.model, targets };
}

export const fallbackRoutes: Route[] = [
  { method: "GET", path: "/fallback", handle: ({ world }) => json(answerOf(world)) },
  {
    method: "PUT",
    path: "/fallback",
    handle: ({ world, body }) => {
      const part = fallbackOf(world);
      if (part.managed) {
        return problem(409, "managed-by-file", "The configuration file declares this: change it there.");
      }
      part.settings = body;
      return json(answerOf(world));
    },
  },
  {
    method: "GET",
    path: "/fallback/preview",
    handle: ({ world }) =>
      json({
        at: new Date(world.now()).toISOString(),
        models: fallbackOf(world).settings.groups.flatMap((group) =>
          group.map((target) => routeOf(world, target, group)),
        ),
      }),
  },
];
