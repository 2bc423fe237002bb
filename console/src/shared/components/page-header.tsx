import { Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import classes from "@/shared/components/page-header.module.css";

interface PageHeaderProps {
  title: string;
  /** One quiet sentence under the title. */
  lead?: ReactNode;
  /** Buttons at the right. */
  children?: ReactNode;
}

/** The page's one first-level heading; also names the browser's tab. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Forebay`;
  }, [title]);
  return (
    <header className={classes["header"]}>
      <div className={classes["words"]}>
        <Title order={1}>{title}</Title>
        {lead !== undefined && <p className={classes["lead"]}>{lead}</p>}
      </div>
      {children !== undefined && <div className={classes["actions"]}>{children}</div>}
    </header>
  );
}
