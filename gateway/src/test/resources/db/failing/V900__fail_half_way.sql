CREATE TABLE half_done (workspace TEXT NOT NULL);
DELETE FROM setting;
INSERT INTO nowhere VALUES (1);
