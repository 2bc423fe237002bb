import { Button } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { Link, useRouteError } from "react-router";
import { EmptyState, ErrorState } from "@/shared/components/page-states";

/** A page that could not be shown, most often because a newer version of the console is being served. */
export function PageFault() {
  return <ErrorState error={useRouteError()} retry={() => window.location.reload()} />;
}

export function NotFound() {
  return (
    <EmptyState
      icon={IconCompass}
      title="There is no such page"
      action={
        <Button component={Link} to="/" variant="default">
          Go to the start
        </Button>
      }
    >
      The address may have been mistyped, or the page has moved.
    </EmptyState>
  );
}
