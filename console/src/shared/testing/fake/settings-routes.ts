import type { Schema } from "@/shared/api/schema";
import { json, problem, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

const DEFAULTS: Schema<"Settings"> = {
  timeZone: "UTC",
  maxWait: 10_000,
  maxWaiting: 1000,
  maxAttempts: 12,
  promptCacheKey: "openai",
  retention: 30,
  keepBodies: false,
  bodyRetention: 24,
  sessionLifetime: 336,
  managed: ["maxAttempts"],
  address: "http://127.0.0.1:4400",
};

export function settingsOf(world: World): Schema<"Settings"> {
  return world.part("settings", () => ({ ...DEFAULTS, timeZone: "Europe/Berlin" }));
}

const DONE: [string, string, string | undefined][] = [
  ["key.priority", "anthropic/team-a", "from 8 to 5"],
  ["key.created", "anthropic/research", "ends in k3Fw"],
  ["session.started", "ada@example.org", "with a password"],
  ["settings.changed", "settings", "the zone of the budget day is now Europe/Berlin"],
  ["client-key.created", "batch jobs", "ends in 9xQe, limited to 60 requests a minute"],
  ["key.paused", "openai/archive", undefined],
  ["person.invited", "dana@example.org", "as member"],
  ["session.failed", "ada@example.org", undefined],
  ["key.imported", "42 keys", "openai/batch-1, openai/batch-2 and 40 more"],
];

function audit(world: World): Schema<"AuditEntry">[] {
  return world.part("audit", () =>
    Array.from({ length: 70 }, (_, index) => {
      const [action, subject, detail] = DONE[index % DONE.length] ?? ["key.edited", "", undefined];
      return {
        id: `a-${70 - index}`,
        at: new Date(world.now() - 1_200_000 - index * 4_100_000).toISOString(),
        actor: index % 4 === 1 ? "ben@example.org" : "ada@example.org",
        action,
        subject,
        ...(detail !== undefined && { detail }),
        address: index % 4 === 1 ? "192.0.2.14" : "127.0.0.1",
      };
    }),
  );
}

export const settingsRoutes: Route[] = [
  { method: "GET", path: "/settings", handle: ({ world }) => json(settingsOf(world)) },
  {
    method: "PATCH",
    path: "/settings",
    handle: ({ world, body }) => {
      const settings = settingsOf(world);
      for (const [name, value] of Object.entries(body as Schema<"SettingsEdit">)) {
        if (settings.managed.includes(name)) {
          return problem(409, "managed-by-file", `${name} is declared in forebay.yaml; change it there`);
        }
        Object.assign(settings, { [name]: value ?? DEFAULTS[name as keyof typeof DEFAULTS] });
      }
      return json({ ...settings });
    },
  },
  {
    method: "GET",
    path: "/audit",
    handle: ({ world, url }) => {
      const before = Number(url.searchParams.get("before") ?? 0);
      const limit = Number(url.searchParams.get("limit") ?? 50);
      const all = audit(world);
      const next = before + limit;
      return json({ entries: all.slice(before, next), ...(next < all.length && { next: String(next) }) });
    },
  },
];
