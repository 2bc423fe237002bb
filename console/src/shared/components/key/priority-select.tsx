import { Tooltip } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useEditKey } from "@/shared/api/key-actions";
import type { KeyHealth } from "@/shared/api/schema";
import classes from "@/shared/components/key/priority-select.module.css";
import { notifyFailed } from "@/shared/components/notify";

const PRIORITIES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/** A key's priority, edited where it stands; 10 is drawn from first. */
export function PrioritySelect({
  health,
}: {
  health: Pick<KeyHealth, "id" | "name" | "priority" | "source">;
}) {
  const edit = useEditKey();
  const { id, name, priority, source } = health;
  if (source === "file") {
    return (
      <Tooltip label="The configuration file declares this key; change the priority there">
        <span className={classes["fixed"]}>
          {priority}
          <IconLock size={11} aria-label="read-only" />
        </span>
      </Tooltip>
    );
  }
  return (
    <select
      className={classes["select"]}
      aria-label={`Priority of ${name}`}
      value={priority}
      onChange={(event) =>
        edit.mutate(
          { id, edit: { priority: Number(event.currentTarget.value) } },
          { onError: (error) => notifyFailed(`Could not change the priority of ${name}`, error) },
        )
      }
    >
      {PRIORITIES.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </select>
  );
}
