import { Button } from "@mantine/core";
import { ROLES } from "@/features/people/roles";
import type { Schema } from "@/shared/api/schema";
import table from "@/shared/components/data-table.module.css";
import { countdown, dateTime } from "@/shared/format/time";
import { useNow } from "@/shared/live/clock";

interface InvitationTableProps {
  invitations: Schema<"Invitation">[];
  onWithdraw: (invitation: Schema<"Invitation">) => void;
}

/** Who has been invited and has not joined yet. */
export function InvitationTable({ invitations, onWithdraw }: InvitationTableProps) {
  const now = useNow();
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th>E-mail</th>
          <th>Role</th>
          <th>Invited by</th>
          <th>Link works for</th>
          <th aria-label="Actions" />
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => {
          const left = Date.parse(invitation.expiresAt) - now;
          return (
            <tr key={invitation.id}>
              <td className={table["name"]}>{invitation.email}</td>
              <td data-label="Role">{ROLES[invitation.role].word}</td>
              <td data-label="Invited by">{invitation.invitedBy ?? "somebody removed"}</td>
              <td data-label="Link works for" title={dateTime(invitation.expiresAt)}>
                {left > 0 ? countdown(left) : <span className={table["quiet"]}>run out</span>}
              </td>
              <td className={table["actions"]}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Withdraw the invitation of ${invitation.email}`}
                  onClick={() => onWithdraw(invitation)}
                >
                  Withdraw
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
