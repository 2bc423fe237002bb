import { CopyButton } from "@/shared/components/copy-button";
import classes from "@/shared/components/code-block.module.css";

interface CodeBlockProps {
  code: string;
  /** What it is, such as a language or a file's name. */
  label?: string;
  /** Lines break instead of scrolling sideways. */
  wrap?: boolean;
  /** At most so many pixels high. */
  maxHeight?: number;
}

/** Text to copy: monospaced, scrolling in its own box. */
export function CodeBlock({ code, label, wrap = false, maxHeight }: CodeBlockProps) {
  return (
    <div className={classes["block"]}>
      <div className={classes["head"]}>
        <span>{label}</span>
        <CopyButton value={code} label={label === undefined ? "Copy" : `Copy: ${label}`} />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre className={classes["code"]} data-wrap={wrap} tabIndex={0} style={{ maxHeight }}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
