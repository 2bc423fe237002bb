import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Session } from "@/shared/api/schema";
import { FakeApi } from "@/shared/testing/fake/fake-api";
import { finishRequest } from "@/shared/testing/fake/request-routes";

type Middleware = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void;

/** Serves the fake API under /api/v1 of a development server, with traffic that flows. */
export function fakeApi(keys: number, session: string, google: boolean): Middleware {
  const api = new FakeApi({ keys, session: session as Session["state"], google });
  const { pool, feed } = api.world;
  setInterval(() => {
    const changed = pool.step(500);
    // A changed row in three, as a real pool at moderate traffic.
    const rows = changed.filter((_, index) => keys < 40 || (index + Math.floor(Date.now() / 500)) % 3 === 0);
    feed.emit("keys", { ...pool.summary(), keys: rows, figures: [], removed: [] });
  }, 500).unref();
  setInterval(() => finishRequest(api.world), 900).unref();
  setInterval(() => feed.emit("beat", { at: new Date().toISOString() }), 5_000).unref();

  return (incoming, outgoing, next) => {
    if (incoming.url?.startsWith("/api/") !== true) {
      next();
      return;
    }
    void respond(api, incoming, outgoing);
  };
}

async function respond(api: FakeApi, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  const method = incoming.method ?? "GET";
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Uint8Array);
  }
  const request = new Request(`http://${incoming.headers.host ?? "localhost"}${incoming.url ?? "/"}`, {
    method,
    headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" && !name.startsWith(":") ? [[name, value] as [string, string]] : [],
    ),
    signal: gone.signal,
    ...(method !== "GET" && chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const response = await api.fetch(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
  } else {
    Readable.fromWeb(response.body as never)
      .on("error", () => outgoing.end())
      .pipe(outgoing);
  }
}

/** Serves the built index.html for every page as the gateway does: with a nonce and its Content-Security-Policy. */
export function builtPages(index: string): Middleware {
  return (incoming, outgoing, next) => {
    if (incoming.headers.accept?.includes("text/html") !== true) {
      next();
      return;
    }
    const nonce = randomUUID();
    outgoing.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy":
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    });
    outgoing.end(readFileSync(index, "utf8").replaceAll("__CSP_NONCE__", nonce));
  };
}
