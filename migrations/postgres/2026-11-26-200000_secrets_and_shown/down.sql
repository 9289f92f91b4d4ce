ALTER TABLE municipalities DROP COLUMN shown_in;
DROP INDEX jobs_regular;
ALTER TABLE people DROP COLUMN former_keys;
ALTER TABLE mails DROP COLUMN municipality_id;
ALTER TABLE mails DROP COLUMN secret;
