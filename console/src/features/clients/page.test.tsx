import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { ClientsPage } from "@/features/clients/page";
import { clientKeysOf } from "@/shared/testing/fake/client-routes";
import { renderPage } from "@/shared/testing/render";

describe("client keys", () => {
  it("shows a new key's secret once, with snippets that hold it", async () => {
    const { api } = renderPage(<ClientsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "New client key" }));
    const form = await screen.findByRole("dialog");
    await userEvent.type(within(form).getByLabelText("Name"), "nightly report");
    await userEvent.type(within(form).getByLabelText("Requests per minute"), "60");
    await userEvent.click(within(form).getByRole("button", { name: "Create" }));

    const secret = (await screen.findByLabelText("The new client key")).textContent;
    expect(secret).toMatch(/^fbk-/);
    expect(within(screen.getByRole("dialog")).getByText(/curl http/)).toHaveTextContent(secret);
    expect(api.calls.at(-1)).toMatchObject({
      call: "POST /client-keys",
      body: {
        name: "nightly report",
        limits: { requestsPerMinute: 60, tokensPerDay: null },
        fallback: null,
      },
    });
  });

  it("lets a key have its own stand-ins", async () => {
    const { api } = renderPage(<ClientsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Actions for search service" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Edit" }));
    const form = await screen.findByRole("dialog");
    await userEvent.click(within(form).getByLabelText("Who stands in", { selector: "input" }));
    await userEvent.click(await screen.findByRole("option", { name: "In an order of its own" }));
    await userEvent.click(within(form).getByRole("button", { name: "Save" }));
    expect(await within(form).findByText("Name a provider, or choose nobody")).toBeInTheDocument();
    await userEvent.type(
      within(form).getByLabelText("In this order", { selector: "input" }),
      "gemini,openai/gpt-6-sol,",
    );
    await userEvent.click(within(form).getByRole("button", { name: "Save" }));
    expect(await screen.findByText("stand-ins: gemini, openai/gpt-6-sol")).toBeInTheDocument();
    expect(api.calls.at(-1)).toMatchObject({
      call: "PATCH /client-keys/c-1",
      body: { fallback: "gemini, openai/gpt-6-sol" },
    });
  });

  it("asks before it revokes", async () => {
    const { api } = renderPage(<ClientsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Actions for search service" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Revoke" }));
    expect(api.calls).toEqual([]);
    await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
    await waitFor(() => expect(screen.queryByText("search service")).not.toBeInTheDocument());
  });

  it("leaves what the file declares alone", async () => {
    renderPage(<ClientsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Actions for ci" }));
    expect(await screen.findByRole("menuitem", { name: "Revoke" })).toBeDisabled();
  });

  it("tells a newcomer what to do", async () => {
    const { api } = renderPage(<ClientsPage />, { role: "member" });
    clientKeysOf(api.world).clear();
    expect(await screen.findByText("No client keys yet")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "New client key" })).toBeInTheDocument();
  });
});
