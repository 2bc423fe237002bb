import classes from "@/features/usage/components/usage-table.module.css";
import { SHADES } from "@/features/usage/stacks";
import type { Schema } from "@/shared/api/schema";
import table from "@/shared/components/data-table.module.css";
import { ProviderMark } from "@/shared/components/provider-mark";
import { compact, money, percent, whole } from "@/shared/format/number";

type Figures = Schema<"UsageFigures">;

const COLUMNS: { label: string; minor?: boolean; text: (figures: Figures) => string }[] = [
  { label: "Requests", text: ({ requests }) => compact(requests) },
  { label: "Failed", minor: true, text: ({ failed }) => whole(failed) },
  { label: "Fresh input", minor: true, text: ({ freshInput }) => compact(freshInput) },
  { label: "From cache", text: ({ cacheRead }) => compact(cacheRead) },
  { label: "Cached", text: (figures) => cachedShare(figures) },
  { label: "Into cache", minor: true, text: ({ cacheWrite }) => compact(cacheWrite) },
  { label: "Output", minor: true, text: ({ output }) => compact(output) },
  { label: "Reasoning", minor: true, text: ({ reasoning }) => compact(reasoning) },
  { label: "Tokens", text: ({ tokens }) => compact(tokens) },
  { label: "Cost", text: ({ usd }) => money(usd) },
  { label: "Saved", text: ({ usdSaved }) => money(usdSaved) },
];

/** The part of the input that was read from the cache. */
export function cachedShare({ freshInput, cacheRead, cacheWrite }: Figures): string {
  const input = freshInput + cacheRead + cacheWrite;
  return input === 0 ? "–" : percent(cacheRead / input);
}

interface UsageTableProps {
  report: Schema<"UsageReport">;
  /** What the groups are. */
  what: string;
}

export function UsageTable({ report, what }: UsageTableProps) {
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th>{what}</th>
          {COLUMNS.map(({ label, minor }) => (
            <th key={label} className={`${table["number"] ?? ""} ${minor ? (classes["minor"] ?? "") : ""}`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.groups.length > 1 &&
          report.groups.map((group, index) => (
            <tr key={group.id}>
              <td>
                <span className={classes["group"]}>
                  <span className={classes["swatch"]} data-shade={index < SHADES ? index : -1} aria-hidden />
                  {group.provider && <ProviderMark provider={group.provider} />}
                  <span className={table["name"]}>{group.label}</span>
                </span>
              </td>
              <Cells figures={group.total} />
            </tr>
          ))}
        <tr className={classes["total"]}>
          <td>
            <span className={table["name"]}>
              {what !== "" && report.groups.length === 1
                ? (report.groups[0]?.label ?? "Everything")
                : "Everything"}
            </span>
          </td>
          <Cells figures={report.total} />
        </tr>
      </tbody>
    </table>
  );
}

function Cells({ figures }: { figures: Figures }) {
  return COLUMNS.map(({ label, minor, text }) => (
    <td
      key={label}
      data-label={label}
      className={`${table["number"] ?? ""} ${minor ? (classes["minor"] ?? "") : ""}`}
    >
      {text(figures)}
    </td>
  ));
}
