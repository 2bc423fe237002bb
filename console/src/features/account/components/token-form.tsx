import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useCreateToken } from "@/features/account/api";
import { ApiProblem } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { notifyFailed } from "@/shared/components/notify";

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Until it is revoked" },
];

interface TokenFormProps {
  onCreated: (created: Schema<"ApiTokenCreated">) => void;
  onClose: () => void;
}

export function TokenForm({ onCreated, onClose }: TokenFormProps) {
  const create = useCreateToken();
  const form = useForm({
    initialValues: { name: "", lifetime: "90" },
    validate: { name: (name) => (name.trim() === "" ? "Give it a name" : null) },
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, lifetime }) =>
        create.mutate(
          { name: name.trim(), ...(lifetime !== "" && { expiresInDays: Number(lifetime) }) },
          {
            onSuccess: onCreated,
            onError: (error) => {
              if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
                form.setErrors(error.fieldErrors);
              } else {
                notifyFailed("Not created", error);
              }
            },
          },
        ),
      )}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What will use it, such as “deploy script”"
          maxLength={64}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label="Works for"
          allowDeselect={false}
          data={LIFETIMES}
          {...form.getInputProps("lifetime")}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
