import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconClockPause } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Navigate, useLocation } from "react-router";
import { useSignIn, useSignInByLink } from "@/features/sign-in/api";
import { Entrance } from "@/features/sign-in/components/entrance";
import { Refusal } from "@/features/sign-in/components/refusal";
import { useFragment } from "@/features/sign-in/fragment";
import { useSession } from "@/shared/api/session";

interface From {
  /** Where the person wanted to go. */
  from?: string;
  /** Whether a session ended meanwhile. */
  expired?: boolean;
}

export function SignInPage() {
  const session = useSession();
  const { state } = useLocation() as { state: From | null };
  const link = useFragment("link");
  if (session.state === "signed-in") {
    return <Navigate to={state?.from ?? "/"} replace />;
  }
  if (session.state === "setup") {
    return <Navigate to="/setup" replace />;
  }
  return (
    <Entrance title="Sign in" lead="See how the keys are doing and what they use.">
      <Stack gap="md">
        {state?.expired === true && (
          <Alert
            p="xs"
            variant="light"
            icon={<IconClockPause size={16} />}
            title="Your session has ended. Sign in to go on where you were."
          />
        )}
        {link !== null && <LinkUse token={link} />}
        <PasswordForm />
      </Stack>
    </Entrance>
  );
}

/** Uses a one-time link as soon as the page is open. */
function LinkUse({ token }: { token: string }) {
  const { mutate, error } = useSignInByLink();
  const used = useRef(false);
  useEffect(() => {
    if (!used.current) {
      used.current = true;
      mutate(token);
    }
  }, [mutate, token]);
  return <Refusal error={error} />;
}

function PasswordForm() {
  const signIn = useSignIn();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack gap="sm">
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Refusal error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} mt={4} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
