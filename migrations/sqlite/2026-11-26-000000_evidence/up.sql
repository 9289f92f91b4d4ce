-- A code that went to the official address a claim names: whoever gives it
-- back was handed it there.
CREATE TABLE claim_codes (
    claim_id BIGINT PRIMARY KEY NOT NULL REFERENCES claims (id),
    address TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    given_at TIMESTAMP
);
-- A letter or a decision of the council that is shown with a claim, made
-- harmless before it came here.
CREATE TABLE claim_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id BIGINT NOT NULL REFERENCES claims (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    body BLOB NOT NULL,
    added_at TIMESTAMP NOT NULL
);
CREATE INDEX claim_files_claim ON claim_files (claim_id);
-- Listed places that belong to the municipality, as the claimant says.
CREATE TABLE claim_places (
    claim_id BIGINT NOT NULL REFERENCES claims (id),
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    PRIMARY KEY (claim_id, municipality_id)
);
