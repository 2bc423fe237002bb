import type { Provider } from "@/shared/api/schema";

/** Which provider a secret looks like, while it is typed; the server's test has the last word. */
export function recognise(secret: string): Provider | undefined {
  if (/^sk-ant-/.test(secret)) {
    return "anthropic";
  }
  if (/^sk-/.test(secret)) {
    return "openai";
  }
  return /^(AIza|AQ\.)/.test(secret) ? "gemini" : undefined;
}
