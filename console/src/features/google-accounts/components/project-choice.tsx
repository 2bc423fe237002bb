import { Button, Drawer, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { projectsQuery, useChooseProject } from "@/features/google-accounts/api";
import classes from "@/features/google-accounts/components/project-choice.module.css";
import { ApiProblem, sentence } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { notifyDone } from "@/shared/components/notify";
import { ErrorState, LoadingState } from "@/shared/components/page-states";

interface ProjectChoiceProps {
  of: Schema<"GoogleAccount">;
  onClose: () => void;
}

/** Chooses whose quota an account uses; Google is asked with a free call whether it may. */
export function ProjectChoice({ of: account, onClose }: ProjectChoiceProps) {
  const projects = useQuery(projectsQuery(account.id));
  return (
    <Drawer opened onClose={onClose} title={`Project of ${account.email}`} size="md">
      {projects.data !== undefined ? (
        <Choice of={account} projects={projects.data} onClose={onClose} />
      ) : projects.isError ? (
        <ErrorState error={projects.error} retry={() => void projects.refetch()} />
      ) : (
        <LoadingState rows={4} height={48} />
      )}
    </Drawer>
  );
}

const OTHER = "";

interface ChoiceProps extends ProjectChoiceProps {
  projects: Schema<"GoogleProjects">;
}

function Choice({ of: account, projects: { listed, projects, message }, onClose }: ChoiceProps) {
  const known = projects.some((project) => project.id === account.project);
  const [chosen, setChosen] = useState(known ? (account.project ?? OTHER) : (projects[0]?.id ?? OTHER));
  const [typed, setTyped] = useState(known ? "" : (account.project ?? ""));
  const choose = useChooseProject();
  const project = chosen === OTHER ? typed.trim() : chosen;
  const refused =
    choose.error instanceof ApiProblem && choose.error.problem.type === "refused-by-provider"
      ? choose.error
      : undefined;

  function pick(id: string) {
    setChosen(id);
    choose.reset();
  }

  function save(event: React.FormEvent) {
    event.preventDefault();
    choose.mutate(
      { id: account.id, choice: { project, ...(refused !== undefined && { force: true }) } },
      {
        onSuccess: () => {
          notifyDone(`${account.email} uses the quota of ${project}`);
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <Text size="sm">
          Requests of this account count against the quota of this project. Limits belong to projects: two
          accounts of one project carry no more than one.
        </Text>
        {listed && projects.length > 0 && (
          <Radio.Group value={chosen} onChange={pick} label="Projects of this account">
            <div className={classes["choices"]}>
              {projects.map(({ id, name, usedBy }) => (
                <Radio.Card key={id} value={id} className={classes["choice"] ?? ""} aria-label={name}>
                  <Radio.Indicator />
                  <span className={classes["words"]}>
                    <span className={classes["name"]}>{name}</span>
                    {name !== id && <span className={classes["id"]}>{id}</span>}
                    {usedBy !== undefined && usedBy.length > 0 && (
                      <span className={classes["used"]}>
                        <IconAlertTriangle size={13} aria-hidden />
                        Its quota is used by {usedBy.join(", ")} already; one more adds nothing.
                      </span>
                    )}
                  </span>
                </Radio.Card>
              ))}
              <Radio.Card value={OTHER} className={classes["choice"] ?? ""} aria-label="Another project">
                <Radio.Indicator />
                <span className={classes["words"]}>
                  <span className={classes["name"]}>Another project</span>
                </span>
              </Radio.Card>
            </div>
          </Radio.Group>
        )}
        {(!listed || projects.length === 0) && (
          <Text size="sm" c="dimmed">
            {message ?? "Google lists no project for this account."} Type the project’s id; it stands on the
            front page of Google’s console.
          </Text>
        )}
        {chosen === OTHER && (
          <TextInput
            label="Project id"
            placeholder="my-project-412907"
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              choose.reset();
            }}
          />
        )}
        {choose.isError && (
          <p className={classes["refused"]} role="alert">
            <IconAlertTriangle size={16} aria-hidden />
            <span>{sentence(choose.error)}</span>
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {account.project === undefined ? "Later" : "Cancel"}
          </Button>
          <Button type="submit" loading={choose.isPending} disabled={project === ""}>
            {refused !== undefined ? "Use it anyway" : "Check and use"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
