import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";

export const clientKeysQuery = queryOptions({
  queryKey: ["client-keys"],
  queryFn: () => answer(api.GET("/client-keys")),
});

/** Whom a client key may belong to; only administrators may ask. */
export const ownersQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => answer(api.GET("/people")),
});

function useReadAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: clientKeysQuery.queryKey });
}

export function useCreateClientKey() {
  return useMutation({
    mutationFn: (body: Schema<"ClientKeyCreate">) => answer(api.POST("/client-keys", { body })),
    onSuccess: useReadAgain(),
  });
}

export function useEditClientKey() {
  return useMutation({
    mutationFn: ({ id, ...body }: Schema<"ClientKeyEdit"> & { id: string }) =>
      answer(api.PATCH("/client-keys/{id}", { params: { path: { id } }, body })),
    onSuccess: useReadAgain(),
  });
}

export function useRevokeClientKey() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/client-keys/{id}", { params: { path: { id } } })),
    onSuccess: useReadAgain(),
  });
}
