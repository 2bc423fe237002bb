-- What usage costs, in nano-dollars, and which prices were asked. A cost that nobody knows is null in
-- a row, and counted as unpriced in a total; so is everything from before there were prices.

ALTER TABLE provider_key ADD COLUMN daily_nano_dollars ${long} NOT NULL
  DEFAULT 9223372036854775807 CHECK (daily_nano_dollars >= 0);

ALTER TABLE pool_usage ADD COLUMN nano_dollars ${long} NOT NULL DEFAULT 0;

ALTER TABLE usage_row ADD COLUMN cost_nanos ${long};
ALTER TABLE usage_row ADD COLUMN price_version ${text} NOT NULL DEFAULT '';

ALTER TABLE usage_daily ADD COLUMN unpriced ${long} NOT NULL DEFAULT 0;
ALTER TABLE usage_daily ADD COLUMN cost_nanos ${long} NOT NULL DEFAULT 0;
UPDATE usage_daily SET unpriced = requests;

-- As usage_daily, by hours of UTC and kept for some weeks only.
CREATE TABLE usage_hourly (
  workspace         ${text} NOT NULL,
  hour              ${long} NOT NULL,
  provider          ${text} NOT NULL,
  model             ${text} NOT NULL,
  key_id            ${text} NOT NULL,
  client_key_id     ${text} NOT NULL,
  requests          ${long} NOT NULL,
  completed         ${long} NOT NULL,
  attempts          ${long} NOT NULL,
  estimated         ${long} NOT NULL,
  unpriced          ${long} NOT NULL,
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
  cost_nanos        ${long} NOT NULL,
  PRIMARY KEY (workspace, hour, provider, model, key_id, client_key_id)
) ${options};
