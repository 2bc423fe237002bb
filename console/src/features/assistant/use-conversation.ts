import { useEffect, useRef, useState } from "react";
import { ask } from "@/features/assistant/ask";
import {
  recall,
  remember,
  type AssistantMessage,
  type Message,
  type Picture,
  type Target,
} from "@/features/assistant/conversation";

interface Conversation {
  messages: readonly Message[];
  /** Whether an answer is on its way. */
  busy: boolean;
  send: (target: Target, text: string, pictures: Picture[]) => void;
  /** Asks for the last answer again. */
  again: (target: Target) => void;
  stop: () => void;
  clear: () => void;
}

/** The conversation of this tab. */
export function useConversation(): Conversation {
  const [messages, setMessages] = useState<readonly Message[]>(recall);
  const running = useRef<AbortController | undefined>(undefined);
  const last = messages.at(-1);
  const busy = last?.role === "assistant" && (last.state === "waiting" || last.state === "streaming");

  useEffect(() => {
    if (!busy) {
      remember(messages);
    }
  }, [messages, busy]);
  useEffect(() => () => running.current?.abort(), []);

  function change(id: string, edit: (message: AssistantMessage) => AssistantMessage) {
    setMessages((before) =>
      before.map((message) => (message.role === "assistant" && message.id === id ? edit(message) : message)),
    );
  }

  async function answer(target: Target, history: readonly Message[]) {
    const id = newId();
    const began = performance.now();
    const since = () => performance.now() - began;
    const controller = new AbortController();
    running.current = controller;
    setMessages([...history, { role: "assistant", id, model: target.model, text: "", state: "waiting" }]);
    // Words come faster than they can be painted; they are shown together, a few times a second.
    let pending = "";
    let firstWord: number | undefined;
    const show = () => {
      const more = pending;
      pending = "";
      if (more !== "") {
        change(id, (message) => ({
          ...message,
          text: message.text + more,
          state: "streaming",
          ...(firstWord !== undefined && { firstWord }),
        }));
      }
    };
    const timer = setInterval(show, 80);
    const trouble = await ask(target, history, controller.signal, {
      onAnswered: (answered) => change(id, (message) => ({ ...message, answered })),
      onText: (text) => {
        firstWord ??= since();
        pending += text;
      },
    });
    clearInterval(timer);
    show();
    const duration = since();
    change(id, (message) => ({
      ...message,
      duration,
      state: controller.signal.aborted ? "stopped" : trouble ? "failed" : "done",
      ...(trouble && { trouble }),
    }));
  }

  return {
    messages,
    busy,
    send: (target, text, pictures) =>
      void answer(target, [...messages, { role: "user", id: newId(), text, pictures }]),
    again: (target) => void answer(target, last?.role === "assistant" ? messages.slice(0, -1) : messages),
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      setMessages([]);
    },
  };
}

/** Unlike crypto.randomUUID, this also works where the page came over plain http. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
