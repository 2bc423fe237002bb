import { ActionIcon, Menu } from "@mantine/core";
import { IconBan, IconDots, IconPencil, IconPlugConnected } from "@tabler/icons-react";
import { limitWords } from "@/features/clients/limits";
import { fallbackWords } from "@/features/clients/stand-ins";
import type { ClientKey } from "@/shared/api/schema";
import { usePerson } from "@/shared/api/session";
import table from "@/shared/components/data-table.module.css";
import { KeySuffix } from "@/shared/components/key-suffix";
import { FileMark } from "@/shared/components/source-mark";
import { compact, money } from "@/shared/format/number";
import { age, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";
import classes from "@/features/clients/components/client-key-table.module.css";

interface ClientKeyTableProps {
  clientKeys: ClientKey[];
  /** Whether keys of several people are among them. */
  owners: boolean;
  onConnect: (clientKey: ClientKey) => void;
  onEdit: (clientKey: ClientKey) => void;
  onRevoke: (clientKey: ClientKey) => void;
}

export function ClientKeyTable({ clientKeys, owners, ...actions }: ClientKeyTableProps) {
  const person = usePerson();
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th>Name</th>
          {owners && <th>Owner</th>}
          <th>Limits</th>
          <th className={table["number"]}>Requests today</th>
          <th className={table["number"]}>Tokens today</th>
          <th className={table["number"]}>Cost today</th>
          <th>Last used</th>
          <th aria-label="Actions" />
        </tr>
      </thead>
      <tbody>
        {clientKeys.map((key) => (
          <tr key={key.id} className={key.revokedAt === undefined ? undefined : classes["revoked"]}>
            <td>
              <span className={classes["name"]}>
                <span className={table["name"]}>{key.name}</span>
                <KeySuffix suffix={key.suffix} />
                {key.source === "file" && <FileMark />}
              </span>
            </td>
            {owners && (
              <td data-label="Owner">
                {key.owner === undefined ? (
                  <span className={table["quiet"]}>nobody</span>
                ) : key.owner.id === person.id ? (
                  "you"
                ) : (
                  key.owner.name
                )}
              </td>
            )}
            <td data-label="Limits">
              <LimitList limits={key.limits} fallback={key.fallback} />
            </td>
            <td data-label="Requests today" className={table["number"]}>
              {compact(key.today.requests)}
            </td>
            <td data-label="Tokens today" className={table["number"]}>
              {compact(key.today.tokens)}
            </td>
            <td data-label="Cost today" className={table["number"]}>
              {money(key.today.usd)}
            </td>
            <td data-label="Last used">
              {key.revokedAt === undefined ? (
                <LastUsed at={key.lastUsedAt} />
              ) : (
                <span title={dateTime(key.revokedAt)}>revoked</span>
              )}
            </td>
            <td className={table["actions"]}>
              <RowMenu clientKey={key} {...actions} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LimitList({ limits, fallback }: Pick<ClientKey, "limits" | "fallback">) {
  const words = [...limitWords(limits), ...(fallback === undefined ? [] : [fallbackWords(fallback)])];
  return words.length === 0 ? (
    <span className={table["quiet"]}>none</span>
  ) : (
    <span className={classes["limits"]}>
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </span>
  );
}

function LastUsed({ at }: { at: string | undefined }) {
  const now = useNow();
  return at === undefined ? (
    <span className={table["quiet"]}>never</span>
  ) : (
    <time dateTime={at} title={dateTime(at)}>
      {age(now - Date.parse(at))}
    </time>
  );
}

type RowMenuProps = Pick<ClientKeyTableProps, "onConnect" | "onEdit" | "onRevoke"> & { clientKey: ClientKey };

function RowMenu({ clientKey, onConnect, onEdit, onRevoke }: RowMenuProps) {
  const fixed = clientKey.source === "file" || clientKey.revokedAt !== undefined;
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${clientKey.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlugConnected size={15} />} onClick={() => onConnect(clientKey)}>
          How to connect
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={15} />} disabled={fixed} onClick={() => onEdit(clientKey)}>
          Edit
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconBan size={15} />}
          disabled={fixed}
          onClick={() => onRevoke(clientKey)}
        >
          Revoke
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
