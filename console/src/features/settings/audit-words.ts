import type { Provider, Schema } from "@/shared/api/schema";
import { providerName } from "@/shared/components/provider-mark";
import { capitalised } from "@/shared/format/words";

/** What was done, in the words between who did it and what it was done to. */
interface Action {
  said: string;
  /** The words when people did it to themselves; then nothing follows but the detail. */
  own?: string;
  /** Whether the detail goes on with the sentence instead of standing under it. */
  inline?: boolean;
}

const ACTIONS: Record<string, Action> = {
  "key.created": { said: "added the API key" },
  "key.imported": { said: "imported" },
  "key.edited": { said: "edited the API key" },
  "key.priority": { said: "changed the priority of", inline: true },
  "key.paused": { said: "paused" },
  "key.resumed": { said: "resumed" },
  "key.recovered": { said: "recovered" },
  "key.deleted": { said: "removed the API key" },
  "account.connected": { said: "connected the Google account" },
  "account.reconnected": { said: "reconnected the Google account" },
  "account.project": { said: "changed the project of", inline: true },
  "account.removed": { said: "removed the Google account" },
  "account.revoked": { said: "revoked at Google" },
  "account.not-revoked": { said: "did not revoke at Google" },
  "account.ended": { said: "ended the Google account" },
  "consent.begun": { said: "began to connect" },
  "consent.refused": { said: "could not finish" },
  "google.client": { said: "set the" },
  "google.client-removed": { said: "removed the" },
  "client-key.created": { said: "made the client key" },
  "client-key.edited": { said: "edited the client key" },
  "client-key.revoked": { said: "revoked the client key" },
  "person.created": { said: "made an account for", inline: true },
  "person.invited": { said: "invited", inline: true },
  "person.invitation-withdrawn": { said: "withdrew the invitation of" },
  "person.joined": { said: "let in", own: "joined", inline: true },
  "person.edited": { said: "edited the account of", own: "edited their account" },
  "person.role": { said: "changed the role of", inline: true },
  "person.removed": { said: "removed" },
  "person.password": { said: "changed the password of", own: "changed their password", inline: true },
  "person.password-failed": {
    said: "gave a wrong current password of",
    own: "gave a wrong current password",
  },
  "session.started": { said: "signed in as", own: "signed in", inline: true },
  "session.ended": { said: "ended the session of", own: "signed out" },
  "session.revoked": { said: "ended a session of", own: "signed out", inline: true },
  "session.failed": { said: "failed to sign in as", own: "failed to sign in" },
  "link.failed": { said: "tried to use the", inline: true },
  "settings.changed": { said: "changed the" },
  "fallback.changed": { said: "changed the" },
  "price.overridden": { said: "set the price of" },
  "price.override-removed": { said: "went back to the catalogue’s price of" },
  "token.created": { said: "made the API token" },
  "token.revoked": { said: "revoked the API token" },
};

const ACTORS: Record<string, string> = {
  setup: "The set-up link",
  file: "The settings file",
  google: "Google",
  somebody: "Somebody",
};

export interface Sentence {
  actor: string;
  said: string;
  subject?: string;
  /** Goes on with the sentence. */
  rest?: string;
  /** Stands under it. */
  note?: string;
}

/** An entry as a sentence; an action we have no words for stays as it is. */
export function sentenceOf({ actor, action, subject, detail = "" }: Schema<"AuditEntry">): Sentence {
  const { said, own, inline = false }: Action = ACTIONS[action] ?? { said: action };
  const themselves = own !== undefined && isSame(actor, subject);
  return {
    actor: ACTORS[actor] ?? actor,
    said: themselves ? own : said,
    ...(!themselves && subject !== "" && { subject: spoken(subject) }),
    ...(detail !== "" && (inline ? { rest: detail } : { note: noteOf(detail) })),
  };
}

/** A script acts for its person: "ann@example.com (token deploy …ab12)". */
function isSame(actor: string, subject: string): boolean {
  return actor === subject || actor.startsWith(`${subject} (token `);
}

/** Begins with a capital, unless it begins with a key's name. */
function noteOf(detail: string): string {
  return /^(anthropic|openai|gemini)\//.test(detail)
    ? detail.replaceAll(/(?:anthropic|openai|gemini)\/.+?(?=, | and \d+ more$|$)/g, spoken)
    : capitalised(detail);
}

/** "openai/main" is a key or a model of a provider. */
function spoken(subject: string): string {
  const [, provider, name] = /^(anthropic|openai|gemini)\/(.+)$/.exec(subject) ?? [];
  return provider === undefined ? subject : `${name} (${providerName(provider as Provider)})`;
}
