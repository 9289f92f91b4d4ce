-- What somebody asks officers to set right: a figure, a partnership that is
-- not recorded, a municipality that is not listed.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('population', 'tie', 'other', 'missing')),
    -- What it is about; none for a municipality that is not listed.
    municipality_id BIGINT REFERENCES municipalities (id),
    -- Who asks; none for a stranger, who may leave an address.
    account_id BIGINT REFERENCES accounts (id),
    email TEXT NOT NULL,
    -- A figure, the name of a partner, or of a municipality.
    value TEXT NOT NULL,
    country TEXT NOT NULL,
    year INTEGER,
    source TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'refused')),
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX requests_state ON requests (state, created_at);
CREATE INDEX requests_account ON requests (account_id);
