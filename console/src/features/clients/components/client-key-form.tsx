import {
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { ownersQuery, useCreateClientKey, useEditClientKey } from "@/features/clients/api";
import { LIMITS, limitFields, limitsOf } from "@/features/clients/limits";
import { fallbackOf, MODES, standInsFields } from "@/features/clients/stand-ins";
import { ApiProblem } from "@/shared/api/client";
import type { ClientKey, Schema } from "@/shared/api/schema";
import { useMayAdminister, usePerson } from "@/shared/api/session";
import { notifyDone, notifyFailed } from "@/shared/components/notify";

interface ClientKeyFormProps {
  /** The key to change; without one a new one is made. */
  clientKey?: ClientKey;
  onCreated: (created: Schema<"ClientKeyCreated">) => void;
  onClose: () => void;
}

/** Makes or changes a client key. */
export function ClientKeyForm({ clientKey, onCreated, onClose }: ClientKeyFormProps) {
  const administers = useMayAdminister();
  const person = usePerson();
  const people = useQuery({ ...ownersQuery, enabled: administers && clientKey === undefined });
  const create = useCreateClientKey();
  const edit = useEditClientKey();
  const form = useForm({
    initialValues: {
      name: clientKey?.name ?? "",
      ownerId: person.id,
      limits: limitFields(clientKey?.limits),
      fallback: standInsFields(clientKey?.fallback),
    },
    validate: {
      name: (name) => (name.trim() === "" ? "Give it a name" : null),
      fallback: ({ mode, order }) =>
        mode === "own" && order.length === 0 ? "Name a provider, or choose nobody" : null,
    },
  });

  function failed(error: unknown) {
    if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
      form.setErrors(error.fieldErrors);
    } else {
      notifyFailed(clientKey ? "Not saved" : "Not created", error);
    }
  }

  function submit({ name, ownerId, limits, fallback }: typeof form.values) {
    const body = { name: name.trim(), limits: limitsOf(limits), fallback: fallbackOf(fallback) };
    if (clientKey) {
      edit.mutate(
        { id: clientKey.id, ...body },
        {
          onSuccess: () => {
            notifyDone(`${body.name} is saved`);
            onClose();
          },
          onError: failed,
        },
      );
    } else {
      create.mutate(
        { ...body, ...(ownerId !== person.id && { ownerId }) },
        { onSuccess: onCreated, onError: failed },
      );
    }
  }

  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Where it is used, such as “batch jobs” or “Ada’s laptop”"
          maxLength={64}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {administers && clientKey === undefined && (
          <Select
            label="Owner"
            description="They see it, and its usage, among their own"
            allowDeselect={false}
            data={(people.data?.people ?? [person]).map(({ id, name, email }) => ({
              value: id,
              label: id === person.id ? `${name} (you)` : `${name}, ${email}`,
            }))}
            {...form.getInputProps("ownerId")}
          />
        )}
        <div>
          <Text size="sm" fw={500}>
            Limits
          </Text>
          <Text size="xs" c="dimmed" mb={8}>
            What this key may use. Past a limit its callers get a 429 that says when to come back.
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
            {LIMITS.map(({ name, label }) => (
              <NumberInput
                key={name}
                label={label}
                placeholder="No limit"
                min={1}
                allowDecimal={false}
                thousandSeparator=","
                hideControls
                {...form.getInputProps(`limits.${name}`)}
              />
            ))}
          </SimpleGrid>
        </div>
        <Select
          label="Who stands in"
          description="When every key of the provider it asked is out"
          allowDeselect={false}
          data={MODES}
          {...form.getInputProps("fallback.mode")}
        />
        {form.values.fallback.mode === "own" && (
          <TagsInput
            label="In this order"
            description="Providers, or single models such as openai/gpt-6-sol"
            placeholder={form.values.fallback.order.length === 0 ? "openai, gemini" : ""}
            data={["anthropic", "openai", "gemini"]}
            splitChars={[",", " "]}
            value={form.values.fallback.order}
            onChange={(order) => form.setFieldValue("fallback.order", order)}
            error={form.errors["fallback"]}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || edit.isPending}>
            {clientKey ? "Save" : "Create"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
