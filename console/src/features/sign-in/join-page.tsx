import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Navigate } from "react-router";
import { useJoin } from "@/features/sign-in/api";
import { Entrance } from "@/features/sign-in/components/entrance";
import { NewPassword, passwordFault } from "@/features/sign-in/components/new-password";
import { Refusal } from "@/features/sign-in/components/refusal";
import { useFragment } from "@/features/sign-in/fragment";
import { ApiProblem } from "@/shared/api/client";
import { useSession } from "@/shared/api/session";

/** Where an invitation leads. */
export function JoinPage() {
  const session = useSession();
  const token = useFragment("token");
  const join = useJoin();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", password: "" },
    validate: { password: passwordFault },
  });
  if (session.state === "signed-in") {
    return <Navigate to="/" replace />;
  }
  if (token === null) {
    return (
      <Entrance title="This link is incomplete" lead="An invitation's link ends with a long token.">
        <Text size="sm">Copy the whole link, or ask for a new invitation.</Text>
      </Entrance>
    );
  }
  return (
    <Entrance title="Join Forebay" lead="You have been invited. Choose a name and a password.">
      <form
        onSubmit={form.onSubmit((values) =>
          join.mutate(
            { ...values, token },
            {
              onError: (error) => {
                if (error instanceof ApiProblem) {
                  form.setErrors(error.fieldErrors);
                }
              },
            },
          ),
        )}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            autoComplete="name"
            required
            withAsterisk={false}
            key={form.key("name")}
            {...form.getInputProps("name")}
          />
          <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
          <Refusal error={join.error} />
          <Button type="submit" loading={join.isPending} mt={4} fullWidth>
            Join
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
