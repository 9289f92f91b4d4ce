-- A profile is public once its members publish it; what files brought in is.
ALTER TABLE profiles ADD COLUMN published BOOLEAN NOT NULL DEFAULT TRUE;

-- Whom to turn to in a municipality: the first and a substitute. Never part
-- of the directory that everybody reads.
CREATE TABLE contacts (
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 2),
    name TEXT NOT NULL CHECK (name <> ''),
    position TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The address as it is looked up: in small letters.
    email_key TEXT NOT NULL CHECK (email_key <> ''),
    phone TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('verified', 'partner')),
    PRIMARY KEY (municipality_id, rank)
);
CREATE INDEX contacts_email ON contacts (email_key);

-- The profile somebody writes while the claim waits, as a document, with the
-- number of times it was saved.
ALTER TABLE claims ADD COLUMN profile TEXT NOT NULL DEFAULT '';
ALTER TABLE claims ADD COLUMN profile_version BIGINT NOT NULL DEFAULT 0;
