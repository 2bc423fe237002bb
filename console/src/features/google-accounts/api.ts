import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { useFeedEvent } from "@/shared/live/live";

/** Below "keys", because accounts are provider keys: what changes those makes these be asked again. */
const ACCOUNTS = ["keys", "google-accounts"];

/** Tokens end and projects are shared without anybody changing a key, so it is asked now and then, too. */
const ASK_AGAIN_EVERY = 20_000;

export const accountsQuery = queryOptions({
  queryKey: ACCOUNTS,
  queryFn: () => answer(api.GET("/google/accounts")),
  refetchInterval: ASK_AGAIN_EVERY,
});

export const clientQuery = queryOptions({
  queryKey: ["google-client"],
  queryFn: () => answer(api.GET("/google/client")),
});

export const projectsQuery = (id: string) =>
  queryOptions({
    queryKey: ["google-projects", id],
    queryFn: () => answer(api.GET("/google/accounts/{id}/projects", { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
  });

/** The connected accounts; asked again when one of them changes its state. */
export function useAccounts() {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery);
  useFeedEvent("state", ({ keyId }) => {
    if (accounts.data?.accounts.some((account) => account.id === keyId) === true) {
      void queries.invalidateQueries({ queryKey: ACCOUNTS });
    }
  });
  return accounts;
}

function readAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["keys"] });
}

/** @param onSaved called even when the form that saved is gone by then, because there is a client now */
export function useSetClient(onSaved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"GoogleClientEdit">) => answer(api.PUT("/google/client", { body })),
    onSuccess: (client) => {
      queries.setQueryData(clientQuery.queryKey, client);
      onSaved();
      return readAgain(queries);
    },
  });
}

export function useRemoveClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/google/client")),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: clientQuery.queryKey });
      return readAgain(queries);
    },
  });
}

/** Asks Google what it thinks of the client. */
export function useCheckClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/google/client/check")),
    onSettled: () => queries.invalidateQueries({ queryKey: clientQuery.queryKey }),
  });
}

/** A check that outlives the form it was begun from. */
export type ClientCheck = ReturnType<typeof useCheckClient>;

/** Where the browser is sent. Kept apart so that a test can stay on its page. */
export const browser = { goTo: (url: string) => window.location.assign(url) };

/** Leaves for Google's consent page: for a new account, or to reconnect the one of this id. */
export function useConnect() {
  return useMutation({
    mutationFn: (account: string | undefined) =>
      answer(api.POST("/google/consents", { body: account === undefined ? {} : { account } })),
    onSuccess: ({ url }) => browser.goTo(url),
  });
}

/** Finishes with what Google sent back. */
export function useCompleteConsent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"GoogleConsentAnswer">) =>
      answer(api.POST("/google/consents/complete", { body })),
    onSuccess: () => readAgain(queries),
  });
}

export function useAddServiceAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"ServiceAccountCreate">) => answer(api.POST("/google/accounts", { body })),
    onSuccess: () => readAgain(queries),
  });
}

export function useChooseProject() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, choice }: { id: string; choice: Schema<"GoogleProjectChoice"> }) =>
      answer(api.PUT("/google/accounts/{id}/project", { params: { path: { id } }, body: choice })),
    onSuccess: () => readAgain(queries),
  });
}

export function useRefreshAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/google/accounts/{id}/refresh", { params: { path: { id } } })),
    onSettled: () => readAgain(queries),
  });
}

/** Removes an account and tells whether Google revoked its token. */
export function useRemoveAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/google/accounts/{id}", { params: { path: { id } } })),
    onSuccess: () => readAgain(queries),
  });
}
