import { describe, expect, it } from "vitest";
import { filtersFrom, passes } from "@/features/requests/filters";
import type { RequestSummary } from "@/shared/api/schema";

const request: RequestSummary = {
  id: "req_0a1b",
  at: "2026-11-26T12:00:00Z",
  operation: "messages",
  requestedModel: "fast",
  servedModel: "claude-sonnet-5",
  provider: "anthropic",
  clientKeyId: "c-1",
  status: 200,
  stream: true,
  attempts: 2,
  duration: 900,
  end: "completed",
  tokens: 10,
};

describe("filters", () => {
  it("reads the address and leaves out what does not belong", () => {
    expect(
      filtersFrom(new URLSearchParams("outcome=retried&provider=acme&model=%20&clientKeyId=c-1")),
    ).toEqual({
      outcome: "retried",
      clientKeyId: "c-1",
    });
  });

  it("lets the beginning of either model pass", () => {
    expect(passes(request, { model: "fa" })).toBe(true);
    expect(passes(request, { model: "claude" })).toBe(true);
    expect(passes(request, { model: "sonnet" })).toBe(false);
  });

  it("tells outcomes apart", () => {
    expect(passes(request, { outcome: "ok" })).toBe(true);
    expect(passes(request, { outcome: "retried" })).toBe(true);
    expect(passes(request, { outcome: "failed" })).toBe(false);
    expect(passes({ ...request, end: "refused" }, { outcome: "failed" })).toBe(true);
  });

  it("wants all of them", () => {
    expect(passes(request, { provider: "anthropic", clientKeyId: "c-1", id: "req_0" })).toBe(true);
    expect(passes(request, { provider: "anthropic", clientKeyId: "c-2" })).toBe(false);
  });
});
