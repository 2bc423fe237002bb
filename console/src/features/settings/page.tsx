import { PageHeader } from "@/shared/components/page-header";

export function SettingsPage() {
  return <PageHeader title="General" />;
}
