import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconAlertTriangle,
  IconDots,
  IconFolder,
  IconPencil,
  IconPlugConnected,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { Link } from "react-router";
import { useConnect, useRefreshAccount, useRemoveAccount } from "@/features/google-accounts/api";
import classes from "@/features/google-accounts/components/account-card.module.css";
import { ConnectionPill } from "@/features/google-accounts/components/connection-pill";
import { CONNECTIONS } from "@/features/google-accounts/words";
import type { KeyHealth, Schema } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import { Countdown } from "@/shared/components/countdown";
import { BudgetBar } from "@/shared/components/key/budget-bar";
import { KeyButtons } from "@/shared/components/key/key-buttons";
import { KeyStateView } from "@/shared/components/key/key-state";
import { PrioritySelect } from "@/shared/components/key/priority-select";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { ProviderMark } from "@/shared/components/provider-mark";
import { dateTime } from "@/shared/format/time";
import { capitalised } from "@/shared/format/words";
import { useKeyHealth } from "@/shared/live/live";

type Account = Schema<"GoogleAccount">;

interface AccountCardProps {
  of: Account;
  onChooseProject: () => void;
}

/** One connected account: who, whose quota, how it stands, and what can be done about it. */
export function AccountCard({ of: account, onChooseProject }: AccountCardProps) {
  const live = useKeyHealth(account.id);
  const health = live ?? account.health;
  return (
    <article className={classes["card"]} aria-label={account.email}>
      <header className={classes["head"]}>
        <ProviderMark provider="gemini" />
        <div className={classes["who"]}>
          <h2 className={classes["email"]} title={account.email}>
            {account.email}
          </h2>
          <p className={classes["name"]}>
            {account.kind === "service-account" ? "Service account" : "Google account"}
            {account.name !== account.email && ` · ${account.name}`}
          </p>
        </div>
        <More of={account} onChooseProject={onChooseProject} />
      </header>
      <State of={account} health={health} onChooseProject={onChooseProject} />
      <dl className={classes["facts"]}>
        <Fact name="Project">
          {account.project ?? <span className={classes["quiet"]}>not chosen yet</span>}
        </Fact>
        <Tokens connection={account.connection} />
        <Fact name={account.kind === "service-account" ? "Added" : "Connected"}>
          {dateTime(account.connectedAt)}
        </Fact>
        {health && (
          <div className={classes["today"]}>
            <dt>Tokens today</dt>
            <dd>
              <BudgetBar budget={health.budget} />
            </dd>
          </div>
        )}
      </dl>
      {health && (
        <footer className={classes["foot"]}>
          <div className={classes["priority"]}>
            <span aria-hidden>Priority</span>
            <PrioritySelect health={health} />
          </div>
          <KeyButtons health={health} />
        </footer>
      )}
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes["fact"]}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** When the access token ends, and when the consent does. */
function Tokens({ connection }: { connection: Account["connection"] }) {
  const { state, tokenExpiresAt, refreshTokenExpiresAt } = connection;
  if (state === "needs-reconnecting") {
    return null;
  }
  return (
    <>
      {tokenExpiresAt !== undefined && (
        <Fact name="Access token">
          ends in <Countdown until={tokenExpiresAt} />
        </Fact>
      )}
      {refreshTokenExpiresAt !== undefined && (
        <Fact name="Sign-in">
          ends in <Countdown until={refreshTokenExpiresAt} />
        </Fact>
      )}
    </>
  );
}

interface StateProps extends AccountCardProps {
  health: KeyHealth | undefined;
}

/** Its quota's state while the connection is fine, else what is wrong with that and how to mend it. */
function State({ of: account, health, onChooseProject }: StateProps) {
  const { state, message } = account.connection;
  if (state === "live") {
    return (
      <div className={classes["state"]}>
        {health ? <KeyStateView health={health} /> : <ConnectionPill state="refreshing" />}
        {message !== undefined && <p className={classes["late"]}>{message}</p>}
      </div>
    );
  }
  return (
    <div className={classes["state"]}>
      <ConnectionPill state={state} />
      {message !== undefined && (
        <p
          className={classes["message"]}
          data-state={CONNECTIONS[state].state}
          role={state === "needs-reconnecting" ? "alert" : undefined}
        >
          <IconAlertTriangle size={15} aria-hidden />
          <span>{reason(message, CONNECTIONS[state].word)}</span>
        </p>
      )}
      {state === "needs-reconnecting" && <Reconnect of={account} />}
      {state === "needs-project" && (
        <Button size="xs" leftSection={<IconFolder size={14} />} onClick={onChooseProject}>
          Choose a project
        </Button>
      )}
    </div>
  );
}

/** The message without what the pill above it says already. */
function reason(message: string, word: string): string {
  const said = `${word}: `;
  return message.startsWith(said) ? capitalised(message.slice(said.length)) : message;
}

function useReconnect({ id, email }: Account) {
  const connect = useConnect();
  return {
    leaving: connect.isPending,
    reconnect: () =>
      connect.mutate(id, { onError: (error) => notifyFailed(`Could not reconnect ${email}`, error) }),
  };
}

function Reconnect({ of: account }: { of: Account }) {
  const { leaving, reconnect } = useReconnect(account);
  return account.kind === "service-account" ? null : (
    <Button
      size="xs"
      aria-label={`Reconnect ${account.email}`}
      leftSection={<IconPlugConnected size={14} />}
      loading={leaving}
      onClick={reconnect}
    >
      Reconnect
    </Button>
  );
}

function More({ of: account, onChooseProject }: AccountCardProps) {
  const { reconnect } = useReconnect(account);
  const refresh = useRefreshAccount();
  const remove = useRemoveAccount();
  const { id, email, kind } = account;
  const person = kind !== "service-account";

  function renew() {
    refresh.mutate(id, {
      onSuccess: ({ connection }) => {
        if (connection.state === "live") {
          notifyDone(`${email} has a new access token`);
        } else {
          notifyFailed(email, new Error(connection.message ?? "Google gave no access token"));
        }
      },
      onError: (error) => notifyFailed(`Could not ask for a token of ${email}`, error),
    });
  }

  function askToRemove() {
    confirm({
      title: `Remove ${email}?`,
      text: person
        ? "The account leaves the pool, and Forebay revokes its token at Google: nobody can use it any more. Requests under way end normally; its usage stays in the history."
        : "The service account leaves the pool and its key is deleted here; revoke the key in Google’s console, too. Requests under way end normally; its usage stays in the history.",
      verb: person ? "Remove and revoke" : "Remove the account",
      final: true,
      onConfirm: () =>
        remove.mutate(id, {
          onSuccess: ({ revoked, message }) => {
            if (revoked || !person) {
              notifyDone(message);
            } else {
              notifyFailed(`${email} is removed`, new Error(message));
            }
          },
          onError: (error) => notifyFailed(`Could not remove ${email}`, error),
        }),
    });
  }

  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon aria-label={`More about ${email}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFolder size={15} />} onClick={onChooseProject}>
          {account.project === undefined ? "Choose a project" : "Change the project"}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={`/settings/keys?edit=${encodeURIComponent(id)}`}
          leftSection={<IconPencil size={15} />}
        >
          Name and budgets
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={15} />} onClick={renew}>
          Get a new token
        </Menu.Item>
        {person && (
          <Menu.Item leftSection={<IconPlugConnected size={15} />} onClick={reconnect}>
            Reconnect
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={askToRemove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
