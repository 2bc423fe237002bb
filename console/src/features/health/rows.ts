import type { KeyHealth, Provider, State } from "@/shared/api/schema";
import { stateWord } from "@/shared/components/state-pill";
import type { PoolStore } from "@/shared/live/pool-store";

/** A line of the table. Keys stand by id, so that the lines stay the same while the keys' figures change. */
export type Row =
  | { kind: "provider"; id: string; provider: Provider; keys: number }
  | { kind: "group"; id: string; provider: Provider; group: string; keys: number }
  | { kind: "key"; id: string; grouped: boolean };

export interface Filter {
  search: string;
  states: readonly State[];
  provider: Provider | "all";
}

/** A trial is counted and filtered with the throttled ones. */
export const STATE_FILTERS: { states: readonly State[]; shows: State; count: CountName }[] = [
  { states: ["healthy"], shows: "healthy", count: "healthy" },
  { states: ["throttled", "trial"], shows: "throttled", count: "throttled" },
  { states: ["over-budget"], shows: "over-budget", count: "overBudget" },
  { states: ["rejected"], shows: "rejected", count: "rejected" },
  { states: ["paused"], shows: "paused", count: "paused" },
];

type CountName = "healthy" | "throttled" | "overBudget" | "rejected" | "paused";

const collator = new Intl.Collator("en", { numeric: true });

function fits(key: KeyHealth, { search, states, provider }: Filter): boolean {
  if (provider !== "all" && key.provider !== provider) {
    return false;
  }
  if (states.length > 0 && !states.includes(key.state.state)) {
    return false;
  }
  if (search === "") {
    return true;
  }
  const about =
    `${key.name} ${key.suffix} ${key.limitGroup} ${key.provider} ${stateWord(key.state.state)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => about.includes(word));
}

/** The keys that fit, by provider; limit groups of several keys first, then those that stand alone. */
export function arrange(keys: readonly KeyHealth[], filter: Filter): Row[] {
  const rows: Row[] = [];
  for (const provider of ["anthropic", "openai", "gemini"] as const) {
    const mine = keys.filter((key) => key.provider === provider);
    const shown = mine.filter((key) => fits(key, filter));
    if (shown.length === 0) {
      continue;
    }
    rows.push({ kind: "provider", id: provider, provider, keys: shown.length });
    const sizes = new Map<string, number>();
    for (const key of mine) {
      sizes.set(key.limitGroup, (sizes.get(key.limitGroup) ?? 0) + 1);
    }
    const alone: KeyHealth[] = [];
    let group: string | undefined;
    for (const key of shown) {
      const size = sizes.get(key.limitGroup) ?? 1;
      if (size === 1) {
        alone.push(key);
        continue;
      }
      if (key.limitGroup !== group) {
        group = key.limitGroup;
        rows.push({ kind: "group", id: `${provider}/${group}`, provider, group, keys: size });
      }
      rows.push({ kind: "key", id: key.id, grouped: true });
    }
    // The limit group of a key that stands alone has a name that says nothing.
    alone.sort((a, b) => collator.compare(a.name, b.name));
    rows.push(...alone.map((key): Row => ({ kind: "key", id: key.id, grouped: false })));
  }
  return rows;
}

/** Selects the rows that fit; the same array as long as they are the same, whatever happens inside of them. */
export function selectRows(filter: Filter): (pool: PoolStore) => readonly Row[] {
  let rows: readonly Row[] = [];
  let from: readonly KeyHealth[] | undefined;
  return (pool) => {
    if (pool.keys !== from) {
      from = pool.keys;
      const arranged = arrange(from, filter);
      rows = sameRows(rows, arranged) ? rows : arranged;
    }
    return rows;
  };
}

function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, index) => {
      const other = b[index];
      return (
        row.id === other?.id &&
        row.kind === other.kind &&
        (row.kind === "key" || (other.kind !== "key" && row.keys === other.keys))
      );
    })
  );
}
