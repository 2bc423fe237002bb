import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { HealthPage } from "@/features/health/page";
import { renderPage } from "@/shared/testing/render";

/** jsdom has no layout, so the window must be said to be tall enough for rows to exist. */
function tallWindow() {
  vi.stubGlobal("innerHeight", 4_000);
}

async function rowOf(name: string): Promise<HTMLElement> {
  const row = (await screen.findByLabelText(`Priority of ${name}`)).closest<HTMLElement>('[role="row"]');
  if (row === null) {
    throw new Error(`${name} stands in no row`);
  }
  return row;
}

describe("the health page", () => {
  it("shows every key with its state, budget and figures", async () => {
    tallWindow();
    renderPage(<HealthPage />, { keys: 3 });
    const row = await rowOf("team-a");
    expect(within(row).getByText("Healthy")).toBeInTheDocument();
    expect(within(row).getByRole("meter", { name: "Daily tokens used" })).toBeInTheDocument();
    expect(screen.getByText("Anthropic")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /3\s*healthy/ })).toBeInTheDocument();
  });

  it("says what to do while nothing flows, and shows the chart as soon as something does", async () => {
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    api.world.pool.points.length = 0;
    expect(await screen.findByText("No traffic in the last five minutes.")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Connect a program" })).toBeInTheDocument();
    api.world.feed.emit("traffic", {
      at: new Date(api.world.now()).toISOString(),
      tokens: { "k-1": 100 },
      requests: { "k-1": 1 },
    });
    expect(await screen.findByRole("list", { name: "Traffic by key now" })).toHaveTextContent("team-a");
  });

  it("says how much of today's input was cached, and what that saved", async () => {
    tallWindow();
    renderPage(<HealthPage />, { keys: 3 });
    const saved = await screen.findByText(/^\$[\d.,]+k? saved$/);
    expect(saved.parentElement).toHaveTextContent(/^\d+\s?% \$/);
    expect(screen.getByText("Prompt cache hits")).toBeInTheDocument();
  });

  it("says how many wait for a key, for what and for how long, as soon as somebody does", async () => {
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    const figure = () => screen.getByText("Waiting").parentElement!;
    await screen.findByText("Waiting");
    expect(figure()).toHaveTextContent(/^Waiting0$/);
    expect(figure()).not.toHaveAttribute("data-state");
    const { pool, feed, now } = { pool: api.world.pool, feed: api.world.feed, now: api.world.now };
    const since = new Date(now() - 75_000).toISOString();
    pool.lines = [
      { provider: "anthropic", model: "claude-opus-5-5", waiting: 7, since },
      { provider: "openai", model: "gpt-6-sol", waiting: 1, since: new Date(now()).toISOString() },
    ];
    feed.emit("keys", { ...pool.summary(), keys: [], figures: [], removed: [] });
    await waitFor(() => expect(figure()).toHaveTextContent(/^Waiting8 1:1[4-7]$/));
    expect(figure()).toHaveAttribute("data-state", "throttled");
    await userEvent.hover(figure());
    expect(
      await screen.findByText(/7 for claude-opus-5-5 of Anthropic, the next for 1:1/),
    ).toBeInTheDocument();

    pool.lines = [];
    feed.emit("keys", { ...pool.summary(), keys: [], figures: [], removed: [] });
    await waitFor(() => expect(figure()).toHaveTextContent(/^Waiting0$/));
  });

  it("shows a throttled key counting down, and back again", async () => {
    tallWindow();
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    const row = await rowOf("team-a");
    const { pool, feed, now } = {
      ...api.world,
      pool: api.world.pool,
      feed: api.world.feed,
      now: api.world.now,
    };
    const key = pool.keys.get("k-1")!;
    const until = new Date(now() + 42_000).toISOString();
    pool.become(key, { state: "throttled", reason: "tokens per minute", saidBy: "provider", until });
    feed.emit("keys", { ...pool.summary(), keys: [key.health], figures: [], removed: [] });
    expect(await within(row).findByText("Throttled")).toBeInTheDocument();
    expect(within(row).getByText(/^0:(4[0-3])$/)).toBeInTheDocument();
    expect(row).toHaveTextContent(/tokens per minute.*provider/);
    expect(screen.getByRole("button", { name: /1\s*throttled/ })).toBeInTheDocument();

    pool.become(key, { state: "healthy" });
    feed.emit("keys", { ...pool.summary(), keys: [key.health], figures: [], removed: [] });
    expect(await within(row).findByText("Healthy")).toBeInTheDocument();
  });

  it("groups the keys that the provider says share one limit, and shows what is left of it", async () => {
    tallWindow();
    const { api } = renderPage(<HealthPage />, { keys: 5 });
    await rowOf("team-a");
    const { pool, feed } = api.world;
    const together = [...pool.keys.values()].filter((key) => key.config.provider === "anthropic");
    for (const key of together) {
      key.health = {
        ...key.health,
        limitGroup: "org-acme/wrkspc_1",
        groupSaidBy: "provider",
        headroom: [
          {
            model: "claude-opus-5-5",
            axis: "input-tokens",
            period: "minute",
            limit: 400_000,
            remaining: 20_000,
            saidBy: "provider",
          },
        ],
      };
    }
    feed.emit("keys", {
      ...pool.summary(),
      keys: together.map((key) => key.health),
      figures: [],
      removed: [],
    });
    expect(await screen.findByText(/these 2 keys share one limit, as the provider says/)).toBeInTheDocument();
    expect(screen.getByText("org-acme/wrkspc_1")).toBeInTheDocument();
    expect(await screen.findByText("5% of its input tokens left")).toBeInTheDocument();
  });

  it("asks before it pauses the last healthy key of a provider", async () => {
    tallWindow();
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    await rowOf("team-a");
    await user.click(screen.getByRole("button", { name: "Pause team-a" }));
    expect(api.calls).toEqual([]);
    await user.click(await screen.findByRole("button", { name: "Pause it" }));
    await waitFor(() => expect(api.calls.map(({ call }) => call)).toEqual(["POST /keys/k-1/pause"]));
    expect(await within(await rowOf("team-a")).findByText("Paused")).toBeInTheDocument();
  });

  it("changes a priority where it stands, and takes it back when it is refused", async () => {
    tallWindow();
    const user = userEvent.setup({ delay: null });
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    await rowOf("team-a");
    const select = screen.getByRole("combobox", { name: "Priority of team-a" });
    await user.selectOptions(select, "3");
    await waitFor(() => expect(api.world.pool.keys.get("k-1")?.config.priority).toBe(3));
    expect(select).toHaveValue("3");

    const { config } = api.world.pool.keys.get("k-1")!;
    config.source = "file";
    await user.selectOptions(select, "9");
    await waitFor(() => expect(select).toHaveValue("3"));
    expect(await screen.findByText(/declared in forebay.yaml/)).toBeInTheDocument();
  });

  it("finds keys by name and by state", async () => {
    tallWindow();
    const user = userEvent.setup({ delay: null });
    renderPage(<HealthPage />, { keys: 3 });
    await rowOf("team-a");
    await user.type(screen.getByRole("textbox", { name: "Search keys" }), "lab");
    await waitFor(() => expect(screen.queryByLabelText("Priority of team-a")).not.toBeInTheDocument());
    expect(screen.getByLabelText("Priority of lab")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: /rejected/ }));
    expect(await screen.findByText("No key fits")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Show all keys" }));
    await rowOf("team-a");
  });

  it("tells a newcomer what to do first", async () => {
    renderPage(<HealthPage />, { keys: 0 });
    expect(await screen.findByRole("link", { name: "Add the first API key" })).toHaveAttribute(
      "href",
      "/settings/keys?add",
    );
  });

  it("says that it is stale and recovers by itself", async () => {
    const { api } = renderPage(<HealthPage />, { keys: 3 });
    await screen.findByText("Traffic by key");
    api.world.feed.breakOff();
    expect(await screen.findByText("No contact with Forebay.")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText("No contact with Forebay.")).not.toBeInTheDocument());
  });
});
