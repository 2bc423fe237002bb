import { Tooltip } from "@mantine/core";
import classes from "@/app/layout/feed-indicator.module.css";
import type { FeedStatus } from "@/shared/live/event-feed";
import { useFeedStatus } from "@/shared/live/live";

const WORDS: Record<FeedStatus, { word: string; detail: string }> = {
  idle: { word: "Paused", detail: "Nothing on this page is live" },
  connecting: { word: "Connecting", detail: "Connecting to the live feed" },
  live: { word: "Live", detail: "Figures are live" },
  stale: { word: "Stale", detail: "No contact with Forebay. Figures may be old; trying again by itself" },
};

/** Whether what is on the screen is live, as a dot and a word. */
export function FeedIndicator() {
  const status = useFeedStatus();
  const { word, detail } = WORDS[status];
  return (
    <Tooltip label={detail}>
      <span className={classes["indicator"]} data-feed={status} role="status">
        <span className={classes["dot"]} />
        {word}
      </span>
    </Tooltip>
  );
}
