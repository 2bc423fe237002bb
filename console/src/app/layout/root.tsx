import { Center, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { Outlet } from "react-router";
import { onSessionExpired } from "@/shared/api/client";
import type { Session } from "@/shared/api/schema";
import { sessionQuery } from "@/shared/api/session";

/** Waits for the session, which every page needs, and notices when it ends. */
export function Root() {
  const queries = useQueryClient();
  useEffect(
    () =>
      onSessionExpired(() => {
        queries.setQueryData(sessionQuery.queryKey, (session?: Session) =>
          session?.state === "signed-in"
            ? ({ state: "signed-out", version: session.version, demo: session.demo } satisfies Session)
            : session,
        );
      }),
    [queries],
  );
  return (
    <Suspense fallback={<Waiting />}>
      <Outlet />
    </Suspense>
  );
}

/** What stands on the page while its first code loads. */
export function Waiting() {
  return (
    <Center h="100vh">
      <Loader size="sm" aria-label="Loading" />
    </Center>
  );
}
