import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import classes from "@/features/usage/components/usage-chart.module.css";
import type { Interval, Metric } from "@/features/usage/range";
import { ceilingOf, type Layer } from "@/features/usage/stacks";
import { compact, money, percent } from "@/shared/format/number";

interface UsageChartProps {
  layers: Layer[];
  times: string[];
  interval: Interval;
  metric: Metric;
}

const HEIGHT = 240;
const TOP = 16;
const BOTTOM = 22;
const LEFT = 46;

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const hourFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const fullHourFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** Stacked bars over time. The table below has the same for who cannot see them. */
export function UsageChart({ layers, times, interval, metric }: UsageChartProps) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const ceiling = ceilingOf(layers, times.length);
  const slot = Math.max(0, width - LEFT) / Math.max(1, times.length);
  const bar = Math.max(1, Math.min(38, slot * 0.72));
  const height = (value: number) => (value / ceiling) * (HEIGHT - TOP - BOTTOM);
  const ground = HEIGHT - BOTTOM;
  const shown = metric === "usd" ? money : compact;
  // About one label every 64 pixels.
  const every = Math.max(1, Math.ceil(64 / Math.max(1, slot)));

  return (
    <div className={classes["chart"]} ref={ref}>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${metric === "usd" ? "Cost" : "Tokens"} by ${interval}, as in the table below`}
        onPointerLeave={() => setAt(undefined)}
        onPointerMove={(event) => {
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
          const index = Math.floor(x / slot);
          setAt(index >= 0 && index < times.length ? index : undefined);
        }}
      >
        <defs>
          <pattern
            id="cached"
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(-45)"
          >
            <rect className={classes["hatch"]} width="2.4" height="5" />
          </pattern>
        </defs>
        <g className={classes["scale"]}>
          {[0.5, 1].map((part) => {
            const y = ground - height(ceiling * part);
            return (
              <g key={part}>
                <line x1={LEFT} x2={width} y1={y} y2={y} />
                <text x={LEFT - 8} y={y + 4} textAnchor="end">
                  {shown(ceiling * part)}
                </text>
              </g>
            );
          })}
          <line x1={LEFT} x2={width} y1={ground} y2={ground} />
        </g>
        {times.map((time, index) => {
          const middle = LEFT + slot * (index + 0.5);
          return (
            <g
              key={time}
              className={classes["slot"]}
              data-faded={(at !== undefined && at !== index) || undefined}
            >
              {blocksOf(layers, index).map(({ id, shade, cached, below, value }) => (
                <g key={`${id} ${cached}`} data-shade={shade}>
                  {[undefined, ...(cached ? ["url(#cached)"] : [])].map((fill) => (
                    <rect
                      key={fill ?? "solid"}
                      className={fill === undefined ? classes["bar"] : undefined}
                      fill={fill}
                      x={middle - bar / 2}
                      y={ground - height(below + value)}
                      width={bar}
                      height={height(value)}
                    />
                  ))}
                </g>
              ))}
              {(times.length - 1 - index) % every === 0 && (
                <text
                  className={classes["time"]}
                  x={Math.min(middle, width - 18)}
                  y={HEIGHT - 5}
                  textAnchor="middle"
                >
                  {label(time, interval)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {at !== undefined && (
        <Card
          layers={layers}
          at={at}
          title={title(times[at] ?? "", interval)}
          metric={metric}
          right={at < times.length / 2}
        />
      )}
    </div>
  );
}

interface Block {
  id: string;
  shade: number;
  cached: boolean;
  /** What stands under it. */
  below: number;
  value: number;
}

/** One bar's blocks from the ground up: first what was not cached, then, hatched, what was. */
function blocksOf(layers: Layer[], index: number): Block[] {
  const blocks: Block[] = [];
  let below = 0;
  for (const cached of [false, true]) {
    for (const layer of layers) {
      const hit = layer.cached[index] ?? 0;
      const value = cached ? hit : (layer.values[index] ?? 0) - hit;
      if (value > 0) {
        blocks.push({ id: layer.id, shade: layer.shade, cached, below, value });
        below += value;
      }
    }
  }
  return blocks;
}

interface CardProps {
  layers: Layer[];
  at: number;
  title: string;
  metric: Metric;
  /** On which side it does not cover what is looked at. */
  right: boolean;
}

function Card({ layers, at, title: heading, metric, right }: CardProps) {
  const shown = metric === "usd" ? money : compact;
  const rows = layers.filter(({ values }) => (values[at] ?? 0) > 0).reverse();
  const total = rows.reduce((sum, { values }) => sum + (values[at] ?? 0), 0);
  const cached = rows.reduce((sum, layer) => sum + (layer.cached[at] ?? 0), 0);
  return (
    <div className={classes["card"]} data-right={right} aria-hidden>
      <div className={classes["line"]}>
        <strong>{heading}</strong>
        <strong>{shown(total)}</strong>
      </div>
      {layers.length > 1 &&
        rows.map(({ id, label: name, shade, values }) => (
          <div key={id} className={classes["line"]}>
            <span className={classes["named"]}>
              <span className={classes["swatch"]} data-shade={shade} />
              {name}
            </span>
            <span>{shown(values[at] ?? 0)}</span>
          </div>
        ))}
      {cached > 0 && (
        <div className={classes["line"]} data-quiet>
          <span>read from cache</span>
          <span>{percent(cached / total)}</span>
        </div>
      )}
    </div>
  );
}

/** A day begins in the workspace's zone, maybe late on the day before over here; its middle is surely on it. */
function middleOfDay(time: string): Date {
  return new Date(Date.parse(time) + 43_200_000);
}

function label(time: string, interval: Interval): string {
  return interval === "day" ? dayFormat.format(middleOfDay(time)) : hourFormat.format(new Date(time));
}

function title(time: string, interval: Interval): string {
  return interval === "day" ? dayFormat.format(middleOfDay(time)) : fullHourFormat.format(new Date(time));
}
