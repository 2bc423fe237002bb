import type { ReactNode } from "react";
import classes from "@/features/settings/components/setting-row.module.css";
import { FileMark } from "@/shared/components/source-mark";

interface SettingRowProps {
  /** The id of the control. */
  control: string;
  label: string;
  /** What it does, and what it costs. */
  children: ReactNode;
  /** Whether the configuration file decides. */
  managed: boolean;
  input: ReactNode;
}

/** A setting: its words at the left, its control at the right. */
export function SettingRow({ control, label, children, managed, input }: SettingRowProps) {
  return (
    <div className={classes["row"]}>
      <div>
        <label className={classes["label"]} htmlFor={control}>
          {label} {managed && <FileMark />}
        </label>
        <p className={classes["words"]} id={`${control}-words`}>
          {children}
        </p>
      </div>
      <div className={classes["input"]}>{input}</div>
    </div>
  );
}
