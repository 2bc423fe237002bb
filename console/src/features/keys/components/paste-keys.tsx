import { Button, Drawer, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useImportKeys } from "@/features/keys/api";
import { ImportPreview } from "@/features/keys/components/import-preview";
import classes from "@/features/keys/components/key-form-fields.module.css";
import { sentence } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { DailyDollarsInput, DailyTokensInput } from "@/shared/components/key/budget-inputs";
import { FormActions } from "@/shared/components/form-actions";
import { notifyDone, notifyFailed } from "@/shared/components/notify";

/** A drawer that takes hundreds of keys at once, and shows what would become of each line before anything is added. */
export function PasteKeys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Paste many API keys" size="xl">
      <PasteForm onClose={onClose} />
    </Drawer>
  );
}

type Defaults = Pick<
  Schema<"KeyImport">,
  "priority" | "dailyTokens" | "dailyUsd" | "limitGroup" | "provider" | "baseUrl"
>;

function PasteForm({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [defaults, setDefaults] = useState<Defaults>({ priority: 5 });
  const preview = useImportKeys();
  const add = useImportKeys();

  const look = useDebouncedCallback((next: string, by: Defaults) => {
    if (next.trim() === "") {
      preview.reset();
    } else {
      preview.mutate({ text: next, dryRun: true, ...by });
    }
  }, 300);

  function change(next: string, by: Defaults) {
    setText(next);
    setDefaults(by);
    look(next, by);
  }

  const found = text.trim() === "" ? undefined : preview.data;
  const added = found?.added ?? 0;

  return (
    <Stack gap="md">
      <Textarea
        label="Keys"
        description="One a line: the key alone, or a name and the key, or provider, name and key. Lines that begin with # are left out."
        placeholder={"sk-ant-api03-…\nteam-b, sk-ant-api03-…\nopenai, product, sk-proj-…"}
        data-autofocus
        autosize
        minRows={6}
        maxRows={12}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: classes["paste"] ?? "" }}
        value={text}
        onChange={(event) => change(event.currentTarget.value, defaults)}
      />
      <div>
        <Text size="sm" fw={500}>
          For all of them
        </Text>
        <div className={classes["defaults"]}>
          <Select
            label="Provider"
            placeholder="From each key"
            clearable
            data={[
              { value: "anthropic", label: "Anthropic" },
              { value: "openai", label: "OpenAI" },
              { value: "gemini", label: "Gemini" },
            ]}
            value={defaults.provider ?? null}
            onChange={(provider) =>
              change(text, { ...defaults, provider: (provider ?? undefined) as Defaults["provider"] })
            }
          />
          <NumberInput
            label="Priority"
            min={1}
            max={10}
            clampBehavior="strict"
            value={defaults.priority ?? 5}
            onChange={(value) => setDefaults({ ...defaults, priority: Number(value) || 5 })}
          />
          <DailyTokensInput
            value={defaults.dailyTokens ?? ""}
            onChange={(value) => setDefaults({ ...defaults, dailyTokens: Number(value) || undefined })}
          />
          <DailyDollarsInput
            value={defaults.dailyUsd ?? ""}
            onChange={(value) => setDefaults({ ...defaults, dailyUsd: Number(value) || undefined })}
          />
          <TextInput
            label="Limit group"
            placeholder="Each on its own"
            value={defaults.limitGroup ?? ""}
            onChange={(event) =>
              setDefaults({ ...defaults, limitGroup: event.currentTarget.value || undefined })
            }
          />
          <TextInput
            label="Base URL"
            placeholder="The provider’s own"
            type="url"
            value={defaults.baseUrl ?? ""}
            onChange={(event) =>
              change(text, { ...defaults, baseUrl: event.currentTarget.value.trim() || undefined })
            }
          />
        </div>
      </div>
      {preview.error !== null && (
        <Text size="sm" role="alert">
          {sentence(preview.error)}
        </Text>
      )}
      {found && <ImportPreview result={found} />}
      <FormActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={added === 0}
          loading={add.isPending}
          onClick={() =>
            add.mutate(
              { text, dryRun: false, ...defaults },
              {
                onSuccess: (result) => {
                  notifyDone(result.added === 1 ? "1 key added" : `${result.added} keys added`);
                  onClose();
                },
                onError: (error) => notifyFailed("Could not add the keys", error),
              },
            )
          }
        >
          {added === 0 ? "Add keys" : added === 1 ? "Add 1 key" : `Add ${added} keys`}
        </Button>
      </FormActions>
    </Stack>
  );
}
