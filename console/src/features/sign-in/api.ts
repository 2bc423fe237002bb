import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { useTakeSession } from "@/shared/api/session";

export function useSignIn() {
  const take = useTakeSession();
  return useMutation({
    mutationFn: (body: Schema<"SignIn">) => answer(api.POST("/session", { body })),
    onSuccess: take,
  });
}

export function useSignInByLink() {
  const take = useTakeSession();
  return useMutation({
    mutationFn: (token: string) => answer(api.POST("/session/link", { body: { token } })),
    onSuccess: take,
  });
}

export function useSetUp() {
  const take = useTakeSession();
  return useMutation({
    mutationFn: (body: Schema<"SetUp">) => answer(api.POST("/setup", { body })),
    onSuccess: take,
  });
}

export function useJoin() {
  const take = useTakeSession();
  return useMutation({
    mutationFn: (body: Schema<"AcceptInvitation">) => answer(api.POST("/invitations/accept", { body })),
    onSuccess: take,
  });
}
