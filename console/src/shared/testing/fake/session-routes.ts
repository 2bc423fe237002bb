import type { Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Route } from "@/shared/testing/fake/http";

/** The one password that signs in. */
export const PASSWORD = "correct horse battery";
/** The one token that every link has. */
export const LINK_TOKEN = "link-token";

export const sessionRoutes: Route[] = [
  { method: "GET", path: "/session", open: true, handle: ({ world }) => json(world.session()) },
  {
    method: "POST",
    path: "/session",
    open: true,
    handle: ({ world, body }) => {
      const { email, password } = body as Schema<"SignIn">;
      if (password === "slow down") {
        return problem(429, "too-many-attempts", "Too many attempts; try again in 40 seconds", {
          retryAfter: 40,
        });
      }
      if (email !== world.person.email || password !== PASSWORD) {
        return problem(401, "wrong-password", "This e-mail and password do not fit together");
      }
      world.sessionState = "signed-in";
      return json(world.session());
    },
  },
  {
    method: "DELETE",
    path: "/session",
    handle: ({ world }) => {
      world.sessionState = "signed-out";
      return nothing();
    },
  },
  { method: "POST", path: "/session/link", open: true, handle: enter },
  { method: "POST", path: "/setup", open: true, handle: enter },
  { method: "POST", path: "/invitations/accept", open: true, handle: enter },
];

function enter({ world, body }: Parameters<Route["handle"]>[0]): Response {
  if ((body as Schema<"LinkToken">).token !== LINK_TOKEN) {
    return problem(401, "link-used", "This link has been used or has run out");
  }
  world.sessionState = "signed-in";
  return json(world.session());
}
