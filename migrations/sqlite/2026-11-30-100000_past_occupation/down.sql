ALTER TABLE municipalities DROP COLUMN occupied_until;
ALTER TABLE municipalities DROP COLUMN occupied_until_source;
