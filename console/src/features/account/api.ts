import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema, Session } from "@/shared/api/schema";
import { sessionQuery } from "@/shared/api/session";

export const sessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: () => answer(api.GET("/account/sessions")),
});

export const tokensQuery = queryOptions({
  queryKey: ["account", "tokens"],
  queryFn: () => answer(api.GET("/account/tokens")),
});

function useReadAgain(queryKey: readonly string[]) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey });
}

export function useEditAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"AccountEdit">) => answer(api.PATCH("/account", { body })),
    onSuccess: (person) =>
      queries.setQueryData(sessionQuery.queryKey, (session?: Session) => session && { ...session, person }),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: Schema<"PasswordChange">) => answer(api.PUT("/account/password", { body })),
    onSuccess: useReadAgain(sessionsQuery.queryKey),
  });
}

export function useEndSession() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/account/sessions/{id}", { params: { path: { id } } })),
    onSuccess: useReadAgain(sessionsQuery.queryKey),
  });
}

export function useEndOtherSessions() {
  return useMutation({
    mutationFn: () => answer(api.DELETE("/account/sessions")),
    onSuccess: useReadAgain(sessionsQuery.queryKey),
  });
}

export function useCreateToken() {
  return useMutation({
    mutationFn: (body: Schema<"ApiTokenCreate">) => answer(api.POST("/account/tokens", { body })),
    onSuccess: useReadAgain(tokensQuery.queryKey),
  });
}

export function useRevokeToken() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/account/tokens/{id}", { params: { path: { id } } })),
    onSuccess: useReadAgain(tokensQuery.queryKey),
  });
}
