import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => answer(api.GET("/people")),
});

function useReadAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
}

export function useInvite() {
  return useMutation({
    mutationFn: (body: Schema<"InvitationCreate">) => answer(api.POST("/people/invitations", { body })),
    onSuccess: useReadAgain(),
  });
}

export function useWithdrawInvitation() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/people/invitations/{id}", { params: { path: { id } } })),
    onSuccess: useReadAgain(),
  });
}

export function useChangeRole() {
  return useMutation({
    mutationFn: ({ id, role }: Schema<"PersonEdit"> & { id: string }) =>
      answer(api.PATCH("/people/{id}", { params: { path: { id } }, body: { role } })),
    onSuccess: useReadAgain(),
  });
}

export function useRemovePerson() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/people/{id}", { params: { path: { id } } })),
    onSuccess: useReadAgain(),
  });
}
