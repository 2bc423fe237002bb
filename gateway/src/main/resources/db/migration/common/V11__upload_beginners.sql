-- The client key that began an upload: whoever goes on with it shows nothing but the upload's id.
ALTER TABLE resource_owner ADD COLUMN client_key_id ${text};
