import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { settingsQuery } from "@/features/settings/api";
import { Audit } from "@/features/settings/components/audit";
import { General } from "@/features/settings/components/general";
import { Prices } from "@/features/settings/components/prices";
import { PageHeader } from "@/shared/components/page-header";
import { ErrorState, LoadingState } from "@/shared/components/page-states";

const VIEWS = [
  { id: "general", word: "General" },
  { id: "prices", word: "Models and prices" },
  { id: "audit", word: "Audit log" },
];

/** The workspace's settings; the view stands in the address, so that it can be linked to. */
export function SettingsPage() {
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find(({ id }) => id === params.get("view"))?.id ?? "general";
  return (
    <>
      <PageHeader title="General" lead="What holds for the whole workspace." />
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(next) => setParams(next === "general" || next === null ? {} : { view: next })}
      >
        <Tabs.List mb="md">
          {VIEWS.map(({ id, word }) => (
            <Tabs.Tab key={id} value={id}>
              {word}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general">
          <GeneralView />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <Prices />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <Audit />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function GeneralView() {
  const settings = useQuery(settingsQuery);
  if (settings.isPending) {
    return <LoadingState rows={5} height={72} />;
  }
  if (settings.isError) {
    return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  }
  return <General settings={settings.data} />;
}
