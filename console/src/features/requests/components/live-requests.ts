import { useEffect, useEffectEvent, useRef, useState } from "react";
import { passes, type Filters } from "@/features/requests/filters";
import type { RequestSummary } from "@/shared/api/schema";
import { useFeedEvent, useTopic } from "@/shared/live/live";

/** So many of those that came while the page is open are kept on it. */
const MOST = 200;
/** The list moves at most this often. */
const FLUSH_EVERY = 600;

/** The feed leaves some out when there are more; see the contract. */
const MOST_OF_FLUSH = 10;

interface LiveRequests {
  /** What came since the page was opened, the youngest first. */
  fresh: readonly RequestSummary[];
  /** How many wait while the list stands still. */
  waiting: number;
  /** Whether there were more than the feed tells of. */
  sampled: boolean;
  /** Forgets what came, because the list was read again. */
  restart: () => void;
}

/** Requests as they finish. While `held`, they are counted and shown afterwards. */
export function useLiveRequests(filters: Filters, held: boolean): LiveRequests {
  const [fresh, setFresh] = useState<readonly RequestSummary[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [sampled, setSampled] = useState(false);
  const pending = useRef<RequestSummary[]>([]);
  const heard = useRef(0);
  useTopic("requests");
  useFeedEvent("request", (request) => {
    heard.current++;
    if (passes(request, filters)) {
      pending.current = [request, ...pending.current].slice(0, MOST);
    }
  });
  const flush = useEffectEvent(() => {
    if (heard.current >= MOST_OF_FLUSH) {
      setSampled(true);
    }
    heard.current = 0;
    if (held) {
      setWaiting(pending.current.length);
    } else if (pending.current.length > 0) {
      const came = pending.current;
      pending.current = [];
      setWaiting(0);
      setFresh((before) => [...came, ...before].slice(0, MOST));
    }
  });
  useEffect(() => {
    const timer = setInterval(() => flush(), FLUSH_EVERY);
    return () => clearInterval(timer);
  }, []);
  function restart() {
    pending.current = [];
    setFresh([]);
    setWaiting(0);
    setSampled(false);
  }
  return { fresh, waiting: held ? waiting : 0, sampled, restart };
}
