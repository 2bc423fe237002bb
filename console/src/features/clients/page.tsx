import { PageHeader } from "@/shared/components/page-header";

export function ClientsPage() {
  return <PageHeader title="Client keys" />;
}
