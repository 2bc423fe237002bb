import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeysChanged } from "@/shared/api/schema";
import { PoolStore } from "@/shared/live/pool-store";
import { World } from "@/shared/testing/fake/world";

const world = new World({ keys: 6 });

function changed(...keys: KeysChanged["keys"]): KeysChanged {
  return { ...world.pool.summary(), keys, figures: [], removed: [] };
}

describe("the pool's store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows the first picture at once and later changes at most twice a second", () => {
    const store = new PoolStore();
    const told = vi.fn();
    store.subscribe(told);
    const health = world.pool.health();
    store.replace(health);
    expect(store.order).toHaveLength(6);
    told.mockClear();

    const [first] = health.keys;
    for (let inFlight = 1; inFlight <= 50; inFlight++) {
      store.change(changed({ ...first!, inFlight }));
    }
    expect(told).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(told).toHaveBeenCalledTimes(1);
    expect(store.key(first!.id)?.inFlight).toBe(50);
  });

  it("keeps what did not change the same object, so that its row does not render", () => {
    const store = new PoolStore();
    const health = world.pool.health();
    store.replace(health);
    const [first, second] = health.keys;
    const before = store.key(second!.id);
    const order = store.order;
    store.change(changed({ ...first!, inFlight: 99 }, structuredClone(second!)));
    store.flush();
    expect(store.key(second!.id)).toBe(before);
    expect(store.order).toBe(order);
    expect(store.key(first!.id)?.inFlight).toBe(99);
  });

  it("takes over the figures that changed and leaves the rest as it was", () => {
    const store = new PoolStore();
    const health = world.pool.health();
    store.replace(health);
    const [first, second] = health.keys;
    const before = store.key(second!.id);
    const figures = [
      { id: first!.id, inFlight: 7, budget: { usedTokens: 12 } },
      { id: "nobody", inFlight: 1 },
    ];
    const { totals, ...rest } = changed();
    store.change({ ...rest, figures });
    store.flush();
    expect(store.key(first!.id)).toEqual({
      ...first,
      inFlight: 7,
      budget: { ...first!.budget, usedTokens: 12 },
    });
    expect(store.key(second!.id)).toBe(before);
    expect(store.order).toHaveLength(6);
    expect(store.totals).toEqual(totals);
  });

  it("takes an edit back although figures came meanwhile", () => {
    const store = new PoolStore();
    const health = world.pool.health();
    store.replace(health);
    const [first] = health.keys;
    const takeBack = store.edit(first!.id, (key) => ({
      ...key,
      priority: 1,
      budget: { ...key.budget, dailyTokens: 5 },
    }));
    store.change({ ...changed(), figures: [{ id: first!.id, inFlight: 7, budget: { usedTokens: 12 } }] });
    store.flush();
    takeBack();
    expect(store.key(first!.id)).toEqual({
      ...first,
      inFlight: 7,
      budget: { ...first!.budget, usedTokens: 12 },
    });
  });

  it("takes an edit back unless something newer came", () => {
    const store = new PoolStore();
    const health = world.pool.health();
    store.replace(health);
    const [first, second] = health.keys;
    const takeBack = store.edit(first!.id, (key) => ({ ...key, priority: 1 }));
    expect(store.key(first!.id)?.priority).toBe(1);
    takeBack();
    expect(store.key(first!.id)?.priority).toBe(first!.priority);

    const tooLate = store.edit(second!.id, (key) => ({ ...key, priority: 1 }));
    store.change(changed({ ...second!, priority: 3 }));
    store.flush();
    tooLate();
    expect(store.key(second!.id)?.priority).toBe(3);
  });

  it("forgets keys that were removed", () => {
    const store = new PoolStore();
    const health = world.pool.health();
    store.replace(health);
    store.change({ ...changed(), removed: [health.keys[0]!.id] });
    store.flush();
    expect(store.order).toHaveLength(5);
  });
});
