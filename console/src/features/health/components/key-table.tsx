import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconFilterOff } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { KeyRow } from "@/features/health/components/key-row";
import { GroupRow, ProviderRow } from "@/features/health/components/group-rows";
import classes from "@/features/health/components/key-table.module.css";
import { selectRows, type Filter, type Row } from "@/features/health/rows";
import { EmptyState } from "@/shared/components/page-states";
import { usePool } from "@/shared/live/live";

const COLUMNS = [
  "Key",
  "State",
  "Priority",
  "Budget today",
  "Share",
  "In flight",
  "Per minute",
  "Latency",
  "Errors",
  "Actions",
];

const HEIGHTS: Record<Row["kind"], { wide: number; narrow: number }> = {
  provider: { wide: 40, narrow: 40 },
  group: { wide: 28, narrow: 28 },
  key: { wide: 54, narrow: 142 },
};

/** One line a key. Only what is on the screen exists, and only what changed renders. */
export function KeyTable({ filter, clear }: { filter: Filter; clear: () => void }) {
  const rows = usePool(useMemo(() => selectRows(filter), [filter]));
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const narrow = useMediaQuery("(max-width: 79.75em)", window.innerWidth <= 1276);
  useLayoutEffect(() => {
    // The chart above may change its height with the width of the window.
    setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [narrow]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? "key"][narrow ? "narrow" : "wide"],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    scrollMargin: offset,
  });
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title="No key fits"
        action={
          <Button variant="default" onClick={clear}>
            Show all keys
          </Button>
        }
      >
        No key has this name, suffix, limit group, provider and state.
      </EmptyState>
    );
  }
  return (
    <div className={classes["table"]} role="table" aria-label="Provider keys" aria-rowcount={rows.length + 1}>
      <div className={classes["head"]} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={classes["column"]}>
            {column}
          </span>
        ))}
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
            row && (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes["row"]}
                data-kind={row.kind}
                style={{ transform: `translateY(${item.start - offset}px)` }}
              >
                <Line row={row} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Line({ row }: { row: Row }) {
  switch (row.kind) {
    case "provider":
      return <ProviderRow provider={row.provider} keys={row.keys} />;
    case "group":
      return <GroupRow provider={row.provider} group={row.group} keys={row.keys} />;
    case "key":
      return <KeyRow id={row.id} grouped={row.grouped} />;
  }
}
