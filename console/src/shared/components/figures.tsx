import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/shared/components/figures.module.css";

/** A band of a few large figures, each a `Figure`. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes["figures"]}>{children}</dl>;
}

/** One figure and what it is. */
export function Figure({
  label,
  value,
  note,
  explained,
}: {
  label: string;
  value: string;
  /** Something smaller that belongs to it. */
  note?: string | undefined;
  explained?: string;
}) {
  return (
    <Tooltip label={explained} disabled={explained === undefined}>
      <div>
        <dt>{label}</dt>
        <dd>
          {value}
          {note !== undefined && <span className={classes["note"]}> {note}</span>}
        </dd>
      </div>
    </Tooltip>
  );
}
