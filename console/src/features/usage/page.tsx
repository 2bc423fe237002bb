import { PageHeader } from "@/shared/components/page-header";

export function UsagePage() {
  return <PageHeader title="Usage" />;
}
