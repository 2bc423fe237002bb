import { notifications } from "@mantine/notifications";
import { screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { GoogleCallbackPage } from "@/features/google-accounts/callback-page";
import { googleOf } from "@/shared/testing/fake/google-routes";
import { renderPage } from "@/shared/testing/render";

const at = "/settings/google/callback";
const elsewhere = { "/settings/google": <p>The accounts</p> };

describe("the way back from Google", () => {
  afterEach(() => notifications.clean());

  it("finishes once, even when effects run twice, and goes on to the project", async () => {
    const page = (
      <StrictMode>
        <GoogleCallbackPage />
      </StrictMode>
    );
    const { api } = renderPage(page, { at: `${at}?state=s-1&code=fake-code&scope=email`, elsewhere });
    googleOf(api.world).begun.set("s-1", undefined);
    expect(await screen.findByText("The accounts")).toBeInTheDocument();
    expect(api.calls).toEqual([
      { call: "POST /google/consents/complete", body: { state: "s-1", code: "fake-code" } },
    ]);
    expect(await screen.findByText(/dora-1@example.org is connected/)).toBeInTheDocument();
  });

  it.each([
    ["?state=s-1&error=access_denied", /refused at Google/, /choose Allow/],
    ["?state=s-1&code=without-scope", /did not allow the Gemini API/, /leave everything ticked/],
    ["?state=s-9&code=fake-code", /Nobody here began this consent/, /Begin from the list/],
  ])("says in plain words why %s connects nothing, and what to do", async (query, why, what) => {
    const { api } = renderPage(<GoogleCallbackPage />, { at: at + query, elsewhere });
    googleOf(api.world).begun.set("s-1", undefined);
    expect(await screen.findByRole("alert")).toHaveTextContent(why);
    expect(screen.getByRole("alert")).toHaveTextContent(what);
    expect(screen.getByRole("link", { name: "To the accounts" })).toHaveAttribute("href", "/settings/google");
  });

  it("does nothing without anything to finish", async () => {
    const { api } = renderPage(<GoogleCallbackPage />, { at, elsewhere });
    expect(await screen.findByText("There is nothing to finish here")).toBeInTheDocument();
    await waitFor(() => expect(api.calls).toEqual([]));
  });
});
