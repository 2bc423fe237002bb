import type { ProviderKey, Schema } from "@/shared/api/schema";

/** What the form of a key holds; empty fields are empty words. */
export interface KeyFields {
  name: string;
  priority: number;
  dailyTokens: number | string;
  dailyUsd: number | string;
  models: string[];
  limitGroup: string;
  baseUrl: string;
  note: string;
}

export const NEW_KEY: KeyFields = {
  name: "",
  priority: 5,
  dailyTokens: "",
  dailyUsd: "",
  models: [],
  limitGroup: "",
  baseUrl: "",
  note: "",
};

export function fieldsOf(key: ProviderKey): KeyFields {
  return {
    name: key.name,
    priority: key.priority,
    dailyTokens: key.dailyTokens ?? "",
    dailyUsd: key.dailyUsd ?? "",
    models: key.models,
    limitGroup: key.declaredGroup ? key.limitGroup : "",
    baseUrl: key.baseUrl ?? "",
    note: key.note,
  };
}

/** What of a new key is sent: nothing for empty fields. */
export function creation(fields: KeyFields): Omit<Schema<"ProviderKeyCreate">, "secret"> {
  const { name, limitGroup, baseUrl, note, priority, models } = fields;
  return {
    priority,
    ...(name !== "" && { name }),
    ...(fields.dailyTokens !== "" && { dailyTokens: Number(fields.dailyTokens) }),
    ...(fields.dailyUsd !== "" && { dailyUsd: Number(fields.dailyUsd) }),
    ...(models.length > 0 && { models }),
    ...(limitGroup !== "" && { limitGroup }),
    ...(baseUrl !== "" && { baseUrl }),
    ...(note !== "" && { note }),
  };
}

/** What changed, and only that; an emptied field becomes null. */
export function edits(before: KeyFields, after: KeyFields): Schema<"ProviderKeyEdit"> {
  const numberOrNull = (value: number | string) => (value === "" ? null : Number(value));
  const wordOrNull = (value: string) => (value === "" ? null : value);
  const changed = (field: keyof KeyFields) => JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  return {
    ...(changed("name") && { name: after.name }),
    ...(changed("priority") && { priority: after.priority }),
    ...(changed("dailyTokens") && { dailyTokens: numberOrNull(after.dailyTokens) }),
    ...(changed("dailyUsd") && { dailyUsd: numberOrNull(after.dailyUsd) }),
    ...(changed("models") && { models: after.models }),
    ...(changed("limitGroup") && { limitGroup: wordOrNull(after.limitGroup) }),
    ...(changed("baseUrl") && { baseUrl: wordOrNull(after.baseUrl) }),
    ...(changed("note") && { note: after.note }),
  };
}
