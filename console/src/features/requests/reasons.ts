import type { Schema } from "@/shared/api/schema";

type Attempt = Schema<"AttemptTrace">;

/** One bar of a comparison. */
export interface LoadBar {
  name: string;
  load: number;
  taken?: boolean;
  /** Whether it is no key but the most that one may have used. */
  bound?: boolean;
}

/** "3 keys of priority 7 were ready." */
export function readyWords({ tier, ready, trial, keyName }: Attempt): string {
  const words = `${ready} ${ready === 1 ? "key" : "keys"} of priority ${tier} ${ready === 1 ? "was" : "were"} ready.`;
  return trial
    ? `${words} ${keyName} had cooled off and needed one request to prove itself: this one.`
    : words;
}

/** Why it went to this one of two keys; nothing where no draw decided. */
export function drawWords({ other, trial, load, affinity }: Attempt): string | undefined {
  if (other === undefined) {
    return trial || affinity !== undefined ? undefined : "There was nothing to compare with.";
  }
  const drawn = affinity?.end === "kept" && affinity.load !== undefined ? "Two of its keys" : "Two";
  if (other.ahead) {
    return `${drawn} were drawn at random; ${other.keyName} had just been sent more than its limits grant in the long run, and was passed over.`;
  }
  if (other.noRoom) {
    return `${drawn} were drawn at random; ${other.keyName}, the less loaded one, had too little left of its limits for this request.`;
  }
  if (load === other.load) {
    return `${drawn} were drawn at random, equally loaded.`;
  }
  return load < other.load
    ? `${drawn} were drawn at random, and the less loaded one was taken.`
    : `${drawn} were drawn at random; the less loaded one could not take it just then.`;
}

/** Where its conversation led, and what became of that; nothing when it belongs to none. */
export function affinityWords({ affinity, keyName }: Attempt): string | undefined {
  if (affinity === undefined) {
    return undefined;
  }
  const { end, load, bound, other } = affinity;
  const home = affinity.home ?? "a limit group that is gone";
  switch (end) {
    case "placed":
      return other === undefined
        ? "Its conversation was new. It leads back here from now on."
        : `Its conversation was new. Of the keys looked at, conversations had used ${keyName} least.`;
    case "kept":
      if (load === undefined || bound === undefined) {
        return `Its conversation led back to ${home}, which has its prompt cache.`;
      }
      return load <= bound
        ? `Its conversation led back to ${home}, which has its prompt cache and had done no more than its share.`
        : `Its conversation led back to ${home}, which has its prompt cache. It had done more than its share, but moving the conversation would only have moved the load.`;
    case "not-ready":
      return `Its conversation has its prompt cache in ${home}, which ${bound === undefined ? "was not one of them" : "could not take it"}. It leads to ${keyName} from now on.`;
    case "overloaded":
      return `Its conversation has its prompt cache in ${home}, which had done more than its share. It leads to ${keyName} from now on.`;
  }
}

/** What its home was compared with, or what a new conversation's place was. */
export function affinityLoads({ affinity, keyId, keyName }: Attempt): LoadBar[] {
  if (affinity?.load === undefined) {
    return [];
  }
  const { load, bound, other, home } = affinity;
  const compared: LoadBar[] =
    other === undefined ? [] : [{ name: other.keyName, load: other.load, taken: other.keyId === keyId }];
  if (bound === undefined) {
    return [{ name: keyName, load, taken: true }, ...compared];
  }
  return [
    { name: home ?? "its home", load, taken: affinity.end === "kept" },
    { name: "1.25 × the mean", load: bound, bound: true },
    ...compared,
  ];
}
