import { describe, expect, it } from "vitest";
import { compact, money, percent } from "@/shared/format/number";
import { age, countdown, duration } from "@/shared/format/time";

describe("formats", () => {
  it("keeps numbers at three figures", () => {
    expect([0, 42, 999, 1_284, 41_800, 1_284_000, 2_000_000_000].map(compact)).toEqual([
      "0",
      "42",
      "999",
      "1.28K",
      "41.8K",
      "1.28M",
      "2B",
    ]);
  });

  it("shows money down to where it is visible", () => {
    expect([0, 0.0031, 12.844, 1_284.2].map(money)).toEqual(["$0.00", "$0.0031", "$12.84", "$1,284"]);
  });

  it("shows a share that is not nothing as not nothing", () => {
    expect([0, 0.004, 0.163, 1].map(percent)).toEqual(["0%", "0.4%", "16%", "100%"]);
  });

  it("counts down by the second and shows days when they are far", () => {
    expect([-5, 200, 42_000, 725_000, 11_525_000, 187_200_000].map(countdown)).toEqual([
      "0:00",
      "0:01",
      "0:42",
      "12:05",
      "3:12:05",
      "2 d 4 h",
    ]);
  });

  it("gives durations and ages one unit or two", () => {
    expect([84.4, 1_284, 42_100, 185_000].map(duration)).toEqual(["84 ms", "1.28 s", "42.1 s", "3 min 5 s"]);
    expect([3_000, 12_000, 300_000, 10_800_000, 172_800_000].map(age)).toEqual([
      "now",
      "12 s ago",
      "5 min ago",
      "3 h ago",
      "2 d ago",
    ]);
  });
});
