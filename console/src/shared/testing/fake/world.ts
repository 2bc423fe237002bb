import type { Person, Session } from "@/shared/api/schema";
import { FakeFeed } from "@/shared/testing/fake/feed";
import { FakePool } from "@/shared/testing/fake/pool";
import { seeded } from "@/shared/testing/fake/random";

export interface WorldOptions {
  /** How many provider keys there are. */
  keys?: number;
  session?: Session["state"];
  role?: Person["role"];
  /** Whether Google accounts are connected. */
  google?: boolean;
  seed?: number;
  now?: () => number;
}

/** All that the fake API remembers. Each area of the API keeps its own part in a file of its own. */
export class World {
  readonly random: () => number;
  readonly now: () => number;
  readonly feed = new FakeFeed();
  readonly pool: FakePool;
  readonly person: Person;
  readonly google: boolean;
  sessionState: Session["state"];
  /** What another area has put aside, by the area's name; see `part`. */
  readonly #parts = new Map<string, unknown>();

  constructor({
    keys = 3,
    session = "signed-in",
    role = "owner",
    google = false,
    seed = 7,
    now = Date.now,
  }: WorldOptions = {}) {
    this.random = seeded(seed);
    this.now = now;
    this.sessionState = session;
    this.google = google;
    this.person = {
      id: "p-1",
      email: "ada@example.org",
      name: "Ada Reyes",
      role,
      createdAt: new Date(now() - 40 * 86_400_000).toISOString(),
      source: "console",
    };
    this.pool = new FakePool(this, keys);
  }

  session(): Session {
    const signedIn = this.sessionState === "signed-in";
    return {
      state: this.sessionState,
      version: "0.1.0",
      demo: false,
      ...(signedIn && {
        person: this.person,
        csrfToken: "fake-csrf-token",
        expiresAt: new Date(this.now() + 12 * 3_600_000).toISOString(),
      }),
    };
  }

  /** The part of the world that an area made itself, made by `make` at first. */
  part<Part>(name: string, make: (world: World) => Part): Part {
    if (!this.#parts.has(name)) {
      this.#parts.set(name, make(this));
    }
    return this.#parts.get(name) as Part;
  }
}
