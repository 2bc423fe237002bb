import { describe, expect, it, vi } from "vitest";
import { ask } from "@/features/assistant/ask";
import type { Message, Target } from "@/features/assistant/conversation";
import type { Provider } from "@/shared/api/schema";

const picture = { mediaType: "image/png", data: "aGk=", name: "a.png" };
const messages: Message[] = [
  { role: "user", id: "1", text: "What is this?", pictures: [picture] },
  { role: "assistant", id: "2", model: "m", text: "A picture.", state: "done" },
  { role: "user", id: "3", text: "Sure?", pictures: [] },
  { role: "assistant", id: "4", model: "m", text: "", state: "failed" },
];

const STREAMS: Record<Provider, string> = {
  anthropic:
    'event: message_start\ndata: {"type":"message_start"}\n\n' +
    'data: {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"hm"}}\n\n' +
    'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Ye"}}\n\n' +
    'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"s"}}\n\n',
  openai:
    'data: {"type":"response.output_text.delta","delta":"Ye"}\n\n' +
    'data: {"type":"response.output_text.delta","delta":"s"}\n\n',
  gemini:
    'data: {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"Ye"}]}}]}\n\n' +
    'data: {"candidates":[{"content":{"parts":[{"text":"s"}]}}]}\n\n',
};

async function run(provider: Provider, response: () => Response) {
  const sent = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => response());
  vi.stubGlobal("fetch", sent);
  const target: Target = { provider, model: "some-model" };
  let text = "";
  const onAnswered = vi.fn();
  const trouble = await ask(target, messages, new AbortController().signal, {
    onAnswered,
    onText: (more) => (text += more),
  });
  const [url = "", init] = sent.mock.calls[0] ?? [];
  return {
    url,
    body: JSON.parse(String(init?.body)),
    text,
    trouble,
    answered: onAnswered.mock.calls[0]?.[0],
  };
}

describe("asking the pool", () => {
  it.each(["anthropic", "openai", "gemini"] as const)("reads the text of %s's stream", async (provider) => {
    const { text, trouble, answered } = await run(
      provider,
      () =>
        new Response(STREAMS[provider], {
          headers: { "x-forebay-provider": provider, "x-forebay-key": "team-a", "x-forebay-attempts": "2" },
        }),
    );
    expect(text).toBe("Yes");
    expect(trouble).toBeUndefined();
    expect(answered).toEqual({ provider, key: "team-a", attempts: 2 });
  });

  it("speaks each provider's dialect, pictures included, and leaves failed answers out", async () => {
    const anthropic = await run("anthropic", () => new Response(""));
    expect(anthropic.url).toMatch(/\/api\/v1\/assistant\/v1\/messages$/);
    expect(anthropic.body.messages).toHaveLength(3);
    expect(anthropic.body.messages[0].content[0].source).toEqual({
      type: "base64",
      media_type: "image/png",
      data: "aGk=",
    });

    const openai = await run("openai", () => new Response(""));
    expect(openai.url).toMatch(/\/v1\/responses$/);
    expect(openai.body.input[0].content[1].image_url).toBe("data:image/png;base64,aGk=");
    expect(openai.body.input[1].content[0].type).toBe("output_text");

    const gemini = await run("gemini", () => new Response(""));
    expect(gemini.url).toMatch(/\/v1beta\/models\/some-model:streamGenerateContent\?alt=sse$/);
    expect(gemini.body.contents[0].parts[0].inlineData).toEqual({ mimeType: "image/png", data: "aGk=" });
    expect(gemini.body.contents[1].role).toBe("model");
  });

  it("tells the tally and the wait of a refusal, in whichever shape it comes", async () => {
    const tally = "5 keys: 3 throttled, 2 over budget; next at 14:03:20";
    for (const body of [{ type: "error", error: { message: tally } }, [{ error: { message: tally } }]]) {
      const { trouble } = await run("gemini", () =>
        Response.json(body, { status: 429, headers: { "retry-after": "12" } }),
      );
      expect(trouble).toEqual({ status: 429, message: tally, retryAfter: 12 });
    }
  });

  it("notices a fault in the middle of a stream", async () => {
    const { text, trouble } = await run(
      "anthropic",
      () =>
        new Response(
          'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Ye"}}\n\n' +
            'event: error\ndata: {"type":"error","error":{"message":"the stream broke"}}\n\n',
        ),
    );
    expect(text).toBe("Ye");
    expect(trouble).toEqual({ status: 200, message: "the stream broke" });
  });
});
