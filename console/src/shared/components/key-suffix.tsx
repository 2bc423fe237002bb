import classes from "@/shared/components/key-suffix.module.css";

/** The end of a secret, all that is ever shown of it. */
export function KeySuffix({ suffix }: { suffix: string }) {
  return suffix === "" ? null : (
    <span className={classes["suffix"]} title="The end of the secret">
      <span aria-hidden>…</span>
      {suffix}
    </span>
  );
}
