-- Municipalities whose statements and contacts nobody else sees until two
-- officers have agreed to show them again.
CREATE TABLE hidings (
    municipality_id BIGINT PRIMARY KEY NOT NULL REFERENCES municipalities (id),
    hidden_by BIGINT NOT NULL REFERENCES accounts (id),
    hidden_at TIMESTAMP NOT NULL,
    -- The first officer who agreed; a second one lifts it.
    agreed_by BIGINT REFERENCES accounts (id)
);
