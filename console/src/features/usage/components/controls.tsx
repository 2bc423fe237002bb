import { SegmentedControl, Select, TextInput } from "@mantine/core";
import classes from "@/features/usage/components/controls.module.css";
import { RANGES, dateText, hoursFit, type View } from "@/features/usage/range";
import { useMayAdminister } from "@/shared/api/session";

interface ControlsProps {
  view: View;
  onChange: (changes: Record<string, string | null>) => void;
}

/** What to look at: the range, the interval, the grouping, the metric. */
export function Controls({ view, onChange }: ControlsProps) {
  const administers = useMayAdminister();
  const lastDay = new Date(Date.parse(view.to) - 1);
  return (
    <div className={classes["controls"]}>
      <Select
        aria-label="Range"
        w={130}
        allowDeselect={false}
        value={view.range}
        onChange={(range) =>
          onChange(
            range === "custom"
              ? { range: null, from: dateText(new Date(view.from)), to: dateText(lastDay) }
              : { range, from: null, to: null },
          )
        }
        data={[
          ...RANGES.map(({ id, word }) => ({ value: id, label: word })),
          { value: "custom", label: "From … to …" },
        ]}
      />
      {view.range === "custom" && (
        <>
          <TextInput
            aria-label="From"
            type="date"
            value={dateText(new Date(view.from))}
            max={dateText(lastDay)}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            aria-label="To"
            type="date"
            value={dateText(lastDay)}
            min={dateText(new Date(view.from))}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        </>
      )}
      <SegmentedControl
        aria-label="Interval"
        size="xs"
        value={view.interval}
        onChange={(interval) => onChange({ interval })}
        data={[
          { value: "hour", label: "Hours", disabled: !hoursFit(view) },
          { value: "day", label: "Days", disabled: view.range === "24h" },
        ]}
      />
      <SegmentedControl
        aria-label="Grouped by"
        size="xs"
        value={view.groupBy}
        onChange={(by) => onChange({ by: by === "none" ? null : by })}
        data={[
          { value: "none", label: "All" },
          ...(administers ? [{ value: "key", label: "API key" }] : []),
          { value: "model", label: "Model" },
          { value: "client", label: "Client key" },
        ]}
      />
      <SegmentedControl
        className={classes["metric"]}
        aria-label="Measured in"
        size="xs"
        value={view.metric}
        onChange={(metric) => onChange({ metric: metric === "tokens" ? null : metric })}
        data={[
          { value: "tokens", label: "Tokens" },
          { value: "usd", label: "Cost" },
        ]}
      />
    </div>
  );
}
