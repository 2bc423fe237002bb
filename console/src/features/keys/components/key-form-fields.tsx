import { Input, Slider, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { KeyFields } from "@/features/keys/fields";
import classes from "@/features/keys/components/key-form-fields.module.css";
import { DailyDollarsInput, DailyTokensInput } from "@/shared/components/key/budget-inputs";

interface KeyFormFieldsProps {
  form: UseFormReturnType<KeyFields & { secret: string }>;
  /** What the provider lists for this key, to choose from. */
  models: string[];
  /** Limit groups that other keys name. */
  groups: string[];
  disabled?: boolean;
}

/** All that can be said about a key except its secret. */
export function KeyFormFields({ form, models, groups, disabled = false }: KeyFormFieldsProps) {
  const { priority } = form.values;
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="How it is called on every page and in the logs"
        placeholder="Given one if empty"
        disabled={disabled}
        {...form.getInputProps("name")}
      />
      <div>
        <div className={classes["priority"]}>
          <Text component="span" size="sm" fw={500} id="priority-label">
            Priority
          </Text>
          <Text component="span" size="sm" fw={600}>
            {priority}
          </Text>
        </div>
        <Input.Description mb={8}>
          The highest that is ready is drawn from; lower ones step in when it is not
        </Input.Description>
        <Slider
          aria-labelledby="priority-label"
          thumbLabel="Priority"
          min={1}
          max={10}
          label={null}
          disabled={disabled}
          {...form.getInputProps("priority")}
        />
      </div>
      <div className={classes["pair"]}>
        <DailyTokensInput disabled={disabled} {...form.getInputProps("dailyTokens")} />
        <DailyDollarsInput disabled={disabled} {...form.getInputProps("dailyUsd")} />
      </div>
      <TagsInput
        label="Models"
        description="Only these; empty for all that the provider has"
        placeholder={form.values.models.length === 0 ? "All models" : ""}
        data={models}
        disabled={disabled}
        clearable
        {...form.getInputProps("models")}
      />
      <TextInput
        label="Limit group"
        description="Keys of one organisation or project share one limit; name it alike for all of them"
        placeholder="On its own"
        list="limit-groups"
        disabled={disabled}
        {...form.getInputProps("limitGroup")}
      />
      <datalist id="limit-groups">
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      <TextInput
        label="Base URL"
        description="Where its requests go, if not to the provider itself"
        placeholder="The provider's own"
        type="url"
        disabled={disabled}
        {...form.getInputProps("baseUrl")}
      />
      <Textarea
        label="Note"
        autosize
        minRows={1}
        maxRows={4}
        disabled={disabled}
        {...form.getInputProps("note")}
      />
    </Stack>
  );
}
