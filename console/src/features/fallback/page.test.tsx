import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FallbackPage } from "@/features/fallback/page";
import { fallbackOf } from "@/shared/testing/fake/fallback-routes";
import { renderPage } from "@/shared/testing/render";

const user = userEvent.setup({ delay: null });

describe("fallback", () => {
  it("begins empty, and takes a suggestion in one click", async () => {
    const { api } = renderPage(<FallbackPage />);
    expect(await screen.findByText("Nothing stands in for anything yet.")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Add claude-opus-5-5, gpt-6-sol, gemini-3.8-pro" }));
    expect(screen.getByLabelText("OpenAI model in row 1", { selector: "input" })).toHaveValue("gpt-6-sol");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(api.calls.at(-1)?.call).toBe("PUT /fallback"));
    expect(api.calls.at(-1)?.body).toEqual({
      enabled: true,
      strict: false,
      refusals: false,
      order: ["openai", "gemini", "anthropic"],
      groups: [
        [
          { provider: "anthropic", model: "claude-opus-5-5" },
          { provider: "openai", model: "gpt-6-sol" },
          { provider: "gemini", model: "gemini-3.8-pro" },
        ],
      ],
    });
    expect(await screen.findByRole("link", { name: "Try claude-opus-5-5 in the assistant" })).toHaveAttribute(
      "href",
      "/assistant?model=claude-opus-5-5",
    );
    await waitFor(() => expect(screen.queryByText("Not saved yet")).not.toBeInTheDocument());
  });

  it("orders providers with buttons, and lets one never stand in", async () => {
    const { api } = renderPage(<FallbackPage />);
    await user.click(await screen.findByRole("button", { name: "Move Gemini up" }));
    await user.click(screen.getByLabelText("Anthropic may stand in"));
    await user.click(screen.getByLabelText("Strict translation"));
    await user.click(screen.getByLabelText("Refusals too"));
    expect(screen.getByText("never stands in")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(api.calls.at(-1)?.body).toMatchObject({
        order: ["gemini", "openai"],
        strict: true,
        refusals: true,
      }),
    );
  });

  it("does not save a row that names one model", async () => {
    renderPage(<FallbackPage />);
    await user.click(await screen.findByRole("button", { name: "Add a row" }));
    await user.type(screen.getByLabelText("OpenAI model in row 1", { selector: "input" }), "my-own-model");
    expect(screen.getByText(/Name a model of a second provider/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Discard" }));
    expect(screen.getByText("Nothing stands in for anything yet.")).toBeInTheDocument();
  });

  it("tells who answers and why the others do not", async () => {
    renderPage(<FallbackPage />, { keys: 12 });
    const asked = await screen.findByText("is stood in for");
    const route = within(asked.closest("li")!);
    expect(route.getByText(/throttled; next at/)).toBeInTheDocument();
    expect(route.getByText("answers")).toBeInTheDocument();
    expect(route.getByText("stands by")).toBeInTheDocument();
  });

  it("is read-only when the file declares it", async () => {
    const { api } = renderPage(<FallbackPage />, { keys: 12 });
    fallbackOf(api.world).managed = true;
    expect(await screen.findByText("The configuration file declares this.")).toBeInTheDocument();
    expect(screen.getByLabelText("Strict translation")).toBeDisabled();
    expect(screen.getByLabelText("OpenAI model in row 1", { selector: "input" })).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Add a row" })).not.toBeInTheDocument();
  });
});
