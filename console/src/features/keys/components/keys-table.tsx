import { Checkbox } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { useCallback } from "react";
import { KeyLine } from "@/features/keys/components/key-line";
import classes from "@/features/keys/components/keys-table.module.css";
import type { ProviderKey } from "@/shared/api/schema";
import { EmptyState } from "@/shared/components/page-states";
import { Column, RowTable } from "@/shared/components/row-table";

interface KeysTableProps {
  keys: ProviderKey[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onEdit: (id: string) => void;
}

/** One line a key; only what is on the screen exists. */
export function KeysTable({ keys, selected, onSelect, onEdit }: KeysTableProps) {
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
    <RowTable
      label="API keys"
      className={classes["columns"]}
      headStays
      head={
        <>
          <span role="columnheader" aria-label="Selected">
            <Checkbox
              size="xs"
              aria-label="Select all"
              checked={all}
              indeterminate={!all && selected.size > 0}
              onChange={() => onSelect(all ? new Set() : new Set(keys.map((key) => key.id)))}
            />
          </span>
          <Column>Key</Column>
          <Column>State</Column>
          <Column align="center">Priority</Column>
          <Column>Budget today</Column>
          <Column>Limit group</Column>
          <Column>Models</Column>
          <Column align="right">Actions</Column>
        </>
      }
      rows={keys}
      idOf={(key) => key.id}
      heightOf={(_, narrow) => (narrow ? 124 : 54)}
    >
      {(key) => <KeyLine of={key} selected={selected.has(key.id)} onToggle={toggle} onEdit={onEdit} />}
    </RowTable>
  );
}
