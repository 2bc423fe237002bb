import { Button, Modal, Stack, UnstyledButton } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clientKeysQuery, useRevokeClientKey } from "@/features/clients/api";
import { ClientKeyForm } from "@/features/clients/components/client-key-form";
import { ClientKeyTable } from "@/features/clients/components/client-key-table";
import { Connect } from "@/features/clients/components/connect";
import classes from "@/features/clients/page.module.css";
import type { ClientKey, Schema } from "@/shared/api/schema";
import { useMayAdminister } from "@/shared/api/session";
import { confirm } from "@/shared/components/confirm";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { OnceSecret } from "@/shared/components/once-secret";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { SearchField } from "@/shared/components/search-field";

type Open =
  | { what: "new" }
  | { what: "edit"; clientKey: ClientKey }
  | { what: "connect"; clientKey: ClientKey }
  | { what: "created"; created: Schema<"ClientKeyCreated"> };

export function ClientsPage() {
  const administers = useMayAdminister();
  const clientKeys = useQuery(clientKeysQuery);
  const revoke = useRevokeClientKey();
  const [open, setOpen] = useState<Open>();
  const [search, setSearch] = useState("");
  const [withRevoked, setWithRevoked] = useState(false);

  function askToRevoke(clientKey: ClientKey) {
    confirm({
      title: `Revoke ${clientKey.name}?`,
      text: "Whoever uses it is refused from the next request on. A revoked key does not come back; its usage stays in the history.",
      verb: "Revoke",
      final: true,
      onConfirm: () =>
        revoke.mutate(clientKey.id, {
          onSuccess: () => notifyDone(`${clientKey.name} is revoked`),
          onError: (error) => notifyFailed("Not revoked", error),
        }),
    });
  }

  const all = clientKeys.data ?? [];
  const revoked = all.filter((key) => key.revokedAt !== undefined);
  const words = search.trim().toLowerCase();
  const shown = all
    .filter((key) => withRevoked || key.revokedAt === undefined)
    .filter((key) => `${key.name} ${key.suffix} ${key.owner?.name ?? ""}`.toLowerCase().includes(words));

  return (
    <>
      <PageHeader
        title="Client keys"
        lead="What your programs send instead of a provider’s key. One opens every provider in the pool."
      >
        {all.length > 0 && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ what: "new" })}>
            New client key
          </Button>
        )}
      </PageHeader>
      {clientKeys.isPending ? (
        <LoadingState />
      ) : clientKeys.isError ? (
        <ErrorState error={clientKeys.error} retry={() => void clientKeys.refetch()} />
      ) : all.length === 0 ? (
        <EmptyState
          icon={IconPlugConnected}
          title="No client keys yet"
          action={
            <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ what: "new" })}>
              New client key
            </Button>
          }
        >
          A program needs two things to use the pool: this address, and a client key where it has its API key
          now. Make one, and copy what to put where.
        </EmptyState>
      ) : (
        <Stack gap="md">
          {all.length > 6 && (
            <div className={classes["search"]}>
              <SearchField label="Search client keys" value={search} onChange={setSearch} />
            </div>
          )}
          <Panel flush>
            <ClientKeyTable
              clientKeys={shown}
              owners={administers}
              onConnect={(clientKey) => setOpen({ what: "connect", clientKey })}
              onEdit={(clientKey) => setOpen({ what: "edit", clientKey })}
              onRevoke={askToRevoke}
            />
            {shown.length === 0 && <p className={classes["none"]}>No client key is called that.</p>}
            {revoked.length > 0 && (
              <UnstyledButton className={classes["more"]} onClick={() => setWithRevoked(!withRevoked)}>
                {withRevoked ? "Hide" : "Show"} {revoked.length} revoked
              </UnstyledButton>
            )}
          </Panel>
          <Panel title="Connect a program">
            <Connect />
          </Panel>
        </Stack>
      )}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open && title(open)}
        size={open?.what === "new" || open?.what === "edit" ? "md" : "xl"}
        closeOnClickOutside={open?.what !== "created"}
      >
        {open?.what === "new" && (
          <ClientKeyForm
            onCreated={(created) => setOpen({ what: "created", created })}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.what === "edit" && (
          <ClientKeyForm
            clientKey={open.clientKey}
            onCreated={() => undefined}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.what === "connect" && <Connect />}
        {open?.what === "created" && (
          <Stack gap="md">
            <OnceSecret label="The new client key" secret={open.created.secret}>
              This is the only time it is shown. Forebay keeps a fingerprint of it, not the key.
            </OnceSecret>
            <Connect secret={open.created.secret} />
          </Stack>
        )}
      </Modal>
    </>
  );
}

function title(open: Open): string {
  switch (open.what) {
    case "new":
      return "New client key";
    case "edit":
      return `Edit ${open.clientKey.name}`;
    case "connect":
      return `Connect with ${open.clientKey.name}`;
    case "created":
      return `${open.created.clientKey.name} is ready`;
  }
}
