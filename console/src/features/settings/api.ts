import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import { modelsQuery } from "@/shared/api/models";
import type { Provider, Schema } from "@/shared/api/schema";

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => answer(api.GET("/settings")),
});

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam }) =>
    answer(
      api.GET("/audit", { params: { query: { limit: 50, ...(pageParam !== "" && { before: pageParam }) } } }),
    ),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
  // It changes with whatever is done on the other pages.
  staleTime: 0,
});

export function useEditSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"SettingsEdit">) => answer(api.PATCH("/settings", { body })),
    onSuccess: (settings) => queries.setQueryData(settingsQuery.queryKey, settings),
  });
}

export function useOverridePrice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"PriceOverride">) => answer(api.PUT("/models/prices", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: modelsQuery.queryKey }),
  });
}

export function useResetPrice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (query: { provider: Provider; model: string }) =>
      answer(api.DELETE("/models/prices", { params: { query } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: modelsQuery.queryKey }),
  });
}
