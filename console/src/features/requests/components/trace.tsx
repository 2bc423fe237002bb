import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { traceQuery } from "@/features/requests/api";
import { Bodies } from "@/features/requests/components/bodies";
import { Decision } from "@/features/requests/components/decision";
import { Detours, Losses } from "@/features/requests/components/detours";
import { EndMark } from "@/features/requests/components/end-mark";
import { Shortfalls } from "@/features/requests/components/shortfalls";
import { Timeline } from "@/features/requests/components/timeline";
import classes from "@/features/requests/components/trace.module.css";
import { UsageSplit } from "@/features/requests/components/usage-split";
import { endOf, OUTCOMES, tryWord } from "@/features/requests/words";
import type { Schema } from "@/shared/api/schema";
import { useMayAdminister } from "@/shared/api/session";
import { CopyButton } from "@/shared/components/copy-button";
import { ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { ProviderMark, providerName } from "@/shared/components/provider-mark";
import { compact, money } from "@/shared/format/number";
import { dateTime, duration } from "@/shared/format/time";

/** One request: what became of it, and why it went where it went. */
export function Trace({ id }: { id: string }) {
  const trace = useQuery(traceQuery(id));
  if (trace.isPending) {
    return <LoadingState rows={8} height={40} />;
  }
  if (trace.isError) {
    return <ErrorState error={trace.error} retry={() => void trace.refetch()} />;
  }
  return <TraceView trace={trace.data} />;
}

export function TraceView({ trace }: { trace: Schema<"RequestTrace"> }) {
  const administers = useMayAdminister();
  const { summary, attempts, usage, detours, losses, shortfalls = [] } = trace;
  return (
    <Stack gap="md">
      <div>
        <div className={classes["head"]}>
          {summary.provider && <ProviderMark provider={summary.provider} />}
          <h2 className={classes["model"]}>{summary.servedModel || summary.requestedModel}</h2>
          <EndMark end={endOf(summary)} />
        </div>
        <p className={classes["story"]}>{story(trace, administers)}</p>
        {trace.reason !== undefined && <p className={classes["reason"]}>{trace.reason}</p>}
      </div>
      <dl className={classes["facts"]}>
        <Fact term="Arrived">{dateTime(summary.at)}</Fact>
        <Fact term="Client key">{summary.clientKeyName ?? "–"}</Fact>
        <Fact term="Asked for">
          {summary.requestedModel}
          {summary.stream ? ", streamed" : ""}
        </Fact>
        <Fact term="Status">{summary.status === 0 ? "none" : summary.status}</Fact>
        <Fact term="First word">
          {summary.firstContent === undefined ? "–" : duration(summary.firstContent)}
        </Fact>
        {trace.waited && (
          <Fact term="Waited for a key">
            {duration(trace.waited.duration)}, {trace.waited.ahead} ahead
          </Fact>
        )}
        <Fact term="Duration">{duration(summary.duration)}</Fact>
        <Fact term="Tokens">{compact(summary.tokens)}</Fact>
        <Fact term="Cost">{summary.usd === undefined ? "no price" : money(summary.usd)}</Fact>
        <Fact term="Request">{bytes(trace.requestBytes)}</Fact>
        <Fact term="Answer">{bytes(trace.responseBytes)}</Fact>
        <Fact term="Operation">{summary.operation}</Fact>
        <Fact term="Id">
          <span className={classes["id"]}>
            <code>{summary.id}</code>
            <CopyButton value={summary.id} label="Copy the id" />
          </span>
        </Fact>
      </dl>
      {trace.complete ? (
        <>
          {attempts.length > 0 && (
            <Panel title="Where the time went">
              <Timeline attempts={attempts} duration={summary.duration} named={administers} />
            </Panel>
          )}
          {detours.length > 0 && <Detours detours={detours} />}
          {shortfalls.length > 0 && <Shortfalls shortfalls={shortfalls} />}
          {losses.length > 0 && <Losses losses={losses} model={summary.servedModel} />}
          {administers &&
            attempts.map((attempt) => (
              <Decision key={attempt.number} attempt={attempt} alone={attempts.length === 1} />
            ))}
        </>
      ) : (
        <p className={classes["note"]}>
          Only the summary is kept of requests as old as this one. The decision and the attempts are kept for
          the latest.
        </p>
      )}
      {summary.tokens > 0 && (
        <Panel title="Usage">
          <UsageSplit usage={usage} />
        </Panel>
      )}
      {trace.bodies && <Bodies bodies={trace.bodies} />}
    </Stack>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The request in a sentence or two. */
function story({ summary, attempts }: Schema<"RequestTrace">, named: boolean): string {
  const answered = attempts.findLast(({ outcome }) => outcome === "served");
  const last = answered ?? attempts.at(-1);
  const key = (attempt: { keyName?: string } | undefined) =>
    named && attempt?.keyName ? attempt.keyName : "a key";
  const by = `${key(last ?? summary)}${summary.provider ? ` of ${providerName(summary.provider)}` : ""}`;
  switch (summary.end) {
    case "completed": {
      if (attempts.length > 0 && answered === undefined) {
        return `${key(summary)}${summary.provider ? ` of ${providerName(summary.provider)}` : ""} gave the model’s refusal, for nobody else could answer.`;
      }
      const before = attempts.slice(0, -1);
      const detour =
        before.length === 0
          ? ""
          : ` on ${tryWord(summary.attempts)}, after ${before
              .map((attempt) => `${key(attempt)} (${OUTCOMES[attempt.outcome].word.toLowerCase()})`)
              .join(" and ")}`;
      return `Answered by ${by}${detour}.`;
    }
    case "refused":
      return "No key could take it, so Forebay refused it and said when to come back.";
    case "caller-fault":
      return "The request itself was not acceptable; no other key would have done better.";
    case "provider-error":
      return `Every key that was tried failed; the last was ${by}.`;
    case "broken":
      return `The answer of ${by} broke off after its beginning had been passed on.`;
    case "client-left":
      return "The client left before the answer was complete.";
  }
}

function bytes(count: number): string {
  return count < 1_024
    ? `${count} B`
    : count < 1_048_576
      ? `${(count / 1_024).toFixed(1)} KB`
      : `${(count / 1_048_576).toFixed(1)} MB`;
}
