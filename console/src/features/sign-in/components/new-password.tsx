import { PasswordInput } from "@mantine/core";

export const SHORTEST_PASSWORD = 10;

/** What is wrong with a new password, or null. */
export function passwordFault(password: string): string | null {
  return password.length < SHORTEST_PASSWORD ? `At least ${SHORTEST_PASSWORD} characters` : null;
}

/** A password that is chosen rather than remembered. */
export function NewPassword(props: React.ComponentProps<typeof PasswordInput>) {
  return (
    <PasswordInput
      label="Password"
      description={`At least ${SHORTEST_PASSWORD} characters; a few words are easier to remember than symbols`}
      autoComplete="new-password"
      required
      withAsterisk={false}
      {...props}
    />
  );
}
