import { PageHeader } from "@/shared/components/page-header";

export function KeysPage() {
  return <PageHeader title="API keys" />;
}
