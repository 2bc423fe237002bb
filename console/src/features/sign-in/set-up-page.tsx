import { PageHeader } from "@/shared/components/page-header";

export function SetUpPage() {
  return <PageHeader title="Set up" />;
}
