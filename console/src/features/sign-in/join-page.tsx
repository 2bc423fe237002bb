import { Text } from "@mantine/core";
import { Navigate } from "react-router";
import { useJoin } from "@/features/sign-in/api";
import { AccountForm } from "@/features/sign-in/components/account-form";
import { Entrance } from "@/features/sign-in/components/entrance";
import { useFragment } from "@/features/sign-in/fragment";
import { useSession } from "@/shared/api/session";

/** Where an invitation leads. */
export function JoinPage() {
  const session = useSession();
  const token = useFragment("token");
  const join = useJoin(token ?? "");
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
      <AccountForm make={join} verb="Join" />
    </Entrance>
  );
}
