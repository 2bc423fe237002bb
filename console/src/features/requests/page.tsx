import { PageHeader } from "@/shared/components/page-header";

export function RequestsPage() {
  return <PageHeader title="Requests" />;
}
