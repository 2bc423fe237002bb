import {
  IconArrowsShuffle,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHourglassHigh,
  IconLogout2,
  type TablerIcon,
} from "@tabler/icons-react";
import type { End } from "@/features/requests/words";
import classes from "@/features/requests/components/end-mark.module.css";
import type { State } from "@/shared/api/schema";

const ICONS: Record<State, TablerIcon> = {
  healthy: IconCircleCheckFilled,
  trial: IconArrowsShuffle,
  throttled: IconHourglassHigh,
  "over-budget": IconHourglassHigh,
  rejected: IconCircleXFilled,
  paused: IconLogout2,
};

/** How something ended, as icon, word and colour. */
export function EndMark({ end: { word, state } }: { end: End }) {
  const Icon = ICONS[state];
  return (
    <span className={classes["mark"]} data-state={state}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}
