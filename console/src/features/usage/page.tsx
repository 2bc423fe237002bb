import { Button, Stack } from "@mantine/core";
import { IconChartHistogram, IconDownload, IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { exportAddress, usageQuery } from "@/features/usage/api";
import { Controls } from "@/features/usage/components/controls";
import { Total } from "@/features/usage/components/total";
import { UsageChart } from "@/features/usage/components/usage-chart";
import { UsageTable } from "@/features/usage/components/usage-table";
import classes from "@/features/usage/page.module.css";
import { viewFrom, type View } from "@/features/usage/range";
import { layersOf } from "@/features/usage/stacks";
import type { Schema } from "@/shared/api/schema";
import { useMayAdminister } from "@/shared/api/session";
import { useAddress } from "@/shared/components/address";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { useMinute } from "@/shared/live/clock";

const GROUPS = { none: "", key: "API key", model: "Model", client: "Client key" };

/** Tokens and cost over time. What is looked at stands in the address. */
export function UsagePage() {
  const administers = useMayAdminister();
  const { params, change } = useAddress();
  const view = viewFrom(params, useMinute(), administers);
  const usage = useQuery(usageQuery(view));

  return (
    <>
      <PageHeader
        title="Usage"
        lead={
          administers
            ? "What went through the pool, and what it cost."
            : "What your client keys used, and what it cost."
        }
      >
        <Button
          component="a"
          href={exportAddress(view)}
          download
          variant="default"
          leftSection={<IconDownload size={15} />}
        >
          Export as CSV
        </Button>
      </PageHeader>
      <Stack gap="md">
        <Controls view={view} onChange={change} />
        {usage.isPending ? (
          <LoadingState rows={4} height={88} />
        ) : usage.isError ? (
          <ErrorState error={usage.error} retry={() => void usage.refetch()} />
        ) : usage.data.total.requests === 0 ? (
          <EmptyState
            icon={IconChartHistogram}
            title="Nothing in this time"
            action={
              <Button
                component={Link}
                to="/settings/client-keys"
                variant="default"
                leftSection={<IconPlugConnected size={16} />}
              >
                Connect a program
              </Button>
            }
          >
            Choose a longer time, or point a program here: the first answer shows up within a minute.
          </EmptyState>
        ) : (
          <Report report={usage.data} view={view} />
        )}
      </Stack>
    </>
  );
}

function Report({ report, view }: { report: Schema<"UsageReport">; view: View }) {
  const layers = layersOf(report, view.metric);
  return (
    <>
      <Total total={report.total} priced={report.priced} />
      <Panel
        title={view.metric === "usd" ? "US dollars" : "Tokens"}
        aside={
          view.metric === "tokens" && (
            <span className={classes["legend"]}>
              <span className={classes["hatched"]} aria-hidden /> read from cache
            </span>
          )
        }
      >
        <UsageChart layers={layers} times={report.times} interval={report.interval} metric={view.metric} />
      </Panel>
      <Panel flush>
        <UsageTable report={report} what={GROUPS[view.groupBy]} />
      </Panel>
    </>
  );
}
