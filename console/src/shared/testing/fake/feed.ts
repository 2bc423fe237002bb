import type { PoolHealth } from "@/shared/api/schema";
import type { FeedEvents } from "@/shared/live/event-feed";

/** The event feed: everybody who listens gets everything of their topics. */
export class FakeFeed {
  readonly #listeners = new Set<{ topics: string[]; send: (text: string) => void; end: () => void }>();

  /** Of the last change, as all who listen know it. */
  #number = 0;

  /** Counts a change that gets lost on its way. */
  skip(): void {
    this.#number++;
  }

  emit<Name extends keyof FeedEvents>(name: Name, data: FeedEvents[Name]): void {
    const topic = name === "request" ? "requests" : "pool";
    const id = name === "keys" ? `id: ${++this.#number}\n` : "";
    for (const listener of this.#listeners) {
      if (name === "config" || name === "beat" || listener.topics.includes(topic)) {
        listener.send(`${id}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      }
    }
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Breaks every connection, as a restart does. */
  breakOff(): void {
    for (const listener of this.#listeners) {
      listener.end();
    }
    this.#listeners.clear();
  }

  /** Everything, for those who begin to listen. */
  picture(pool: PoolHealth): string {
    return `id: ${this.#number}\nevent: pool\ndata: ${JSON.stringify(pool)}\n\n`;
  }

  open(request: Request, topics: string[], hello: string): Response {
    const encoder = new TextEncoder();
    const listeners = this.#listeners;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const listener = {
          topics,
          send: (text: string) => controller.enqueue(encoder.encode(text)),
          end: () => controller.close(),
        };
        listeners.add(listener);
        request.signal.addEventListener("abort", () => {
          if (listeners.delete(listener)) {
            controller.close();
          }
        });
        listener.send(hello);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }
}
