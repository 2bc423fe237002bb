import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/shared/components/figures.module.css";

/** A band of a few large figures, each a `Figure`. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes["figures"]}>{children}</dl>;
}

/** One figure and what it is. */
export function Figure({ label, value, explained }: { label: string; value: string; explained?: string }) {
  return (
    <Tooltip label={explained} disabled={explained === undefined}>
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    </Tooltip>
  );
}
