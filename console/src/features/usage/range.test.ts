import { describe, expect, it } from "vitest";
import { dateText, hoursFit, viewFrom } from "@/features/usage/range";

const NOW = Date.parse("2026-11-26T14:20:00Z");

function view(search: string, administers = true) {
  return viewFrom(new URLSearchParams(search), NOW, administers);
}

describe("the usage page's view", () => {
  it("shows a week by days at first", () => {
    const { range, from, to, interval } = view("");
    expect({ range, interval }).toEqual({ range: "7d", interval: "day" });
    expect(Date.parse(to)).toBe(Date.parse("2026-11-26T15:00:00Z"));
    expect(new Date(from).getHours()).toBe(0);
  });

  it("asks for the same within an hour", () => {
    expect(viewFrom(new URLSearchParams(), NOW + 120_000, true)).toEqual(view(""));
  });

  it("takes two dates, the last one whole", () => {
    const { range, from, to } = view("from=2026-11-01&to=2026-11-03");
    expect(range).toBe("custom");
    expect(dateText(new Date(from))).toBe("2026-11-01");
    expect(dateText(new Date(to))).toBe("2026-11-04");
  });

  it("falls back when dates make no sense", () => {
    expect(view("from=2026-11-09&to=2026-11-03").range).toBe("7d");
    expect(view("from=yesterday&to=").range).toBe("7d");
  });

  it("keeps hours to ranges in which they can be seen", () => {
    expect(view("range=24h").interval).toBe("hour");
    expect(view("range=7d&interval=hour").interval).toBe("hour");
    expect(view("range=90d&interval=hour").interval).toBe("day");
    expect(hoursFit(view("range=90d"))).toBe(false);
  });

  it("groups by API key for administrators alone", () => {
    expect(view("by=key").groupBy).toBe("key");
    expect(view("by=key", false).groupBy).toBe("none");
  });
});
