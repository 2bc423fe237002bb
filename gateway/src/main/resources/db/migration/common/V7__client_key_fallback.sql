-- Who stands in for what a caller asks for, as `forebay.yaml` words it; null for whoever the settings
-- name.
ALTER TABLE client_key ADD COLUMN fallback ${text};
