import { Button, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEditAccount } from "@/features/account/api";
import { ApiProblem } from "@/shared/api/client";
import { usePerson } from "@/shared/api/session";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

/** Name and e-mail. */
export function Profile() {
  const person = usePerson();
  const edit = useEditAccount();
  const form = useForm({
    initialValues: { name: person.name, email: person.email },
    validate: {
      name: (name) => (name.trim() === "" ? "Enter a name" : null),
      email: (email) => (/^[^@\s]+@[^@\s]+$/.test(email.trim()) ? null : "Enter an e-mail address"),
    },
  });
  return (
    <Panel title="About you">
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, email }) =>
          edit.mutate(
            { name: name.trim(), email: email.trim() },
            {
              onSuccess: ({ name: saved, email: savedEmail }) => {
                form.setInitialValues({ name: saved, email: savedEmail });
                form.reset();
                notifyDone("Saved");
              },
              onError: (error) => {
                if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
                  form.setErrors(error.fieldErrors);
                } else {
                  notifyFailed("Not saved", error);
                }
              },
            },
          ),
        )}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
            <TextInput label="Name" autoComplete="name" maxLength={100} {...form.getInputProps("name")} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="email"
              maxLength={254}
              {...form.getInputProps("email")}
            />
          </SimpleGrid>
          <Group justify="flex-end">
            <Button type="submit" disabled={!form.isDirty()} loading={edit.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
