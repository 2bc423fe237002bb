import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { sentence } from "@/shared/api/client";

/** Why the way in stayed shut. */
export function Refusal({ error }: { error: unknown }) {
  return error === null ? null : (
    <Alert
      color="red"
      variant="light"
      p="xs"
      icon={<IconAlertTriangle size={16} />}
      role="alert"
      title={sentence(error)}
    />
  );
}
