-- Provider keys that are connected Google accounts: their secret in provider_key is the refresh token, or a
-- service account's key file.
CREATE TABLE google_account (
  workspace    ${text} NOT NULL,
  key_id       ${text} NOT NULL,
  kind         ${text} NOT NULL,
  email        ${text} NOT NULL,
  subject      ${text} NOT NULL,
  client_id    ${text} NOT NULL, -- the OAuth client that it was connected with
  scopes       ${text} NOT NULL, -- one per line
  project      ${text},
  connected_at ${long} NOT NULL,
  expires_at   ${long},
  ended_at     ${long}, -- when Google refused the refresh token
  ending       ${text} NOT NULL,
  PRIMARY KEY (workspace, key_id),
  FOREIGN KEY (workspace, key_id) REFERENCES provider_key (workspace, id) ON DELETE CASCADE
) ${options};

-- The operator's OAuth client.
CREATE TABLE google_client (
  workspace   ${text}  NOT NULL REFERENCES workspace (id),
  client_id   ${text}  NOT NULL,
  secret      ${bytes} NOT NULL, -- sealed, never in clear
  publishing  ${text}  NOT NULL,
  console_url ${text},
  updated_at  ${long}  NOT NULL,
  PRIMARY KEY (workspace)
) ${options};

-- Attempts to connect an account, between leaving for Google and coming back.
CREATE TABLE google_consent (
  workspace    ${text}  NOT NULL REFERENCES workspace (id),
  id           ${text}  NOT NULL,
  state_hash   ${text}  NOT NULL UNIQUE,
  verifier     ${bytes} NOT NULL, -- sealed, never in clear
  begun_by     ${text}  NOT NULL, -- the session or the API token
  redirect_uri ${text}  NOT NULL,
  client_id    ${text}  NOT NULL,
  key_id       ${text}, -- the account that is reconnected
  created_at   ${long}  NOT NULL,
  expires_at   ${long}  NOT NULL,
  used_at      ${long},
  PRIMARY KEY (workspace, id)
) ${options};
