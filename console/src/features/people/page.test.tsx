import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { PeoplePage } from "@/features/people/page";
import { peopleOf } from "@/shared/testing/fake/people-routes";
import { renderPage } from "@/shared/testing/render";

describe("people", () => {
  it("shows an invitation's link once", async () => {
    const { api } = renderPage(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
    const form = await screen.findByRole("dialog");
    await userEvent.type(within(form).getByLabelText("E-mail"), "eve@example.org");
    await userEvent.click(within(form).getByLabelText("Admin"));
    await userEvent.click(within(form).getByRole("button", { name: "Make an invitation" }));
    expect(await screen.findByLabelText("The invitation’s link")).toHaveTextContent("/join#token=");
    expect(api.calls.at(-1)?.body).toEqual({ email: "eve@example.org", role: "admin" });
    expect(await screen.findByText("eve@example.org")).toBeInTheDocument();
  });

  it("says which field the API refuses", async () => {
    renderPage(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
    await userEvent.type(await screen.findByLabelText("E-mail"), "ben@example.org");
    await userEvent.click(screen.getByRole("button", { name: "Make an invitation" }));
    expect(await screen.findByText("They are already here")).toBeInTheDocument();
  });

  it("removes somebody only after asking", async () => {
    renderPage(<PeoplePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Actions for Chen Li" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Remove" }));
    await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByText("chen@example.org")).not.toBeInTheDocument());
  });

  it("lets an admin touch members alone", async () => {
    renderPage(<PeoplePage />, { role: "admin" });
    expect(await screen.findByRole("button", { name: "Actions for Chen Li" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Actions for Ben Okafor" })).not.toBeInTheDocument();
  });

  it("invites to invite when nobody else is here", async () => {
    const { api } = renderPage(<PeoplePage />);
    peopleOf(api.world).people.splice(1);
    peopleOf(api.world).invitations.splice(0);
    expect(await screen.findByText("Nobody else yet")).toBeInTheDocument();
  });
});
