import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

interface Question {
  title: string;
  /** What will happen, in a sentence or two. */
  text: string;
  /** The verb on the button. */
  verb: string;
  /** Whether it cannot be taken back. */
  final?: boolean;
  onConfirm: () => void;
}

/** Asks before something that stops traffic or cannot be taken back. */
export function confirm({ title, text, verb, final = false, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: verb, cancel: "Cancel" },
    confirmProps: { color: final ? "red" : "water" },
    cancelProps: { variant: "default" },
    onConfirm,
  });
}
