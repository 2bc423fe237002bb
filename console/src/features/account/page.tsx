import { Stack } from "@mantine/core";
import { Appearance } from "@/features/account/components/appearance";
import { Password } from "@/features/account/components/password";
import { Profile } from "@/features/account/components/profile";
import { Sessions } from "@/features/account/components/sessions";
import { Tokens } from "@/features/account/components/tokens";
import { PageHeader } from "@/shared/components/page-header";

export function AccountPage() {
  return (
    <>
      <PageHeader title="Account" lead="Yours alone: nobody else sees or changes it." />
      <Stack gap="md" maw={920}>
        <Profile />
        <Password />
        <Sessions />
        <Tokens />
        <Appearance />
      </Stack>
    </>
  );
}
