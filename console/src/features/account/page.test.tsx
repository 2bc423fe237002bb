import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { AccountPage } from "@/features/account/page";
import { renderPage } from "@/shared/testing/render";

describe("account", () => {
  it("shows a new token's secret once", async () => {
    const { api } = renderPage(<AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "New token" }));
    const form = await screen.findByRole("dialog");
    await userEvent.type(within(form).getByLabelText("Name"), "nightly");
    await userEvent.click(within(form).getByRole("button", { name: "Create" }));
    expect((await screen.findByLabelText("The new API token")).textContent).toMatch(/^fbt-/);
    expect(api.calls.at(-1)?.body).toEqual({ name: "nightly", expiresInDays: 90 });
  });

  it("says at the field that the current password is wrong", async () => {
    renderPage(<AccountPage />);
    await userEvent.type(await screen.findByLabelText("Current password"), "not it");
    await userEvent.type(screen.getByLabelText("New password"), "a longer pass phrase");
    await userEvent.click(screen.getByRole("button", { name: "Change password" }));
    expect(await screen.findByText("This is not your password")).toBeInTheDocument();
  });

  it("ends another session and keeps this one", async () => {
    renderPage(<AccountPage />);
    const phone = await screen.findByRole("button", { name: /Sign out Safari on iOS/ });
    await userEvent.click(phone);
    await waitFor(() => expect(phone).not.toBeInTheDocument());
    expect(screen.getByText("(this one)", { exact: false })).toBeInTheDocument();
  });

  it("saves the name", async () => {
    const { api } = renderPage(<AccountPage />);
    const name = await screen.findByLabelText("Name");
    await userEvent.clear(name);
    await userEvent.type(name, "Ada R.");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(api.world.person.name).toBe("Ada R."));
  });
});
