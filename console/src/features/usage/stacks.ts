import type { Metric } from "@/features/usage/range";
import type { Schema } from "@/shared/api/schema";

type Report = Schema<"UsageReport">;
type Figures = Schema<"UsageFigures">;

/** How many groups have a shade of their own. */
export const SHADES = 7;

/** One layer of the stacked bars, over all intervals. */
export interface Layer {
  id: string;
  label: string;
  shade: number;
  values: number[];
  /** How much of each value was read from the cache; shown hatched. */
  cached: number[];
}

/** The layers of a report, the largest at the bottom; small groups are summed up. */
export function layersOf(report: Report, metric: Metric): Layer[] {
  const value = (figures: Figures) => figures[metric];
  const cached = (figures: Figures) => (metric === "tokens" ? figures.cacheRead : 0);
  const own = report.groups.slice(0, SHADES);
  const rest = report.groups.slice(SHADES);
  const layers = own.map((group, index) => ({
    id: group.id,
    label: group.label,
    shade: index,
    values: group.series.map(value),
    cached: group.series.map(cached),
  }));
  if (rest.length > 0) {
    const sum = (of: (figures: Figures) => number) =>
      report.times.map((_, at) =>
        rest.reduce((total, group) => {
          const figures = group.series[at];
          return figures === undefined ? total : total + of(figures);
        }, 0),
      );
    layers.push({
      id: "others",
      label: rest.length === 1 ? "1 other" : `${rest.length} others`,
      shade: -1,
      values: sum(value),
      cached: sum(cached),
    });
  }
  return layers;
}

/** A round number at or above the largest bar. */
export function ceilingOf(layers: Layer[], intervals: number): number {
  const sums = Array.from({ length: intervals }, (_, at) =>
    layers.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
  );
  const most = Math.max(0, ...sums);
  if (most === 0) {
    return 1;
  }
  const unit = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= most) ?? 10;
  return step * unit;
}
