import { useQuery } from "@tanstack/react-query";
import classes from "@/app/layout/navigation.module.css";
import { accountsQuery } from "@/features/google-accounts/api";
import { usePool } from "@/shared/live/live";

/**
 * How many Google accounts are connected and how they are: "7 accounts · 6 healthy". Their health is live; an account
 * without a project is no key of the pool yet, so their number is asked for.
 */
export function GoogleBadge() {
  const { data } = useQuery({ ...accountsQuery, refetchInterval: false });
  const healthy = usePool(
    (pool) => pool.keys.filter(({ kind, state }) => kind !== "api-key" && state.state === "healthy").length,
  );
  const accounts = data?.counts.accounts ?? 0;
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
