import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { View } from "@/features/usage/range";
import { answer, api } from "@/shared/api/client";

export function usageQuery({ from, to, interval, groupBy }: View) {
  return queryOptions({
    queryKey: ["usage", from, to, interval, groupBy],
    queryFn: () => answer(api.GET("/usage", { params: { query: { from, to, interval, groupBy } } })),
    // The old picture stays until the new one is there.
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** Where the same is to be had as a table. */
export function exportAddress({ from, to, interval, groupBy }: View): string {
  return `/api/v1/usage.csv?${new URLSearchParams({ from, to, interval, groupBy }).toString()}`;
}
