import { Button, Loader, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { useCompleteConsent } from "@/features/google-accounts/api";
import classes from "@/features/google-accounts/callback-page.module.css";
import { advice } from "@/features/google-accounts/words";
import { ApiProblem, sentence } from "@/shared/api/client";
import type { Schema } from "@/shared/api/schema";
import { notifyDone } from "@/shared/components/notify";
import { PageHeader } from "@/shared/components/page-header";

/** Where Google sends the browser back to. What it brings is used once and leaves the address at once. */
export function GoogleCallbackPage() {
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [brought] = useState(() => answerOf(search));
  const complete = useCompleteConsent();
  const { mutate } = complete;
  const begun = useRef(false);

  useEffect(() => {
    if (begun.current) {
      return;
    }
    begun.current = true;
    void navigate(pathname, { replace: true });
    if (brought !== undefined) {
      mutate(brought, {
        onSuccess: ({ id, email, connection }) => {
          notifyDone(`${email} is connected`);
          void navigate(`/settings/google${connection.state === "needs-project" ? `?project=${id}` : ""}`, {
            replace: true,
          });
        },
      });
    }
  }, [brought, mutate, navigate, pathname]);

  return (
    <>
      <PageHeader title="Google Gemini" />
      {brought === undefined ? (
        <Nothing />
      ) : complete.isError ? (
        <Failed error={complete.error} />
      ) : (
        <div className={classes["state"]} role="status">
          <Loader size="sm" />
          <Text>Google sent you back. The account is being connected …</Text>
        </div>
      )}
    </>
  );
}

function answerOf(search: URLSearchParams): Schema<"GoogleConsentAnswer"> | undefined {
  const state = search.get("state");
  const code = search.get("code");
  const error = search.get("error");
  if (state === null || (code === null && error === null)) {
    return undefined;
  }
  return { state, ...(code !== null && { code }), ...(error !== null && { error }) };
}

function Nothing() {
  return (
    <div className={classes["state"]}>
      <Title order={2}>There is nothing to finish here</Title>
      <Text c="dimmed" ta="center">
        This is where Google sends you back to after an account was added.
      </Text>
      <Button component={Link} to="/settings/google">
        To the accounts
      </Button>
    </div>
  );
}

function Failed({ error }: { error: unknown }) {
  const type = error instanceof ApiProblem ? error.problem.type : "unreachable";
  return (
    <div className={classes["state"]} role="alert">
      <span className={classes["icon"]} data-state={type === "consent-refused" ? "paused" : "rejected"}>
        <IconAlertTriangle size={26} stroke={1.5} aria-hidden />
      </span>
      <Title order={2}>The account is not connected</Title>
      <Text ta="center" maw={520}>
        {sentence(error)}
      </Text>
      <Text c="dimmed" ta="center" maw={520}>
        {advice(type)}
      </Text>
      <Button component={Link} to="/settings/google">
        To the accounts
      </Button>
    </div>
  );
}
