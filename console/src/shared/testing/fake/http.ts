import type { Problem } from "@/shared/api/schema";
import type { World } from "@/shared/testing/fake/world";

/** One call of the fake API. */
export interface Call {
  world: World;
  request: Request;
  url: URL;
  /** What stands in the path where the route has `{name}`. */
  params: Record<string, string>;
  /** The request's JSON, or undefined. */
  body: never;
}

export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in openapi.yaml, such as `/keys/{id}`. */
  path: string;
  /** Whether it answers people who are not signed in. */
  open?: boolean;
  handle: (call: Call) => Response | Promise<Response>;
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

export function nothing(): Response {
  return new Response(null, { status: 204 });
}

export function problem(status: number, type: string, detail: string, more: Partial<Problem> = {}): Response {
  return new Response(JSON.stringify({ type, title: detail, status, detail, ...more }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** The values of `{name}`s when `path` has the route's form. */
export function match(route: string, path: string): Record<string, string> | undefined {
  const wanted = route.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) {
      params[part.slice(1, -1)] = decodeURIComponent(value);
    } else if (part !== value) {
      return undefined;
    }
  }
  return params;
}
