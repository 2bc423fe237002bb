import { Select } from "@mantine/core";
import classes from "@/features/assistant/components/model-picker.module.css";
import type { Target } from "@/features/assistant/conversation";
import type { Model, Provider } from "@/shared/api/schema";
import { ProviderMark, providerName } from "@/shared/components/provider-mark";

interface ModelPickerProps {
  models: Model[];
  target: Target | undefined;
  onChange: (target: Target) => void;
}

/** Chooses among the models that a key of the pool serves. */
export function ModelPicker({ models, target, onChange }: ModelPickerProps) {
  return (
    <Select
      className={classes["picker"] ?? ""}
      aria-label="Model"
      placeholder="Choose a model"
      size="xs"
      variant="filled"
      searchable
      allowDeselect={false}
      comboboxProps={{ width: 280, position: "top-start" }}
      leftSection={target && <ProviderMark provider={target.provider} />}
      value={target ? valueOf(target) : null}
      onChange={(value) => {
        const model = models.find((one) => valueOf(one) === value);
        if (model) {
          onChange({ provider: model.provider, model: model.model });
        }
      }}
      data={groupsOf(models)}
    />
  );
}

function groupsOf(models: Model[]) {
  return (["anthropic", "openai", "gemini"] as Provider[]).flatMap((provider) => {
    const mine = models.filter((model) => model.provider === provider);
    return mine.length === 0
      ? []
      : [
          {
            group: providerName(provider),
            items: mine.map((model) => ({ value: valueOf(model), label: model.model })),
          },
        ];
  });
}

function valueOf({ provider, model }: Target): string {
  return `${provider}/${model}`;
}
