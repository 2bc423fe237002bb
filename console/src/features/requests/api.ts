import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Filters } from "@/features/requests/filters";
import { answer, api } from "@/shared/api/client";

const PAGE = 50;

export function requestsQuery(filters: Filters) {
  return infiniteQueryOptions({
    queryKey: ["requests", filters],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/requests", {
          params: { query: { ...filters, limit: PAGE, ...(pageParam !== "" && { before: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    // The feed brings what is new; asking again would only move the pages.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function traceQuery(id: string) {
  return queryOptions({
    queryKey: ["request", id],
    queryFn: () => answer(api.GET("/requests/{id}", { params: { path: { id } } })),
    staleTime: Infinity,
  });
}

export const clientKeysQuery = queryOptions({
  queryKey: ["client-keys"],
  queryFn: () => answer(api.GET("/client-keys")),
});
