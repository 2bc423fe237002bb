import { createParser, type EventSourceMessage } from "eventsource-parser";
import { announceSessionExpired } from "@/shared/api/client";
import type {
  Beat,
  ConfigChanged,
  KeysChanged,
  PoolHealth,
  RequestSummary,
  StateChange,
  TrafficPoint,
} from "@/shared/api/schema";

/** What the feed carries, by the event's name. */
export interface FeedEvents {
  pool: PoolHealth;
  keys: KeysChanged;
  traffic: TrafficPoint;
  state: StateChange;
  request: RequestSummary;
  config: ConfigChanged;
  beat: Beat;
}

export type Topic = "pool" | "requests";

/** `stale`: what is on the screen may be old, and the feed is trying to come back. */
export type FeedStatus = "idle" | "connecting" | "live" | "stale";

const STALE_AFTER = 10_000;
const FIRST_RETRY = 500;
const LAST_RETRY = 10_000;
/** A page nobody looks at gives its connection back; browsers allow only six to one server. */
const HIDDEN_AFTER = 60_000;

type Listener = (data: never) => void;

/**
 * The one live connection of a page: it comes back by itself, and says when it is stale.
 *
 * It is open while somebody wants a topic. With another set of topics it reopens.
 */
export class EventFeed {
  #status: FeedStatus = "idle";
  #wanted = new Map<Topic, number>();
  #open = "";
  #connection: AbortController | undefined;
  #failures = 0;
  /** Of the last picture or change. */
  #number = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #hide: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Map<keyof FeedEvents, Set<Listener>>();
  readonly #statusListeners = new Set<() => void>();

  constructor() {
    document.addEventListener("visibilitychange", this.#visibilityChanged);
    window.addEventListener("online", this.#retryNow);
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.#visibilityChanged);
    window.removeEventListener("online", this.#retryNow);
    clearTimeout(this.#hide);
    this.#wanted.clear();
    this.#settle();
  }

  get status(): FeedStatus {
    return this.#status;
  }

  subscribeStatus = (listener: () => void): (() => void) => {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  };

  on<Name extends keyof FeedEvents>(name: Name, listener: (data: FeedEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Keeps `topic` in the feed until the returned function is called. */
  want(topic: Topic): () => void {
    this.#wanted.set(topic, (this.#wanted.get(topic) ?? 0) + 1);
    queueMicrotask(this.#settle);
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.#wanted.set(topic, (this.#wanted.get(topic) ?? 1) - 1);
        queueMicrotask(this.#settle);
      }
    };
  }

  /** Opens, reopens or closes the connection so that it carries what is wanted. */
  #settle = (): void => {
    const topics = [...this.#wanted].filter(([, count]) => count > 0).map(([topic]) => topic);
    const wanted = topics.sort().join(",");
    if (wanted === this.#open) {
      return;
    }
    this.#open = wanted;
    this.#disconnect();
    this.#failures = 0;
    if (wanted === "") {
      this.#become("idle");
    } else {
      void this.#connect();
    }
  };

  #disconnect(): void {
    this.#connection?.abort();
    this.#connection = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
  }

  async #connect(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    if (this.#status !== "stale") {
      this.#become("connecting");
    }
    this.#listen(connection);
    try {
      const response = await fetch(`${window.location.origin}/api/v1/events?topics=${this.#open}`, {
        headers: { accept: "text/event-stream" },
        signal: connection.signal,
      });
      if (response.status === 401) {
        announceSessionExpired();
        return;
      }
      if (!response.ok || response.body === null) {
        throw new Error(`the feed answered ${response.status}`);
      }
      const parser = createParser({
        onEvent: (event) => this.#received(connection, event),
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        this.#listen(connection);
        parser.feed(value);
      }
    } catch {
      // Whatever ended the connection, the answer is the same: try again.
    }
    if (!connection.signal.aborted) {
      this.#lost();
    }
  }

  #received(connection: AbortController, { event: name, id, data }: EventSourceMessage): void {
    if (connection.signal.aborted || name === undefined) {
      return;
    }
    if (id !== undefined && !this.#follows(name, Number(id))) {
      this.#connectAgain();
      return;
    }
    this.#failures = 0;
    this.#become("live");
    const listeners = this.#listeners.get(name as keyof FeedEvents);
    if (listeners !== undefined && listeners.size > 0) {
      const parsed = JSON.parse(data) as never;
      for (const listener of listeners) {
        listener(parsed);
      }
    }
  }

  /** Whether nothing was missed: a whole picture may have any number, a change is the next to what came before. */
  #follows(name: string, number: number): boolean {
    const follows = name === "pool" || number === this.#number + 1;
    this.#number = number;
    return follows;
  }

  /** Gives a connection up that has been silent for too long. */
  #listen(connection: AbortController): void {
    clearTimeout(this.#watch);
    if (connection.signal.aborted) {
      return;
    }
    this.#watch = setTimeout(() => {
      connection.abort();
      this.#lost();
    }, STALE_AFTER);
  }

  #lost(): void {
    this.#disconnect();
    this.#become("stale");
    const delay = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures);
    this.#failures++;
    // Spread over time, so that a restart is not met by every page at once.
    this.#retry = setTimeout(() => void this.#connect(), delay * (0.75 + Math.random() * 0.5));
  }

  #retryNow = (): void => {
    if (this.#status === "stale") {
      this.#connectAgain();
    }
  };

  #connectAgain(): void {
    this.#disconnect();
    this.#failures = 0;
    void this.#connect();
  }

  #visibilityChanged = (): void => {
    clearTimeout(this.#hide);
    if (document.visibilityState === "hidden") {
      this.#hide = setTimeout(() => {
        this.#disconnect();
        this.#become(this.#open === "" ? "idle" : "stale");
      }, HIDDEN_AFTER);
    } else {
      this.#retryNow();
    }
  };

  #become(status: FeedStatus): void {
    if (status !== this.#status) {
      this.#status = status;
      for (const listener of this.#statusListeners) {
        listener();
      }
    }
  }
}
