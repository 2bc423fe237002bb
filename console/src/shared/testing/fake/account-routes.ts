import type { Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Route } from "@/shared/testing/fake/http";
import { PASSWORD } from "@/shared/testing/fake/session-routes";
import type { World } from "@/shared/testing/fake/world";

const DAY = 86_400_000;

interface Account {
  sessions: Schema<"SessionInfo">[];
  tokens: Schema<"ApiToken">[];
}

export function accountOf(world: World): Account {
  return world.part("account", () => {
    const at = (millis: number) => new Date(world.now() + millis).toISOString();
    return {
      sessions: [
        {
          id: "s-1",
          current: true,
          createdAt: at(-3_600_000),
          lastSeenAt: at(0),
          expiresAt: at(12 * 3_600_000),
          address: "127.0.0.1",
          agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
        },
        {
          id: "s-2",
          current: false,
          createdAt: at(-2 * DAY),
          lastSeenAt: at(-5 * 3_600_000),
          expiresAt: at(7 * 3_600_000),
          address: "192.0.2.14",
          agent:
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
        },
      ],
      tokens: [
        {
          id: "t-1",
          name: "deploy script",
          suffix: "h8Qe",
          createdAt: at(-20 * DAY),
          lastUsedAt: at(-7_200_000),
          expiresAt: at(70 * DAY),
        },
      ],
    };
  });
}

export const accountRoutes: Route[] = [
  {
    method: "PATCH",
    path: "/account",
    handle: ({ world, body }) => json(Object.assign(world.person, body as Schema<"AccountEdit">)),
  },
  {
    method: "PUT",
    path: "/account/password",
    handle: ({ world, body }) => {
      if ((body as Schema<"PasswordChange">).current !== PASSWORD) {
        return problem(403, "wrong-password", "This is not your password");
      }
      const account = accountOf(world);
      account.sessions = account.sessions.filter(({ current }) => current);
      return nothing();
    },
  },
  { method: "GET", path: "/account/sessions", handle: ({ world }) => json(accountOf(world).sessions) },
  {
    method: "DELETE",
    path: "/account/sessions",
    handle: ({ world }) => {
      const account = accountOf(world);
      account.sessions = account.sessions.filter(({ current }) => current);
      return nothing();
    },
  },
  {
    method: "DELETE",
    path: "/account/sessions/{id}",
    handle: ({ world, params }) => {
      const account = accountOf(world);
      account.sessions = account.sessions.filter(({ id }) => id !== params["id"]);
      return nothing();
    },
  },
  { method: "GET", path: "/account/tokens", handle: ({ world }) => json(accountOf(world).tokens) },
  {
    method: "POST",
    path: "/account/tokens",
    handle: ({ world, body }) => {
      const { name, expiresInDays } = body as Schema<"ApiTokenCreate">;
      const { tokens } = accountOf(world);
      const secret = `fbt-test-${Math.floor(world.random() * 1e12).toString(36)}${tokens.length}Kd7w`;
      const token = {
        id: `t-${tokens.length + 1}`,
        name,
        suffix: secret.slice(-4),
        createdAt: new Date(world.now()).toISOString(),
        ...(expiresInDays !== undefined && {
          expiresAt: new Date(world.now() + expiresInDays * DAY).toISOString(),
        }),
      };
      tokens.unshift(token);
      return json({ token, secret }, 201);
    },
  },
  {
    method: "DELETE",
    path: "/account/tokens/{id}",
    handle: ({ world, params }) => {
      const account = accountOf(world);
      account.tokens = account.tokens.filter(({ id }) => id !== params["id"]);
      return nothing();
    },
  },
];
