-- Whom an officer works for: a municipality's association or a programme.
CREATE TABLE organisations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('association', 'programme')),
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
);

-- An account as the log knows it: a number and what it may do. Everything
-- that says who the person is stands in people, credentials and the tables
-- that hang on them, and can be deleted without touching the log.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'suspended', 'erased')),
    office TEXT NOT NULL CHECK (office IN ('none', 'officer', 'admin')),
    organisation_id BIGINT REFERENCES organisations (id),
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE people (
    account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT NOT NULL,
    -- The address as it is looked up: in small letters.
    email_key TEXT NOT NULL UNIQUE CHECK (email_key <> ''),
    language TEXT NOT NULL CHECK (length(language) = 2)
);

-- What an account proves itself by. A password is an Argon2id hash; the
-- second factor is the secret of a TOTP generator and the last step it was
-- used for, so that a code counts once.
CREATE TABLE credentials (
    account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    password_hash TEXT,
    totp_secret TEXT,
    totp_last_step BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- Who speaks for a municipality. Only an active membership gives a right.
CREATE TABLE memberships (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    role TEXT NOT NULL CHECK (role IN ('editor', 'signatory')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    since TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (account_id, municipality_id)
);
CREATE INDEX memberships_municipality ON memberships (municipality_id);

-- Tokens are kept as SHA-256 only: whoever reads the table cannot use them.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Whether the second factor was given, or none is needed.
    proven BOOLEAN NOT NULL,
    -- What the browser calls itself, to tell one's sessions apart.
    device TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    -- When the password was last given; changes of credentials ask for it.
    proven_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- Links that work once: invitations, new passwords, new addresses.
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password', 'address')),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- For a new address, that address.
    payload TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX links_account ON links (account_id);

-- How often something was tried in a window of time, by whom; counted for all
-- processes together.
CREATE TABLE attempts (
    key TEXT PRIMARY KEY NOT NULL,
    tries INTEGER NOT NULL,
    since TIMESTAMP NOT NULL
);

-- Letters to be sent, written in the transaction of what they speak of. A job
-- sends each.
CREATE TABLE mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT REFERENCES accounts (id),
    topic TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
);
CREATE INDEX mails_account ON mails (account_id);
