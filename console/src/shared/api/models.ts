import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Model, Provider } from "@/shared/api/schema";

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: () => answer(api.GET("/models")),
});

/** Per provider a model that keys of the pool serve, for examples; a well-known one until that is known. */
export function exampleModels(models: Model[] = []): Record<Provider, string> {
  const served = (provider: Provider) =>
    models.find((model) => model.provider === provider && model.served)?.model;
  return {
    anthropic: served("anthropic") ?? "claude-opus-5-5",
    openai: served("openai") ?? "gpt-6-sol",
    gemini: served("gemini") ?? "gemini-3.8-flash",
  };
}
