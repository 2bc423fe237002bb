import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Model, Provider } from "@/shared/api/schema";

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: () => answer(api.GET("/models")),
});

const WELL_KNOWN: Record<Provider, string> = {
  anthropic: "claude-opus-5-5",
  openai: "gpt-6-sol",
  gemini: "gemini-3.8-flash",
};

/** Per provider a model that keys of the pool serve, for examples: a well-known one, unless they serve only others. */
export function exampleModels(models: Model[] = []): Record<Provider, string> {
  function example(provider: Provider): string {
    const served = models.filter((model) => model.provider === provider && model.served);
    const known = served.find(({ model }) => model === WELL_KNOWN[provider]);
    return (known ?? served[0])?.model ?? WELL_KNOWN[provider];
  }
  return { anthropic: example("anthropic"), openai: example("openai"), gemini: example("gemini") };
}
