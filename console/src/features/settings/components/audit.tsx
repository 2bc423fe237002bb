import { Button, Stack } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { auditQuery } from "@/features/settings/api";
import { sentenceOf, type Sentence } from "@/features/settings/audit-words";
import classes from "@/features/settings/components/audit.module.css";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { timeOfDay } from "@/shared/format/time";

const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** Who changed what, by day. */
export function Audit() {
  const audit = useInfiniteQuery(auditQuery);
  if (audit.isPending) {
    return <LoadingState />;
  }
  if (audit.isError) {
    return <ErrorState error={audit.error} retry={() => void audit.refetch()} />;
  }
  const entries = audit.data.pages.flatMap((page) => page.entries);
  const days = new Map<string, typeof entries>();
  for (const entry of entries) {
    const day = dayFormat.format(new Date(entry.at));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  if (entries.length === 0) {
    return (
      <EmptyState icon={IconHistory} title="Nothing has been changed yet">
        Every change that a person or a script makes is written down here: who, what and when.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md" maw={920}>
      {[...days].map(([day, ofDay]) => (
        <Panel key={day} title={day}>
          <ol className={classes["entries"]}>
            {ofDay.map((entry) => (
              <li key={entry.id} className={classes["entry"]}>
                <time dateTime={entry.at} className={classes["time"]}>
                  {timeOfDay(entry.at)}
                </time>
                <Words of={sentenceOf(entry)} />
                <span className={classes["address"]}>{entry.address}</span>
              </li>
            ))}
          </ol>
        </Panel>
      ))}
      {audit.hasNextPage && (
        <Button
          variant="default"
          className={classes["more"] ?? ""}
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </Stack>
  );
}

function Words({ of: { actor, said, subject, rest, note } }: { of: Sentence }) {
  return (
    <span className={classes["words"]}>
      <span className={classes["actor"]}>{actor}</span> {said}
      {subject !== undefined && (
        <>
          {" "}
          <span className={classes["subject"]}>{subject}</span>
        </>
      )}
      {rest !== undefined && ` ${rest}`}
      {note !== undefined && <span className={classes["detail"]}>{note}</span>}
    </span>
  );
}
