-- Officers of an organisation see the municipalities of these countries, as
-- codes with a space between; nothing stands for all.
ALTER TABLE organisations ADD COLUMN countries TEXT NOT NULL DEFAULT '';

-- Letters somebody does not want, by topic. What is not here is wanted.
CREATE TABLE unwanted_letters (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    topic TEXT NOT NULL,
    PRIMARY KEY (account_id, topic)
);

-- What the link at the end of a letter is made of by which its reader stops
-- more of the kind without signing in; nothing until the first such letter.
ALTER TABLE people ADD COLUMN letters_key TEXT NOT NULL DEFAULT '';

-- The address of that link, for the header of the letter.
ALTER TABLE mails ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';

-- What somebody has written in a form and not sent yet.
CREATE TABLE unsent_forms (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Where the form is sent to, without the language.
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, address)
);
