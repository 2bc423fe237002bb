import type { ReactNode } from "react";
import classes from "@/shared/components/form-actions.module.css";

/** The buttons below a form in a drawer; they stay in sight however long the form is. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={classes["actions"]}>{children}</div>;
}
