import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import classes from "@/shared/components/row-table.module.css";

interface RowTableProps<Row> {
  label: string;
  /** Sets `--columns`, and `--gap` if it is not the usual one. */
  className: string | undefined;
  /** The cells of the head. */
  head: ReactNode;
  /** Whether the first two of them stay on a phone, where all others go. */
  headStays?: boolean;
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** How high a row will be about, before it is measured. */
  heightOf: (row: Row, narrow: boolean) => number;
  /** Whether a row is a heading for those below it. */
  isHeading?: (row: Row) => boolean;
  /** The cells of a row. */
  children: (row: Row) => ReactNode;
}

/** A table of very many rows in the window: only what is on the screen exists. */
export function RowTable<Row>({
  label,
  className,
  head,
  headStays = false,
  rows,
  idOf,
  heightOf,
  isHeading = () => false,
  children,
}: RowTableProps<Row>) {
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const narrow = useMediaQuery("(max-width: 79.75em)", window.innerWidth <= 1276);
  useLayoutEffect(() => {
    // What stands above may change its height with the width of the window.
    setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [narrow]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : heightOf(row, narrow);
    },
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : idOf(row);
    },
    overscan: 8,
    scrollMargin: offset,
  });
  return (
    <div
      className={`${classes["table"]} ${className ?? ""}`}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
    >
      <div className={classes["head"]} role="row" aria-rowindex={1} data-stays={headStays || undefined}>
        {head}
      </div>
      <div
        ref={list}
        role="rowgroup"
        className={classes["body"]}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes["row"]}
                data-heading={isHeading(row) || undefined}
                style={{ transform: `translateY(${item.start - offset}px)` }}
              >
                {children(row)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** A heading of a column. */
export function Column({ align, children }: { align?: "center" | "right"; children: ReactNode }) {
  return (
    <span role="columnheader" className={classes["column"]} data-align={align}>
      {children}
    </span>
  );
}
