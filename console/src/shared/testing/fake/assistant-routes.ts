import type { Route } from "@/shared/testing/fake/http";

const ANSWER = `When a request comes in, **two keys are drawn** at random from the best tier, and the less loaded one is taken. That is nearly as good as asking all of them, at a fraction of the cost.

A load is small arithmetic:

\`\`\`python
def load(recent_tokens, reserved, limit_per_minute):
    return (recent_tokens + reserved) / limit_per_minute
\`\`\`

Compared over a thousand draws:

| policy | worst key |
|---|---|
| random | 1.9 × mean |
| two choices | 1.1 × mean |

- A throttled key is left out until it comes back.
- One that is over budget returns at midnight.
`;

/** The events of an answer, in the dialect that was asked. */
function events(path: string): string[] {
  const words = ANSWER.match(/\S+\s*/g) ?? [];
  if (path.endsWith("/messages")) {
    return words.map((text) =>
      JSON.stringify({ type: "content_block_delta", delta: { type: "text_delta", text } }),
    );
  }
  return path.endsWith("/responses")
    ? words.map((delta) => JSON.stringify({ type: "response.output_text.delta", delta }))
    : words.map((text) => JSON.stringify({ candidates: [{ content: { parts: [{ text }] } }] }));
}

/** "429" is refused; "slow" waits for ever; anything else is answered a few words at a time. */
const answer: Route["handle"] = ({ world, request, url, body }) => {
  const asked = JSON.stringify(body);
  const headers = {
    "x-forebay-request-id": "req_chat",
    "x-forebay-provider": url.pathname.endsWith("/messages")
      ? "anthropic"
      : url.pathname.endsWith("/responses")
        ? "openai"
        : "gemini",
    "x-forebay-attempts": "2",
    ...(world.person.role !== "member" && { "x-forebay-key": "team-a" }),
  };
  if (asked.includes("429")) {
    return Response.json(
      { error: { message: "5 keys: 3 throttled, 2 over budget; next at 14:03:20" } },
      { status: 429, headers: { ...headers, "retry-after": "12" } },
    );
  }
  const encoder = new TextEncoder();
  const waiting = asked.includes("slow") ? [] : events(url.pathname);
  let timer: ReturnType<typeof setInterval>;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => {
        for (const data of waiting.splice(0, 3)) {
          controller.enqueue(encoder.encode(`data: ${data}\n\n`));
        }
        if (waiting.length === 0 && !asked.includes("slow")) {
          clearInterval(timer);
          controller.close();
        }
      }, 15);
      request.signal.addEventListener("abort", () => {
        clearInterval(timer);
        controller.error(request.signal.reason);
      });
    },
    cancel: () => clearInterval(timer),
  });
  return new Response(stream, { headers: { ...headers, "content-type": "text/event-stream" } });
};

export const assistantRoutes: Route[] = [
  { method: "POST", path: "/assistant/v1/messages", handle: answer },
  { method: "POST", path: "/assistant/v1/responses", handle: answer },
  { method: "POST", path: "/assistant/v1beta/models/{call}", handle: answer },
];
