import { useState } from "react";
import { stateWord } from "@/shared/components/state-pill";
import { useFeedEvent } from "@/shared/live/live";

/** Reads state changes out to who listens rather than looks. */
export function StateAnnouncer() {
  const [message, setMessage] = useState("");
  useFeedEvent("state", ({ keyName, to, reason }) => {
    setMessage(`${keyName}: ${stateWord(to)}${reason === undefined ? "" : `, ${reason}`}`);
  });
  return <div aria-live="polite">{message}</div>;
}
