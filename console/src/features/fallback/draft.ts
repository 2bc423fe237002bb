import type { FallbackSettings, Target } from "@/features/fallback/api";
import type { Provider } from "@/shared/api/schema";

export const PROVIDERS: Provider[] = ["anthropic", "openai", "gemini"];

/** One group: at most one model of each provider. */
export interface Row {
  id: number;
  models: Partial<Record<Provider, string>>;
}

/** The settings while somebody edits them. */
export interface Draft {
  enabled: boolean;
  strict: boolean;
  refusals: boolean;
  /** All providers, those that never stand in among them. */
  order: Provider[];
  excluded: Provider[];
  rows: Row[];
}

let nextRow = 1;

export function rowOf(targets: readonly Target[] = []): Row {
  return {
    id: nextRow++,
    models: Object.fromEntries(targets.map(({ provider, model }) => [provider, model])),
  };
}

export function draftOf({ enabled, strict, refusals, order, groups }: FallbackSettings): Draft {
  const others = PROVIDERS.filter((provider) => !order.includes(provider));
  return {
    enabled,
    strict,
    refusals,
    order: [...order, ...others],
    // Without an order, everybody may.
    excluded: order.length === 0 ? [] : others,
    rows: groups.map((group) => rowOf(group)),
  };
}

/** What is to be saved: rows without a model are left out. */
export function settingsOf({ enabled, strict, refusals, order, excluded, rows }: Draft): FallbackSettings {
  return {
    enabled,
    strict,
    refusals,
    order: order.filter((provider) => !excluded.includes(provider)),
    groups: rows.map(targetsOf).filter((targets) => targets.length > 0),
  };
}

export function targetsOf({ models }: Row): Target[] {
  return PROVIDERS.flatMap((provider) => {
    const model = models[provider]?.trim() ?? "";
    return model === "" ? [] : [{ provider, model }];
  });
}

/** Why a row cannot be saved as it is, by its id. */
export function problemsOf(rows: readonly Row[]): Map<number, string> {
  const problems = new Map<number, string>();
  const seen = new Set<string>();
  for (const row of rows) {
    const targets = targetsOf(row);
    if (targets.length === 1) {
      problems.set(row.id, "Name a model of a second provider: alone, nothing stands in for it.");
    }
    for (const { provider, model } of targets) {
      const name = `${provider}/${model}`;
      if (/\s/.test(model)) {
        problems.set(row.id, `“${model}” is no name of a model: it has a space in it.`);
      } else if (seen.has(name)) {
        problems.set(row.id, `${model} is in a row above already.`);
      }
      seen.add(name);
    }
  }
  return problems;
}

/** The list with one of its members moved. */
export function moved<Member>(list: readonly Member[], from: number, to: number): Member[] {
  const copy = [...list];
  const [member] = copy.splice(from, 1);
  if (member !== undefined) {
    copy.splice(to, 0, member);
  }
  return copy;
}
