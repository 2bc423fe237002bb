import { Code, Text } from "@mantine/core";
import { Navigate } from "react-router";
import { useSetUp } from "@/features/sign-in/api";
import { AccountForm } from "@/features/sign-in/components/account-form";
import { Entrance } from "@/features/sign-in/components/entrance";
import { useFragment } from "@/features/sign-in/fragment";
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
  const setUp = useSetUp(token);
  return (
    <Entrance title="Welcome to Forebay" lead="Make the owner's account. You can invite others later.">
      <AccountForm make={setUp} withEmail verb="Make the account" />
    </Entrance>
  );
}
