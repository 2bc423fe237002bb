import { whole } from "@/shared/format/number";

/** "no such model" → "No such model". */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A count with its noun: "1 key", "1,200 keys". */
export function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? "" : "s"}`;
}
