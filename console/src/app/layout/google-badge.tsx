import classes from "@/app/layout/navigation.module.css";
import { usePool } from "@/shared/live/live";

/** How many Google accounts are connected and how they are: "7 accounts · 6 healthy". */
export function GoogleBadge() {
  const accounts = usePool((pool) => pool.keys.filter(({ kind }) => kind !== "api-key").length);
  const healthy = usePool(
    (pool) => pool.keys.filter(({ kind, state }) => kind !== "api-key" && state.state === "healthy").length,
  );
  if (accounts === 0) {
    return null;
  }
  return (
    <>
      {accounts} {accounts === 1 ? "account" : "accounts"} ·{" "}
      <span
        className={healthy < accounts ? classes["ailing"] : undefined}
        data-state={healthy === 0 ? "rejected" : "throttled"}
      >
        {healthy} healthy
      </span>
    </>
  );
}
