import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { UsagePage } from "@/features/usage/page";
import { renderPage } from "@/shared/testing/render";

describe("usage", () => {
  it("shows totals with what the cache saved", async () => {
    renderPage(<UsagePage />);
    const saved = await screen.findByText("Saved by caching");
    expect(saved.nextElementSibling?.textContent).toMatch(/^\$[\d,.]+$/);
    expect(screen.getByRole("img", { name: /^Tokens by day/ })).toBeInTheDocument();
  });

  it("groups by model, with a row each and their sum", async () => {
    renderPage(<UsagePage />);
    await userEvent.click(await screen.findByRole("radio", { name: "Model" }));
    const table = await screen.findByRole("table");
    await waitFor(() => expect(within(table).getByText("claude-opus-5-5")).toBeInTheDocument());
    expect(within(table).getByText("Everything")).toBeInTheDocument();
  });

  it("exports what is looked at", async () => {
    renderPage(<UsagePage />, { at: "/?range=30d&by=client" });
    const href = (await screen.findByRole("link", { name: "Export as CSV" })).getAttribute("href") ?? "";
    expect(href).toMatch(/^\/api\/v1\/usage\.csv\?from=.*&to=.*&interval=day&groupBy=client$/);
  });

  it("offers members no grouping by API key", async () => {
    renderPage(<UsagePage />, { role: "member" });
    expect(await screen.findByRole("radio", { name: "Client key" })).toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: "API key" })).not.toBeInTheDocument();
  });

  it("says what to do when there is nothing", async () => {
    renderPage(<UsagePage />, { at: "/?from=2020-01-01&to=2020-01-02" });
    expect(await screen.findByText("Nothing in this time")).toBeInTheDocument();
  });
});
