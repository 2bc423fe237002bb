import { accountRoutes } from "@/shared/testing/fake/account-routes";
import { assistantRoutes } from "@/shared/testing/fake/assistant-routes";
import { clientRoutes } from "@/shared/testing/fake/client-routes";
import { fallbackRoutes } from "@/shared/testing/fake/fallback-routes";
import { googleOf, googleRoutes } from "@/shared/testing/fake/google-routes";
import { match, problem, type Call, type Route } from "@/shared/testing/fake/http";
import { keyRoutes } from "@/shared/testing/fake/key-routes";
import { modelRoutes } from "@/shared/testing/fake/model-routes";
import { peopleRoutes } from "@/shared/testing/fake/people-routes";
import { poolRoutes } from "@/shared/testing/fake/pool-routes";
import { requestRoutes } from "@/shared/testing/fake/request-routes";
import { sessionRoutes } from "@/shared/testing/fake/session-routes";
import { settingsRoutes } from "@/shared/testing/fake/settings-routes";
import { usageRoutes } from "@/shared/testing/fake/usage-routes";
import { World, type WorldOptions } from "@/shared/testing/fake/world";

const ROUTES: Route[] = [
  ...sessionRoutes,
  ...poolRoutes,
  ...keyRoutes,
  ...googleRoutes,
  ...clientRoutes,
  ...modelRoutes,
  ...peopleRoutes,
  ...accountRoutes,
  ...settingsRoutes,
  ...fallbackRoutes,
  ...requestRoutes,
  ...usageRoutes,
  ...assistantRoutes,
];

/** The control API in memory: the same for tests and for looking at pages without a gateway. */
export class FakeApi {
  readonly world: World;
  /** Every call that changed something, as "METHOD /path", for tests. */
  readonly calls: { call: string; body: unknown }[] = [];

  constructor(options: WorldOptions = {}) {
    this.world = new World(options);
    // Accounts are keys of the pool from the beginning, not from when somebody looks at them.
    googleOf(this.world);
  }

  /** Answers what stands in place of `fetch`. */
  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : new Request(input, init);
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v1/, "");
    for (const route of ROUTES) {
      const params = route.method === request.method ? match(route.path, path) : undefined;
      if (params !== undefined) {
        const text = request.method === "GET" ? "" : await request.text();
        const body = (text === "" ? undefined : JSON.parse(text)) as never;
        return this.#answer(route, { world: this.world, request, url, params, body }, path);
      }
    }
    return problem(404, "not-found", `The fake API has no ${request.method} ${path}`);
  };

  #answer(route: Route, call: Call, path: string): Response | Promise<Response> {
    const open = route.open ?? false;
    if (!open && this.world.sessionState !== "signed-in") {
      return problem(401, "not-signed-in", "Nobody is signed in");
    }
    if (route.method !== "GET") {
      if (!open && call.request.headers.get("x-csrf-token") !== "fake-csrf-token") {
        return problem(403, "csrf", "The request does not carry the session's CSRF token");
      }
      this.calls.push({ call: `${route.method} ${path}`, body: call.body });
    }
    return route.handle(call);
  }
}
