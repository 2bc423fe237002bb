import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { NewPassword, passwordFault } from "@/features/sign-in/components/new-password";
import { Refusal } from "@/features/sign-in/components/refusal";
import { ApiProblem } from "@/shared/api/client";

interface Account {
  name: string;
  email: string;
  password: string;
}

interface AccountFormProps {
  /** The mutation that makes the account. */
  make: {
    mutate: (account: Account, options: { onError: (error: Error) => void }) => void;
    error: Error | null;
    isPending: boolean;
  };
  /** Whether the address is asked for; an invitation knows it. */
  withEmail?: boolean;
  verb: string;
}

/** Makes an account for whoever opened a link. */
export function AccountForm({ make, withEmail = false, verb }: AccountFormProps) {
  const form = useForm<Account>({
    mode: "uncontrolled",
    initialValues: { name: "", email: "", password: "" },
    validate: { password: passwordFault },
  });

  function submit(account: Account) {
    make.mutate(account, {
      onError: (error) => {
        if (error instanceof ApiProblem) {
          form.setErrors(error.fieldErrors);
        }
      },
    });
  }

  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          autoComplete="name"
          required
          withAsterisk={false}
          data-autofocus
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        {withEmail && (
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
        )}
        <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
        <Refusal error={make.error} />
        <Button type="submit" loading={make.isPending} mt={4} fullWidth>
          {verb}
        </Button>
      </Stack>
    </form>
  );
}
