import { PageHeader } from "@/shared/components/page-header";

export function JoinPage() {
  return <PageHeader title="Join" />;
}
