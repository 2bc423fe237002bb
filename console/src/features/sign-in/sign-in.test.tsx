import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { JoinPage } from "@/features/sign-in/join-page";
import { SetUpPage } from "@/features/sign-in/set-up-page";
import { SignInPage } from "@/features/sign-in/sign-in-page";
import { LINK_TOKEN, PASSWORD } from "@/shared/testing/fake/session-routes";
import { renderPage } from "@/shared/testing/render";

const elsewhere = { "/": <p>inside</p> };

describe("signing in", () => {
  it("leads inside with the right password", async () => {
    const user = userEvent.setup({ delay: null });
    renderPage(<SignInPage />, { session: "signed-out", at: "/sign-in", elsewhere });
    await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
    await user.type(screen.getByLabelText("Password"), `${PASSWORD}{Enter}`);
    expect(await screen.findByText("inside")).toBeInTheDocument();
  });

  it("says why not, and keeps what was typed", async () => {
    const user = userEvent.setup({ delay: null });
    renderPage(<SignInPage />, { session: "signed-out", at: "/sign-in", elsewhere });
    await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
    await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("do not fit together");
    expect(screen.getByLabelText("E-mail")).toHaveValue("ada@example.org");
  });

  it("uses a one-time link by itself", async () => {
    renderPage(<SignInPage />, { session: "signed-out", at: `/sign-in#link=${LINK_TOKEN}`, elsewhere });
    expect(await screen.findByText("inside")).toBeInTheDocument();
  });

  it("says that a link has been used, and lets sign in otherwise", async () => {
    renderPage(<SignInPage />, { session: "signed-out", at: "/sign-in#link=old", elsewhere });
    expect(await screen.findByRole("alert")).toHaveTextContent("has been used");
    expect(screen.getByLabelText("Password")).toBeInTheDocument();
  });
});

describe("setting up", () => {
  it("explains where the link is to who has none", () => {
    renderPage(<SetUpPage />, { session: "setup", at: "/setup", elsewhere });
    expect(screen.getByText(/printed a set-up link/)).toBeInTheDocument();
  });

  it("makes the owner's account, with a password that is long enough", async () => {
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<SetUpPage />, {
      session: "setup",
      at: `/setup#token=${LINK_TOKEN}`,
      elsewhere,
    });
    await user.type(screen.getByLabelText("Name"), "Ada Reyes");
    await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
    await user.type(screen.getByLabelText("Password"), "short{Enter}");
    expect(await screen.findByText("At least 10 characters")).toBeInTheDocument();
    expect(api.calls).toEqual([]);
    await user.type(screen.getByLabelText("Password"), " but longer now{Enter}");
    expect(await screen.findByText("inside")).toBeInTheDocument();
    await waitFor(() => expect(api.calls[0]?.body).toMatchObject({ token: LINK_TOKEN, name: "Ada Reyes" }));
  });
});

describe("joining", () => {
  it("takes a name and a password", async () => {
    const user = userEvent.setup({ delay: null });
    renderPage(<JoinPage />, { session: "signed-out", at: `/join#token=${LINK_TOKEN}`, elsewhere });
    await user.type(screen.getByLabelText("Name"), "Bo Lind");
    await user.type(screen.getByLabelText("Password"), "long enough by far{Enter}");
    expect(await screen.findByText("inside")).toBeInTheDocument();
  });
});
