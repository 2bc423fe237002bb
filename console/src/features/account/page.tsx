import { PageHeader } from "@/shared/components/page-header";

export function AccountPage() {
  return <PageHeader title="Account" />;
}
