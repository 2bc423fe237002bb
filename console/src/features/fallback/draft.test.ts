import { describe, expect, it } from "vitest";
import { draftOf, moved, problemsOf, rowOf, settingsOf } from "@/features/fallback/draft";

describe("the draft of fallback settings", () => {
  it("keeps what was read", () => {
    const settings = {
      enabled: true,
      strict: true,
      refusals: true,
      order: ["gemini" as const, "openai" as const],
      groups: [
        [
          { provider: "anthropic" as const, model: "claude-opus-5-5" },
          { provider: "openai" as const, model: "gpt-6-sol" },
        ],
      ],
    };
    const draft = draftOf(settings);
    expect(draft.order).toEqual(["gemini", "openai", "anthropic"]);
    expect(draft.excluded).toEqual(["anthropic"]);
    expect(settingsOf(draft)).toEqual(settings);
  });

  it("lets every provider stand in when no order is set", () => {
    const draft = draftOf({ enabled: true, strict: false, refusals: false, order: [], groups: [] });
    expect(draft.excluded).toEqual([]);
    expect(settingsOf(draft).order).toEqual(["anthropic", "openai", "gemini"]);
  });

  it("says which rows cannot be", () => {
    const alone = rowOf([{ provider: "openai", model: "gpt-6-sol" }]);
    const again = rowOf([
      { provider: "openai", model: "gpt-6-sol" },
      { provider: "gemini", model: "gemini-3.8-flash" },
    ]);
    const spaced = rowOf([
      { provider: "openai", model: "gpt 6" },
      { provider: "gemini", model: "gemini-3.8-pro" },
    ]);
    const problems = problemsOf([rowOf(), alone, again, spaced]);
    expect([...problems.keys()]).toEqual([alone.id, again.id, spaced.id]);
    expect(problems.get(again.id)).toMatch(/row above/);
  });

  it("moves a member", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
