import type { Model, Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

const PRICES: Model[] = [
  model("anthropic", "claude-opus-5-5", 5, 25, 1_000_000, 128_000),
  model("anthropic", "claude-sonnet-5", 3, 15, 1_000_000, 64_000),
  model("anthropic", "claude-haiku-4-5", 1, 5, 200_000, 64_000),
  model("openai", "gpt-6-sol", 6, 30, 1_050_000, 128_000),
  model("openai", "gpt-6-luna", 0.8, 4, 400_000, 64_000),
  model("gemini", "gemini-3.8-pro", 2.5, 12, 1_000_000, 65_536),
  model("gemini", "gemini-3.8-flash", 0.6, 3, 1_000_000, 65_536),
];

function model(
  provider: Model["provider"],
  name: string,
  input: number,
  output: number,
  context: number,
  outputCap: number,
): Model {
  return {
    provider,
    model: name,
    context,
    outputCap,
    served: true,
    priceSource: "catalogue",
    price: {
      input,
      output,
      cacheRead: input / 10,
      ...(provider === "anthropic" && { cacheWrite5m: input * 1.25, cacheWrite1h: input * 2 }),
    },
    ...(name === "gemini-3.8-pro" && {
      longContextAbove: 200_000,
      longContextPrice: { input: input * 2, output: output * 1.5, cacheRead: input / 5 },
    }),
  };
}

export function catalogOf(world: World): Schema<"Catalog"> {
  return world.part("models", () => ({
    version: "2026-11-20",
    models: [
      ...PRICES.map((one) => ({ ...one })),
      { provider: "openai" as const, model: "ft:gpt-6-luna:acme", served: true },
      { ...model("anthropic", "claude-opus-4-1", 15, 75, 200_000, 32_000), served: false },
    ],
  }));
}

export const modelRoutes: Route[] = [
  { method: "GET", path: "/models", handle: ({ world }) => json(catalogOf(world)) },
  {
    method: "PUT",
    path: "/models/prices",
    handle: ({ world, body }) => {
      const { provider, model: name, price } = body as Schema<"PriceOverride">;
      const { models } = catalogOf(world);
      let found = models.find((one) => one.provider === provider && one.model === name);
      if (found === undefined) {
        found = { provider, model: name, served: false };
        models.push(found);
      }
      return json(Object.assign(found, { price, priceSource: "console" }));
    },
  },
  {
    method: "DELETE",
    path: "/models/prices",
    handle: ({ world, url }) => {
      const { models } = catalogOf(world);
      const name = url.searchParams.get("model");
      const found = models.find((one) => one.model === name);
      if (found?.priceSource !== "console") {
        return problem(404, "not-found", "This price is the catalogue's own");
      }
      const original = PRICES.find((one) => one.model === name);
      if (original?.price === undefined) {
        delete found.price;
        delete found.priceSource;
      } else {
        Object.assign(found, { price: original.price, priceSource: "catalogue" });
      }
      return nothing();
    },
  },
];
