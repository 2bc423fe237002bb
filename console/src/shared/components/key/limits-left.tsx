import { Tooltip } from "@mantine/core";
import classes from "@/shared/components/key/limits-left.module.css";
import type { KeyHealth } from "@/shared/api/schema";
import { compact, percent } from "@/shared/format/number";

type Left = KeyHealth["headroom"][number];

const AXES: Record<Left["axis"], string> = {
  requests: "requests",
  tokens: "tokens",
  "input-tokens": "input tokens",
  "output-tokens": "output tokens",
};

/** "1,284 of 4,000 requests per minute". */
export function limitWords({ axis, period, limit, remaining }: Omit<Left, "model" | "saidBy">): string {
  return `${compact(remaining)} of ${compact(limit)} ${AXES[axis]} per ${period}`;
}

/** What is left of the provider's limits: the scarcest one, and all of them for who asks. */
export function LimitsLeft({
  headroom,
  brief = false,
}: {
  headroom: KeyHealth["headroom"];
  /** Whether there is no room to say of what. */
  brief?: boolean;
}) {
  const scarcest = headroom.reduce<Left | undefined>(
    (least, one) => (least === undefined || share(one) < share(least) ? one : least),
    undefined,
  );
  if (scarcest === undefined) {
    return null;
  }
  return (
    <Tooltip
      multiline
      label={headroom.map((one) => (
        <div key={`${one.model} ${one.axis} ${one.period} ${one.saidBy}`}>
          {one.model}: {limitWords(one)}
          {one.saidBy === "estimate" && ", by our estimate"}
        </div>
      ))}
    >
      <span className={classes["left"]} data-scarce={share(scarcest) < 0.1 || undefined}>
        {brief
          ? `${percent(share(scarcest))} left`
          : `${percent(share(scarcest))} of its ${AXES[scarcest.axis]} left`}
      </span>
    </Tooltip>
  );
}

function share({ limit, remaining }: Left): number {
  return limit > 0 ? remaining / limit : 0;
}
