import { toSend, type Message, type Target } from "@/features/assistant/conversation";
import type { Provider } from "@/shared/api/schema";

/** How to ask a provider in its own dialect, and where in its events the text is. */
export interface Dialect {
  path: (model: string) => string;
  body: (model: string, messages: readonly Message[]) => unknown;
  /** The text in one event's data, or "". */
  text: (event: Event) => string;
  /** Why the stream says that it failed. */
  fault: (event: Event) => string | undefined;
  headers?: Record<string, string>;
}

/** The JSON of an event, of which every part may be missing. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- another party's JSON, read with `?.` only
type Event = any;

/** What an answer may have at most; small enough for every model. */
const MOST_TOKENS = 8_192;

const anthropic: Dialect = {
  path: () => "/v1/messages",
  headers: { "anthropic-version": "2023-06-01" },
  body: (model, messages) => ({
    model,
    max_tokens: MOST_TOKENS,
    stream: true,
    messages: toSend(messages).map((message) => ({
      role: message.role,
      content:
        message.role === "user" && message.pictures.length > 0
          ? [
              ...message.pictures.map(({ mediaType, data }) => ({
                type: "image",
                source: { type: "base64", media_type: mediaType, data },
              })),
              ...(message.text === "" ? [] : [{ type: "text", text: message.text }]),
            ]
          : message.text,
    })),
  }),
  text: (event) =>
    event?.type === "content_block_delta" && event.delta?.type === "text_delta"
      ? (event.delta.text ?? "")
      : "",
  fault: (event) => (event?.type === "error" ? (event.error?.message ?? "The stream failed") : undefined),
};

const openai: Dialect = {
  path: () => "/v1/responses",
  body: (model, messages) => ({
    model,
    stream: true,
    store: false,
    input: toSend(messages).map((message) =>
      message.role === "user"
        ? {
            role: "user",
            content: [
              ...(message.text === "" ? [] : [{ type: "input_text", text: message.text }]),
              ...message.pictures.map(({ mediaType, data }) => ({
                type: "input_image",
                image_url: `data:${mediaType};base64,${data}`,
              })),
            ],
          }
        : { role: "assistant", content: [{ type: "output_text", text: message.text }] },
    ),
  }),
  text: (event) => (event?.type === "response.output_text.delta" ? (event.delta ?? "") : ""),
  fault: (event) => {
    if (event?.type === "response.failed") {
      return event.response?.error?.message ?? "The answer failed";
    }
    return event?.type === "error"
      ? (event.message ?? event.error?.message ?? "The stream failed")
      : undefined;
  },
};

const gemini: Dialect = {
  path: (model) => `/v1beta/models/${encodeURIComponent(model)}:streamGenerateContent?alt=sse`,
  body: (_, messages) => ({
    contents: toSend(messages).map((message) => ({
      role: message.role === "user" ? "user" : "model",
      parts: [
        ...(message.role === "user"
          ? message.pictures.map(({ mediaType, data }) => ({ inlineData: { mimeType: mediaType, data } }))
          : []),
        ...(message.text === "" ? [] : [{ text: message.text }]),
      ],
    })),
  }),
  text: (event) =>
    (event?.candidates?.[0]?.content?.parts ?? [])
      .filter((part: Event) => part?.thought !== true)
      .map((part: Event) => part?.text ?? "")
      .join(""),
  fault: (event) => event?.error?.message,
};

const DIALECTS: Record<Provider, Dialect> = { anthropic, openai, gemini };

export function dialectOf({ provider }: Target): Dialect {
  return DIALECTS[provider];
}

/** What an error's body says, in whichever dialect; undefined when it says nothing. */
export function errorMessage(body: string): string | undefined {
  try {
    const parsed: Event = JSON.parse(body);
    const error: Event = Array.isArray(parsed) ? parsed[0]?.error : (parsed?.error ?? parsed);
    const message: unknown = error?.message ?? error?.detail ?? error?.title;
    return typeof message === "string" && message !== "" ? message : undefined;
  } catch {
    return undefined;
  }
}
