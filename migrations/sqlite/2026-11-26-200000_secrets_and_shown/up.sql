-- A letter with a link or a code for its reader alone: what it says is
-- forgotten once it is sent.
ALTER TABLE mails ADD COLUMN secret BOOLEAN NOT NULL DEFAULT 0;
-- Whose news a letter tells, where it tells news to members.
ALTER TABLE mails ADD COLUMN municipality_id BIGINT;
UPDATE mails SET body = '', html = '' WHERE sent_at IS NOT NULL;

-- Addresses a person had before, as they are looked up, with a space between:
-- so that erasing finds what was left under them.
ALTER TABLE people ADD COLUMN former_keys TEXT NOT NULL DEFAULT '';

-- Of the jobs that come again and again there is one each.
DELETE FROM jobs WHERE kind IN ('clearing', 'weekly-letters', 'daily-letters')
    AND id NOT IN (SELECT MIN(id) FROM jobs GROUP BY kind);
CREATE UNIQUE INDEX jobs_regular ON jobs (kind)
    WHERE kind IN ('clearing', 'weekly-letters', 'daily-letters');

-- The version of the last change that everybody could see: what is stated for
-- few, or hidden, brings nobody to the top of a public list.
ALTER TABLE municipalities ADD COLUMN shown_in BIGINT NOT NULL DEFAULT 1;
UPDATE municipalities SET shown_in = changed_in;
