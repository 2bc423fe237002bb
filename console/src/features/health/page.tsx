import { PageHeader } from "@/shared/components/page-header";

export function HealthPage() {
  return <PageHeader title="Health" />;
}
