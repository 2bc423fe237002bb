import type { Provider } from "@/shared/api/schema";

/** A picture that goes with a message, as base64 without its data: prefix. */
export interface Picture {
  mediaType: string;
  data: string;
  name: string;
}

export interface UserMessage {
  role: "user";
  id: string;
  text: string;
  pictures: Picture[];
}

/** Who answered, as the answer's headers say. */
export interface Answered {
  requestId?: string;
  provider?: string;
  model?: string;
  /** The key's name; members are not told. */
  key?: string;
  attempts?: number;
}

/** Why there is no answer, or no more of it. */
export interface Trouble {
  status: number;
  message: string;
  /** Seconds until asking again can help. */
  retryAfter?: number;
}

export interface AssistantMessage {
  role: "assistant";
  id: string;
  /** The model that was chosen. */
  model: string;
  text: string;
  /** `streaming` until the end, `stopped` when the person ended it. */
  state: "waiting" | "streaming" | "done" | "stopped" | "failed";
  answered?: Answered;
  trouble?: Trouble;
  /** Milliseconds to the first word and to the end. */
  firstWord?: number;
  duration?: number;
}

export type Message = UserMessage | AssistantMessage;

export interface Target {
  provider: Provider;
  model: string;
}

/** What is sent: an answer that failed before its first word is no part of the conversation. */
export function toSend(messages: readonly Message[]): Message[] {
  return messages.filter((message) => message.role === "user" || message.text !== "");
}

const STORED = "forebay-assistant";

/** The conversation of this tab, as far as it was kept; pictures are not. */
export function recall(): Message[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
    return Array.isArray(stored) ? (stored as Message[]) : [];
  } catch {
    return [];
  }
}

/** Keeps the conversation until the tab is closed. Pictures stay in memory: storage is too small for them. */
export function remember(messages: readonly Message[]): void {
  const settled = messages.map((message): Message => {
    if (message.role === "user") {
      return { ...message, pictures: [] };
    }
    const running = message.state === "waiting" || message.state === "streaming";
    return running ? { ...message, state: "stopped" } : message;
  });
  try {
    sessionStorage.setItem(STORED, JSON.stringify(settled));
  } catch {
    // Full: the conversation lives on in memory.
  }
}
