import { useState } from "react";
import { useLocation } from "react-router";

/**
 * A token from the address's fragment, such as `token` of `/setup#token=…`; null when there is none.
 *
 * Tokens stand in the fragment because browsers send it to nobody.
 */
export function useFragment(name: string): string | null {
  const { hash } = useLocation();
  const given = new URLSearchParams(hash.slice(1)).get(name);
  const [value, setValue] = useState(given);
  if (given !== null && given !== value) {
    // A link opened in the same tab changes the fragment and nothing else.
    setValue(given);
  }
  return value;
}
