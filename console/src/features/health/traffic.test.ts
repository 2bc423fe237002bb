import { describe, expect, it } from "vitest";
import { arrange } from "@/features/health/rows";
import { niceCeiling, TrafficRing } from "@/features/health/traffic";
import type { TrafficPoint } from "@/shared/api/schema";
import { World } from "@/shared/testing/fake/world";

const keys = new World({ keys: 12 }).pool.health().keys;

function points(count: number, tokens: (second: number) => Record<string, number>): TrafficPoint[] {
  return Array.from({ length: count }, (_, second) => ({
    at: new Date(second * 1_000).toISOString(),
    tokens: tokens(second),
    requests: {},
  }));
}

describe("the traffic's ring", () => {
  it("has a band for each busy key and sums the others up by provider", () => {
    const ring = new TrafficRing(60, 2, () => keys);
    ring.fill(
      points(60, () => ({ "k-1": 100, "k-2": 50, "k-3": 5, "k-6": 4, "k-4": 3 })),
      1_000,
    );
    expect(ring.picture().bands.map((band) => band.name)).toEqual([
      "team-a",
      "Other Anthropic",
      "main",
      "lab",
    ]);
    expect(ring.picture().bands[0]?.values.at(-1)).toBe(6_000);
  });

  it("keeps bands and shades when traffic shifts a little", () => {
    const ring = new TrafficRing(60, 2, () => keys);
    ring.fill(
      points(60, () => ({ "k-1": 100, "k-2": 50, "k-3": 49 })),
      1_000,
    );
    const before = ring.picture().bands.map(({ id, shade }) => `${id} ${shade}`);
    ring.add({ at: new Date(60_000).toISOString(), tokens: { "k-3": 400 }, requests: {} });
    expect(ring.picture().bands.map(({ id, shade }) => `${id} ${shade}`)).toEqual(before);
    expect(ring.picture().times).toHaveLength(60);
  });

  it("spreads coarse points over their seconds, and shows what the API sums up", () => {
    const ring = new TrafficRing(60, 2, () => keys);
    ring.fill(
      [
        { at: new Date(10_000).toISOString(), tokens: { "k-1": 200, "*anthropic": 20 }, requests: {} },
        { at: new Date(12_000).toISOString(), tokens: { "k-1": 200, "*anthropic": 20 }, requests: {} },
      ],
      2_000,
    );
    expect(ring.picture().times.map((at) => Date.parse(at))).toEqual([9_000, 10_000, 11_000, 12_000]);
    expect(ring.picture().bands.map(({ id, values }) => [id, values.at(-1)])).toEqual([
      ["k-1", 6_000],
      ["*anthropic", 600],
    ]);
  });

  it("tells providers apart when no key stands out", () => {
    const ring = new TrafficRing(60, 2, () => keys);
    ring.fill(
      points(60, () => ({ "k-1": 1, "*anthropic": 400, "*openai": 300 })),
      1_000,
    );
    expect(ring.picture().bands.map(({ name, shade }) => `${name} ${shade}`)).toEqual([
      "Anthropic 0",
      "OpenAI 1",
    ]);
    expect(ring.picture().bands[0]?.values.at(-1)).toBe(401 * 60);
  });

  it("has no band for a key that would stand alone among hundreds", () => {
    const ring = new TrafficRing(60, 2, () => keys);
    const traffic = (large: number) =>
      points(60, () => ({ "k-1": large, "*anthropic": 500, "*openai": 500, "*gemini": 500 }));
    const names = () => ring.picture().bands.map(({ name }) => name);
    ring.fill(traffic(60), 1_000);
    expect(names()).toEqual(["Anthropic", "OpenAI", "Gemini"]);
    ring.fill(traffic(900), 1_000);
    expect(names()).toEqual(["team-a", "Other Anthropic", "Other OpenAI", "Other Gemini"]);
    // A little less than that does not change it back.
    ring.fill(traffic(420), 1_000);
    expect(names()).toHaveLength(4);
  });

  it("scales to round numbers", () => {
    expect([0, 870, 1_400, 352_000, 9_100_000].map(niceCeiling)).toEqual([
      1_000, 1_000, 1_500, 400_000, 10_000_000,
    ]);
  });
});

describe("the table's rows", () => {
  it("stand by provider, shared limit groups first", () => {
    const rows = arrange(keys, { search: "", states: [], provider: "anthropic" });
    expect(rows.map((row) => row.id).slice(0, 2)).toEqual(["anthropic", "anthropic/acme"]);
    expect(rows.filter((row) => row.kind === "key")).toHaveLength(5);
    expect(rows.at(-1)).toMatchObject({ kind: "key", grouped: false });
  });

  it("fit every word of the search", () => {
    const rows = arrange(keys, { search: "anthropic evals", states: [], provider: "all" });
    expect(rows.filter((row) => row.kind === "key")).toHaveLength(1);
  });
});
