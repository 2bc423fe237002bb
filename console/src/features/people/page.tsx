import { Button, Modal, Stack } from "@mantine/core";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { peopleQuery, useChangeRole, useRemovePerson, useWithdrawInvitation } from "@/features/people/api";
import { InvitationTable } from "@/features/people/components/invitation-table";
import { InviteForm } from "@/features/people/components/invite-form";
import { PeopleTable } from "@/features/people/components/people-table";
import { ROLES } from "@/features/people/roles";
import type { Person, Schema } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { OnceSecret } from "@/shared/components/once-secret";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { dateTime } from "@/shared/format/time";

type Open = { what: "invite" } | { what: "invited"; invited: Schema<"InvitationCreated"> };

export function PeoplePage() {
  const people = useQuery(peopleQuery);
  const changeRole = useChangeRole();
  const remove = useRemovePerson();
  const withdraw = useWithdrawInvitation();
  const [open, setOpen] = useState<Open>();

  function askToChangeRole(person: Person, role: "admin" | "member") {
    confirm({
      title: `Make ${person.name} ${role === "admin" ? "an admin" : "a member"}?`,
      text: ROLES[role].may,
      verb: role === "admin" ? "Make an admin" : "Make a member",
      onConfirm: () =>
        changeRole.mutate(
          { id: person.id, role },
          {
            onSuccess: () =>
              notifyDone(`${person.name} is ${role === "admin" ? "an admin" : "a member"} now`),
            onError: (error) => notifyFailed("Role not changed", error),
          },
        ),
    });
  }

  function askToRemove(person: Person) {
    confirm({
      title: `Remove ${person.name}?`,
      text: "They are signed out everywhere. Their API tokens and client keys stop working at once, and programs that use those keys are refused.",
      verb: "Remove",
      final: true,
      onConfirm: () =>
        remove.mutate(person.id, {
          onSuccess: () => notifyDone(`${person.name} is removed`),
          onError: (error) => notifyFailed("Not removed", error),
        }),
    });
  }

  const alone = people.data?.people.length === 1 && people.data.invitations.length === 0;
  const invite = (
    <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpen({ what: "invite" })}>
      Invite somebody
    </Button>
  );

  return (
    <>
      <PageHeader title="People" lead="Who may sign in here, and what they may do.">
        {people.data && !alone && invite}
      </PageHeader>
      {people.isPending ? (
        <LoadingState rows={4} height={48} />
      ) : people.isError ? (
        <ErrorState error={people.error} retry={() => void people.refetch()} />
      ) : (
        <Stack gap="md">
          <Panel flush>
            <PeopleTable people={people.data.people} onRole={askToChangeRole} onRemove={askToRemove} />
          </Panel>
          {people.data.invitations.length > 0 && (
            <Panel title="Invited" flush>
              <InvitationTable
                invitations={people.data.invitations}
                onWithdraw={(invitation) =>
                  withdraw.mutate(invitation.id, {
                    onSuccess: () => notifyDone(`The invitation of ${invitation.email} is withdrawn`),
                    onError: (error) => notifyFailed("Not withdrawn", error),
                  })
                }
              />
            </Panel>
          )}
          {alone && (
            <EmptyState icon={IconUsers} title="Nobody else yet" action={invite}>
              An admin helps to run the pool. A member makes client keys of their own and sees what they use,
              but never a provider’s key.
            </EmptyState>
          )}
        </Stack>
      )}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.what === "invited" ? "Pass this link on" : "Invite somebody"}
        closeOnClickOutside={open?.what !== "invited"}
      >
        {open?.what === "invite" && (
          <InviteForm
            onInvited={(invited) => setOpen({ what: "invited", invited })}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.what === "invited" && (
          <OnceSecret label="The invitation’s link" secret={open.invited.link}>
            Whoever opens it joins as {open.invited.invitation.email}. It works once, until{" "}
            {dateTime(open.invited.invitation.expiresAt)}, and is not shown again.
          </OnceSecret>
        )}
      </Modal>
    </>
  );
}
