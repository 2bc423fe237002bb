import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import type { ConfigChanged, KeyHealth, PoolHealth } from "@/shared/api/schema";
import { clock } from "@/shared/live/clock";
import { EventFeed, type FeedEvents, type FeedStatus, type Topic } from "@/shared/live/event-feed";
import { PoolStore } from "@/shared/live/pool-store";

interface Live {
  feed: EventFeed;
  pool: PoolStore;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** Which queries are asked again when somebody, here or elsewhere, changed something. */
const READ_AGAIN: Record<ConfigChanged["what"], string[]> = {
  keys: ["keys"],
  "client-keys": ["client-keys"],
  settings: ["settings"],
  people: ["people"],
  models: ["models"],
  fallback: ["fallback"],
};

/** Opens the feed for everything below, and lets it feed the pool's store and the query cache. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [live] = useState<Live>(() => ({ feed: new EventFeed(), pool: new PoolStore() }));
  useEffect(() => {
    const { feed, pool } = live;
    const stop = [
      feed.on("pool", (event) => {
        clock.hear(event.at);
        pool.replace(event);
      }),
      feed.on("keys", (event) => pool.change(event)),
      feed.on("beat", (event) => clock.hear(event.at)),
      feed.on("config", ({ what }) => void queries.invalidateQueries({ queryKey: READ_AGAIN[what] })),
      feed.want("pool"),
    ];
    return () => stop.forEach((end) => end());
  }, [live, queries]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLive(): Live {
  const live = use(LiveContext);
  if (live === undefined) {
    throw new Error("there is no LiveProvider above this component");
  }
  return live;
}

export function useFeedStatus(): FeedStatus {
  const { feed } = useLive();
  return useSyncExternalStore(feed.subscribeStatus, () => feed.status);
}

/** Calls `listener` for every event of that name while the component is on the page. */
export function useFeedEvent<Name extends keyof FeedEvents>(
  name: Name,
  listener: (data: FeedEvents[Name]) => void,
): void {
  const { feed } = useLive();
  const received = useEffectEvent(listener);
  useEffect(() => feed.on(name, (data) => received(data)), [feed, name]);
}

/** Has the feed carry a topic beyond the pool while the component is on the page. */
export function useTopic(topic: Topic): void {
  const { feed } = useLive();
  useEffect(() => feed.want(topic), [feed, topic]);
}

export function usePoolStore(): PoolStore {
  return useLive().pool;
}

/** One key as it stands now; the component renders again only when this key changed. */
export function useKeyHealth(id: string): KeyHealth | undefined {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => pool.key(id));
}

/** Ids by provider, limit group and name. */
export function useKeyOrder(): readonly string[] {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => pool.order);
}

/** All keys; renders again with every change of any of them, so not for long tables. */
export function useKeys(): readonly KeyHealth[] {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => pool.keys);
}

/** What `select` takes from the pool; renders again only when that is another value, so it must not make new objects. */
export function usePool<Value>(select: (pool: PoolStore) => Value): Value {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => select(pool));
}

/** Undefined until the feed has told the pool once. */
export function usePoolCounts(): PoolHealth["counts"] | undefined {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => pool.counts);
}

export function usePoolTotals(): PoolHealth["totals"] | undefined {
  const { pool } = useLive();
  return useSyncExternalStore(pool.subscribe, () => pool.totals);
}
