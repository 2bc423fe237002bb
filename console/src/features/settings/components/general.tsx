import { Button, Group, NumberInput, Select, Stack, Switch, type NumberInputProps } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useEditSettings } from "@/features/settings/api";
import { SettingRow } from "@/features/settings/components/setting-row";
import classes from "@/features/settings/components/setting-row.module.css";
import { editOf, fieldsOf, type GeneralFields } from "@/features/settings/general-fields";
import { ApiProblem } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

const CACHE_KEYS: { value: GeneralFields["promptCacheKey"]; label: string }[] = [
  { value: "openai", label: "At OpenAI’s own addresses" },
  { value: "always", label: "With every OpenAI key" },
  { value: "never", label: "Never" },
];

interface ControlProps {
  id: string;
  "aria-describedby": string;
  disabled: boolean;
}

export function General({ settings }: { settings: Schema<"Settings"> }) {
  const edit = useEditSettings();
  const form = useForm<GeneralFields>({ initialValues: fieldsOf(settings) });
  const { keepBodies } = form.values;

  function save(values: GeneralFields) {
    edit.mutate(editOf(settings, values), {
      onSuccess: (saved) => {
        form.setInitialValues(fieldsOf(saved));
        form.reset();
        notifyDone("Saved; it holds from the next request on");
      },
      onError: (error) => {
        if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
          const { maxWait, ...rest } = error.fieldErrors;
          form.setErrors({ ...rest, ...(maxWait !== undefined && { waitSeconds: maxWait }) });
        } else {
          notifyFailed("Not saved", error);
        }
      },
    });
  }

  function isManaged(name: keyof GeneralFields): boolean {
    return settings.managed.includes(name === "waitSeconds" ? "maxWait" : name);
  }

  /** A setting, whose control is given what every control has. */
  function row(
    name: keyof GeneralFields,
    label: string,
    words: ReactNode,
    input: (props: ControlProps) => ReactNode,
  ) {
    const managed = isManaged(name);
    return (
      <SettingRow
        control={name}
        label={label}
        managed={managed}
        input={input({ id: name, "aria-describedby": `${name}-words`, disabled: managed })}
      >
        {words}
      </SettingRow>
    );
  }

  function number(name: keyof GeneralFields, label: string, words: string, props: NumberInputProps) {
    return row(name, label, words, (control) => (
      <NumberInput
        placeholder="Default"
        allowNegative={false}
        thousandSeparator=","
        {...control}
        {...props}
        {...form.getInputProps(name)}
      />
    ));
  }

  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="md" maw={920}>
        <Panel title="Budgets">
          {row(
            "timeZone",
            "Time zone of the budget day",
            "At its midnight, daily tokens and dollars begin anew and keys that were over budget come back.",
            (control) => (
              <Select
                searchable
                clearable
                limit={40}
                placeholder="Default"
                nothingFoundMessage="No such time zone"
                data={ZONES}
                {...control}
                {...form.getInputProps("timeZone")}
              />
            ),
          )}
        </Panel>
        <Panel title="Requests">
          {number(
            "waitSeconds",
            "Waiting",
            "When every key is throttled, a request waits this long for the first that comes back. After that its caller gets a 429 that says when to try again.",
            { min: 0, max: 600, decimalScale: 1, suffix: " s" },
          )}
          {number(
            "maxWaiting",
            "Room to wait",
            "The most requests that wait at once; one more gets its 429 right away. With 0 nobody waits.",
            { min: 0, max: 1_000_000, allowDecimal: false },
          )}
          {number(
            "maxAttempts",
            "Attempts",
            "The most keys that one request is tried with before its caller is told no.",
            { min: 1, max: 1000, allowDecimal: false },
          )}
        </Panel>
        <Panel title="Prompt caches">
          {row(
            "promptCacheKey",
            "Name conversations for OpenAI",
            <>
              OpenAI finds a cached prompt reliably by its <code>prompt_cache_key</code>. Requests that bring
              none are given one, a hash of how their prompt begins. A server of your own with OpenAI’s
              dialect may refuse the field.
            </>,
            (control) => (
              <Select
                allowDeselect={false}
                data={CACHE_KEYS}
                {...control}
                {...form.getInputProps("promptCacheKey")}
              />
            ),
          )}
        </Panel>
        <Panel title="History">
          {number(
            "retention",
            "Requests are kept for",
            "One row a request: when, which key, how long, how many tokens. Totals by day are kept for good.",
            { min: 1, max: 3650, allowDecimal: false, suffix: " days" },
          )}
          {row(
            "keepBodies",
            "Keep bodies",
            "Stores what was asked and answered, to look at under Requests. Off unless you switch it on.",
            (control) => (
              <Switch {...control} {...form.getInputProps("keepBodies", { type: "checkbox" })} />
            ),
          )}
          {keepBodies && (
            <>
              {number("bodyRetention", "Bodies are kept for", "Older ones are deleted by themselves.", {
                min: 1,
                max: 720,
                allowDecimal: false,
                suffix: " hours",
              })}
              <div className={classes["warning"]} data-state="throttled" role="note">
                <IconAlertTriangle size={16} aria-hidden />
                <span>
                  <strong>Prompts and answers are being stored.</strong> They may hold personal data, source
                  code or secrets that people pasted. Owners and admins can read all of them, and every member
                  those of their own client keys. Tell the people who use this pool, and switch it off when
                  you have seen what you needed.
                </span>
              </div>
            </>
          )}
        </Panel>
        <Panel title="Sign-in">
          {number(
            "sessionLifetime",
            "Sessions end after",
            "Without use, a person has to sign in again. API tokens and client keys are not concerned.",
            { min: 1, max: 8760, allowDecimal: false, suffix: " hours" },
          )}
        </Panel>
        {form.isDirty() && (
          <div className={classes["save"]}>
            <span>Not saved yet</span>
            <Group gap="xs">
              <Button variant="default" onClick={form.reset}>
                Discard
              </Button>
              <Button type="submit" loading={edit.isPending}>
                Save
              </Button>
            </Group>
          </div>
        )}
      </Stack>
    </form>
  );
}
