import { Button, Drawer, FileButton, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useAddServiceAccount } from "@/features/google-accounts/api";
import classes from "@/features/google-accounts/components/project-choice.module.css";
import { ApiProblem, sentence } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { notifyDone } from "@/shared/components/notify";

interface AddServiceAccountProps {
  opened: boolean;
  onClose: () => void;
  onAdded: (account: Schema<"GoogleAccount">) => void;
}

/** Takes the key file of a service account. */
export function AddServiceAccount({ opened, onClose, onAdded }: AddServiceAccountProps) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Add a service account" size="md">
      <ServiceAccountForm onClose={onClose} onAdded={onAdded} />
    </Drawer>
  );
}

function ServiceAccountForm({ onClose, onAdded }: Omit<AddServiceAccountProps, "opened">) {
  const [file, setFile] = useState("");
  const [project, setProject] = useState("");
  const add = useAddServiceAccount();
  const about = summary(file);
  const refused = add.error instanceof ApiProblem && add.error.problem.type === "refused-by-provider";

  function take(text: string) {
    setFile(text);
    add.reset();
  }

  function save(event: React.FormEvent) {
    event.preventDefault();
    add.mutate(
      { file, ...(project.trim() !== "" && { project: project.trim() }), ...(refused && { force: true }) },
      {
        onSuccess: (account) => {
          notifyDone(`${account.email} is added`);
          onAdded(account);
        },
      },
    );
  }

  return (
    <form onSubmit={save} autoComplete="off">
      <Stack gap="md">
        <Text size="sm">
          A service account needs nobody to sign in. Make a key of type JSON for it in Google’s console; the
          file is sealed when it is stored and never shown again.
        </Text>
        <FileButton
          accept="application/json,.json"
          onChange={(chosen) => void chosen?.text().then(take)}
          inputProps={{ "aria-label": "Choose the key file" }}
        >
          {(props) => (
            <Button variant="default" leftSection={<IconUpload size={16} />} {...props}>
              Choose the key file
            </Button>
          )}
        </FileButton>
        <Textarea
          label="Key file"
          description={about ?? "Or paste what stands in it"}
          minRows={4}
          maxRows={8}
          autosize
          spellCheck={false}
          value={file}
          onChange={(event) => take(event.currentTarget.value)}
        />
        <TextInput
          label="Project id"
          description="Whose quota it uses; empty for the file’s own"
          spellCheck={false}
          value={project}
          onChange={(event) => setProject(event.currentTarget.value)}
        />
        {add.isError && (
          <p className={classes["refused"]} role="alert">
            <IconAlertTriangle size={16} aria-hidden />
            <span>{sentence(add.error)}</span>
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending} disabled={file.trim() === ""}>
            {refused ? "Add it anyway" : "Add the account"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whose key a file is, while it is looked at; the server reads it in earnest. */
function summary(file: string): string | undefined {
  try {
    const { client_email, project_id } = JSON.parse(file) as Record<string, unknown>;
    return typeof client_email === "string" ? `${client_email}, project ${String(project_id)}` : undefined;
  } catch {
    return undefined;
  }
}
