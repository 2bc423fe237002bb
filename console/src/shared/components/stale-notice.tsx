import { IconPlugConnectedX } from "@tabler/icons-react";
import classes from "@/shared/components/stale-notice.module.css";
import { useFeedStatus } from "@/shared/live/live";

/** Says, above live figures, that they are not live just now. */
export function StaleNotice() {
  if (useFeedStatus() !== "stale") {
    return null;
  }
  return (
    <div className={classes["notice"]} role="status">
      <IconPlugConnectedX size={17} aria-hidden />
      <span>
        <strong>No contact with Forebay.</strong> The figures below are the last known. The page reconnects by
        itself.
      </span>
    </div>
  );
}
