import { Button, Group, Skeleton } from "@mantine/core";
import { IconClipboardList, IconDroplet, IconPlus } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { Link } from "react-router";
import { FilterBar } from "@/features/health/components/filter-bar";
import { KeyTable } from "@/features/health/components/key-table";
import { Totals } from "@/features/health/components/totals";
import { TrafficPanel } from "@/features/health/components/traffic-panel";
import classes from "@/features/health/page.module.css";
import type { Filter } from "@/features/health/rows";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, LoadingState } from "@/shared/components/page-states";
import { StaleNotice } from "@/shared/components/stale-notice";
import { useFeedStatus, useKeyOrder, usePoolCounts } from "@/shared/live/live";

const ALL: Filter = { search: "", states: [], provider: "all" };

/** The pool as it is now: what is up, what is down and until when, and where the traffic goes. */
export function HealthPage() {
  const known = usePoolCounts() !== undefined;
  const empty = useKeyOrder().length === 0;
  return (
    <>
      <PageHeader title="Health" />
      <StaleNotice />
      {!known ? <Loading /> : empty ? <FirstRun /> : <Pool />}
    </>
  );
}

function Pool() {
  const [filter, setFilter] = useState(ALL);
  const stale = useFeedStatus() === "stale";
  return (
    <div className={classes["pool"]} data-stale={stale || undefined}>
      <Totals />
      <TrafficPanel />
      <FilterBar filter={filter} onChange={setFilter} />
      <KeyTable filter={useDeferredValue(filter)} clear={() => setFilter(ALL)} />
    </div>
  );
}

function Loading() {
  return (
    <div className={classes["pool"]}>
      <Skeleton height={64} radius="md" />
      <Skeleton height={232} radius="md" />
      <LoadingState rows={8} height={52} />
    </div>
  );
}

function FirstRun() {
  return (
    <EmptyState
      icon={IconDroplet}
      title="The pool is empty"
      action={
        <Group justify="center" gap="sm">
          <Button component={Link} to="/settings/keys?add" leftSection={<IconPlus size={16} />}>
            Add the first API key
          </Button>
          <Button
            component={Link}
            to="/settings/keys?paste"
            variant="default"
            leftSection={<IconClipboardList size={16} />}
          >
            Paste many
          </Button>
        </Group>
      }
    >
      Add API keys of Anthropic, OpenAI or Gemini, one or hundreds at once. Each is tested as you paste it,
      and takes traffic from the next request on.
    </EmptyState>
  );
}
