import type { Provider, Schema } from "@/shared/api/schema";
import { clientKeysOf } from "@/shared/testing/fake/client-routes";
import { json, problem, type Route } from "@/shared/testing/fake/http";
import { catalogOf } from "@/shared/testing/fake/model-routes";
import { seeded } from "@/shared/testing/fake/random";
import type { World } from "@/shared/testing/fake/world";

type Figures = Schema<"UsageFigures">;
interface Group {
  id: string;
  label: string;
  provider?: Provider;
}

const HOUR = 3_600_000;
/** Before that nothing was used. */
const BEGINNING = 100 * 24 * HOUR;

function groupsOf(world: World, by: string): Group[] {
  switch (by) {
    case "key":
      return [...world.pool.keys.values()].map(({ config: { id, name, provider } }) => ({
        id,
        label: name,
        provider,
      }));
    case "model":
      return catalogOf(world)
        .models.filter(({ served }) => served)
        .map(({ model, provider }) => ({ id: `${provider}/${model}`, label: model, provider }));
    case "client":
      return [...clientKeysOf(world).values()]
        .filter(({ owner }) => world.person.role !== "member" || owner?.id === world.person.id)
        .map(({ id, name }) => ({ id, label: name }));
    default:
      return [{ id: "all", label: "Everything" }];
  }
}

/** Usage that follows the hours of people's work, and is the same however often it is asked for. */
function figures(time: number, hours: number, weight: number, random: () => number): Figures {
  const weekend = [0, 6].includes(new Date(time).getDay()) ? 0.35 : 1;
  const hour = new Date(time).getHours();
  const daylight = hours > 1 ? 1 : 0.25 + Math.max(0, Math.sin(((hour - 5) / 16) * Math.PI));
  const tokens = Math.round(1_700_000 * hours * weight * weekend * daylight * (0.7 + random() * 0.6));
  const cacheRead = Math.round(tokens * (0.3 + random() * 0.25));
  const cacheWrite = Math.round(tokens * 0.06);
  const output = Math.round(tokens * 0.14);
  const reasoning = Math.round(tokens * 0.05);
  return {
    requests: Math.round(tokens / 2_300),
    failed: Math.round(tokens / 900_000),
    freshInput: tokens - cacheRead - cacheWrite - output - reasoning,
    cacheRead,
    cacheWrite,
    output,
    reasoning,
    tokens,
    usd: tokens * 3.1e-6,
    usdSaved: cacheRead * 2.2e-6,
  };
}

const NONE: Figures = {
  requests: 0,
  failed: 0,
  freshInput: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  tokens: 0,
  usd: 0,
  usdSaved: 0,
};

function sum(all: Figures[]): Figures {
  return all.reduce(
    (total, one) =>
      Object.fromEntries(
        (Object.keys(NONE) as (keyof Figures)[]).map((name) => [name, total[name] + one[name]]),
      ) as unknown as Figures,
    NONE,
  );
}

function report(world: World, url: URL): Schema<"UsageReport"> {
  const query = url.searchParams;
  const interval = query.get("interval") === "hour" ? "hour" : "day";
  const hours = interval === "hour" ? 1 : 24;
  const from = Date.parse(query.get("from") ?? "");
  const to = Date.parse(query.get("to") ?? "");
  const times: number[] = [];
  for (let time = from; time < to; time += hours * HOUR) {
    times.push(time);
  }
  const groups = groupsOf(world, query.get("groupBy") ?? "none");
  const shares = groups.map((_, index) => 1 / (index + 1.4));
  const all = shares.reduce((total, share) => total + share, 0);
  const made = groups.map((group, index) => {
    const random = seeded(index + 3);
    const series = times.map((time) =>
      time < world.now() - BEGINNING ? NONE : figures(time, hours, (shares[index] ?? 0) / all, random),
    );
    return { ...group, series, total: sum(series) };
  });
  return {
    interval,
    times: times.map((time) => new Date(time).toISOString()),
    groups: made.filter(({ total }) => total.requests > 0).sort((a, b) => b.total.tokens - a.total.tokens),
    total: sum(made.map(({ total }) => total)),
    priced: true,
  };
}

export const usageRoutes: Route[] = [
  {
    method: "GET",
    path: "/usage",
    handle: ({ world, url }) =>
      world.person.role === "member" && url.searchParams.get("groupBy") === "key"
        ? problem(403, "forbidden", "Members see their usage by model and client key")
        : json(report(world, url)),
  },
  {
    method: "GET",
    path: "/usage.csv",
    handle: ({ world, url }) => {
      const { groups, times } = report(world, url);
      const rows = groups.flatMap(({ label, series }) =>
        series.map(({ tokens, usd }, index) => `${times[index]},${label},${tokens},${usd}`),
      );
      return new Response(`time,group,tokens,usd\n${rows.join("\n")}\n`, {
        headers: { "content-type": "text/csv", "content-disposition": 'attachment; filename="usage.csv"' },
      });
    },
  },
];
