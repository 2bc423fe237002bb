import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconRefresh, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { sentence } from "@/shared/api/client";
import classes from "@/shared/components/page-states.module.css";

interface EmptyStateProps {
  icon: TablerIcon;
  title: string;
  /** What to do next. */
  children: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes["state"]}>
      <span className={classes["icon"]}>
        <Icon size={26} stroke={1.5} aria-hidden />
      </span>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={460} ta="center">
        {children}
      </Text>
      {action}
    </div>
  );
}

/** Something could not be read; says why and offers to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className={classes["state"]} role="alert">
      <span className={classes["icon"]} data-state="rejected">
        <IconAlertTriangle size={26} stroke={1.5} aria-hidden />
      </span>
      <Title order={2}>This could not be loaded</Title>
      <Text c="dimmed" maw={460} ta="center">
        {sentence(error)}
      </Text>
      {retry && (
        <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Lines where a list will be. */
export function LoadingState({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} aria-busy aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}
