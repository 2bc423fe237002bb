import type { Schema, State } from "@/shared/api/schema";

type Connection = Schema<"GoogleConnection">["state"];

/** How a connection is called on the screen, and in whose state's colour. */
export const CONNECTIONS: Record<Exclude<Connection, "live">, { word: string; state: State }> = {
  refreshing: { word: "Getting a token", state: "trial" },
  unreachable: { word: "Google unreachable", state: "throttled" },
  "needs-reconnecting": { word: "Needs reconnecting", state: "rejected" },
  "client-refused": { word: "OAuth client refused", state: "rejected" },
  "needs-project": { word: "Needs a project", state: "paused" },
};

/** "7 accounts · 6 healthy". */
export function badge(accounts: number, healthy: number): string {
  return `${accounts} ${accounts === 1 ? "account" : "accounts"} · ${healthy} healthy`;
}

/** Google's pages for a step of the set-up, and for each service to enable. */
export const GOOGLE = {
  newProject: "https://console.cloud.google.com/projectcreate",
  consentScreen: "https://console.cloud.google.com/auth/overview",
  clients: "https://console.cloud.google.com/auth/clients",
  service: (name: string) => `https://console.cloud.google.com/apis/library/${name}`,
};

const SERVICES: Record<string, string> = {
  "generativelanguage.googleapis.com": "Generative Language API",
  "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
};

export function serviceName(service: string): string {
  return SERVICES[service] ?? service;
}

/** What to do about a consent that came to nothing, by the problem's type. */
const ADVICE: Record<string, string> = {
  "consent-refused": "Nothing was connected. Add the account again and choose Allow.",
  "consent-late": "The way to Google and back took too long. Begin again.",
  "consent-used": "This answer was used already. If the account is not in the list, begin again.",
  "consent-foreign": "Somebody else, or you before you signed in again, began this. Begin again here.",
  "consent-unknown": "Forebay did not ask for this. Begin from the list of accounts.",
  "other-account": "Begin again and choose the account that is to be reconnected.",
  "scope-missing": "Begin again and leave everything ticked on Google's page.",
  "no-refresh-token":
    "Begin again; if it happens again, remove Forebay's access in the Google account first.",
  "client-refused": "Check the OAuth client below the accounts.",
  "code-refused": "Begin again.",
  "google-unreachable": "Check that this machine reaches Google, and begin again.",
};

export function advice(type: string): string {
  return ADVICE[type] ?? "Begin again.";
}
