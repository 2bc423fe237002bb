import type { ClientKey, Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Call, type Route } from "@/shared/testing/fake/http";
import { peopleOf } from "@/shared/testing/fake/people-routes";
import type { World } from "@/shared/testing/fake/world";

const DAY = 86_400_000;

function seed(world: World): Map<string, ClientKey> {
  const now = world.now();
  const ago = (millis: number) => new Date(now - millis).toISOString();
  const ada = { id: world.person.id, name: world.person.name };
  const keys: ClientKey[] = [
    {
      id: "c-1",
      name: "search service",
      suffix: "q7Xa",
      owner: ada,
      limits: { requestsPerMinute: 600, tokensPerDay: 20_000_000 },
      source: "console",
      createdAt: ago(30 * DAY),
      lastUsedAt: ago(2_000),
      today: { requests: 8_412, tokens: 14_206_311, usd: 41.27 },
    },
    {
      id: "c-2",
      name: "batch jobs",
      suffix: "0dRk",
      owner: { id: "p-2", name: "Ben Okafor" },
      limits: { requestsPerMinute: 120, requestsPerDay: 50_000, tokensPerMinute: 400_000 },
      source: "console",
      createdAt: ago(12 * DAY),
      lastUsedAt: ago(340_000),
      today: { requests: 1_203, tokens: 9_841_000, usd: 18.02 },
    },
    {
      id: "c-3",
      name: "Ada’s laptop",
      suffix: "m2Vt",
      owner: ada,
      limits: {},
      source: "console",
      createdAt: ago(3 * DAY),
      lastUsedAt: ago(7_900_000),
      today: { requests: 96, tokens: 2_104_000, usd: 6.4 },
    },
    {
      id: "c-4",
      name: "ci",
      suffix: "Zc91",
      limits: { requestsPerMinute: 30 },
      source: "file",
      today: { requests: 0, tokens: 0, usd: 0 },
    },
    {
      id: "c-5",
      name: "old prototype",
      suffix: "pp3L",
      owner: ada,
      limits: {},
      source: "console",
      createdAt: ago(200 * DAY),
      revokedAt: ago(90 * DAY),
      today: { requests: 0, tokens: 0, usd: 0 },
    },
  ];
  return new Map(keys.map((key) => [key.id, key]));
}

export function clientKeysOf(world: World): Map<string, ClientKey> {
  return world.part("client-keys", seed);
}

function withClientKey(handle: (call: Call, key: ClientKey) => Response): Route["handle"] {
  return (call) => {
    const key = clientKeysOf(call.world).get(call.params["id"] ?? "");
    if (key === undefined) {
      return problem(404, "not-found", "There is no such client key");
    }
    if (key.source === "file") {
      return problem(409, "managed-by-file", `${key.name} is declared in forebay.yaml; change it there`);
    }
    return handle(call, key);
  };
}

export const clientRoutes: Route[] = [
  {
    method: "GET",
    path: "/client-keys",
    handle: ({ world }) =>
      json(
        [...clientKeysOf(world).values()].filter(
          (key) => world.person.role !== "member" || key.owner?.id === world.person.id,
        ),
      ),
  },
  {
    method: "POST",
    path: "/client-keys",
    handle: ({ world, body }) => {
      const { name, limits = {}, fallback, ownerId = world.person.id } = body as Schema<"ClientKeyCreate">;
      const keys = clientKeysOf(world);
      if ([...keys.values()].some((key) => key.name === name && key.revokedAt === undefined)) {
        return problem(409, "conflict", `There already is a client key called ${name}`, {
          fields: [{ field: "name", message: "There already is one of this name" }],
        });
      }
      const owner = peopleOf(world).people.find((person) => person.id === ownerId) ?? world.person;
      const secret = `fbk-test-${Math.floor(world.random() * 1e12).toString(36)}${keys.size}Wq4z`;
      const clientKey: ClientKey = {
        id: `c-${keys.size + 1}`,
        name,
        suffix: secret.slice(-4),
        owner: { id: owner.id, name: owner.name },
        limits,
        ...(fallback != null && { fallback }),
        source: "console",
        createdAt: new Date(world.now()).toISOString(),
        today: { requests: 0, tokens: 0, usd: 0 },
      };
      keys.set(clientKey.id, clientKey);
      return json({ clientKey, secret }, 201);
    },
  },
  {
    method: "PATCH",
    path: "/client-keys/{id}",
    handle: withClientKey(({ body }, key) => {
      const { fallback, ...rest } = body as Schema<"ClientKeyEdit">;
      Object.assign(key, rest);
      if (fallback === null) {
        delete key.fallback;
      } else if (fallback !== undefined) {
        key.fallback = fallback;
      }
      return json(key);
    }),
  },
  {
    method: "DELETE",
    path: "/client-keys/{id}",
    handle: withClientKey(({ world }, key) => {
      key.revokedAt = new Date(world.now()).toISOString();
      return nothing();
    }),
  },
];
