-- When client keys were last used, to a minute. The file's keys have no row of their own, so that
-- this refers to none.

CREATE TABLE client_key_use (
  workspace     ${text} NOT NULL,
  client_key_id ${text} NOT NULL,
  last_used_at  ${long} NOT NULL,
  PRIMARY KEY (workspace, client_key_id)
) ${options};

-- Requests that completed although an attempt before had failed; unknown, and not counted, of what
-- was there before.

ALTER TABLE usage_daily ADD COLUMN rescued ${long} NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN rescued ${long} NOT NULL DEFAULT 0;
