import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { KeysPage } from "@/features/keys/page";
import { renderPage } from "@/shared/testing/render";

const at = "/settings/keys";

describe("the page of API keys", () => {
  beforeEach(() => {
    // jsdom has no layout, so the window must be said to be tall enough for rows to exist.
    vi.stubGlobal("innerHeight", 4_000);
  });

  it("recognises whose a key is, tests it on the spot and adds it", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at: `${at}?add` });
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Key"));
    await user.paste("sk-ant-api03-testtesttest-9f2c");
    expect(within(dialog).getByRole("radio", { name: "Anthropic" })).toBeChecked();
    expect(await within(dialog).findByText(/The provider takes this key/)).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText("Name"), "fresh");
    await user.type(within(dialog).getByLabelText("Daily tokens"), "2000000");
    await user.click(within(dialog).getByRole("button", { name: "Add key" }));
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({
        call: "POST /keys",
        body: { provider: "anthropic", name: "fresh", dailyTokens: 2_000_000, priority: 5 },
      }),
    );
    expect(await screen.findByRole("button", { name: "fresh" })).toBeInTheDocument();
    await waitFor(() => expect(document.body.innerHTML.includes("testtesttest")).toBe(false));
  });

  it("adds a refused key only when somebody insists", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at: `${at}?add` });
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Key"));
    await user.paste("sk-proj-bad-testtesttest-1111");
    expect(await within(dialog).findByText(/refuses this key/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Add it anyway" }));
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({ call: "POST /keys", body: { force: true } }),
    );
  });

  it("tests a key again when it is to be used at another address", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at: `${at}?add` });
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Key"));
    await user.paste("sk-proj-bad-testtesttest-1111");
    expect(await within(dialog).findByText(/refuses this key/)).toBeInTheDocument();
    await user.click(within(dialog).getByLabelText("Base URL"));
    await user.paste("https://proxy.example.org/v1");
    expect(within(dialog).queryByText(/refuses this key/)).not.toBeInTheDocument();
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({ body: { baseUrl: "https://proxy.example.org/v1" } }),
    );
  });

  it("shows what would become of every pasted line before anything is added", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at: `${at}?paste` });
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Keys"));
    await user.paste("sk-ant-api03-aaaaaaaa\nteam-x, sk-proj-bbbbbbbb\nsk-ant-api03-aaaaaaaa\nnonsense");
    expect(await within(dialog).findByText("Duplicate")).toBeInTheDocument();
    expect(within(dialog).getByText("Bad line")).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Add 2 keys" }));
    await waitFor(() => expect(api.world.pool.keys.size).toBe(5));
  });

  it("edits only what was changed", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at });
    await user.click(await screen.findByRole("button", { name: "team-a" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByLabelText("Note"), "for the nightly batch");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(api.calls.at(-1)).toEqual({ call: "PATCH /keys/k-1", body: { note: "for the nightly batch" } }),
    );
  });

  it("shows keys of the configuration file as read-only, and why", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at });
    api.world.pool.keys.get("k-1")!.config.source = "file";
    await user.click(await screen.findByRole("button", { name: "team-a" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText(/The configuration file declares this key/)).toBeInTheDocument();
    expect(within(dialog).queryByRole("button", { name: "Save" })).not.toBeInTheDocument();
    expect(within(dialog).getByLabelText("Name")).toBeDisabled();
  });

  it("does the same to all selected keys, and asks before it removes them", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<KeysPage />, { at });
    await user.click(await screen.findByRole("checkbox", { name: "Select all" }));
    const toolbar = screen.getByRole("toolbar", { name: "Selected keys" });
    expect(toolbar).toHaveTextContent("3 keys selected");
    await user.click(within(toolbar).getByRole("button", { name: "Remove" }));
    expect(api.calls).toEqual([]);
    await user.click(await screen.findByRole("button", { name: "Remove 3 keys" }));
    await waitFor(() => expect(api.world.pool.keys.size).toBe(0));
    expect(await screen.findByText("No API keys yet")).toBeInTheDocument();
  });
});
