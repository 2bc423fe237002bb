import { useEffect, type ReactNode } from "react";
import classes from "@/features/sign-in/components/entrance.module.css";
import { useSession } from "@/shared/api/session";
import { Wordmark } from "@/shared/components/wordmark";

/** The frame of the pages in front of the sign-in. */
export function Entrance({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const { version, demo } = useSession();
  useEffect(() => {
    document.title = `${title} · Forebay`;
  }, [title]);
  return (
    <main className={classes["page"]}>
      <div className={classes["card"]}>
        <Wordmark />
        <h1 className={classes["title"]}>{title}</h1>
        <p className={classes["lead"]}>{lead}</p>
        {children}
      </div>
      <p className={classes["foot"]}>
        Forebay {version}
        {demo && " · demo"}
      </p>
    </main>
  );
}
