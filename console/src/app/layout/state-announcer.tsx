import { useState } from "react";
import { providerName } from "@/shared/components/provider-mark";
import { stateWord } from "@/shared/components/state-pill";
import { useFeedEvent } from "@/shared/live/live";

/** Reads state changes out to who listens rather than looks. */
export function StateAnnouncer() {
  const [message, setMessage] = useState("");
  useFeedEvent("state", ({ keyName, provider, model, to, reason }) => {
    // A change without a key holds for all keys of the provider.
    const who = keyName === "" ? providerName(provider) : keyName;
    setMessage(
      `${who}${model === undefined ? "" : ` for ${model}`}: ${stateWord(to)}${reason === undefined ? "" : `, ${reason}`}`,
    );
  });
  return <div aria-live="polite">{message}</div>;
}
