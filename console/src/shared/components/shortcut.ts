import { useEffect, useEffectEvent } from "react";

/** Whether somebody is typing, so that letters are letters. */
function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

const SEQUENCE_WITHIN = 1_200;

/**
 * Calls the handler of a key, or of two keys one after the other ("g h"), wherever the focus is except in a field.
 * Does nothing while a dialog is open.
 */
export function useShortcuts(handlers: Record<string, () => void>): void {
  const press = useEffectEvent((sequence: string): boolean => {
    handlers[sequence]?.();
    return sequence in handlers;
  });
  useEffect(() => {
    let before = "";
    let at = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        typing(event.target) ||
        document.querySelector('[role="dialog"]') !== null
      ) {
        return;
      }
      const pair = event.timeStamp - at < SEQUENCE_WITHIN ? `${before} ${event.key}` : "";
      before = event.key;
      at = event.timeStamp;
      if ((pair !== "" && press(pair)) || press(event.key)) {
        event.preventDefault();
        before = "";
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
