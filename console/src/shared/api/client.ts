import createClient, { type Middleware } from "openapi-fetch";
import type { Problem, Session } from "@/shared/api/schema";
import type { paths } from "@/shared/api/types.gen";

/** The API said no; `problem` says why, and its `detail` is a sentence for people. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiProblem";
    this.problem = problem;
  }

  /** What is wrong with which field, in the form that `form.setErrors` takes. */
  get fieldErrors(): Record<string, string> {
    return Object.fromEntries((this.problem.fields ?? []).map(({ field, message }) => [field, message]));
  }
}

let csrfToken: string | undefined;
const expiryListeners = new Set<() => void>();

/** The session's CSRF token goes with every request that changes something. */
export function rememberCsrfToken(session: Session): void {
  csrfToken = session.csrfToken;
}

/** Calls `listener` whenever the API says that nobody is signed in any more. */
export function onSessionExpired(listener: () => void): () => void {
  expiryListeners.add(listener);
  return () => expiryListeners.delete(listener);
}

export function announceSessionExpired(): void {
  for (const listener of expiryListeners) {
    listener();
  }
}

/** The headers that a request with the session's cookie needs. For fetches that do not go through `api`. */
export function csrfHeaders(): Record<string, string> {
  return csrfToken === undefined ? {} : { "x-csrf-token": csrfToken };
}

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      for (const [name, value] of Object.entries(csrfHeaders())) {
        request.headers.set(name, value);
      }
    }
    return request;
  },
};

/** The control API, typed by openapi.yaml. Wrap each call in `answer`. */
export const api = createClient<paths>({
  baseUrl: `${window.location.origin}/api/v1`,
  fetch: (request) => globalThis.fetch(request),
});
api.use(session);

type Result<Data> = { data?: Data; error?: unknown; response: Response };

/** The data of a call to `api`; throws `ApiProblem` when there is none. */
export async function answer<Data>(call: Promise<Result<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (response.ok) {
    return data as NonNullable<Data>;
  }
  throw problemOf(response.status, error);
}

/** As a problem, whatever an answer of that status carried; a lost session is announced. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const problem: Problem = isProblem(body)
    ? body
    : { type: "unreadable", title: `Forebay answered ${status} without saying why`, status };
  if (problem.type === "not-signed-in") {
    announceSessionExpired();
  }
  return new ApiProblem(problem);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "type" in body && "title" in body;
}

/** One sentence about any error, for people. */
export function sentence(error: unknown): string {
  if (error instanceof ApiProblem) {
    return error.message;
  }
  if (error instanceof TypeError) {
    return "Forebay does not answer. Check that it is running and that this machine can reach it.";
  }
  return error instanceof Error ? error.message : String(error);
}
