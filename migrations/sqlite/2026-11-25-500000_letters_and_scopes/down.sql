DROP TABLE unsent_forms;
ALTER TABLE mails DROP COLUMN unsubscribe;
ALTER TABLE people DROP COLUMN letters_key;
DROP TABLE unwanted_letters;
ALTER TABLE organisations DROP COLUMN countries;
