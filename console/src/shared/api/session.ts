import { queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api, rememberCsrfToken } from "@/shared/api/client";
import type { Person, Session } from "@/shared/api/schema";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const session = await answer(api.GET("/session"));
    rememberCsrfToken(session);
    return session;
  },
  staleTime: Infinity,
});

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Who is signed in. Only for pages behind the sign-in. */
export function usePerson(): Person {
  const { person } = useSession();
  if (person === undefined) {
    throw new Error("nobody is signed in, although this page is behind the sign-in");
  }
  return person;
}

/** Whether the person may see and change the workspace: owners and admins, not members. */
export function useMayAdminister(): boolean {
  return useSession().person?.role !== "member";
}

/** Takes over the session that signing in, setting up or joining answered. */
export function useTakeSession(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => {
    rememberCsrfToken(session);
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    queries.setQueryData(sessionQuery.queryKey, session);
  };
}
