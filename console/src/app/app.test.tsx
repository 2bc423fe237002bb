import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/app";
import { FakeApi } from "@/shared/testing/fake/fake-api";
import { PASSWORD } from "@/shared/testing/fake/session-routes";
import type { WorldOptions } from "@/shared/testing/fake/world";

function open(path: string, options: WorldOptions = {}): FakeApi {
  const api = new FakeApi({ keys: 3, ...options });
  vi.stubGlobal("fetch", api.fetch);
  window.history.replaceState(null, "", path);
  render(<App />);
  return api;
}

describe("the console", () => {
  beforeEach(() => {
    vi.stubGlobal("innerHeight", 4_000);
  });

  it("leads to the sign-in when the session ends, says so, and leads back", async () => {
    const user = userEvent.setup({ delay: null });
    const api = open("/settings/keys");
    await screen.findByRole("heading", { name: "API keys" });
    await screen.findByRole("button", { name: "team-a" });
    api.world.sessionState = "signed-out";
    api.world.feed.breakOff();
    expect(await screen.findByText(/Your session has ended/)).toBeInTheDocument();
    await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
    await user.type(screen.getByLabelText("Password"), `${PASSWORD}{Enter}`);
    expect(await screen.findByRole("heading", { name: "API keys" })).toBeInTheDocument();
    expect(window.location.pathname).toBe("/settings/keys");
  });

  it("goes from page to page by keys, and shows which", async () => {
    const user = userEvent.setup({ delay: null });
    open("/");
    await screen.findByRole("heading", { name: "Health" });
    await user.keyboard("gk");
    expect(await screen.findByRole("heading", { name: "API keys" })).toBeInTheDocument();
    await user.keyboard("?");
    expect(await screen.findByText("Keyboard shortcuts")).toBeInTheDocument();
  });

  it("shows members what is theirs", async () => {
    open("/", { role: "member" });
    expect(await screen.findByRole("heading", { name: "Usage" })).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "API keys" })).not.toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Client keys" })).toBeInTheDocument();
  });

  it("leads the first visitor to the set-up", async () => {
    open("/", { session: "setup" });
    expect(await screen.findByText(/printed a set-up link/)).toBeInTheDocument();
  });
});
