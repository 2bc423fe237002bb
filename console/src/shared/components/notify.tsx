import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { sentence } from "@/shared/api/client";

/** Says that something went well. */
export function notifyDone(message: string): void {
  notifications.show({ message, icon: <IconCheck size={16} />, color: "water", autoClose: 3_500 });
}

/** Says that something did not, and why. */
export function notifyFailed(title: string, error: unknown): void {
  notifications.show({
    title,
    message: sentence(error),
    icon: <IconAlertTriangle size={16} />,
    color: "red",
    autoClose: 9_000,
  });
}
