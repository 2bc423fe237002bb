import { Anchor, Button, Group, PasswordInput, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSetClient, type ClientCheck } from "@/features/google-accounts/api";
import { CheckResult } from "@/features/google-accounts/components/check-result";
import classes from "@/features/google-accounts/components/client-set-up.module.css";
import { GOOGLE, serviceName } from "@/features/google-accounts/words";
import { ApiProblem } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { CopyButton } from "@/shared/components/copy-button";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { Panel } from "@/shared/components/panel";

type Client = Schema<"GoogleClient">;

const PUBLISHING: { value: Client["publishing"]; label: string }[] = [
  { value: "unknown", label: "Not sure" },
  { value: "testing", label: "Testing" },
  { value: "production", label: "In production" },
];

interface ClientSetUpProps {
  client: Client;
  check: ClientCheck;
  /** Ends a change; there is none the first time. */
  onDone?: () => void;
}

/** Five steps from nothing to an OAuth client of one's own, each with the page of Google's console where it is done. */
export function ClientSetUp({ client, check, onDone }: ClientSetUpProps) {
  const set = useSetClient(() => {
    notifyDone("The OAuth client is saved");
    check.mutate();
    onDone?.();
  });
  const form = useForm({
    initialValues: {
      clientId: client.clientId ?? "",
      clientSecret: "",
      publishing: client.publishing,
      consoleUrl: client.consoleUrlSource === "console" ? (client.consoleUrl ?? "") : "",
    },
  });

  function save({ clientId, clientSecret, publishing, consoleUrl }: typeof form.values) {
    const asked = client.consoleUrlSource === "console" ? (client.consoleUrl ?? "") : "";
    set.mutate(
      {
        clientId: clientId.trim(),
        publishing,
        ...(clientSecret.trim() !== "" && { clientSecret: clientSecret.trim() }),
        ...(consoleUrl.trim() !== asked && {
          consoleUrl: consoleUrl.trim() === "" ? null : consoleUrl.trim(),
        }),
      },
      {
        onError: (error) => {
          if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
            form.setErrors(error.fieldErrors);
          } else {
            notifyFailed("The OAuth client is not saved", error);
          }
        },
      },
    );
  }

  return (
    <Panel title={client.configured ? "Change the OAuth client" : "Set up Google once"}>
      <Text size="sm" maw="80ch" mb="md">
        Accounts sign in with an OAuth client of your own, made in Google’s console. It takes a few minutes
        and is done once, for all accounts.
      </Text>
      <form onSubmit={form.onSubmit(save)} autoComplete="off">
        <ol className={classes["steps"]}>
          <Step title="Create a project" link={GOOGLE.newProject} linkWord="Create a project">
            Or take one that you have. The client belongs to it; the accounts’ quota comes from their own
            projects.
          </Step>
          <Step title="Enable the APIs">
            In this project, and in every project whose quota is to be used:
            <ul className={classes["links"]}>
              {client.services.map((service) => (
                <li key={service}>
                  <External href={GOOGLE.service(service)}>{serviceName(service)}</External>
                </li>
              ))}
            </ul>
          </Step>
          <Step
            title="Configure the consent screen"
            link={GOOGLE.consentScreen}
            linkWord="Open the consent screen"
          >
            Choose External, name it, and add these scopes. While it is in testing, add every account as a
            test user and expect to reconnect each after seven days; in production that ends.
            <div className={classes["scopes"]}>
              <code>
                {client.scopes.map((scope) => (
                  <span key={scope}>{scope}</span>
                ))}
              </code>
              <CopyButton value={client.scopes.join("\n")} label="Copy the scopes" />
            </div>
            <div className={classes["publishing"]}>
              <Text component="span" size="sm" fw={500} id="publishing-label">
                Publishing status
              </Text>
              <SegmentedControl
                size="xs"
                aria-labelledby="publishing-label"
                data={PUBLISHING}
                disabled={client.managed}
                {...form.getInputProps("publishing")}
              />
            </div>
          </Step>
          <Step title="Create an OAuth client" link={GOOGLE.clients} linkWord="Open the clients">
            Of type Web application, with this redirect URI, letter by letter:
            <RedirectUri client={client} />
            <TextInput
              mt="sm"
              maw={460}
              label="Address of this console"
              description="Where your browser reaches it, if the redirect URI above does not fit"
              placeholder={client.consoleUrl ?? "https://forebay.example.com"}
              type="url"
              disabled={client.managed || client.consoleUrlSource === "file"}
              {...form.getInputProps("consoleUrl")}
            />
          </Step>
          <Step title="Enter it here">
            <div className={classes["fields"]}>
              <TextInput
                label="Client id"
                placeholder="123456789012-….apps.googleusercontent.com"
                spellCheck={false}
                required
                withAsterisk={false}
                disabled={client.managed}
                {...form.getInputProps("clientId")}
              />
              <PasswordInput
                label="Client secret"
                placeholder={client.secretSet ? "Leave it empty to keep the stored one" : "GOCSPX-…"}
                autoComplete="off"
                spellCheck={false}
                disabled={client.managed}
                {...form.getInputProps("clientSecret")}
              />
            </div>
            <Group mt="md">
              <Button type="submit" loading={set.isPending || check.isPending} disabled={client.managed}>
                Save and check
              </Button>
              {onDone && (
                <Button variant="default" onClick={onDone}>
                  Cancel
                </Button>
              )}
            </Group>
            <CheckResult pending={check.isPending} check={check.data} error={check.error} />
          </Step>
        </ol>
      </form>
    </Panel>
  );
}

interface StepProps {
  title: string;
  link?: string;
  linkWord?: string;
  children: ReactNode;
}

function Step({ title, link, linkWord, children }: StepProps) {
  return (
    <li className={classes["step"]}>
      <div className={classes["body"]}>
        <h3 className={classes["title"]}>{title}</h3>
        <div className={classes["words"]}>{children}</div>
        {link !== undefined && <External href={link}>{linkWord}</External>}
      </div>
    </li>
  );
}

function External({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm" className={classes["external"] ?? ""}>
      {children}
      <IconExternalLink size={13} aria-label="(opens Google’s console)" />
    </Anchor>
  );
}

/** What must be entered in Google's console exactly so. */
export function RedirectUri({ client }: { client: Client }) {
  return (
    <>
      {client.redirectUri !== undefined && (
        <div className={classes["uri"]}>
          <code aria-label="Redirect URI">{client.redirectUri}</code>
          <CopyButton value={client.redirectUri} label="Copy the redirect URI" />
        </div>
      )}
      {client.redirectProblem !== undefined && (
        <p className={classes["problem"]}>
          <IconAlertTriangle size={15} aria-hidden />
          <span>{client.redirectProblem}</span>
        </p>
      )}
    </>
  );
}
