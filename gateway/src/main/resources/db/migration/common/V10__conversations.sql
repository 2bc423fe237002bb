-- Which conversation a stored response belongs to, by the number that its prompt cache goes by; 0
-- where nobody knows, as with all that were stored before.

ALTER TABLE resource_owner ADD COLUMN conversation ${long} NOT NULL DEFAULT 0;
