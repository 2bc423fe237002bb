import {
  IconCloudOff,
  IconFolderQuestion,
  IconPlugConnectedX,
  IconProgress,
  IconShieldX,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "@/features/google-accounts/components/connection-pill.module.css";
import { CONNECTIONS } from "@/features/google-accounts/words";

const ICONS: Record<keyof typeof CONNECTIONS, TablerIcon> = {
  refreshing: IconProgress,
  unreachable: IconCloudOff,
  "needs-reconnecting": IconPlugConnectedX,
  "client-refused": IconShieldX,
  "needs-project": IconFolderQuestion,
};

/** What is wrong with a connection, as icon, word and colour. */
export function ConnectionPill({ state }: { state: keyof typeof CONNECTIONS }) {
  const Icon = ICONS[state];
  const { word, state: colour } = CONNECTIONS[state];
  return (
    <span className={classes["pill"]} data-state={colour}>
      <Icon size={13} aria-hidden />
      {word}
    </span>
  );
}
