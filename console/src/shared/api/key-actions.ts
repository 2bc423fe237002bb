import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { KeyHealth, Schema } from "@/shared/api/schema";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { usePoolStore } from "@/shared/live/live";

type Action = "pause" | "resume" | "recover";

const SHOWN: Record<Action, KeyHealth["state"]> = {
  pause: { state: "paused", saidBy: "person" },
  resume: { state: "healthy" },
  recover: { state: "healthy" },
};

/** Pauses, resumes or recovers one key; the row shows it before the answer comes, and goes back when the answer is no. */
export function useKeyAction() {
  const pool = usePoolStore();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: Action }) => {
      const params = { params: { path: { id } } };
      switch (action) {
        case "pause":
          return answer(api.POST("/keys/{id}/pause", params));
        case "resume":
          return answer(api.POST("/keys/{id}/resume", params));
        case "recover":
          return answer(api.POST("/keys/{id}/recover", params));
      }
    },
    onMutate: ({ id, action }) => ({
      takeBack: pool.edit(id, (key) => ({
        ...key,
        state: SHOWN[action],
        ...(action === "recover" && { coolings: [] }),
      })),
    }),
    onSuccess: (health) => void pool.edit(health.id, () => health),
    onError: (error, { id, action }, context) => {
      context?.takeBack();
      notifyFailed(`Could not ${action} ${pool.key(id)?.name ?? "the key"}`, error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["keys"] }),
  });
}

/** Changes a key; priority and budgets are on the screen at once. */
export function useEditKey() {
  const pool = usePoolStore();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, edit }: { id: string; edit: Schema<"ProviderKeyEdit"> }) =>
      answer(api.PATCH("/keys/{id}", { params: { path: { id } }, body: edit })),
    onMutate: ({ id, edit }) => ({
      takeBack: pool.edit(id, (key) => ({
        ...key,
        ...(edit.priority !== undefined && { priority: edit.priority }),
        ...(edit.name !== undefined && { name: edit.name }),
        budget: budgetAfter(key.budget, edit),
      })),
    }),
    onError: (_error, _variables, context) => context?.takeBack(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["keys"] }),
  });
}

function budgetAfter(budget: KeyHealth["budget"], edit: Schema<"ProviderKeyEdit">): KeyHealth["budget"] {
  const { dailyTokens, dailyUsd, ...used } = budget;
  const tokens = edit.dailyTokens === undefined ? dailyTokens : (edit.dailyTokens ?? undefined);
  const usd = edit.dailyUsd === undefined ? dailyUsd : (edit.dailyUsd ?? undefined);
  return {
    ...used,
    ...(tokens !== undefined && { dailyTokens: tokens }),
    ...(usd !== undefined && { dailyUsd: usd }),
  };
}

/** Tries a key with a free call and says how it went. */
export function useTestKey() {
  return useMutation({
    mutationFn: ({ id }: { id: string; name: string }) =>
      answer(api.POST("/keys/{id}/test", { params: { path: { id } } })),
    onSuccess: (test, { name }) => {
      if (test.verdict === "accepted") {
        notifyDone(`${name}: ${test.message}`);
      } else {
        notifyFailed(name, new Error(test.message));
      }
    },
    onError: (error, { name }) => notifyFailed(`Could not test ${name}`, error),
  });
}
