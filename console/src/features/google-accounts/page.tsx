import { Button } from "@mantine/core";
import { IconAlertTriangle, IconIdBadge2, IconFileCertificate, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { clientQuery, useAccounts, useCheckClient, useConnect } from "@/features/google-accounts/api";
import { AccountCard } from "@/features/google-accounts/components/account-card";
import { AddServiceAccount } from "@/features/google-accounts/components/add-service-account";
import { ClientPanel } from "@/features/google-accounts/components/client-panel";
import { ClientSetUp } from "@/features/google-accounts/components/client-set-up";
import { ProjectChoice } from "@/features/google-accounts/components/project-choice";
import { Warnings } from "@/features/google-accounts/components/warnings";
import { badge } from "@/features/google-accounts/words";
import classes from "@/features/google-accounts/page.module.css";
import type { Schema } from "@/shared/api/schema";
import { notifyFailed } from "@/shared/components/notify";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { StaleNotice } from "@/shared/components/stale-notice";

/** Google accounts of the pool: connect them, choose their projects, see how they are. */
export function GoogleAccountsPage() {
  const [search, setSearch] = useSearchParams();
  const accounts = useAccounts();
  const client = useQuery(clientQuery);
  const connect = useConnect();
  const failed = accounts.isError ? accounts : client.isError ? client : undefined;
  const ready = client.data?.configured === true;
  const choosing = accounts.data?.accounts.find((account) => account.id === search.get("project"));

  function add() {
    connect.mutate(undefined, { onError: (error) => notifyFailed("Could not leave for Google", error) });
  }

  return (
    <>
      <PageHeader
        title="Google Gemini"
        lead="Google accounts of the pool. Each serves with the quota of its own project, beside the API keys of Gemini."
      >
        <Button
          variant="default"
          leftSection={<IconFileCertificate size={16} />}
          onClick={() => setSearch({ "service-account": "" })}
        >
          Add service account
        </Button>
        <Button
          leftSection={<IconPlus size={16} />}
          disabled={!ready}
          loading={connect.isPending}
          onClick={add}
        >
          Add account
        </Button>
      </PageHeader>
      <StaleNotice />
      {accounts.data !== undefined && client.data !== undefined ? (
        <Loaded accounts={accounts.data} client={client.data} onAdd={add} />
      ) : failed !== undefined ? (
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <LoadingState rows={3} height={180} />
      )}
      <AddServiceAccount
        opened={search.has("service-account")}
        onClose={() => setSearch({})}
        onAdded={(account) =>
          setSearch(account.connection.state === "needs-project" ? { project: account.id } : {})
        }
      />
      {choosing && <ProjectChoice key={choosing.id} of={choosing} onClose={() => setSearch({})} />}
    </>
  );
}

/** Said before anybody is sent to Google: the way back leads to another address, where this session is not. */
function Elsewhere({ client: { consoleUrl } }: { client: Schema<"GoogleClient"> }) {
  const here = window.location.origin;
  if (consoleUrl === undefined || new URL(consoleUrl).origin === here) {
    return null;
  }
  return (
    <div className={classes["elsewhere"]} role="status">
      <IconAlertTriangle size={17} aria-hidden />
      <span>
        Google sends browsers back to <a href={`${consoleUrl}/settings/google`}>{consoleUrl}</a>, and this
        page is open at {here}, where the way back does not end. Add accounts there, or change the address of
        this console below.
      </span>
    </div>
  );
}

interface LoadedProps {
  accounts: Schema<"GoogleAccounts">;
  client: Schema<"GoogleClient">;
  onAdd: () => void;
}

function Loaded({ accounts: { accounts, counts, warnings }, client, onAdd }: LoadedProps) {
  const [, setSearch] = useSearchParams();
  const check = useCheckClient();
  return (
    <div className={classes["page"]}>
      {client.configured && <Elsewhere client={client} />}
      <Warnings warnings={warnings} />
      {accounts.length > 0 && (
        <section aria-label="Accounts">
          <p className={classes["counts"]}>
            {badge(counts.accounts, counts.healthy)}
            {counts.attention > 0 && (
              <span className={classes["attention"]} data-state="rejected">
                {counts.attention === 1 ? "1 needs you" : `${counts.attention} need you`}
              </span>
            )}
          </p>
          <ul className={classes["cards"]}>
            {accounts.map((account) => (
              <li key={account.id}>
                <AccountCard of={account} onChooseProject={() => setSearch({ project: account.id })} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {client.configured ? (
        <>
          {accounts.length === 0 && (
            <EmptyState
              icon={IconIdBadge2}
              title="No Google accounts yet"
              action={<Button onClick={onAdd}>Add the first account</Button>}
            >
              Google asks the account’s owner for consent, in this browser. Then the project is chosen whose
              quota the account uses.
            </EmptyState>
          )}
          <ClientPanel client={client} check={check} />
        </>
      ) : (
        <ClientSetUp client={client} check={check} />
      )}
    </div>
  );
}
