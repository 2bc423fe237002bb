import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useOverridePrice } from "@/features/settings/api";
import { ApiProblem } from "@/shared/api/client";
import type { Model, Provider, Schema } from "@/shared/api/schema";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { providerName } from "@/shared/components/provider-mark";

type Price = Schema<"Price">;
type Fields = Record<keyof Price, number | ""> & { provider: Provider; model: string };

const PARTS: { name: keyof Price; label: string; needed: boolean }[] = [
  { name: "input", label: "Input", needed: true },
  { name: "output", label: "Output", needed: true },
  { name: "cacheRead", label: "Cache read", needed: false },
  { name: "cacheWrite5m", label: "Cache write, 5 minutes", needed: false },
  { name: "cacheWrite1h", label: "Cache write, 1 hour", needed: false },
];

/** Sets a model's price; without a model, that of one to be named. */
export function PriceForm({ model, onClose }: { model?: Model; onClose: () => void }) {
  const override = useOverridePrice();
  const price = model?.price;
  const form = useForm<Fields>({
    initialValues: {
      provider: model?.provider ?? "anthropic",
      model: model?.model ?? "",
      input: price?.input ?? "",
      output: price?.output ?? "",
      cacheRead: price?.cacheRead ?? "",
      cacheWrite5m: price?.cacheWrite5m ?? "",
      cacheWrite1h: price?.cacheWrite1h ?? "",
    },
    validate: {
      model: (name) => (name.trim() === "" ? "Name the model as callers ask for it" : null),
      input: (value) => (value === "" ? "Enter a price; 0 if it is free" : null),
      output: (value) => (value === "" ? "Enter a price; 0 if it is free" : null),
    },
  });

  function submit({ provider, model: name, ...parts }: Fields) {
    const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ""));
    override.mutate(
      { provider, model: name.trim(), price: given as Price },
      {
        onSuccess: () => {
          notifyDone(`The price of ${name.trim()} is set`);
          onClose();
        },
        onError: (error) => {
          if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
            form.setErrors(
              Object.fromEntries(
                Object.entries(error.fieldErrors).map(([field, text]) => [field.replace("price.", ""), text]),
              ),
            );
          } else {
            notifyFailed("Price not set", error);
          }
        },
      },
    );
  }

  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        {model === undefined && (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label="Provider"
              allowDeselect={false}
              data={(["anthropic", "openai", "gemini"] as const).map((value) => ({
                value,
                label: providerName(value),
              }))}
              {...form.getInputProps("provider")}
            />
            <TextInput label="Model" maxLength={200} data-autofocus {...form.getInputProps("model")} />
          </SimpleGrid>
        )}
        <Text size="xs" c="dimmed">
          US dollars for a million tokens. It holds for requests from now on; what has been counted stays as
          it was.
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
          {PARTS.map(({ name, label, needed }) => (
            <NumberInput
              key={name}
              label={label}
              placeholder={needed ? "" : "As input"}
              min={0}
              decimalScale={6}
              prefix="$"
              hideControls
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={override.isPending}>
            Set the price
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
