import { Button, Modal, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { tokensQuery, useRevokeToken } from "@/features/account/api";
import { TokenForm } from "@/features/account/components/token-form";
import type { Schema } from "@/shared/api/schema";
import { CodeBlock } from "@/shared/components/code-block";
import { confirm } from "@/shared/components/confirm";
import table from "@/shared/components/data-table.module.css";
import { KeySuffix } from "@/shared/components/key-suffix";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { OnceSecret } from "@/shared/components/once-secret";
import { ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { age, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";

type Open = { what: "new" } | { what: "created"; created: Schema<"ApiTokenCreated"> };

/** Tokens with which scripts and the command line use the control API. */
export function Tokens() {
  const tokens = useQuery(tokensQuery);
  const revoke = useRevokeToken();
  const now = useNow();
  const [open, setOpen] = useState<Open>();

  function askToRevoke({ id, name }: Schema<"ApiToken">) {
    confirm({
      title: `Revoke ${name}?`,
      text: "Scripts that use it are refused from the next call on. A revoked token does not come back.",
      verb: "Revoke",
      final: true,
      onConfirm: () =>
        revoke.mutate(id, {
          onSuccess: () => notifyDone(`${name} is revoked`),
          onError: (error) => notifyFailed("Not revoked", error),
        }),
    });
  }

  return (
    <Panel
      title="API tokens"
      flush={tokens.isSuccess && tokens.data.length > 0}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setOpen({ what: "new" })}
        >
          New token
        </Button>
      }
    >
      {tokens.isPending ? (
        <LoadingState rows={2} />
      ) : tokens.isError ? (
        <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />
      ) : tokens.data.length === 0 ? (
        <Text size="sm" c="dimmed" maw={620}>
          None yet. With a token, scripts and the command line do what you do in this console. To call models,
          programs need a client key instead.
        </Text>
      ) : (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th>Name</th>
              <th>Last used</th>
              <th>Made</th>
              <th>Works until</th>
              <th aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {tokens.data.map((token) => (
              <tr key={token.id}>
                <td>
                  <span>
                    <span className={table["name"]}>{token.name}</span> <KeySuffix suffix={token.suffix} />
                  </span>
                </td>
                <td data-label="Last used">
                  {token.lastUsedAt === undefined ? (
                    <span className={table["quiet"]}>never</span>
                  ) : (
                    age(now - Date.parse(token.lastUsedAt))
                  )}
                </td>
                <td data-label="Made">{dateTime(token.createdAt)}</td>
                <td data-label="Works until">
                  {token.expiresAt === undefined ? "it is revoked" : dateTime(token.expiresAt)}
                </td>
                <td className={table["actions"]}>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`Revoke ${token.name}`}
                    onClick={() => askToRevoke(token)}
                  >
                    Revoke
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.what === "created" ? `${open.created.token.name} is ready` : "New API token"}
        closeOnClickOutside={open?.what !== "created"}
        size={open?.what === "created" ? "lg" : "md"}
      >
        {open?.what === "new" && (
          <TokenForm
            onCreated={(created) => setOpen({ what: "created", created })}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.what === "created" && (
          <Stack gap="md">
            <OnceSecret label="The new API token" secret={open.created.secret}>
              This is the only time it is shown. It may do what you may do.
            </OnceSecret>
            <CodeBlock
              label="Try it"
              code={`curl ${window.location.origin}/api/v1/client-keys -H "Authorization: Bearer ${open.created.secret}"`}
              wrap
            />
          </Stack>
        )}
      </Modal>
    </Panel>
  );
}
