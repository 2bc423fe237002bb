import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import type { State } from "@/shared/api/schema";
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
  state,
}: {
  label: string;
  value: string;
  /** Something smaller that belongs to it. */
  note?: ReactNode;
  explained?: ReactNode;
  /** Whose colour the value has, where it is worth a look. */
  state?: State | undefined;
}) {
  return (
    <Tooltip multiline label={explained} disabled={explained === undefined}>
      <div data-state={state}>
        <dt>{label}</dt>
        <dd>
          {value}
          {note !== undefined && <span className={classes["note"]}> {note}</span>}
        </dd>
      </div>
    </Tooltip>
  );
}
