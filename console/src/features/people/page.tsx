import { PageHeader } from "@/shared/components/page-header";

export function PeoplePage() {
  return <PageHeader title="People" />;
}
