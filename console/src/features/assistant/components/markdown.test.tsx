import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Markdown } from "@/features/assistant/components/markdown";

function show(text: string) {
  return render(
    <MantineProvider env="test">
      <Markdown text={text} />
    </MantineProvider>,
  ).container;
}

describe("an answer's Markdown", () => {
  it("keeps HTML as text", () => {
    const container = show("Look: <img src=x onerror=alert(1)> <script>alert(1)</script> **bold**");
    expect(container.querySelector("img, script")).toBeNull();
    expect(container.querySelector("strong")).toHaveTextContent("bold");
  });

  it("follows no address that is a program", () => {
    const container = show("[click](javascript:alert(1))");
    expect(container.querySelector("a")?.getAttribute("href") ?? "").not.toContain("javascript");
  });

  it("loads no picture from elsewhere", () => {
    const container = show("![a chart](https://example.org/chart.png)");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "a chart" })).toBeInTheDocument();
  });

  it("offers code to copy, with its language", () => {
    show("```python\nprint(1)\n```");
    expect(screen.getByText("print(1)")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Copy: python" })).toBeInTheDocument();
  });
});
