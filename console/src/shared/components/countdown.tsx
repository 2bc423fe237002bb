import { countdown, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";

/** What is left until an instant, counting down by the second. */
export function Countdown({ until }: { until: string }) {
  const left = Date.parse(until) - useNow();
  return (
    <time dateTime={until} title={dateTime(until)} aria-live="off">
      {left > 0 ? countdown(left) : "now"}
    </time>
  );
}
