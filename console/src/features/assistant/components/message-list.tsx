import { Button, Loader } from "@mantine/core";
import { IconAlertTriangle, IconHourglassHigh, IconRefresh } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { Markdown } from "@/features/assistant/components/markdown";
import classes from "@/features/assistant/components/message-list.module.css";
import type { AssistantMessage, Message, Trouble } from "@/features/assistant/conversation";
import { pictureAddress } from "@/features/assistant/pictures";
import type { Provider } from "@/shared/api/schema";
import { useMayAdminister } from "@/shared/api/session";
import { CopyButton } from "@/shared/components/copy-button";
import { ProviderMark } from "@/shared/components/provider-mark";
import { duration } from "@/shared/format/time";

interface MessageListProps {
  messages: readonly Message[];
  onAgain: () => void;
}

/** How near the end counts as being there. */
const NEAR = 120;

export function MessageList({ messages, onAgain }: MessageListProps) {
  const follows = useRef(true);
  useEffect(() => {
    function look() {
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      follows.current = scrollHeight - scrollTop - clientHeight < NEAR;
    }
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  const last = messages.at(-1);
  const asked = last?.role === "assistant" && last.state === "waiting";
  useEffect(() => {
    // Whoever scrolled up to read is left there, until they ask the next thing.
    if (asked || follows.current) {
      window.scrollTo({ top: document.documentElement.scrollHeight });
    }
  }, [messages, asked]);

  return (
    <ol className={classes["messages"]} aria-label="Conversation">
      {messages.map((message, index) =>
        message.role === "user" ? (
          <li key={message.id} className={classes["user"]}>
            {message.pictures.length > 0 && (
              <div className={classes["pictures"]}>
                {message.pictures.map((picture, at) => (
                  <img key={at} src={pictureAddress(picture)} alt={picture.name} />
                ))}
              </div>
            )}
            {message.text}
          </li>
        ) : (
          <li key={message.id} className={classes["assistant"]}>
            <Answer message={message} />
            {message.trouble && (
              <TroubleNote trouble={message.trouble} {...(index === messages.length - 1 && { onAgain })} />
            )}
          </li>
        ),
      )}
    </ol>
  );
}

function Answer({ message }: { message: AssistantMessage }) {
  const { text, state } = message;
  return (
    <>
      {state === "waiting" ? (
        <span className={classes["waiting"]}>
          <Loader size={14} type="dots" aria-hidden /> Waiting for the first word
        </span>
      ) : (
        text !== "" && <Markdown text={text} />
      )}
      <Foot message={message} />
      <span className={classes["announcer"]} aria-live="polite">
        {state === "done" ? "The answer is complete" : ""}
      </span>
    </>
  );
}

const PROVIDERS = ["anthropic", "openai", "gemini"];

/** Who answered, after how many tries and how fast. */
function Foot({ message }: { message: AssistantMessage }) {
  const administers = useMayAdminister();
  const { answered, firstWord, duration: took, state, text } = message;
  if (state === "waiting") {
    return null;
  }
  const { provider, key, attempts = 1, requestId } = answered ?? {};
  return (
    <div className={classes["foot"]}>
      {provider !== undefined && PROVIDERS.includes(provider) && (
        <ProviderMark provider={provider as Provider} />
      )}
      <span>{answered?.model ?? message.model}</span>
      {administers && key !== undefined && (
        <span>
          by <strong>{key}</strong>
        </span>
      )}
      {attempts > 1 && <span>{attempts} tries</span>}
      {firstWord !== undefined && <span>first word {duration(firstWord)}</span>}
      {took !== undefined && <span>{duration(took)} in all</span>}
      {state === "stopped" && <span>stopped</span>}
      {requestId !== undefined && state !== "streaming" && (
        <Link to={`/requests/${encodeURIComponent(requestId)}`}>
          {state === "failed" ? "what happened" : "why this key"}
        </Link>
      )}
      {text !== "" && state !== "streaming" && <CopyButton value={text} label="Copy the answer" />}
    </div>
  );
}

function whenWords(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

function TroubleNote({ trouble, onAgain }: { trouble: Trouble; onAgain?: () => void }) {
  const { status, message, retryAfter } = trouble;
  const limited = status === 429;
  const Icon = limited ? IconHourglassHigh : IconAlertTriangle;
  return (
    <div className={classes["trouble"]} data-state={limited ? "throttled" : "rejected"} role="alert">
      <Icon size={17} aria-hidden />
      <div>
        <strong>{limited ? "No key is free" : status === 200 ? "The answer broke off" : "No answer"}</strong>
        <p>{message}</p>
        {retryAfter !== undefined && <p>Asking again can help in {whenWords(retryAfter)}.</p>}
      </div>
      {onAgain && (
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onAgain}>
          Ask again
        </Button>
      )}
    </div>
  );
}
