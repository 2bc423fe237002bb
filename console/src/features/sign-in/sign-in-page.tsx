import { PageHeader } from "@/shared/components/page-header";

export function SignInPage() {
  return <PageHeader title="Sign in" />;
}
