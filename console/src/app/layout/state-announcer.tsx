import { useEffect, useRef, useState } from "react";
import type { State, StateChange } from "@/shared/api/schema";
import { providerName } from "@/shared/components/provider-mark";
import { stateWord } from "@/shared/components/state-pill";
import { counted } from "@/shared/format/words";
import { useFeedEvent } from "@/shared/live/live";

/** Changes of this time are read out together; with hundreds of keys there is always one. */
const TOGETHER = 3_000;
/** More are counted instead of named. */
const NAMED = 3;

/** Reads state changes out to who listens rather than looks. */
export function StateAnnouncer() {
  const [message, setMessage] = useState("");
  const waiting = useRef<StateChange[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useFeedEvent("state", (change) => {
    waiting.current.push(change);
    timer.current ??= setTimeout(() => {
      setMessage(spoken(waiting.current));
      waiting.current = [];
      timer.current = undefined;
    }, TOGETHER);
  });
  return <div aria-live="polite">{message}</div>;
}

function spoken(changes: StateChange[]): string {
  if (changes.length <= NAMED) {
    return changes.map(sentence).join(". ");
  }
  const counts = new Map<State, number>();
  for (const { to } of changes) {
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  const parts = [...counts].map(([state, count]) => `${count} ${stateWord(state).toLowerCase()}`);
  return `${counted(changes.length, "change")}: ${parts.join(", ")}`;
}

function sentence({ keyName, provider, model, to, reason }: StateChange): string {
  // A change without a key holds for all keys of the provider.
  const who = keyName === "" ? providerName(provider) : keyName;
  return `${who}${model === undefined ? "" : ` for ${model}`}: ${stateWord(to)}${reason === undefined ? "" : `, ${reason}`}`;
}
