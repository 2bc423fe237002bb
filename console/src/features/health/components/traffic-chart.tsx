import { useElementSize } from "@mantine/hooks";
import { area, curveMonotoneX, stack } from "d3-shape";
import { useEffect, useMemo, useRef } from "react";
import classes from "@/features/health/components/traffic-chart.module.css";
import type { Picture } from "@/features/health/traffic";
import type { State } from "@/shared/api/schema";
import { StateIcon, stateWord } from "@/shared/components/state-pill";
import { compact, percent } from "@/shared/format/number";

/** A state change of a key that has a band. */
export interface Mark {
  keyId: string;
  keyName: string;
  to: State;
  at: string;
}

interface TrafficChartProps {
  picture: Picture;
  marks: Mark[];
  highlighted: string | undefined;
  /** Points across the whole width. */
  window: number;
}

const HEIGHT = 196;
const TOP = 16;

/** Stacked areas that flow to the left, a second a step. */
export function TrafficChart({ picture, marks, highlighted, window: seconds }: TrafficChartProps) {
  const { ref, width } = useElementSize();
  const flow = useRef<SVGSVGElement>(null);
  const step = width / seconds;
  const { bands, times, ceiling } = picture;
  const last = times.at(-1);

  useEffect(() => {
    const element = flow.current;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (element !== null && last !== undefined && !still && typeof element.animate === "function") {
      element.animate([{ transform: `translateX(${step}px)` }, { transform: "translateX(0)" }], {
        duration: 1_000,
        easing: "linear",
      });
    }
  }, [last, step]);

  const x = (index: number) => width - (times.length - 1 - index) * step;
  const y = (value: number) => HEIGHT - (value / ceiling) * (HEIGHT - TOP);
  const paths = useMemo(() => pathsOf(picture, width, step), [picture, width, step]);

  return (
    <div className={classes["chart"]} ref={ref} role="img" aria-label={describe(bands)}>
      <div className={classes["plot"]} style={{ height: HEIGHT }} aria-hidden>
        <svg width={width} height={HEIGHT} className={classes["grid"]}>
          {[0.5, 1].map((part) => (
            <line key={part} x1="0" x2={width} y1={y(ceiling * part)} y2={y(ceiling * part)} />
          ))}
        </svg>
        {/* A layer of its own, which the compositor moves without painting it again. */}
        <svg width={width} height={HEIGHT} className={classes["flow"]} ref={flow}>
          {paths.map(({ id, path }, index) => (
            <path
              key={id}
              d={path}
              className={classes["band"]}
              data-shade={bands[index]?.shade}
              data-faded={(highlighted !== undefined && highlighted !== id) || undefined}
            >
              <title>{bands[index]?.name}</title>
            </path>
          ))}
          <Marks marks={marks} times={times} x={x} />
        </svg>
        <svg width={width} height={HEIGHT} className={classes["scale"]}>
          <line x1="0" x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
          {[0.5, 1].map((part) => (
            <text key={part} x="0" y={y(ceiling * part) - 4}>
              {compact(ceiling * part)}
            </text>
          ))}
        </svg>
      </div>
      <div className={classes["times"]} aria-hidden>
        <span>5 min ago</span>
        <span>now</span>
      </div>
    </div>
  );
}

function pathsOf({ bands, times, ceiling }: Picture, width: number, step: number) {
  const byId = new Map(bands.map((band) => [band.id, band]));
  const layers = stack<number, string>()
    .keys(byId.keys())
    .value((index, id) => byId.get(id)?.values[index] ?? 0)(Array.from(times, (_, index) => index));
  const y = (value: number) => HEIGHT - (value / ceiling) * (HEIGHT - TOP);
  const shape = area<(typeof layers)[number][number]>()
    .x((point) => width - (times.length - 1 - point.data) * step)
    .y0((point) => y(point[0]))
    .y1((point) => y(point[1]))
    .curve(curveMonotoneX)
    // A tenth of a pixel is finer than anybody sees, and all digits are three times the text.
    .digits(1);
  return layers.map((layer) => ({ id: layer.key, path: shape(layer) ?? "" }));
}

function Marks({
  marks,
  times,
  x,
}: {
  marks: Mark[];
  times: readonly string[];
  x: (index: number) => number;
}) {
  const first = times[0] ?? "";
  return marks
    .filter((mark) => mark.at >= first)
    .map((mark) => {
      const before = times.findLastIndex((time) => time <= mark.at);
      return (
        <g
          key={`${mark.at} ${mark.keyId} ${mark.to}`}
          className={classes["mark"]}
          data-state={mark.to}
          transform={`translate(${x(before)} 0)`}
        >
          <title>{`${mark.keyName}: ${stateWord(mark.to)}`}</title>
          <line y1="15" y2={HEIGHT} />
          <svg x="-7" y="0" width="14" height="14" overflow="visible">
            <StateIcon state={mark.to} size={14} />
          </svg>
        </g>
      );
    });
}

function describe(bands: Picture["bands"]): string {
  const now = bands.map((band) => ({ name: band.name, value: band.values.at(-1) ?? 0 }));
  const total = now.reduce((sum, { value }) => sum + value, 0);
  const shares = now.map(({ name, value }) => `${name} ${percent(total === 0 ? 0 : value / total)}`);
  return `${compact(Math.round(total))} tokens per minute: ${shares.join(", ")}`;
}
