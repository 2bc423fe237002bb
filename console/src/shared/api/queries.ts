import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/shared/api/client";

/** The cache of everything the API said. Pages are told by the feed when to ask again, so little is asked twice. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // What the API refuses it refuses again; a lost connection may come back.
        retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
        refetchOnWindowFocus: true,
      },
    },
  });
}
