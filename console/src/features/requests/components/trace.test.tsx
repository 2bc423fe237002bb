import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { TraceView } from "@/features/requests/components/trace";
import type { Schema } from "@/shared/api/schema";
import { renderPage } from "@/shared/testing/render";

const trace: Schema<"RequestTrace"> = {
  summary: {
    id: "req_1",
    at: "2026-11-26T12:00:00Z",
    operation: "messages",
    requestedModel: "claude-opus-5-5",
    servedModel: "claude-opus-5-5",
    provider: "anthropic",
    keyId: "k-2",
    keyName: "team-b",
    status: 200,
    stream: true,
    attempts: 2,
    duration: 4_000,
    firstContent: 1_100,
    end: "completed",
    tokens: 3_000,
    usd: 0.02,
  },
  complete: true,
  requestBytes: 900,
  responseBytes: 4_096,
  usage: {
    freshInput: 1_000,
    cacheRead: 1_500,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 500,
    reasoning: 0,
    estimated: false,
    usd: 0.02,
    priceVersion: "2026-11-20",
  },
  attempts: [
    {
      number: 1,
      provider: "anthropic",
      model: "claude-opus-5-5",
      keyId: "k-1",
      keyName: "team-a",
      limitGroup: "acme/wrkspc_1",
      headroom: [{ axis: "input-tokens", period: "minute", limit: 400_000, remaining: 12_000 }],
      tier: 8,
      ready: 3,
      load: 0.2,
      other: { keyId: "k-3", keyName: "research", load: 0.5 },
      trial: false,
      sentAfter: 1,
      duration: 90,
      status: 429,
      outcome: "throttled",
      reason: "tokens per minute",
      skipped: [{ reason: "over-budget", keys: 12, names: ["batch", "evals"] }],
    },
    {
      number: 2,
      provider: "anthropic",
      model: "claude-opus-5-5",
      keyId: "k-2",
      keyName: "team-b",
      tier: 8,
      ready: 2,
      load: 0.4,
      trial: false,
      sentAfter: 95,
      firstContent: 1_000,
      duration: 3_900,
      status: 200,
      outcome: "served",
    },
  ],
  detours: [],
  losses: [],
};

describe("a request's trace", () => {
  it("tells the story of a second try", async () => {
    renderPage(<TraceView trace={trace} />);
    expect(
      await screen.findByText("Answered by team-b of Anthropic on the second try, after team-a (throttled)."),
    ).toBeInTheDocument();
  });

  it("shows the two drawn with their loads, and who was passed over", async () => {
    renderPage(<TraceView trace={trace} />);
    const first = await screen.findByRole("region", { name: "Why team-a for the first try" });
    expect(within(first).getByText(/Two were drawn at random, and the less loaded/)).toBeInTheDocument();
    expect(within(first).getByLabelText("Load 0.2")).toBeInTheDocument();
    expect(within(first).getByLabelText("Load 0.5")).toBeInTheDocument();
    expect(within(first).getByText("12 over budget")).toBeInTheDocument();
    expect(within(first).getByText("Left of its limits then, in acme/wrkspc_1")).toBeInTheDocument();
    expect(within(first).getByText("12K of 400K input tokens per minute")).toBeInTheDocument();
    expect(within(first).getByText(/batch, evals and 10 more/)).toBeInTheDocument();
  });

  it("says who was passed over because it was ahead of its limits", async () => {
    const [first] = trace.attempts;
    const ahead = { keyId: "k-3", keyName: "team-c", load: 0.1, ahead: true };
    renderPage(<TraceView trace={{ ...trace, attempts: [{ ...first!, other: ahead }] }} />);
    expect(
      await screen.findByText(/team-c had just been sent more than its limits grant/),
    ).toBeInTheDocument();
  });

  it("says that the less loaded one had no room for the request", async () => {
    const [first] = trace.attempts;
    const other = { keyId: "k-3", keyName: "team-c", load: 0.1, noRoom: true };
    renderPage(<TraceView trace={{ ...trace, attempts: [{ ...first!, other }] }} />);
    expect(
      await screen.findByText(/team-c, the less loaded one, had too little left of its limits/),
    ).toBeInTheDocument();
  });

  it("tells who did not answer, and what was left out for the one who did", async () => {
    const [first, second] = trace.attempts;
    renderPage(
      <TraceView
        trace={{
          ...trace,
          summary: { ...trace.summary, provider: "openai", servedModel: "gpt-6-sol" },
          attempts: [
            { ...first!, outcome: "declined", status: 200 },
            { ...second!, provider: "openai", model: "gpt-6-sol", keyName: "main" },
          ],
          detours: [
            { provider: "anthropic", model: "claude-opus-5-5", reason: "the model declined to answer" },
          ],
          losses: [{ path: "top_k", meaning: "the number of tokens to draw from" }],
        }}
      />,
    );
    expect(
      await screen.findByText("Answered by main of OpenAI on the second try, after team-a (declined)."),
    ).toBeInTheDocument();
    const who = screen.getByRole("region", { name: "Who did not answer" });
    expect(within(who).getByText("claude-opus-5-5")).toBeInTheDocument();
    expect(within(who).getByText("the model declined to answer")).toBeInTheDocument();
    const lost = screen.getByRole("region", { name: "What was left out" });
    expect(within(lost).getByText("top_k")).toBeInTheDocument();
    expect(within(lost).getByText("the number of tokens to draw from")).toBeInTheDocument();
  });

  it("tells that nobody answered where a model had declined", async () => {
    const [first] = trace.attempts;
    renderPage(<TraceView trace={{ ...trace, attempts: [{ ...first!, outcome: "declined" }] }} />);
    expect(await screen.findByText(/team-b of Anthropic gave the model’s refusal/)).toBeInTheDocument();
  });

  it("says where its conversation's prompt cache was, and how long it waited", async () => {
    const [first, second] = trace.attempts;
    renderPage(
      <TraceView
        trace={{
          ...trace,
          attempts: [
            {
              ...first!,
              other: undefined,
              affinity: {
                end: "kept",
                home: "team-a",
                load: 0.4,
                bound: 0.5,
                other: { keyId: "k-3", keyName: "research", load: 0.1 },
              },
            },
            { ...second!, affinity: { end: "not-ready", home: "team-a", load: 0.4, bound: 0.5 } },
          ],
          waited: { duration: 2_400, ahead: 3 },
        }}
      />,
    );
    const kept = await screen.findByRole("region", { name: "Why team-a for the first try" });
    expect(kept).toHaveTextContent(
      "Its conversation led back to team-a, which has its prompt cache and had done no more than its share.",
    );
    expect(within(kept).getByText("1.25 × the mean")).toBeInTheDocument();
    expect(within(kept).getByLabelText("Load 0.4")).toBeInTheDocument();
    expect(within(kept).getByLabelText("Load 0.5")).toBeInTheDocument();
    expect(within(kept).getByLabelText("Load 0.1")).toBeInTheDocument();
    expect(within(kept).queryByText(/drawn at random/)).not.toBeInTheDocument();
    expect(
      screen.getByText(/has its prompt cache in team-a, which could not take it. It leads to team-b/),
    ).toBeInTheDocument();
    expect(screen.getByText(/3 ahead/)).toBeInTheDocument();
  });

  it("says who else a new conversation might have gone to, and which two keys of a home were drawn", async () => {
    const [first, second] = trace.attempts;
    renderPage(
      <TraceView
        trace={{
          ...trace,
          attempts: [
            {
              ...second!,
              number: 1,
              affinity: { end: "placed", load: 0, other: { keyId: "k-3", keyName: "research", load: 0.3 } },
            },
            { ...first!, number: 2, affinity: { end: "kept", home: "acme", load: 0.4, bound: 0.5 } },
          ],
        }}
      />,
    );
    const placed = await screen.findByRole("region", { name: "Why team-b for the first try" });
    expect(placed).toHaveTextContent("Of the keys looked at, conversations had used team-b least.");
    expect(within(placed).getByLabelText("Load 0.3")).toBeInTheDocument();
    const kept = screen.getByRole("region", { name: "Why team-a for the second try" });
    expect(kept).toHaveTextContent(
      "Two of its keys were drawn at random, and the less loaded one was taken.",
    );
  });

  it("says of a refused request what was left of each group's limits, and until when", async () => {
    const at = new Date(2026, 10, 26, 14, 3, 20).toISOString();
    renderPage(
      <TraceView
        trace={{
          ...trace,
          summary: { ...trace.summary, end: "refused", status: 429, attempts: 0 },
          reason: "2 keys: 2 throttled; next at 14:03:20",
          attempts: [],
          shortfalls: [
            {
              provider: "anthropic",
              model: "claude-opus-5-5",
              limitGroup: "acme/wrkspc_1",
              left: { axis: "input-tokens", period: "minute", limit: 400_000, remaining: 500 },
              needed: 12_000,
              until: at,
            },
            {
              provider: "anthropic",
              model: "claude-opus-5-5",
              limitGroup: "research",
              reason: "tokens per minute",
            },
          ],
        }}
      />,
    );
    const why = await screen.findByRole("region", { name: "What stood in the way" });
    expect(why).toHaveTextContent(
      "acme/wrkspc_1 500 of 400K input tokens per minute were left, of about 12K it needed; free at 14:03:20",
    );
    expect(why).toHaveTextContent("research tokens per minute; time alone does not help");
  });

  it("names no key to members", async () => {
    renderPage(<TraceView trace={trace} />, { role: "member" });
    expect(await screen.findByText(/Answered by a key of Anthropic/)).toBeInTheDocument();
    expect(screen.queryByText(/team-a|team-b|research/)).not.toBeInTheDocument();
  });
});
