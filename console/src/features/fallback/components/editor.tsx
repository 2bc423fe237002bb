import { Button, Group, Stack, Switch } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import { usePutFallback } from "@/features/fallback/api";
import classes from "@/features/fallback/components/editor.module.css";
import { GroupTable } from "@/features/fallback/components/group-table";
import { ProviderOrder } from "@/features/fallback/components/provider-order";
import { Suggestions } from "@/features/fallback/components/suggestions";
import { draftOf, problemsOf, rowOf, settingsOf, type Draft } from "@/features/fallback/draft";
import type { Schema } from "@/shared/api/schema";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

/** The settings, edited as a whole and saved at once. */
export function Editor({ fallback }: { fallback: Schema<"Fallback"> }) {
  const { settings, managed, suggestions } = fallback;
  const put = usePutFallback();
  /** Undefined while nothing is edited, so that what others save is seen. */
  const [edited, setEdited] = useState<Draft>();
  const [read, setRead] = useState(() => ({ settings, draft: draftOf(settings) }));
  if (read.settings !== settings) {
    setRead({ settings, draft: draftOf(settings) });
  }
  const draft = edited ?? read.draft;
  const problems = problemsOf(draft.rows);
  const dirty =
    edited !== undefined && JSON.stringify(settingsOf(edited)) !== JSON.stringify(settingsOf(read.draft));

  function change(part: Partial<Draft>) {
    setEdited({ ...draft, ...part });
  }

  function save() {
    put.mutate(settingsOf(draft), {
      onSuccess: () => {
        setEdited(undefined);
        notifyDone("Saved; it holds from the next request on");
      },
      onError: (error) => notifyFailed("Not saved", error),
    });
  }

  return (
    <Stack gap="md">
      {managed && (
        <p className={classes["managed"]} role="note">
          <IconFileText size={16} aria-hidden />
          <span>
            <strong>The configuration file declares this.</strong> Change <code>fallback:</code> in
            forebay.yaml; it is read again when the file changes.
          </span>
        </p>
      )}
      <Panel title="When">
        <SwitchRow
          label="Let other providers stand in"
          checked={draft.enabled}
          disabled={managed}
          onChange={(enabled) => change({ enabled })}
        >
          When every key of the provider that was asked is throttled, over budget or rejected, when the
          provider is down, or when a request is longer than the model can hold. Never on a fault of the
          caller’s own.
        </SwitchRow>
        <SwitchRow
          label="Refusals too"
          checked={draft.refusals}
          disabled={managed || !draft.enabled}
          onChange={(refusals) => change({ refusals })}
        >
          Also when the model itself declines to answer, or its provider’s filter does. A stream can change
          over only before its first word.
        </SwitchRow>
        <SwitchRow
          label="Strict translation"
          checked={draft.strict}
          disabled={managed}
          onChange={(strict) => change({ strict })}
        >
          Leaves out a provider that cannot take the whole request. Otherwise small things may get lost, and
          the answer names them in <code>x-forebay-losses</code>; pictures, sound and documents never do.
        </SwitchRow>
      </Panel>
      <Panel title="Who is asked first">
        <ProviderOrder
          order={draft.order}
          excluded={draft.excluded}
          disabled={managed || !draft.enabled}
          onOrder={(order) => change({ order })}
          onExcluded={(excluded) => change({ excluded })}
        />
      </Panel>
      <Panel title="What stands in for what" flush>
        <GroupTable
          rows={draft.rows}
          problems={problems}
          disabled={managed}
          onChange={(rows) => change({ rows })}
        />
        {!managed && (
          <Suggestions
            suggestions={suggestions}
            rows={draft.rows}
            onAdd={(groups) => change({ rows: [...draft.rows, ...groups.map((group) => rowOf(group))] })}
          />
        )}
      </Panel>
      {dirty && (
        <div className={classes["save"]}>
          <span>{problems.size > 0 ? "A row is not complete" : "Not saved yet"}</span>
          <Group gap="xs">
            <Button variant="default" onClick={() => setEdited(undefined)}>
              Discard
            </Button>
            <Button loading={put.isPending} disabled={problems.size > 0} onClick={save}>
              Save
            </Button>
          </Group>
        </div>
      )}
    </Stack>
  );
}

interface SwitchRowProps {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
  children: React.ReactNode;
}

function SwitchRow({ label, checked, disabled, onChange, children }: SwitchRowProps) {
  return (
    <div className={classes["row"]}>
      <div>
        <span className={classes["label"]}>{label}</span>
        <p className={classes["words"]}>{children}</p>
      </div>
      <Switch
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
