-- The language somebody asked in, in which whoever has no account is answered.
ALTER TABLE requests ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
