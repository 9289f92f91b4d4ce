-- Somebody says that they speak for a municipality. What an officer decides
-- on it is an event; the words of the claimant are the claimant's, and can be
-- taken out without touching the decision.
CREATE TABLE claims (
    id BIGSERIAL PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN
        ('unconfirmed', 'submitted', 'returned', 'accepted', 'refused', 'withdrawn')),
    -- What the claimant does there, where the municipality can be reached
    -- officially, where a letter or decision can be read, and anything more.
    position TEXT NOT NULL,
    official_address TEXT NOT NULL,
    evidence TEXT NOT NULL,
    message TEXT NOT NULL,
    -- What the officer wrote last: a question, or the reason.
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX claims_state ON claims (state, created_at);
CREATE INDEX claims_municipality ON claims (municipality_id);
-- One claim at a time of one account for one municipality.
CREATE UNIQUE INDEX claims_open ON claims (account_id, municipality_id)
    WHERE state IN ('unconfirmed', 'submitted', 'returned');
