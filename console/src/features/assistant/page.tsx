import { PageHeader } from "@/shared/components/page-header";

export function AssistantPage() {
  return <PageHeader title="Assistant" />;
}
