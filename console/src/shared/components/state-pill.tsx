import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHourglassHigh,
  IconPlayerPauseFilled,
  IconProgressCheck,
  IconWallet,
  type TablerIcon,
} from "@tabler/icons-react";
import type { State } from "@/shared/api/schema";
import classes from "@/shared/components/state-pill.module.css";

const LOOKS: Record<State, { word: string; icon: TablerIcon }> = {
  healthy: { word: "Healthy", icon: IconCircleCheckFilled },
  trial: { word: "Trial", icon: IconProgressCheck },
  throttled: { word: "Throttled", icon: IconHourglassHigh },
  "over-budget": { word: "Over budget", icon: IconWallet },
  rejected: { word: "Rejected", icon: IconCircleXFilled },
  paused: { word: "Paused", icon: IconPlayerPauseFilled },
};

/** The word that the screen has for a state. */
export function stateWord(state: State): string {
  return LOOKS[state].word;
}

/** A state as icon, word and colour; readable without the colour. `limits` says what it holds for, if not for all. */
export function StatePill({ state, limits }: { state: State; limits?: string }) {
  const { word } = LOOKS[state];
  return (
    <span className={classes["pill"]} data-state={state}>
      <StateIcon state={state} size={13} />
      {limits === undefined ? word : `${word} ${limits}`}
    </span>
  );
}

export function StateIcon({ state, size = 14 }: { state: State; size?: number }) {
  const Icon = LOOKS[state].icon;
  return <Icon size={size} className={classes["icon"]} data-state={state} aria-hidden />;
}
