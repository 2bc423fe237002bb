import { createParser } from "eventsource-parser";
import type { Answered, Message, Target, Trouble } from "@/features/assistant/conversation";
import { dialectOf, errorMessage } from "@/features/assistant/dialects";
import { announceSessionExpired, csrfHeaders, sentence } from "@/shared/api/client";

export interface Listener {
  onAnswered: (answered: Answered) => void;
  onText: (text: string) => void;
}

/** Asks the pool in the dialect of the target's provider; ends with the trouble, if there was any. */
export async function ask(
  target: Target,
  messages: readonly Message[],
  signal: AbortSignal,
  { onAnswered, onText }: Listener,
): Promise<Trouble | undefined> {
  const dialect = dialectOf(target);
  try {
    const response = await fetch(`${window.location.origin}/api/v1/assistant${dialect.path(target.model)}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...dialect.headers, ...csrfHeaders() },
      body: JSON.stringify(dialect.body(target.model, messages)),
      signal,
    });
    onAnswered(answeredBy(response.headers));
    if (!response.ok || response.body === null) {
      return await refusal(response);
    }
    let fault: string | undefined;
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === "[DONE]") {
          return;
        }
        const event: unknown = parsed(data);
        fault ??= dialect.fault(event);
        const text = dialect.text(event);
        if (text !== "") {
          onText(text);
        }
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      parser.feed(value);
    }
    return fault === undefined ? undefined : { status: 200, message: fault };
  } catch (error) {
    return signal.aborted ? undefined : { status: 0, message: sentence(error) };
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function answeredBy(headers: Headers): Answered {
  const of = (name: string) => headers.get(`x-forebay-${name}`) ?? undefined;
  const [requestId, provider, model, key] = [of("request-id"), of("provider"), of("model"), of("key")];
  const attempts = Number(of("attempts"));
  return {
    ...(requestId !== undefined && { requestId }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(key !== undefined && { key }),
    ...(attempts > 0 && { attempts }),
  };
}

async function refusal(response: Response): Promise<Trouble> {
  const body = await response.text();
  if (response.status === 401 && body.includes("not-signed-in")) {
    announceSessionExpired();
  }
  const retryAfter = Number(response.headers.get("retry-after") ?? NaN);
  return {
    status: response.status,
    message: errorMessage(body) ?? `Forebay answered ${response.status} without saying why.`,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  };
}
