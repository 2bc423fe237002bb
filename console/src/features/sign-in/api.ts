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

export function useSetUp(token: string) {
  const take = useTakeSession();
  return useMutation({
    mutationFn: (account: Omit<Schema<"SetUp">, "token">) =>
      answer(api.POST("/setup", { body: { ...account, token } })),
    onSuccess: take,
  });
}

/** The invitation knows the address. */
export function useJoin(token: string) {
  const take = useTakeSession();
  return useMutation({
    mutationFn: ({ name, password }: Omit<Schema<"AcceptInvitation">, "token">) =>
      answer(api.POST("/invitations/accept", { body: { name, password, token } })),
    onSuccess: take,
  });
}
