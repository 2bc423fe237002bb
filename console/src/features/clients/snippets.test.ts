import { describe, expect, it } from "vitest";
import { PLACEHOLDER, WAYS, type Connection } from "@/features/clients/snippets";

const connection: Connection = {
  address: "http://gateway.example:4400",
  key: "fbk-test-key",
  models: { anthropic: "claude-opus-5-5", openai: "gpt-6-sol", gemini: "gemini-3.8-flash" },
};

function snippets(id: string, given: Connection = connection): string {
  const way = WAYS.find((one) => one.id === id);
  const all =
    way?.alone?.(given) ??
    (["anthropic", "openai", "gemini"] as const).flatMap(
      (provider) => way?.byProvider?.(given, provider) ?? [],
    );
  return all.map(({ code }) => code).join("\n");
}

describe("snippets", () => {
  it.each(WAYS.map(({ id }) => id))("fills the address and the key in for %s", (id) => {
    expect(snippets(id)).toContain("http://gateway.example:4400");
    expect(snippets(id)).toContain("fbk-test-key");
    expect(snippets(id)).not.toContain("undefined");
  });

  it("gives OpenAI's clients the path that they leave out, and the others none", () => {
    for (const id of ["python", "node", "java"]) {
      expect(snippets(id).match(/4400\/v1"/g)).toHaveLength(1);
    }
    expect(snippets("codex")).toContain('base_url = "http://gateway.example:4400/v1"');
    expect(snippets("claude-code")).toContain("ANTHROPIC_BASE_URL=http://gateway.example:4400 ");
  });

  it("reads the variable as each language does", () => {
    const given = { ...connection, key: PLACEHOLDER };
    expect(snippets("python", given).match(/api_key=os\.environ\["FOREBAY_CLIENT_KEY"\]/g)).toHaveLength(3);
    expect(snippets("python", given).match(/^import os$/gm)).toHaveLength(3);
    expect(snippets("node", given).match(/apiKey: process\.env\.FOREBAY_CLIENT_KEY/g)).toHaveLength(3);
    expect(snippets("java", given).match(/apiKey\(System\.getenv\("FOREBAY_CLIENT_KEY"\)\)/g)).toHaveLength(
      3,
    );
    expect(snippets("python")).not.toContain("import os");
  });

  it("sets no variable to itself", () => {
    expect(snippets("codex", { ...connection, key: PLACEHOLDER })).not.toContain(`=${PLACEHOLDER}`);
  });
});
