import { ActionIcon, Checkbox, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconDots, IconNote, IconPencil, IconTrash } from "@tabler/icons-react";
import { memo } from "react";
import { useActOnKeys } from "@/features/keys/api";
import classes from "@/features/keys/components/key-line.module.css";
import type { KeyHealth, ProviderKey } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import { BudgetEdit } from "@/shared/components/key/budget-edit";
import { KeyButtons } from "@/shared/components/key/key-buttons";
import { KeyStateView } from "@/shared/components/key/key-state";
import { PrioritySelect } from "@/shared/components/key/priority-select";
import { KeyMark } from "@/shared/components/key-mark";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { ProviderMark } from "@/shared/components/provider-mark";
import { FileMark } from "@/shared/components/source-mark";
import { useKeyHealth, usePool } from "@/shared/live/live";

interface KeyLineProps {
  of: ProviderKey;
  selected: boolean;
  onToggle: (id: string) => void;
  onEdit: (id: string) => void;
}

/** One key as it is configured, with how it stands now. */
export const KeyLine = memo(function KeyLine({ of: key, selected, onToggle, onEdit }: KeyLineProps) {
  const health = useKeyHealth(key.id);
  return (
    <div className={classes["cells"]} data-selected={selected || undefined}>
      <div role="cell" className={classes["check"]}>
        <Checkbox
          size="xs"
          aria-label={`Select ${key.name}`}
          checked={selected}
          onChange={() => onToggle(key.id)}
        />
      </div>
      <div role="cell" className={classes["key"]}>
        <ProviderMark provider={key.provider} />
        <div className={classes["words"]}>
          <UnstyledButton className={classes["name"]} onClick={() => onEdit(key.id)}>
            {key.name}
          </UnstyledButton>
          <span className={classes["under"]}>
            <KeyMark of={key} />
            {key.source === "file" && <FileMark />}
            {key.note !== "" && (
              <Tooltip label={key.note}>
                <IconNote size={13} aria-label={`Note: ${key.note}`} />
              </Tooltip>
            )}
          </span>
        </div>
      </div>
      <div role="cell" className={classes["state"]}>
        {health && <KeyStateView health={health} />}
        {!key.secretReadable && (
          <span className={classes["unreadable"]}>secret unreadable; enter it again</span>
        )}
      </div>
      <div role="cell" className={classes["priority"]}>
        <PrioritySelect health={health ?? key} />
      </div>
      <div role="cell" className={classes["budget"]}>
        {health && <BudgetEdit health={health} />}
      </div>
      <div role="cell" className={classes["group"]}>
        <LimitGroup of={key} health={health} />
      </div>
      <div role="cell" className={classes["models"]}>
        {key.models.length === 0 ? (
          <span className={classes["quiet"]}>all</span>
        ) : (
          <Tooltip label={key.models.join(", ")}>
            <span>{key.models.length === 1 ? key.models[0] : `${key.models.length} models`}</span>
          </Tooltip>
        )}
      </div>
      <div role="cell" className={classes["actions"]}>
        {health && <KeyButtons health={health} />}
        <More of={key} onEdit={onEdit} />
      </div>
    </div>
  );
});

function More({ of: key, onEdit }: { of: ProviderKey; onEdit: (id: string) => void }) {
  const act = useActOnKeys();
  const fixed = key.source === "file";

  function remove() {
    confirm({
      title: `Remove ${key.name}?`,
      text:
        key.kind === "google-account"
          ? "The account leaves the pool, and Forebay revokes its token at Google. Requests under way end normally; its usage stays in the history."
          : "The key leaves the pool and its secret is deleted. Requests under way end normally; its usage stays in the history.",
      verb: "Remove the key",
      final: true,
      onConfirm: () =>
        act.mutate(
          { action: "delete", ids: [key.id] },
          {
            onSuccess: ({ results }) => {
              const refused = results.find((result) => !result.done);
              if (refused === undefined) {
                notifyDone(`${key.name} is removed`);
              } else {
                notifyFailed(`Could not remove ${key.name}`, new Error(refused.message));
              }
            },
            onError: (error) => notifyFailed(`Could not remove ${key.name}`, error),
          },
        ),
    });
  }

  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon aria-label={`More about ${key.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onEdit(key.id)}>
          {fixed ? "View" : "Edit"}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} disabled={fixed} onClick={remove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whose limits the key draws on: as somebody declared it, else as the provider named it. */
function LimitGroup({ of: key, health }: { of: ProviderKey; health: KeyHealth | undefined }) {
  const sharers = usePool((pool) =>
    health?.groupSaidBy !== "provider"
      ? 1
      : pool.keys.filter((each) => each.provider === health.provider && each.limitGroup === health.limitGroup)
          .length,
  );
  if (key.declaredGroup) {
    return key.limitGroup;
  }
  return health === undefined || sharers === 1 ? (
    <span className={classes["quiet"]}>its own</span>
  ) : (
    <Tooltip label={`The provider says so: these ${sharers} keys share one limit`}>
      <span>{health.limitGroup}</span>
    </Tooltip>
  );
}
