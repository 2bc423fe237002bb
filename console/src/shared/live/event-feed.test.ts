import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onSessionExpired } from "@/shared/api/client";
import { EventFeed, type FeedStatus } from "@/shared/live/event-feed";
import { FakeApi } from "@/shared/testing/fake/fake-api";

describe("the event feed", () => {
  let api: FakeApi;
  let feed: EventFeed;

  beforeEach(() => {
    vi.useFakeTimers();
    api = new FakeApi({ keys: 3 });
    vi.stubGlobal("fetch", api.fetch);
    feed = new EventFeed();
  });
  afterEach(() => {
    feed.close();
    vi.useRealTimers();
  });

  async function settle(millis = 0) {
    await vi.advanceTimersByTimeAsync(millis);
  }

  /** Streams take turns of their own that no clock counts, so time barely moves while they do. */
  async function becomes(status: FeedStatus) {
    await vi.waitFor(() => expect(feed.status).toBe(status), { interval: 1, timeout: 200 });
  }

  it("hands each event to who listens for it", async () => {
    const pools = vi.fn();
    const beats = vi.fn();
    feed.on("pool", pools);
    feed.on("beat", beats);
    feed.want("pool");
    await becomes("live");
    expect(pools).toHaveBeenCalledTimes(1);
    api.world.feed.emit("beat", { at: "2026-01-01T00:00:00Z" });
    await vi.waitFor(() => expect(beats).toHaveBeenCalled(), { interval: 1 });
    expect(beats).toHaveBeenCalledWith({ at: "2026-01-01T00:00:00Z" });
  });

  it("says that it is stale when the connection breaks, and comes back by itself", async () => {
    const pools = vi.fn();
    feed.on("pool", pools);
    feed.want("pool");
    await becomes("live");
    api.world.feed.breakOff();
    await becomes("stale");
    await settle(1_000);
    await becomes("live");
    expect(pools).toHaveBeenCalledTimes(2);
  });

  it("asks for the whole picture again when it has missed a change", async () => {
    const pools = vi.fn();
    const changes = vi.fn();
    feed.on("pool", pools);
    feed.on("keys", changes);
    feed.want("pool");
    await becomes("live");
    const change = { ...api.world.pool.summary(), keys: [], figures: [], removed: [] };
    api.world.feed.emit("keys", change);
    await vi.waitFor(() => expect(changes).toHaveBeenCalledTimes(1), { interval: 1 });
    api.world.feed.skip();
    api.world.feed.emit("keys", change);
    await vi.waitFor(() => expect(pools).toHaveBeenCalledTimes(2), { interval: 1 });
    expect(changes).toHaveBeenCalledTimes(1);
    expect(api.world.feed.listeners).toBe(1);
    api.world.feed.emit("keys", change);
    await vi.waitFor(() => expect(changes).toHaveBeenCalledTimes(2), { interval: 1 });
  });

  it("gives a silent connection up after ten seconds", async () => {
    feed.want("pool");
    await becomes("live");
    // A last piece of the stream may be read late, and the silence begins with it.
    let silent = 0;
    while (feed.status === "live" && silent < 30_000) {
      await settle(500);
      silent += 500;
    }
    expect(feed.status).toBe("stale");
    expect(silent).toBeGreaterThanOrEqual(10_000);
    await settle(1_000);
    await becomes("live");
    expect(api.world.feed.listeners).toBe(1);
  });

  it("waits longer after each failure", async () => {
    const down = vi.fn(() => Promise.reject(new TypeError("no connection")));
    vi.stubGlobal("fetch", down);
    feed.want("pool");
    await settle(60_000);
    expect(feed.status).toBe("stale");
    expect(down.mock.calls.length).toBeGreaterThan(5);
    expect(down.mock.calls.length).toBeLessThan(14);
  });

  it("has one connection, with the topics that are wanted", async () => {
    feed.want("pool");
    const release = feed.want("requests");
    await becomes("live");
    expect(api.world.feed.listeners).toBe(1);
    const requests = vi.fn();
    feed.on("request", requests);
    api.world.feed.emit("request", { id: "r-1" } as never);
    await vi.waitFor(() => expect(requests).toHaveBeenCalledTimes(1), { interval: 1 });
    release();
    await settle();
    await becomes("live");
    api.world.feed.emit("request", { id: "r-2" } as never);
    await settle();
    expect(requests).toHaveBeenCalledTimes(1);
    expect(api.world.feed.listeners).toBe(1);
  });

  it("announces a session that has ended instead of trying for ever", async () => {
    const expired = vi.fn();
    const stop = onSessionExpired(expired);
    api.world.sessionState = "signed-out";
    feed.want("pool");
    await settle(5_000);
    expect(expired).toHaveBeenCalledTimes(1);
    stop();
  });
});
