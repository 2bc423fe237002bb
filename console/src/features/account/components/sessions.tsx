import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sessionsQuery, useEndOtherSessions, useEndSession } from "@/features/account/api";
import { browserName } from "@/features/account/browser";
import { confirm } from "@/shared/components/confirm";
import table from "@/shared/components/data-table.module.css";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { age, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";

/** Where the person is signed in. */
export function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const now = useNow();
  const others = (sessions.data ?? []).filter((session) => !session.current).length;
  return (
    <Panel
      title="Where you are signed in"
      flush={sessions.isSuccess}
      aside={
        others > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              confirm({
                title: "Sign out everywhere else?",
                text: "Every session but this one ends. Whoever sits there has to sign in again.",
                verb: "Sign out elsewhere",
                onConfirm: () =>
                  endOthers.mutate(undefined, {
                    onSuccess: () => notifyDone("Every other session has ended"),
                    onError: (error) => notifyFailed("Not signed out", error),
                  }),
              })
            }
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      {sessions.isPending ? (
        <LoadingState rows={2} />
      ) : sessions.isError ? (
        <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
      ) : (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th>Browser</th>
              <th>Address</th>
              <th>Last used</th>
              <th>Signed in</th>
              <th aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {sessions.data.map((session) => (
              <tr key={session.id}>
                <td title={session.agent}>
                  <span>
                    <span className={table["name"]}>{browserName(session.agent)}</span>
                    {session.current && <span className={table["quiet"]}> (this one)</span>}
                  </span>
                </td>
                <td data-label="Address">{session.address}</td>
                <td data-label="Last used" title={dateTime(session.lastSeenAt)}>
                  {session.current ? "now" : age(now - Date.parse(session.lastSeenAt))}
                </td>
                <td data-label="Signed in">{dateTime(session.createdAt)}</td>
                <td className={table["actions"]}>
                  {!session.current && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="gray"
                      aria-label={`Sign out ${browserName(session.agent)} at ${session.address}`}
                      onClick={() =>
                        end.mutate(session.id, {
                          onSuccess: () => notifyDone("That session has ended"),
                          onError: (error) => notifyFailed("Not signed out", error),
                        })
                      }
                    >
                      Sign out
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
