-- Which provider key made what a provider stores: files, batches, responses, conversations, caches.
CREATE TABLE resource_owner (
  workspace   ${text} NOT NULL REFERENCES workspace (id),
  resource    ${text} NOT NULL,
  key_id      ${text} NOT NULL,
  limit_group ${text} NOT NULL,
  made_at     ${long} NOT NULL,
  PRIMARY KEY (workspace, resource)
) ${options};

CREATE INDEX resource_owner_by_age ON resource_owner (workspace, made_at);
