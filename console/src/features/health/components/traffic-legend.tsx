import classes from "@/features/health/components/traffic-legend.module.css";
import type { Band } from "@/features/health/traffic";
import { compact, percent } from "@/shared/format/number";

interface TrafficLegendProps {
  bands: readonly Band[];
  highlighted: string | undefined;
  onHighlight: (id: string | undefined) => void;
}

/** The bands from top to bottom, with what each carries now. */
export function TrafficLegend({ bands, highlighted, onHighlight }: TrafficLegendProps) {
  const now = bands.map((band) => band.values.at(-1) ?? 0);
  const total = now.reduce((sum, value) => sum + value, 0);
  return (
    <ul className={classes["legend"]} aria-label="Traffic by key now">
      {bands
        .map((band, index) => {
          const value = now[index] ?? 0;
          return (
            <li
              key={band.id}
              className={classes["entry"]}
              data-faded={(highlighted !== undefined && highlighted !== band.id) || undefined}
              onPointerEnter={() => onHighlight(band.id)}
              onPointerLeave={() => onHighlight(undefined)}
            >
              <span className={classes["swatch"]} data-shade={band.shade} />
              <span className={classes["name"]}>{band.name}</span>
              <span className={classes["value"]}>{compact(Math.round(value))}</span>
              <span className={classes["share"]}>{percent(total === 0 ? 0 : value / total)}</span>
            </li>
          );
        })
        .reverse()}
    </ul>
  );
}
