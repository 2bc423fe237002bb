-- Who may use the control plane, and what they did with it. Tokens and passwords are digests.

CREATE TABLE person (
  workspace    ${text} NOT NULL REFERENCES workspace (id),
  id           ${text} NOT NULL,
  email        ${text} NOT NULL, -- in lower case
  name         ${text} NOT NULL,
  role         ${text} NOT NULL,
  source       ${text} NOT NULL,
  password     ${text} NOT NULL, -- an Argon2id hash
  created_at   ${long} NOT NULL,
  last_seen_at ${long},
  PRIMARY KEY (workspace, id),
  UNIQUE (workspace, email)
) ${options};

CREATE TABLE person_session (
  workspace    ${text} NOT NULL,
  id           ${text} NOT NULL,
  person_id    ${text} NOT NULL,
  hash         ${text} NOT NULL UNIQUE,
  created_at   ${long} NOT NULL,
  last_seen_at ${long} NOT NULL,
  address      ${text} NOT NULL,
  agent        ${text} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, person_id) REFERENCES person (workspace, id) ON DELETE CASCADE
) ${options};

CREATE TABLE api_token (
  workspace    ${text} NOT NULL,
  id           ${text} NOT NULL,
  person_id    ${text} NOT NULL,
  name         ${text} NOT NULL,
  hash         ${text} NOT NULL UNIQUE,
  suffix       ${text} NOT NULL,
  created_at   ${long} NOT NULL,
  last_used_at ${long},
  expires_at   ${long},
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, person_id) REFERENCES person (workspace, id) ON DELETE CASCADE
) ${options};

-- What the token of a link admits to, once.
CREATE TABLE pass (
  workspace  ${text} NOT NULL REFERENCES workspace (id),
  id         ${text} NOT NULL,
  kind       ${text} NOT NULL,
  hash       ${text} NOT NULL UNIQUE,
  person_id  ${text},
  email      ${text} NOT NULL,
  role       ${text} NOT NULL,
  issued_by  ${text} NOT NULL,
  created_at ${long} NOT NULL,
  expires_at ${long} NOT NULL,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, person_id) REFERENCES person (workspace, id) ON DELETE CASCADE
) ${options};

-- The audit log outlives whom it speaks of. Its primary key is the order in which it is read.
CREATE TABLE audit_entry (
  workspace ${text} NOT NULL,
  at        ${long} NOT NULL,
  id        ${text} NOT NULL,
  actor     ${text} NOT NULL,
  action    ${text} NOT NULL,
  subject   ${text} NOT NULL,
  detail    ${text} NOT NULL,
  address   ${text} NOT NULL,
  PRIMARY KEY (workspace, at, id)
) ${options};

-- Zero stands for no limit.
ALTER TABLE client_key ADD COLUMN owner_id ${text};
ALTER TABLE client_key ADD COLUMN requests_per_minute ${long} NOT NULL DEFAULT 0;
ALTER TABLE client_key ADD COLUMN requests_per_day ${long} NOT NULL DEFAULT 0;
ALTER TABLE client_key ADD COLUMN tokens_per_minute ${long} NOT NULL DEFAULT 0;
ALTER TABLE client_key ADD COLUMN tokens_per_day ${long} NOT NULL DEFAULT 0;
