import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { browser } from "@/features/google-accounts/api";
import { GoogleAccountsPage } from "@/features/google-accounts/page";
import { googleOf } from "@/shared/testing/fake/google-routes";
import { renderPage } from "@/shared/testing/render";

const at = "/settings/google";

function card(email: string) {
  return screen.findByRole("article", { name: email });
}

describe("the page of Google accounts", () => {
  beforeEach(() => {
    vi.spyOn(browser, "goTo").mockImplementation(() => undefined);
  });

  it("leads through the set-up, saves the client and says what Google thinks of it", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at });
    expect(await screen.findByText("Set up Google once")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Add account" })).toBeDisabled();
    expect(screen.getByLabelText("Redirect URI")).toHaveTextContent(
      `${window.location.origin}/settings/google/callback`,
    );
    expect(screen.getByRole("link", { name: /Generative Language API/ })).toHaveAttribute(
      "href",
      "https://console.cloud.google.com/apis/library/generativelanguage.googleapis.com",
    );
    await user.type(screen.getByLabelText("Client id"), "1-x.apps.googleusercontent.com");
    await user.type(screen.getByLabelText("Client secret"), "GOCSPX-test");
    await user.click(screen.getByText("In production"));
    await user.click(screen.getByRole("button", { name: "Save and check" }));
    expect(await screen.findByText("Google knows the client and its secret.")).toBeInTheDocument();
    expect(api.calls).toEqual([
      {
        call: "PUT /google/client",
        body: {
          clientId: "1-x.apps.googleusercontent.com",
          clientSecret: "GOCSPX-test",
          publishing: "production",
        },
      },
      { call: "POST /google/client/check", body: undefined },
    ]);
    expect(screen.getByText("No Google accounts yet")).toBeInTheDocument();
    expect(document.body.innerHTML).not.toContain("GOCSPX-test");
  });

  it("says at the field what is wrong with a client, and under it what Google finds wrong", async () => {
    const user = userEvent.setup({ delay: null });
    renderPage(<GoogleAccountsPage />, { at });
    const id = await screen.findByLabelText("Client id");
    await user.type(id, "nonsense");
    await user.click(screen.getByRole("button", { name: "Save and check" }));
    expect(await screen.findByText("It ends in .apps.googleusercontent.com")).toBeInTheDocument();
    await user.clear(id);
    await user.type(id, "wrong.apps.googleusercontent.com");
    await user.type(screen.getByLabelText("Client secret"), "GOCSPX-test");
    await user.click(screen.getByRole("button", { name: "Save and check" }));
    expect(await screen.findByText("Google does not know this client id.")).toBeInTheDocument();
  });

  it("leaves for Google's consent page", async () => {
    const user = userEvent.setup({ delay: null });
    renderPage(<GoogleAccountsPage />, { at, google: true });
    await card("ada@example.org");
    await user.click(screen.getByRole("button", { name: "Add account" }));
    await waitFor(() =>
      expect(browser.goTo).toHaveBeenCalledWith("/settings/google/callback?state=state-1&code=fake-code"),
    );
  });

  it("says before anybody leaves that the way back ends at another address", async () => {
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    googleOf(api.world).client.consoleUrl = "https://forebay.example.com";
    expect(await screen.findByText(/Google sends browsers back to/)).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "https://forebay.example.com" })).toHaveAttribute(
      "href",
      "https://forebay.example.com/settings/google",
    );
  });

  it("shows how every account stands, and warns of what they share", async () => {
    renderPage(<GoogleAccountsPage />, { at, google: true });
    const ada = await card("ada@example.org");
    expect(within(ada).getByText("acme-research")).toBeInTheDocument();
    expect(within(ada).getByText("Healthy")).toBeInTheDocument();
    expect(within(ada).getByText(/ends in/)).toHaveTextContent(/ends in 4\d:\d\d/);
    const ben = await card("ben@example.org");
    expect(within(ben).getByText("Needs reconnecting")).toBeInTheDocument();
    expect(within(ben).getByRole("alert")).toHaveTextContent(/expired or revoked/);
    expect(within(await card("carla@example.org")).getByText("Sign-in")).toBeInTheDocument();
    expect(screen.getByText("3 accounts · 2 healthy")).toBeInTheDocument();
    expect(screen.getByText("1 needs you")).toBeInTheDocument();
    const warnings = within(screen.getByRole("list", { name: "Warnings" }));
    expect(warnings.getByText("One project, one quota")).toBeInTheDocument();
    expect(warnings.getByText("The consent screen is in testing")).toBeInTheDocument();
    await waitFor(() => expect(warnings.getByText("ada@example.org, ben@example.org")).toBeInTheDocument());
  });

  it("shows a change of state as the feed tells it", async () => {
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    const ada = await card("ada@example.org");
    await waitFor(() => expect(api.world.feed.listeners).toBe(1));
    const id = [...googleOf(api.world).accounts.keys()][0]!;
    const key = api.world.pool.keys.get(id)!;
    api.world.pool.become(key, {
      state: "throttled",
      reason: "requests per minute",
      saidBy: "provider",
      until: new Date(Date.now() + 30_000).toISOString(),
    });
    api.world.feed.emit("keys", {
      ...api.world.pool.summary(),
      keys: [key.health],
      figures: [],
      removed: [],
    });
    expect(await within(ada).findByText("Throttled")).toBeInTheDocument();
    expect(within(ada).getByText(/0:[23]\d/)).toBeInTheDocument();
  });

  it("reconnects the account that Google ended", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    const ben = await card("ben@example.org");
    await user.click(within(ben).getByRole("button", { name: "Reconnect ben@example.org" }));
    await waitFor(() => expect(browser.goTo).toHaveBeenCalled());
    const id = [...googleOf(api.world).accounts.keys()][1];
    expect(api.calls).toEqual([{ call: "POST /google/consents", body: { account: id } }]);
  });

  it("chooses a listed project, and says whose quota it is already", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    const carla = await card("carla@example.org");
    await user.click(within(carla).getByRole("button", { name: "More about carla@example.org" }));
    await user.click(await screen.findByRole("menuitem", { name: "Change the project" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/used by lab already/)).toBeInTheDocument();
    expect(within(dialog).getByRole("radio", { name: "Acme Mobile" })).toBeChecked();
    await user.click(within(dialog).getByRole("radio", { name: "Acme Research" }));
    await user.click(within(dialog).getByRole("button", { name: "Check and use" }));
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({
        call: expect.stringMatching(/^PUT .*\/project$/) as string,
        body: { project: "acme-research" },
      }),
    );
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("takes a typed project where Google gives no list, and a refused one only when somebody insists", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    googleOf(api.world).projects = {
      listed: false,
      message: "The Cloud Resource Manager API is not enabled.",
      projects: [],
    };
    const carla = await card("carla@example.org");
    await user.click(within(carla).getByRole("button", { name: "More about carla@example.org" }));
    await user.click(await screen.findByRole("menuitem", { name: "Change the project" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/Resource Manager API is not enabled/)).toBeInTheDocument();
    const field = within(dialog).getByLabelText("Project id");
    await user.clear(field);
    await user.type(field, "bare-project");
    await user.click(within(dialog).getByRole("button", { name: "Check and use" }));
    expect(await within(dialog).findByText(/is not enabled in this project/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Use it anyway" }));
    await waitFor(() => expect(api.calls.at(-1)?.body).toEqual({ project: "bare-project", force: true }));
  });

  it("removes an account after asking, and says that Google revoked its token", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at, google: true });
    const carla = await card("carla@example.org");
    await user.click(within(carla).getByRole("button", { name: "More about carla@example.org" }));
    await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
    expect(await screen.findByText(/revokes its token at Google/)).toBeInTheDocument();
    expect(api.calls).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Remove and revoke" }));
    expect(await screen.findByText(/Google revoked its token/)).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole("article", { name: "carla@example.org" })).not.toBeInTheDocument(),
    );
  });

  it("adds a service account by its key file", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<GoogleAccountsPage />, { at: `${at}?service-account`, google: true });
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByLabelText("Key file"));
    await user.paste('{"client_email":"bad@acme.example","project_id":"acme-lab"}');
    expect(within(dialog).getByText("bad@acme.example, project acme-lab")).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Add the account" }));
    expect(await within(dialog).findByText(/invalid JWT signature/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Add it anyway" }));
    await waitFor(() => expect(api.calls.at(-1)?.body).toMatchObject({ force: true }));
    expect(within(await card("bad@acme.example")).getByText("Service account")).toBeInTheDocument();
  });

  it("says when it cannot be loaded", async () => {
    const { api } = renderPage(<GoogleAccountsPage />, { at });
    api.world.sessionState = "signed-out";
    expect(await screen.findByText("This could not be loaded")).toBeInTheDocument();
  });
});
