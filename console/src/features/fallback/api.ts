import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";

export type FallbackSettings = Schema<"FallbackSettings">;
export type FallbackRoute = Schema<"FallbackRoute">;
export type Target = Schema<"Target">;

export const fallbackQuery = queryOptions({
  queryKey: ["fallback", "settings"],
  queryFn: () => answer(api.GET("/fallback")),
});

/** Keys come and go by the second, so this is asked again and again while somebody looks. */
export const previewQuery = queryOptions({
  queryKey: ["fallback", "preview"],
  queryFn: () => answer(api.GET("/fallback/preview")),
  staleTime: 0,
  refetchInterval: 3_000,
});

export function usePutFallback() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: FallbackSettings) => answer(api.PUT("/fallback", { body })),
    onSuccess: (saved) => {
      queries.setQueryData(fallbackQuery.queryKey, saved);
      return queries.invalidateQueries({ queryKey: previewQuery.queryKey });
    },
  });
}
