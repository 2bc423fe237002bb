import { Button, Group, PasswordInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChangePassword } from "@/features/account/api";
import { ApiProblem } from "@/shared/api/client";
import { usePerson } from "@/shared/api/session";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

const SHORTEST = 10;

export function Password() {
  const person = usePerson();
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: {
      current: (current) => (current === "" ? "Enter your password as it is now" : null),
      next: (next) => (next.length < SHORTEST ? `Use at least ${SHORTEST} characters` : null),
    },
  });
  return (
    <Panel title="Password">
      <form
        onSubmit={form.onSubmit((values) =>
          change.mutate(values, {
            onSuccess: () => {
              form.reset();
              notifyDone("Your password is changed, and every other session has ended");
            },
            onError: (error) => {
              if (error instanceof ApiProblem && error.problem.type === "wrong-password") {
                form.setErrors({ current: error.message });
              } else if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
                form.setErrors(error.fieldErrors);
              } else {
                notifyFailed("Password not changed", error);
              }
            },
          }),
        )}
      >
        <input type="hidden" autoComplete="username" value={person.email} readOnly />
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
            <PasswordInput
              label="Current password"
              autoComplete="current-password"
              {...form.getInputProps("current")}
            />
            <PasswordInput
              label="New password"
              autoComplete="new-password"
              maxLength={200}
              {...form.getInputProps("next")}
            />
          </SimpleGrid>
          <Group justify="space-between" gap="sm">
            <Text size="xs" c="dimmed">
              At least {SHORTEST} characters; a few words are good. You are signed out everywhere else.
            </Text>
            <Button type="submit" ml="auto" disabled={!form.isDirty()} loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
