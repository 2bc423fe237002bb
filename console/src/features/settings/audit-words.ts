const WORDS: Record<string, string> = {
  "key.created": "added the API key",
  "key.imported": "imported",
  "key.edited": "edited the API key",
  "key.priority": "changed the priority of",
  "key.paused": "paused",
  "key.resumed": "resumed",
  "key.recovered": "recovered",
  "key.deleted": "deleted the API key",
  "client-key.created": "made the client key",
  "client-key.edited": "edited the client key",
  "client-key.revoked": "revoked the client key",
  "person.created": "set up the account of",
  "person.invited": "invited",
  "person.invitation-withdrawn": "withdrew the invitation of",
  "person.joined": "joined as",
  "person.edited": "edited the account of",
  "person.role": "changed the role of",
  "person.removed": "removed",
  "person.password": "changed the password of",
  "person.password-failed": "gave a wrong current password for",
  "session.started": "signed in as",
  "session.ended": "ended the session of",
  "session.revoked": "ended a session of",
  "session.failed": "failed to sign in as",
  "settings.changed": "changed the",
  "price.overridden": "set the price of",
  "price.override-removed": "reset the price of",
  "token.created": "made the API token",
  "token.revoked": "revoked the API token",
};

/** What was done, in words that go between who and what; an action we have no words for stays as it is. */
export function actionWords(action: string): string {
  return WORDS[action] ?? action;
}
