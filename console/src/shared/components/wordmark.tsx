import classes from "@/shared/components/wordmark.module.css";

/** The name with its mark: still water above three gates. */
export function Wordmark() {
  return (
    <span className={classes["wordmark"]}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden>
        <rect className={classes["ground"]} width="32" height="32" rx="9" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <path d="M7 11c3-2.4 6-2.4 9 0s6 2.4 9 0" />
          <path d="M7 16.5c3-2.4 6-2.4 9 0s6 2.4 9 0" opacity=".8" />
          <path d="M16 22v4M11 22v2M21 22v2" opacity=".65" />
        </g>
      </svg>
      Forebay
    </span>
  );
}
