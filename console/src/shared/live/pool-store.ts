import { replaceEqualDeep } from "@tanstack/react-query";
import type { KeyFigures, KeyHealth, KeysChanged, PoolHealth } from "@/shared/api/schema";

type Counts = PoolHealth["counts"];
type Totals = PoolHealth["totals"];

/** A page is repainted at most this often, however much the feed has to say. */
const FLUSH_EVERY = 500;

const PROVIDERS = ["anthropic", "openai", "gemini"];
const collator = new Intl.Collator("en", { numeric: true });

/** Groups stand together; within a group the order does not depend on anything that moves. */
function byGroup(a: KeyHealth, b: KeyHealth): number {
  return (
    PROVIDERS.indexOf(a.provider) - PROVIDERS.indexOf(b.provider) ||
    collator.compare(a.limitGroup, b.limitGroup) ||
    collator.compare(a.name, b.name)
  );
}

/** A row with what the feed says has changed of its figures. */
function withFigures(key: KeyHealth, { budget, ...figures }: KeyFigures): KeyHealth {
  return { ...key, ...figures, ...(budget !== undefined && { budget: { ...key.budget, ...budget } }) };
}

/** Takes an edit back, but for what is another value by now: something newer came. */
function without<Value extends object>(now: Value, before: Value, after: Value): Value {
  const undone = { ...now };
  for (const name of Object.keys({ ...before, ...after }) as (keyof Value)[]) {
    const [was, became, is] = [before[name], after[name], now[name]];
    if (was === became) {
      continue;
    }
    if (is === became) {
      undone[name] = was;
    } else if (isPlain(was) && isPlain(became) && isPlain(is)) {
      undone[name] = without(is, was, became);
    }
  }
  return undone;
}

function isPlain<Value>(value: Value): value is Value & object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The pool as the feed last told it, outside of React: whoever reads one key is told about that key alone.
 *
 * Changes are collected and shown together. A value that did not change keeps its identity, however often it is sent.
 */
export class PoolStore {
  #keys = new Map<string, KeyHealth>();
  #order: readonly string[] = [];
  /** Whether keys came, went or changed their place since the order was made. */
  #moved = false;
  #all: readonly KeyHealth[] = [];
  #counts: Counts | undefined;
  #totals: Totals | undefined;
  #pending: ((store: PoolStore) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFlush = 0;
  readonly #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Undefined until the feed has told the pool once. */
  get counts(): Counts | undefined {
    return this.#counts;
  }

  get totals(): Totals | undefined {
    return this.#totals;
  }

  /** Ids by provider, limit group and name; the same array until keys come, go or are renamed. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** All keys in that order; another array whenever one of them changed. */
  get keys(): readonly KeyHealth[] {
    return this.#all;
  }

  key(id: string): KeyHealth | undefined {
    return this.#keys.get(id);
  }

  /** Takes the whole picture over. */
  replace(pool: PoolHealth): void {
    this.#later((store) => {
      const before = store.#keys;
      store.#keys = new Map(pool.keys.map((key) => [key.id, replaceEqualDeep(before.get(key.id), key)]));
      store.#moved = true;
      store.#counts = replaceEqualDeep(store.#counts, pool.counts);
      store.#totals = replaceEqualDeep(store.#totals, pool.totals);
    });
    if (this.#counts === undefined) {
      this.flush();
    }
  }

  /** Takes over what changed. */
  change(changed: KeysChanged): void {
    this.#later((store) => {
      for (const key of changed.keys) {
        store.#put(replaceEqualDeep(store.#keys.get(key.id), key));
      }
      for (const figures of changed.figures) {
        const before = store.#keys.get(figures.id);
        if (before !== undefined) {
          store.#put(replaceEqualDeep(before, withFigures(before, figures)));
        }
      }
      for (const id of changed.removed) {
        store.#moved = store.#keys.delete(id) || store.#moved;
      }
      store.#counts = replaceEqualDeep(store.#counts, changed.counts);
      store.#totals = replaceEqualDeep(store.#totals, changed.totals ?? store.#totals);
    });
  }

  /** Shows an edit before the feed confirms it. Returns how to take it back. */
  edit(id: string, edit: (key: KeyHealth) => KeyHealth): () => void {
    this.flush();
    const before = this.#keys.get(id);
    if (before === undefined) {
      return () => undefined;
    }
    const after = edit(before);
    this.#later((store) => store.#put(after));
    this.flush();
    return () => {
      this.#later((store) => {
        const now = store.#keys.get(id);
        if (now !== undefined) {
          store.#put(without(now, before, after));
        }
      });
      this.flush();
    };
  }

  clear(): void {
    this.#pending = [];
    this.#keys = new Map();
    this.#moved = true;
    this.#counts = undefined;
    this.#totals = undefined;
    this.flush();
  }

  #put(key: KeyHealth): void {
    const before = this.#keys.get(key.id);
    this.#moved ||=
      before === undefined ||
      before.provider !== key.provider ||
      before.limitGroup !== key.limitGroup ||
      before.name !== key.name;
    this.#keys.set(key.id, key);
  }

  #later(change: (store: PoolStore) => void): void {
    this.#pending.push(change);
    if (this.#timer === undefined) {
      const due = this.#lastFlush + FLUSH_EVERY - performance.now();
      this.#timer = setTimeout(() => this.flush(), Math.max(0, due));
    }
  }

  /** Shows what has been collected. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlush = performance.now();
    for (const change of this.#pending) {
      change(this);
    }
    this.#pending = [];
    if (this.#moved) {
      this.#moved = false;
      const ids = [...this.#keys.values()].sort(byGroup).map((key) => key.id);
      this.#order = same(this.#order, ids) ? this.#order : ids;
    }
    const all = this.#order.flatMap((id) => this.#keys.get(id) ?? []);
    this.#all = same(this.#all, all) ? this.#all : all;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function same<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
