import { Button, Drawer } from "@mantine/core";
import { IconListSearch, IconPlayerPause, IconPlayerPlay, IconPlugConnected } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { requestsQuery } from "@/features/requests/api";
import { FilterBar } from "@/features/requests/components/filter-bar";
import { useLiveRequests } from "@/features/requests/components/live-requests";
import { RequestTable } from "@/features/requests/components/request-table";
import { Trace } from "@/features/requests/components/trace";
import { filtersFrom, type Filters } from "@/features/requests/filters";
import classes from "@/features/requests/page.module.css";
import { useMayAdminister } from "@/shared/api/session";
import { useAddress } from "@/shared/components/address";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { useShortcuts } from "@/shared/components/shortcut";

/** Finished requests as they come, and one of them opened at an address of its own. */
export function RequestsPage() {
  const { id } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const { params, change, clear } = useAddress();
  const [paused, setPaused] = useState(false);
  const filters = filtersFrom(params);
  useShortcuts({ p: () => setPaused(!paused) });

  return (
    <>
      <PageHeader title="Requests" lead="Every request, which key it went to, and why.">
        <Button
          variant="default"
          leftSection={paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? "Resume the list" : "Pause the list"}
        </Button>
      </PageHeader>
      <FilterBar filters={filters} onChange={(name, value) => change({ [name]: value })} onClear={clear} />
      <RequestList
        key={JSON.stringify(filters)}
        filters={filters}
        opened={id}
        paused={paused}
        onResume={() => setPaused(false)}
      />
      <Drawer
        opened={id !== undefined}
        onClose={() => void navigate(`/requests${search}`)}
        title="Request"
        size={760}
        classNames={{ content: classes["drawer"] ?? "", header: classes["drawerHead"] ?? "" }}
      >
        {id !== undefined && <Trace id={id} />}
      </Drawer>
    </>
  );
}

interface RequestListProps {
  filters: Filters;
  opened: string | undefined;
  paused: boolean;
  onResume: () => void;
}

function RequestList({ filters, opened, paused, onResume }: RequestListProps) {
  const administers = useMayAdminister();
  const requests = useInfiniteQuery(requestsQuery(filters));
  // What somebody reads stands still.
  const { fresh, waiting, sampled, restart } = useLiveRequests(filters, paused || opened !== undefined);

  if (requests.isPending) {
    return <LoadingState rows={12} height={30} />;
  }
  if (requests.isError) {
    return <ErrorState error={requests.error} retry={() => void requests.refetch()} />;
  }
  const seen = new Set(fresh.map(({ id }) => id));
  const older = requests.data.pages.flatMap((page) => page.requests).filter(({ id }) => !seen.has(id));
  const all = [...fresh, ...older];
  if (all.length === 0) {
    return Object.keys(filters).length > 0 ? (
      <EmptyState icon={IconListSearch} title="No request fits">
        Nothing that is kept fits all of these filters. When something comes that does, it appears here.
      </EmptyState>
    ) : (
      <EmptyState
        icon={IconListSearch}
        title="No requests yet"
        action={
          <Button component={Link} to="/settings/client-keys" leftSection={<IconPlugConnected size={16} />}>
            Connect a program
          </Button>
        }
      >
        As soon as a program asks for something, its request appears here by itself.
      </EmptyState>
    );
  }
  return (
    <Panel flush>
      {waiting > 0 && (
        <button type="button" className={classes["waiting"]} onClick={onResume} disabled={!paused}>
          {waiting} new {waiting === 1 ? "request" : "requests"}
        </button>
      )}
      {sampled && (
        <button
          type="button"
          className={classes["waiting"]}
          onClick={() => void requests.refetch().then(restart)}
        >
          Requests come faster than a list can be read; only some are shown. Read all of them
        </button>
      )}
      <RequestTable requests={all} keys={administers} opened={opened} />
      <div className={classes["foot"]}>
        {requests.hasNextPage ? (
          <Button
            variant="default"
            size="xs"
            loading={requests.isFetchingNextPage}
            onClick={() => void requests.fetchNextPage()}
          >
            Load more
          </Button>
        ) : (
          <span>These are all that are kept.</span>
        )}
      </div>
    </Panel>
  );
}
