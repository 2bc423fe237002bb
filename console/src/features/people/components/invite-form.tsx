import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useInvite } from "@/features/people/api";
import { ROLES, rolesToGive } from "@/features/people/roles";
import { ApiProblem } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { usePerson } from "@/shared/api/session";
import { notifyFailed } from "@/shared/components/notify";

interface InviteFormProps {
  onInvited: (invited: Schema<"InvitationCreated">) => void;
  onClose: () => void;
}

export function InviteForm({ onInvited, onClose }: InviteFormProps) {
  const self = usePerson();
  const invite = useInvite();
  const form = useForm<Schema<"InvitationCreate">>({
    initialValues: { email: "", role: "member" },
    validate: {
      email: (email) => (/^[^@\s]+@[^@\s]+$/.test(email.trim()) ? null : "Enter an e-mail address"),
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ email, role }) =>
        invite.mutate(
          { email: email.trim(), role },
          {
            onSuccess: onInvited,
            onError: (error) => {
              if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
                form.setErrors(error.fieldErrors);
              } else {
                notifyFailed("Not invited", error);
              }
            },
          },
        ),
      )}
    >
      <Stack gap="md">
        <TextInput
          label="E-mail"
          description="What they will sign in with. Forebay sends no mail: you pass the link on."
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <Radio.Group label="Role" {...form.getInputProps("role")}>
          <Stack gap={10} mt={6}>
            {rolesToGive(self).map((role) => (
              <Radio key={role} value={role} label={ROLES[role].word} description={ROLES[role].may} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make an invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
