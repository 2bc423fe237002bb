import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";

/** Provider keys as they are configured; how they stand comes from the live pool. */
export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: () => answer(api.GET("/keys")),
});

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"ProviderKeyCreate">) => answer(api.POST("/keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

/** Tries a secret with a free call, without adding it. */
export function useTestSecret() {
  return useMutation({
    mutationFn: (body: Schema<"SecretTest">) => answer(api.POST("/keys/test", { body })),
  });
}

/** Adds pasted keys, or says what would become of each line. */
export function useImportKeys() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"KeyImport">) => answer(api.POST("/keys/import", { body })),
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) {
        return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
      }
      return undefined;
    },
  });
}

/** Does the same to several keys at once. */
export function useActOnKeys() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"KeyActions">) => answer(api.POST("/keys/actions", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
