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
