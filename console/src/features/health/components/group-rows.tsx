import { Tooltip } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import classes from "@/features/health/components/key-table.module.css";
import type { Provider } from "@/shared/api/schema";
import { LimitsLeft } from "@/shared/components/key/limits-left";
import { ProviderMark } from "@/shared/components/provider-mark";
import { compact } from "@/shared/format/number";
import { usePool } from "@/shared/live/live";

/** Where a provider's keys begin. */
export function ProviderRow({ provider, keys }: { provider: Provider; keys: number }) {
  const perMinute = usePool((pool) =>
    Math.round(
      pool.keys.reduce((sum, key) => (key.provider === provider ? sum + key.tokensPerMinute : sum), 0),
    ),
  );
  return (
    <div role="cell" aria-colspan={10} className={classes["provider"]}>
      <ProviderMark provider={provider} named />
      <span className={classes["note"]}>
        {keys === 1 ? "1 key" : `${keys} keys`} · {compact(perMinute)} tokens per minute
      </span>
    </div>
  );
}

/** Where the keys of a shared limit begin. */
export function GroupRow({ provider, group, keys }: { provider: Provider; group: string; keys: number }) {
  const one = usePool((pool) =>
    pool.keys.find((key) => key.provider === provider && key.limitGroup === group),
  );
  const learned = one?.groupSaidBy === "provider";
  return (
    <div role="cell" aria-colspan={10} className={classes["group"]}>
      <Tooltip
        label={
          learned
            ? "The provider names one account for these keys: what throttles one throttles all of them, and more of them add nothing"
            : "These keys were declared to share one limit at the provider: what throttles one throttles all of them"
        }
      >
        <span className={classes["groupName"]}>
          <IconLink size={13} aria-hidden />
          {group}
          <span className={classes["note"]}>
            these {keys} keys share one limit{learned && ", as the provider says"}
          </span>
        </span>
      </Tooltip>
      {one && <LimitsLeft headroom={one.headroom} />}
    </div>
  );
}
