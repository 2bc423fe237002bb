import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useMemo } from "react";
import { KeyRow } from "@/features/health/components/key-row";
import { GroupRow, ProviderRow } from "@/features/health/components/group-rows";
import classes from "@/features/health/components/key-table.module.css";
import { selectRows, type Filter, type Row } from "@/features/health/rows";
import { EmptyState } from "@/shared/components/page-states";
import { Column, RowTable } from "@/shared/components/row-table";
import { usePool } from "@/shared/live/live";

const HEAD = (
  <>
    <Column>Key</Column>
    <Column>State</Column>
    <Column align="center">Priority</Column>
    <Column>Budget today</Column>
    <Column>Share</Column>
    <Column align="right">In flight</Column>
    <Column align="right">Per minute</Column>
    <Column align="right">Latency</Column>
    <Column>Errors</Column>
    <Column align="right">Actions</Column>
  </>
);

const HEIGHTS: Record<Row["kind"], { wide: number; narrow: number }> = {
  provider: { wide: 40, narrow: 40 },
  group: { wide: 28, narrow: 28 },
  key: { wide: 54, narrow: 186 },
};

/** One line a key. Only what is on the screen exists, and only what changed renders. */
export function KeyTable({ filter, clear }: { filter: Filter; clear: () => void }) {
  const rows = usePool(useMemo(() => selectRows(filter), [filter]));
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
    <RowTable
      label="Provider keys"
      className={classes["columns"]}
      head={HEAD}
      rows={rows}
      idOf={(row) => row.id}
      heightOf={({ kind }, narrow) => HEIGHTS[kind][narrow ? "narrow" : "wide"]}
      isHeading={({ kind }) => kind !== "key"}
    >
      {(row) => <Line row={row} />}
    </RowTable>
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
