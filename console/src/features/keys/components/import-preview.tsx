import { IconAlertTriangle, IconCirclePlus, IconCopyOff, type TablerIcon } from "@tabler/icons-react";
import classes from "@/features/keys/components/import-preview.module.css";
import type { Schema, State } from "@/shared/api/schema";
import { KeySuffix } from "@/shared/components/key-suffix";
import { ProviderMark } from "@/shared/components/provider-mark";

type Result = Schema<"KeyImportResult">;

const LOOKS: Record<Result["lines"][number]["status"], { word: string; icon: TablerIcon; state: State }> = {
  new: { word: "New", icon: IconCirclePlus, state: "healthy" },
  duplicate: { word: "Duplicate", icon: IconCopyOff, state: "throttled" },
  bad: { word: "Bad line", icon: IconAlertTriangle, state: "rejected" },
};

/** The lines that need a look come first. */
function concern({ status, message }: Result["lines"][number]): number {
  return status === "bad" ? 0 : status === "duplicate" ? 1 : message !== undefined ? 2 : 3;
}

/** What would become of every line; the faulty ones first. */
export function ImportPreview({ result }: { result: Result }) {
  const lines = result.lines.toSorted((a, b) => concern(a) - concern(b) || a.line - b.line);
  return (
    <section className={classes["preview"]} aria-label="Preview">
      <p className={classes["tally"]} aria-live="polite">
        <strong>{result.added}</strong> new, <strong>{result.duplicates}</strong> duplicate,{" "}
        <strong>{result.bad}</strong> bad
      </p>
      <div className={classes["lines"]} role="table" aria-label="Lines">
        {lines.map((line) => {
          const { word, icon: Icon, state } = LOOKS[line.status];
          return (
            <div key={line.line} role="row" className={classes["line"]} data-state={state}>
              <span role="cell" className={classes["number"]}>
                {line.line}
              </span>
              <span role="cell" className={classes["status"]}>
                <Icon size={14} aria-hidden />
                {word}
              </span>
              <span role="cell" className={classes["what"]}>
                {line.provider && <ProviderMark provider={line.provider} />}
                {line.name !== undefined && <span>{line.name}</span>}
                {line.suffix !== undefined && line.status !== "bad" && <KeySuffix suffix={line.suffix} />}
                {line.message !== undefined && <span className={classes["message"]}>{line.message}</span>}
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
