import { Checkbox } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconSearchOff } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { KeyLine } from "@/features/keys/components/key-line";
import classes from "@/features/keys/components/keys-table.module.css";
import type { ProviderKey } from "@/shared/api/schema";
import { EmptyState } from "@/shared/components/page-states";

interface KeysTableProps {
  keys: ProviderKey[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onEdit: (id: string) => void;
}

/** One line a key; only what is on the screen exists. */
export function KeysTable({ keys, selected, onSelect, onEdit }: KeysTableProps) {
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const narrow = useMediaQuery("(max-width: 79.75em)", window.innerWidth <= 1276);
  useLayoutEffect(() => {
    setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [narrow]);
  const virtualizer = useWindowVirtualizer({
    count: keys.length,
    estimateSize: () => (narrow ? 124 : 54),
    getItemKey: (index) => keys[index]?.id ?? index,
    overscan: 8,
    scrollMargin: offset,
  });
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(selected);
      if (!next.delete(id)) {
        next.add(id);
      }
      onSelect(next);
    },
    [selected, onSelect],
  );
  if (keys.length === 0) {
    return (
      <EmptyState icon={IconSearchOff} title="No key fits">
        No key has this name, suffix, note, limit group or provider.
      </EmptyState>
    );
  }
  const all = keys.every((key) => selected.has(key.id));
  return (
    <div className={classes["table"]} role="table" aria-label="API keys" aria-rowcount={keys.length + 1}>
      <div className={classes["head"]} role="row" aria-rowindex={1}>
        <span role="columnheader" aria-label="Selected">
          <Checkbox
            size="xs"
            aria-label="Select all"
            checked={all}
            indeterminate={!all && selected.size > 0}
            onChange={() => onSelect(all ? new Set() : new Set(keys.map((key) => key.id)))}
          />
        </span>
        {["Key", "State", "Priority", "Budget today", "Limit group", "Models", "Actions"].map((column) => (
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
          const key = keys[item.index];
          return (
            key && (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes["row"]}
                style={{ transform: `translateY(${item.start - offset}px)` }}
              >
                <KeyLine of={key} selected={selected.has(key.id)} onToggle={toggle} onEdit={onEdit} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
