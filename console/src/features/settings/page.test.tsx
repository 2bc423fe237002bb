import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { SettingsPage } from "@/features/settings/page";
import { renderPage } from "@/shared/testing/render";

describe("settings", () => {
  it("sends what was changed alone, and an emptied field as the default", async () => {
    const { api } = renderPage(<SettingsPage />);
    const wait = await screen.findByLabelText("Waiting");
    await userEvent.clear(wait);
    await userEvent.type(wait, "12.5");
    await userEvent.clear(screen.getByLabelText("Requests are kept for"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(api.calls.at(-1)).toEqual({
        call: "PATCH /settings",
        body: { maxWait: 12_500, retention: null },
      }),
    );
    await waitFor(() => expect(screen.queryByText("Not saved yet")).not.toBeInTheDocument());
  });

  it("warns in plain words before bodies are kept", async () => {
    renderPage(<SettingsPage />);
    expect(await screen.findByLabelText("Keep bodies")).not.toBeChecked();
    expect(screen.queryByRole("note")).not.toBeInTheDocument();
    await userEvent.click(screen.getByLabelText("Keep bodies"));
    expect(screen.getByRole("note")).toHaveTextContent("Prompts and answers are being stored.");
    expect(screen.getByLabelText("Bodies are kept for")).toBeInTheDocument();
  });

  it("leaves what the file declares alone", async () => {
    renderPage(<SettingsPage />);
    expect(await screen.findByLabelText(/^Attempts/)).toBeDisabled();
    expect(screen.getByLabelText("Waiting")).toBeEnabled();
  });

  it("overrides a price and goes back to the catalogue's", async () => {
    const { api } = renderPage(<SettingsPage />, { at: "/?view=prices" });
    await userEvent.click(await screen.findByRole("button", { name: "Actions for gpt-6-sol" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Override the price" }));
    const input = await screen.findByLabelText("Input");
    await userEvent.clear(input);
    await userEvent.type(input, "4.5");
    await userEvent.click(screen.getByRole("button", { name: "Set the price" }));
    expect(await screen.findByText("set here")).toBeInTheDocument();
    expect(api.calls.at(-1)?.body).toMatchObject({ model: "gpt-6-sol", price: { input: 4.5, output: 30 } });

    await userEvent.click(screen.getByRole("button", { name: "Actions for gpt-6-sol" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Back to the catalogue’s" }));
    await waitFor(() => expect(screen.queryByText("set here")).not.toBeInTheDocument());
  });

  it("tells who changed what, page by page", async () => {
    renderPage(<SettingsPage />, { at: "/?view=audit" });
    const changes = await screen.findAllByText(/changed the priority of/);
    expect(changes[0]).toHaveTextContent(
      "ada@example.org changed the priority of team-a (Anthropic) from 8 to 5",
    );
    await userEvent.click(screen.getByRole("button", { name: "Load more" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Load more" })).not.toBeInTheDocument());
  });
});
