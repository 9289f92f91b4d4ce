ALTER TABLE municipalities DROP COLUMN name_uk_source;
