import { describe, expect, it } from "vitest";
import { ceilingOf, layersOf } from "@/features/usage/stacks";
import type { Schema } from "@/shared/api/schema";

function figures(tokens: number): Schema<"UsageFigures"> {
  return {
    requests: 1,
    failed: 0,
    freshInput: tokens / 2,
    cacheRead: tokens / 4,
    cacheWrite: 0,
    output: tokens / 4,
    reasoning: 0,
    tokens,
    usd: tokens / 1000,
    usdSaved: 0,
  };
}

function report(groups: number): Schema<"UsageReport"> {
  return {
    interval: "day",
    times: ["2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z"],
    groups: Array.from({ length: groups }, (_, index) => ({
      id: `g-${index}`,
      label: `group ${index}`,
      total: figures(100),
      series: [figures(40), figures(60)],
    })),
    total: figures(100 * groups),
    priced: true,
  };
}

describe("stacked usage", () => {
  it("gives every group a layer with its cached part", () => {
    expect(layersOf(report(2), "tokens")).toMatchObject([
      { id: "g-0", shade: 0, values: [40, 60], cached: [10, 15] },
      { id: "g-1", shade: 1, values: [40, 60], cached: [10, 15] },
    ]);
  });

  it("sums up what has no shade of its own", () => {
    const layers = layersOf(report(10), "usd");
    expect(layers).toHaveLength(8);
    expect(layers.at(-1)).toMatchObject({ id: "others", label: "3 others", shade: -1, cached: [0, 0] });
    expect(layers.at(-1)?.values[0]).toBeCloseTo(0.12);
  });

  it("ends the scale at a round number above every bar", () => {
    expect(ceilingOf(layersOf(report(2), "tokens"), 2)).toBe(150);
    expect(ceilingOf([], 2)).toBe(1);
  });
});
