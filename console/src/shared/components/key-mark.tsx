import type { KeyHealth } from "@/shared/api/schema";
import classes from "@/shared/components/key-mark.module.css";
import { KeySuffix } from "@/shared/components/key-suffix";

const KINDS: Record<Exclude<KeyHealth["kind"], "api-key">, string> = {
  "google-account": "Google account",
  "service-account": "service account",
};

/** What tells a credential from others: the end of its secret, or that it is an account. */
export function KeyMark({ of: key }: { of: Pick<KeyHealth, "kind" | "suffix"> }) {
  return key.kind === "api-key" ? (
    <KeySuffix suffix={key.suffix} />
  ) : (
    <span className={classes["kind"]}>{KINDS[key.kind]}</span>
  );
}
