-- What usage costs, in nano-dollars.

ALTER TABLE pool_usage ADD COLUMN nano_dollars ${long} NOT NULL DEFAULT 0;
