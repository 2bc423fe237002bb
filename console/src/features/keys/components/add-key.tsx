import { Button, Drawer, PasswordInput, SegmentedControl, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keysQuery, useCreateKey, useTestSecret } from "@/features/keys/api";
import { KeyFormFields } from "@/features/keys/components/key-form-fields";
import { TestVerdict } from "@/features/keys/components/test-verdict";
import { creation, NEW_KEY } from "@/features/keys/fields";
import { recognise } from "@/features/keys/recognise";
import { ApiProblem } from "@/shared/api/client";
import type { Provider } from "@/shared/api/schema";
import { FormActions } from "@/shared/components/form-actions";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { ProviderMark } from "@/shared/components/provider-mark";

/** A drawer that takes a key, recognises whose it is, tests it, and adds it. */
export function AddKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Add an API key" size="md">
      <AddKeyForm onClose={onClose} />
    </Drawer>
  );
}

const ABOUT_THE_SECRET = ["conflict", "refused-by-provider"];
/** Shorter than any provider's key: not worth a call. */
const SHORTEST_SECRET = 16;

function AddKeyForm({ onClose }: { onClose: () => void }) {
  const form = useForm({ initialValues: { ...NEW_KEY, secret: "" } });
  const [chosen, setChosen] = useState<Provider>();
  const test = useTestSecret();
  const create = useCreateKey();
  const { data: keys = [] } = useQuery(keysQuery);
  const { secret, baseUrl } = form.values;
  const provider = chosen ?? recognise(secret);
  const refused =
    test.data?.verdict === "refused" ||
    (create.error instanceof ApiProblem && create.error.problem.type === "refused-by-provider");

  const tryOut = useDebouncedCallback((next: string, by: Provider) => {
    test.mutate({ secret: next, provider: by, ...(baseUrl !== "" && { baseUrl }) });
  }, 350);

  function takeSecret(typed: string) {
    const next = typed.trim();
    form.setFieldValue("secret", next);
    test.reset();
    create.reset();
    const by = chosen ?? recognise(next);
    if (next.length >= SHORTEST_SECRET && by !== undefined) {
      tryOut(next, by);
    }
  }

  // What was said of the key at another address holds no more.
  form.watch("baseUrl", ({ value }) => {
    test.reset();
    create.reset();
    if (secret.length >= SHORTEST_SECRET && provider !== undefined && (value === "" || URL.canParse(value))) {
      tryOut(secret, provider);
    }
  });

  function choose(by: Provider) {
    setChosen(by);
    if (secret.length >= SHORTEST_SECRET) {
      tryOut(secret, by);
    }
  }

  function add() {
    if (provider === undefined) {
      form.setFieldError("secret", "No provider is recognised from this key; choose one below");
      return;
    }
    const body = {
      ...creation(form.values),
      secret,
      provider,
      test: test.data === undefined,
      force: refused,
    };
    create.mutate(body, {
      onSuccess: ({ key, notice }) => {
        notifyDone(`${key.name} is in the pool${notice === undefined ? "" : `. It ${notice}`}`);
        onClose();
      },
      onError: (error) => {
        if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
          form.setErrors(error.fieldErrors);
        } else if (error instanceof ApiProblem && ABOUT_THE_SECRET.includes(error.problem.type)) {
          form.setFieldError("secret", error.message);
        } else {
          notifyFailed("Could not add the key", error);
        }
      },
    });
  }

  return (
    <form onSubmit={form.onSubmit(add)} autoComplete="off">
      <Stack gap="md">
        <PasswordInput
          label="Key"
          description="Paste it; it is sealed when it is stored and never shown again"
          placeholder="sk-ant-…, sk-proj-…, AIza…"
          autoComplete="off"
          data-autofocus
          spellCheck={false}
          required
          withAsterisk={false}
          value={secret}
          onChange={(event) => takeSecret(event.currentTarget.value)}
          error={form.errors["secret"]}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="provider-label">
            Provider
          </Text>
          <SegmentedControl
            fullWidth
            size="sm"
            aria-labelledby="provider-label"
            withItemsBorders={false}
            value={provider ?? ""}
            onChange={(value) => choose(value as Provider)}
            data={(["anthropic", "openai", "gemini"] as const).map((value) => ({
              value,
              label: <ProviderMark provider={value} named />,
            }))}
          />
        </div>
        <TestVerdict pending={test.isPending} test={test.data} error={test.error} />
        <KeyFormFields
          form={form}
          models={test.data?.models ?? []}
          groups={[...new Set(keys.filter((key) => key.declaredGroup).map((key) => key.limitGroup))]}
        />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={secret === ""}>
            {refused ? "Add it anyway" : "Add key"}
          </Button>
        </FormActions>
      </Stack>
    </form>
  );
}
