import { describe, expect, it } from "vitest";
import { fallbackOf, standInsFields } from "@/features/clients/stand-ins";

describe("who stands in for a client key", () => {
  it.each([undefined, "off", "openai", "gemini, openai/gpt-6-sol"])("keeps what was read: %s", (fallback) => {
    expect(fallbackOf(standInsFields(fallback))).toBe(fallback ?? null);
  });
});
