-- One text for SQLite and PostgreSQL: the placeholders stand for what the two call differently
-- (storage.sql, class Migrations). Instants are microseconds since 1970, days are ISO dates, yes
-- and no are 1 and 0. Every row belongs to a workspace.

CREATE TABLE workspace (
  id         ${text} NOT NULL,
  name       ${text} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (id)
) ${options};

INSERT INTO workspace (id, name, created_at) VALUES ('default', 'default', 0);

CREATE TABLE provider_key (
  workspace    ${text}  NOT NULL REFERENCES workspace (id),
  id           ${text}  NOT NULL,
  provider     ${text}  NOT NULL,
  name         ${text}  NOT NULL,
  secret       ${bytes} NOT NULL, -- sealed, never in clear
  suffix       ${text}  NOT NULL,
  limit_group  ${text},
  priority     ${long}  NOT NULL CHECK (priority BETWEEN 1 AND 10),
  daily_tokens ${long}  NOT NULL CHECK (daily_tokens >= 0),
  models       ${text}  NOT NULL, -- one per line
  base_url     ${text},
  paused       ${long}  NOT NULL CHECK (paused IN (0, 1)),
  note         ${text}  NOT NULL,
  created_at   ${long}  NOT NULL,
  updated_at   ${long}  NOT NULL,
  PRIMARY KEY (workspace, id)
) ${options};

CREATE TABLE client_key (
  workspace  ${text} NOT NULL REFERENCES workspace (id),
  id         ${text} NOT NULL,
  name       ${text} NOT NULL,
  hash       ${text} NOT NULL UNIQUE,
  suffix     ${text} NOT NULL,
  created_at ${long} NOT NULL,
  revoked_at ${long},
  PRIMARY KEY (workspace, id)
) ${options};

CREATE TABLE setting (
  workspace  ${text} NOT NULL REFERENCES workspace (id),
  name       ${text} NOT NULL,
  value      ${text} NOT NULL,
  PRIMARY KEY (workspace, name)
) ${options};

-- Usage outlives the keys and client keys it speaks of, so that it refers to them without a constraint.
-- The primary key is the order in which rows come and are listed: a new row lands at its end, and no
-- second index has to be kept.
CREATE TABLE usage_row (
  workspace            ${text} NOT NULL,
  at                   ${long} NOT NULL,
  id                   ${text} NOT NULL,
  day                  ${text} NOT NULL,
  key_id               ${text},
  client_key_id        ${text},
  provider             ${text},
  requested_model      ${text} NOT NULL,
  served_model         ${text} NOT NULL,
  operation            ${text} NOT NULL,
  status               ${long} NOT NULL,
  stream               ${long} NOT NULL,
  attempts             ${long} NOT NULL,
  duration_micros      ${long} NOT NULL,
  first_content_micros ${long} NOT NULL,
  in_fresh             ${long} NOT NULL,
  in_cache_read        ${long} NOT NULL,
  in_cache_write_5m    ${long} NOT NULL,
  in_cache_write_1h    ${long} NOT NULL,
  out_visible          ${long} NOT NULL,
  out_reasoning        ${long} NOT NULL,
  tool_in              ${long} NOT NULL,
  audio_in             ${long} NOT NULL,
  audio_out            ${long} NOT NULL,
  image_in             ${long} NOT NULL,
  image_out            ${long} NOT NULL,
  estimated            ${long} NOT NULL,
  ending               ${text} NOT NULL,
  PRIMARY KEY (workspace, at, id)
) ${options};

-- An empty provider, key or client key stands for none: a primary key cannot hold a null.
CREATE TABLE usage_daily (
  workspace         ${text} NOT NULL,
  day               ${text} NOT NULL,
  provider          ${text} NOT NULL,
  model             ${text} NOT NULL,
  key_id            ${text} NOT NULL,
  client_key_id     ${text} NOT NULL,
  requests          ${long} NOT NULL,
  completed         ${long} NOT NULL,
  attempts          ${long} NOT NULL,
  estimated         ${long} NOT NULL,
  in_fresh          ${long} NOT NULL,
  in_cache_read     ${long} NOT NULL,
  in_cache_write_5m ${long} NOT NULL,
  in_cache_write_1h ${long} NOT NULL,
  out_visible       ${long} NOT NULL,
  out_reasoning     ${long} NOT NULL,
  tool_in           ${long} NOT NULL,
  audio_in          ${long} NOT NULL,
  audio_out         ${long} NOT NULL,
  image_in          ${long} NOT NULL,
  image_out         ${long} NOT NULL,
  PRIMARY KEY (workspace, day, provider, model, key_id, client_key_id)
) ${options};

-- What of the pools outlives a restart. An empty subject or model stands for none.
CREATE TABLE pool_state (
  workspace ${text} NOT NULL,
  saved_at  ${long} NOT NULL,
  PRIMARY KEY (workspace)
) ${options};

CREATE TABLE pool_cooling (
  workspace  ${text} NOT NULL,
  scope      ${text} NOT NULL,
  provider   ${text} NOT NULL,
  subject    ${text} NOT NULL,
  model      ${text} NOT NULL,
  until      ${long} NOT NULL,
  level      ${long} NOT NULL,
  cause      ${text} NOT NULL,
  reason     ${text} NOT NULL,
  provenance ${text} NOT NULL,
  PRIMARY KEY (workspace, scope, provider, subject, model)
) ${options};

CREATE TABLE pool_rejection (
  workspace  ${text} NOT NULL,
  key_id     ${text} NOT NULL,
  reason     ${text} NOT NULL,
  provenance ${text} NOT NULL,
  since      ${long} NOT NULL,
  next_probe ${long} NOT NULL,
  PRIMARY KEY (workspace, key_id)
) ${options};

CREATE TABLE pool_usage (
  workspace ${text} NOT NULL,
  key_id    ${text} NOT NULL,
  day       ${text} NOT NULL,
  tokens    ${long} NOT NULL,
  PRIMARY KEY (workspace, key_id, day)
) ${options};

CREATE TABLE pool_pause (
  workspace ${text} NOT NULL,
  key_id    ${text} NOT NULL,
  PRIMARY KEY (workspace, key_id)
) ${options};
