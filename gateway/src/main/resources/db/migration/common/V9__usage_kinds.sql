-- What many rows of usage have in common stands in usage_kind once, so that a row is a few numbers:
-- it is written for every request. A kind's number follows from its content.

CREATE TABLE usage_kind (
  workspace       ${text} NOT NULL,
  kind            ${long} NOT NULL,
  day             ${text} NOT NULL,
  key_id          ${text},
  client_key_id   ${text},
  provider        ${text},
  requested_model ${text} NOT NULL,
  served_model    ${text} NOT NULL,
  operation       ${text} NOT NULL,
  status          ${long} NOT NULL,
  stream          ${long} NOT NULL,
  estimated       ${long} NOT NULL,
  ending          ${text} NOT NULL,
  price_version   ${text} NOT NULL,
  PRIMARY KEY (workspace, kind)
) ${options};

-- Those of older rows are merely counted.
INSERT INTO usage_kind
  (workspace, kind, day, key_id, client_key_id, provider, requested_model, served_model, operation,
   status, stream, estimated, ending, price_version)
SELECT workspace,
  ROW_NUMBER() OVER (ORDER BY workspace, day, key_id, client_key_id, provider, requested_model,
    served_model, operation, status, stream, estimated, ending, price_version),
  day, key_id, client_key_id, provider, requested_model, served_model, operation, status, stream,
  estimated, ending, price_version
FROM (
  SELECT DISTINCT workspace, day, key_id, client_key_id, provider, requested_model, served_model,
    operation, status, stream, estimated, ending, price_version
  FROM usage_row) AS kinds;

ALTER TABLE usage_row RENAME TO usage_row_before;

-- The primary key is the order in which rows come and are listed: a new row lands at its end, and no
-- second index has to be kept.
CREATE TABLE usage_row (
  workspace            ${text} NOT NULL,
  at                   ${long} NOT NULL,
  id                   ${text} NOT NULL,
  kind                 ${long} NOT NULL,
  attempts             ${long} NOT NULL,
  duration_micros      ${long} NOT NULL,
  first_content_micros ${long} NOT NULL,
  in_fresh             ${long} NOT NULL,
  in_cache_read        ${long} NOT NULL,
  in_cache_write_5m    ${long} NOT NULL,
  out_visible          ${long} NOT NULL,
  out_reasoning        ${long} NOT NULL,
  cost_nanos           ${long},
  in_cache_write_1h    ${long} NOT NULL DEFAULT 0,
  tool_in              ${long} NOT NULL DEFAULT 0,
  audio_in             ${long} NOT NULL DEFAULT 0,
  audio_out            ${long} NOT NULL DEFAULT 0,
  image_in             ${long} NOT NULL DEFAULT 0,
  image_out            ${long} NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace, at, id)
) ${options};

INSERT INTO usage_row
  (workspace, at, id, kind, attempts, duration_micros, first_content_micros, in_fresh,
   in_cache_read, in_cache_write_5m, out_visible, out_reasoning, cost_nanos, in_cache_write_1h,
   tool_in, audio_in, audio_out, image_in, image_out)
SELECT b.workspace, b.at, b.id, k.kind, b.attempts, b.duration_micros, b.first_content_micros,
  b.in_fresh, b.in_cache_read, b.in_cache_write_5m, b.out_visible, b.out_reasoning, b.cost_nanos,
  b.in_cache_write_1h, b.tool_in, b.audio_in, b.audio_out, b.image_in, b.image_out
FROM usage_row_before b JOIN usage_kind k
  ON k.workspace = b.workspace AND k.day = b.day
  AND COALESCE(k.key_id, '') = COALESCE(b.key_id, '')
  AND COALESCE(k.client_key_id, '') = COALESCE(b.client_key_id, '')
  AND COALESCE(k.provider, '') = COALESCE(b.provider, '')
  AND k.requested_model = b.requested_model AND k.served_model = b.served_model
  AND k.operation = b.operation AND k.status = b.status AND k.stream = b.stream
  AND k.estimated = b.estimated AND k.ending = b.ending AND k.price_version = b.price_version;

DROP TABLE usage_row_before;
