import { Button, Group, NumberInput, Select, Stack, Switch, type NumberInputProps } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
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

  /** A setting's name in the API, where it differs from the form's. */
  function managed(name: string): boolean {
    return settings.managed.includes(name);
  }

  function number(name: keyof GeneralFields, setting: string, props: NumberInputProps) {
    return (
      <NumberInput
        id={name}
        aria-describedby={`${name}-words`}
        placeholder="Default"
        allowNegative={false}
        thousandSeparator=","
        disabled={managed(setting)}
        {...props}
        {...form.getInputProps(name)}
      />
    );
  }

  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="md" maw={920}>
        <Panel title="Budgets">
          <SettingRow
            control="timeZone"
            label="Time zone of the budget day"
            managed={managed("timeZone")}
            input={
              <Select
                id="timeZone"
                aria-describedby="timeZone-words"
                searchable
                clearable
                limit={40}
                placeholder="Default"
                nothingFoundMessage="No such time zone"
                data={ZONES}
                disabled={managed("timeZone")}
                {...form.getInputProps("timeZone")}
              />
            }
          >
            At its midnight, daily tokens and dollars begin anew and keys that were over budget come back.
          </SettingRow>
        </Panel>
        <Panel title="Requests">
          <SettingRow
            control="waitSeconds"
            label="Waiting"
            managed={managed("maxWait")}
            input={number("waitSeconds", "maxWait", { min: 0, max: 600, decimalScale: 1, suffix: " s" })}
          >
            When every key is throttled, a request waits this long for the first that comes back. After that
            its caller gets a 429 that says when to try again.
          </SettingRow>
          <SettingRow
            control="maxWaiting"
            label="Room to wait"
            managed={managed("maxWaiting")}
            input={number("maxWaiting", "maxWaiting", { min: 0, max: 1_000_000, allowDecimal: false })}
          >
            The most requests that wait at once; one more gets its 429 right away. With 0 nobody waits.
          </SettingRow>
          <SettingRow
            control="maxAttempts"
            label="Attempts"
            managed={managed("maxAttempts")}
            input={number("maxAttempts", "maxAttempts", { min: 1, max: 1000, allowDecimal: false })}
          >
            The most keys that one request is tried with before its caller is told no.
          </SettingRow>
        </Panel>
        <Panel title="Prompt caches">
          <SettingRow
            control="promptCacheKey"
            label="Name conversations for OpenAI"
            managed={managed("promptCacheKey")}
            input={
              <Select
                id="promptCacheKey"
                aria-describedby="promptCacheKey-words"
                allowDeselect={false}
                data={CACHE_KEYS}
                disabled={managed("promptCacheKey")}
                {...form.getInputProps("promptCacheKey")}
              />
            }
          >
            OpenAI finds a cached prompt reliably by its <code>prompt_cache_key</code>. Requests that bring
            none are given one, a hash of how their prompt begins. A server of your own with OpenAI’s dialect
            may refuse the field.
          </SettingRow>
        </Panel>
        <Panel title="History">
          <SettingRow
            control="retention"
            label="Requests are kept for"
            managed={managed("retention")}
            input={number("retention", "retention", {
              min: 1,
              max: 3650,
              allowDecimal: false,
              suffix: " days",
            })}
          >
            One row a request: when, which key, how long, how many tokens. Totals by day are kept for good.
          </SettingRow>
          <SettingRow
            control="keepBodies"
            label="Keep bodies"
            managed={managed("keepBodies")}
            input={
              <Switch
                id="keepBodies"
                aria-describedby="keepBodies-words"
                disabled={managed("keepBodies")}
                {...form.getInputProps("keepBodies", { type: "checkbox" })}
              />
            }
          >
            Stores what was asked and answered, to look at under Requests. Off unless you switch it on.
          </SettingRow>
          {keepBodies && (
            <>
              <SettingRow
                control="bodyRetention"
                label="Bodies are kept for"
                managed={managed("bodyRetention")}
                input={number("bodyRetention", "bodyRetention", {
                  min: 1,
                  max: 720,
                  allowDecimal: false,
                  suffix: " hours",
                })}
              >
                Older ones are deleted by themselves.
              </SettingRow>
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
          <SettingRow
            control="sessionLifetime"
            label="Sessions end after"
            managed={managed("sessionLifetime")}
            input={number("sessionLifetime", "sessionLifetime", {
              min: 1,
              max: 8760,
              allowDecimal: false,
              suffix: " hours",
            })}
          >
            Without use, a person has to sign in again. API tokens and client keys are not concerned.
          </SettingRow>
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
