import { json, type Route } from "@/shared/testing/fake/http";

export const poolRoutes: Route[] = [
  { method: "GET", path: "/pool", handle: ({ world }) => json(world.pool.health()) },
  {
    method: "GET",
    path: "/pool/traffic",
    handle: ({ world, url }) =>
      json({ step: 1000, points: world.pool.points.slice(-Number(url.searchParams.get("seconds") ?? 300)) }),
  },
  {
    method: "GET",
    path: "/events",
    handle: ({ world, request, url }) => {
      const topics = (url.searchParams.get("topics") ?? "pool").split(",");
      const hello =
        topics.includes("pool") && world.person.role !== "member"
          ? world.feed.picture(world.pool.health())
          : `event: beat\ndata: {"at":"${new Date(world.now()).toISOString()}"}\n\n`;
      return world.feed.open(request, topics, hello);
    },
  },
];
