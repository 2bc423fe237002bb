import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";

/** How far back the chart looks, in seconds. */
export const WINDOW = 300;

/** Recent traffic by key; what comes after it comes from the feed. */
export const trafficQuery = queryOptions({
  queryKey: ["traffic"],
  queryFn: () => answer(api.GET("/pool/traffic", { params: { query: { seconds: WINDOW } } })),
  // Read anew whenever the page is opened, and never kept.
  staleTime: 0,
  gcTime: 0,
});

/** What was used since midnight, for the prompt cache's share of it. */
export const todayQuery = queryOptions({
  queryKey: ["usage-today"],
  queryFn: () => {
    const from = new Date();
    from.setHours(0, 0, 0, 0);
    const to = new Date(from);
    to.setDate(to.getDate() + 1);
    return answer(
      api.GET("/usage", {
        params: {
          query: { from: from.toISOString(), to: to.toISOString(), interval: "hour", groupBy: "none" },
        },
      }),
    );
  },
  refetchInterval: 60_000,
});
