import { Button, Group } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconPencil, IconStethoscope, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useRemoveClient, type ClientCheck } from "@/features/google-accounts/api";
import { CheckResult } from "@/features/google-accounts/components/check-result";
import classes from "@/features/google-accounts/components/client-panel.module.css";
import { ClientSetUp, RedirectUri } from "@/features/google-accounts/components/client-set-up";
import type { Schema } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

const PUBLISHED: Record<Schema<"GooglePublishing">, string> = {
  unknown: "Unknown",
  testing: "Testing: accounts are reconnected every seven days",
  production: "In production",
};

/** The OAuth client in use: what it is, whether Google takes it, and the way to change it. */
export function ClientPanel({ client, check }: { client: Schema<"GoogleClient">; check: ClientCheck }) {
  const [changing, setChanging] = useState(false);
  const remove = useRemoveClient();
  if (changing) {
    return <ClientSetUp client={client} check={check} onDone={() => setChanging(false)} />;
  }

  function askToRemove() {
    confirm({
      title: "Remove the OAuth client?",
      text: "Connected accounts serve until their access tokens end, an hour at most, and come back only with this client. Nothing is changed at Google.",
      verb: "Remove the client",
      final: true,
      onConfirm: () =>
        remove.mutate(undefined, {
          onSuccess: () => notifyDone("The OAuth client is removed"),
          onError: (error) => notifyFailed("Could not remove the OAuth client", error),
        }),
    });
  }

  return (
    <Panel title="OAuth client">
      <dl className={classes["facts"]}>
        <dt>Client id</dt>
        <dd>
          <code>{client.clientId}</code>
        </dd>
        <dt>Publishing status</dt>
        <dd>{PUBLISHED[client.publishing]}</dd>
        <dt>Redirect URI</dt>
        <dd>
          <RedirectUri client={client} />
        </dd>
      </dl>
      {client.problem !== undefined && (
        <p className={classes["problem"]} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{client.problem}</span>
        </p>
      )}
      {client.managed && (
        <p className={classes["managed"]}>
          <IconLock size={14} aria-hidden />
          <span>The configuration file declares this client. Change it there.</span>
        </p>
      )}
      <Group mt="sm" gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconStethoscope size={14} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Check with Google
        </Button>
        {!client.managed && (
          <>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPencil size={14} />}
              onClick={() => setChanging(true)}
            >
              Change
            </Button>
            <Button
              variant="subtle"
              color="red"
              size="xs"
              leftSection={<IconTrash size={14} />}
              onClick={askToRemove}
            >
              Remove
            </Button>
          </>
        )}
      </Group>
      <CheckResult pending={check.isPending} check={check.data} error={check.error} />
    </Panel>
  );
}
