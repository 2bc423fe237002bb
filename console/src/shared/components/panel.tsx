import type { ReactNode } from "react";
import classes from "@/shared/components/panel.module.css";

interface PanelProps {
  title?: string;
  /** At the right of the title. */
  aside?: ReactNode;
  /** Without padding, for tables that go to the edge. */
  flush?: boolean;
  children: ReactNode;
}

/** A bordered surface. */
export function Panel({ title, aside, flush = false, children }: PanelProps) {
  return (
    <section className={classes["panel"]} aria-label={title}>
      {title !== undefined && (
        <div className={classes["head"]}>
          <h2 className={classes["title"]}>{title}</h2>
          {aside}
        </div>
      )}
      <div className={flush ? undefined : classes["body"]}>{children}</div>
    </section>
  );
}
