import { Button, Code, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Navigate } from "react-router";
import { useSetUp } from "@/features/sign-in/api";
import { Entrance } from "@/features/sign-in/components/entrance";
import { NewPassword, passwordFault } from "@/features/sign-in/components/new-password";
import { Refusal } from "@/features/sign-in/components/refusal";
import { useFragment } from "@/features/sign-in/fragment";
import { ApiProblem } from "@/shared/api/client";
import { useSession } from "@/shared/api/session";

export function SetUpPage() {
  const session = useSession();
  const token = useFragment("token");
  if (session.state !== "setup") {
    return <Navigate to="/" replace />;
  }
  return token === null ? <WithoutLink /> : <OwnerForm token={token} />;
}

/** The first visitor need not be the owner: only who reads the server's output is. */
function WithoutLink() {
  return (
    <Entrance title="Welcome to Forebay" lead="It is running, and waits for its owner.">
      <Text size="sm">
        When it started it printed a set-up link, which looks like this. Open it in this browser.
      </Text>
      <Code block mt="sm">
        {`${window.location.origin}/setup#token=…`}
      </Code>
      <Text size="sm" c="dimmed" mt="sm">
        Is it out of sight? Restart Forebay: it prints a new link as long as nobody has set it up.
      </Text>
    </Entrance>
  );
}

function OwnerForm({ token }: { token: string }) {
  const setUp = useSetUp();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", email: "", password: "" },
    validate: { password: passwordFault },
  });
  return (
    <Entrance title="Welcome to Forebay" lead="Make the owner's account. You can invite others later.">
      <form
        onSubmit={form.onSubmit((values) =>
          setUp.mutate(
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
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
          <Refusal error={setUp.error} />
          <Button type="submit" loading={setUp.isPending} mt={4} fullWidth>
            Make the account
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
