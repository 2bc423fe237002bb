import { Button, Group } from "@mantine/core";
import { IconBolt, IconPlayerPause, IconPlayerPlay, IconStethoscope, IconTrash } from "@tabler/icons-react";
import { useActOnKeys } from "@/features/keys/api";
import type { ProviderKey, Schema } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import { notifyDone, notifyFailed } from "@/shared/components/notify";

type Action = Schema<"KeyActions">["action"];

const DONE: Record<Action, string> = {
  pause: "paused",
  resume: "resumed",
  recover: "recovered",
  test: "accepted by their providers",
  delete: "removed",
};

function keys(count: number): string {
  return count === 1 ? "1 key" : `${count} keys`;
}

/** What can be done to the selected keys together. */
export function BulkBar({ chosen, onDone }: { chosen: ProviderKey[]; onDone: () => void }) {
  const act = useActOnKeys();

  function run(action: Action) {
    act.mutate(
      { action, ids: chosen.map((key) => key.id) },
      {
        onSuccess: ({ results }) => {
          const refused = results.filter((result) => !result.done);
          if (refused.length < results.length) {
            notifyDone(`${keys(results.length - refused.length)} ${DONE[action]}`);
          }
          if (refused.length > 0) {
            notifyFailed(`Not so ${keys(refused.length)}`, new Error(reasons(refused)));
          }
          if (action !== "test") {
            onDone();
          }
        },
        onError: (error) => notifyFailed(`Could not ${action} the keys`, error),
      },
    );
  }

  function reasons(refused: { id: string; message: string }[]): string {
    const named = refused.slice(0, 5).map(({ id, message }) => {
      return `${chosen.find((key) => key.id === id)?.name ?? id}: ${message}`;
    });
    return named.join(". ") + (refused.length > 5 ? `. And ${refused.length - 5} more.` : ".");
  }

  return (
    <Group gap={6} fz="sm" role="toolbar" aria-label="Selected keys">
      <span aria-live="polite">{keys(chosen.length)} selected</span>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconStethoscope size={14} />}
        loading={act.isPending && act.variables.action === "test"}
        onClick={() => run("test")}
      >
        Test
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPause size={14} />}
        onClick={() =>
          confirm({
            title: `Pause ${keys(chosen.length)}?`,
            text: "They get no new requests until somebody resumes them. Requests under way end normally.",
            verb: "Pause them",
            onConfirm: () => run("pause"),
          })
        }
      >
        Pause
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={14} />}
        onClick={() => run("resume")}
      >
        Resume
      </Button>
      <Button size="xs" variant="default" leftSection={<IconBolt size={14} />} onClick={() => run("recover")}>
        Recover now
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={14} />}
        onClick={() =>
          confirm({
            title: `Remove ${keys(chosen.length)}?`,
            text: "They leave the pool and their secrets are deleted. Their usage stays in the history.",
            verb: `Remove ${keys(chosen.length)}`,
            final: true,
            onConfirm: () => run("delete"),
          })
        }
      >
        Remove
      </Button>
    </Group>
  );
}
