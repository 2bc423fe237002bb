import { ActionIcon, Button, CloseButton, FileButton, Textarea, Tooltip } from "@mantine/core";
import { IconArrowUp, IconPhoto, IconPlayerStopFilled } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import classes from "@/features/assistant/components/composer.module.css";
import type { Picture } from "@/features/assistant/conversation";
import { ACCEPT, MOST_PICTURES, pictureAddress, readPicture, unfit } from "@/features/assistant/pictures";
import { notifyFailed } from "@/shared/components/notify";
import { useShortcuts } from "@/shared/components/shortcut";

interface ComposerProps {
  busy: boolean;
  /** Whether there is a model to ask. */
  ready: boolean;
  /** The model picker. */
  children: ReactNode;
  onSend: (text: string, pictures: Picture[]) => void;
  onStop: () => void;
}

/** Where a message is written; pictures are pasted, dropped or picked. */
export function Composer({ busy, ready, children, onSend, onStop }: ComposerProps) {
  const [text, setText] = useState("");
  const [pictures, setPictures] = useState<Picture[]>([]);
  const [over, setOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  const empty = text.trim() === "" && pictures.length === 0;

  async function attach(files: readonly File[]) {
    for (const file of files) {
      const reason = unfit(file);
      if (reason !== undefined) {
        notifyFailed("Not attached", new Error(reason));
        continue;
      }
      try {
        const picture = await readPicture(file);
        setPictures((before) => [...before, picture].slice(0, MOST_PICTURES));
      } catch (error) {
        notifyFailed("Not attached", error);
      }
    }
  }

  function send() {
    if (!empty && !busy && ready) {
      onSend(text.trim(), pictures);
      setText("");
      setPictures([]);
    }
  }

  return (
    <form
      className={classes["composer"]}
      data-over={over}
      aria-label="Message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void attach([...event.dataTransfer.files]);
      }}
    >
      {pictures.length > 0 && (
        <ul className={classes["pictures"]}>
          {pictures.map((picture, index) => (
            <li key={`${index} ${picture.name}`}>
              <img src={pictureAddress(picture)} alt={picture.name} />
              <CloseButton
                size="xs"
                className={classes["remove"] ?? ""}
                aria-label={`Remove ${picture.name}`}
                onClick={() => setPictures(pictures.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      <Textarea
        ref={field}
        variant="unstyled"
        aria-label="Your message"
        placeholder={over ? "Drop pictures here" : "Ask something"}
        autosize
        minRows={1}
        maxRows={12}
        value={text}
        classNames={{ input: classes["field"] ?? "" }}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
          }
        }}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length > 0) {
            event.preventDefault();
            void attach(files);
          }
        }}
      />
      <div className={classes["bar"]}>
        {children}
        <FileButton multiple accept={ACCEPT} onChange={(files) => void attach(files)}>
          {(props) => (
            <Tooltip label="Attach pictures; pasting and dropping work too">
              <ActionIcon {...props} size="lg" aria-label="Attach pictures">
                <IconPhoto size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        {busy ? (
          <Button
            className={classes["send"] ?? ""}
            variant="default"
            leftSection={<IconPlayerStopFilled size={14} />}
            onClick={onStop}
          >
            Stop
          </Button>
        ) : (
          <Button
            className={classes["send"] ?? ""}
            type="submit"
            disabled={empty || !ready}
            leftSection={<IconArrowUp size={16} />}
          >
            Send
          </Button>
        )}
      </div>
    </form>
  );
}
