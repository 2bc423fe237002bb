import { useSearchParams } from "react-router";

interface Address {
  params: URLSearchParams;
  /** Sets what has a value and takes out what has none, without a new step to go back. */
  change: (changes: Record<string, string | null>) => void;
  clear: () => void;
}

/** What a page shows stands in its address, so that it can be linked to and survives a reload. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  function change(changes: Record<string, string | null>) {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) {
        next.delete(name);
      } else {
        next.set(name, value);
      }
    }
    setParams(next, { replace: true });
  }
  return { params, change, clear: () => setParams({}, { replace: true }) };
}
