import { useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { Shell } from "@/app/layout/shell";
import { useMayAdminister, useSession } from "@/shared/api/session";
import { LiveProvider } from "@/shared/live/live";

/** Everything behind the sign-in. Others are led to where they can sign in, and back afterwards. */
export function SignedIn() {
  const session = useSession();
  const location = useLocation();
  const wasSignedIn = useRef(false);
  if (session.state === "setup") {
    return <Navigate to="/setup" replace />;
  }
  if (session.state === "signed-out") {
    const from = location.pathname + location.search;
    // eslint-disable-next-line react-hooks/refs -- it only chooses the words of the page that is shown instead
    return <Navigate to="/sign-in" replace state={{ from, expired: wasSignedIn.current }} />;
  }
  // eslint-disable-next-line react-hooks/refs -- as above
  wasSignedIn.current = true;
  return (
    <LiveProvider>
      <Shell />
    </LiveProvider>
  );
}

/** Pages about the pool and the workspace; members start with their usage. */
export function ForAdministrators() {
  return useMayAdminister() ? <Outlet /> : <Navigate to="/usage" replace />;
}
