-- The few projects that matter most to a municipality now; their titles
-- stand with the other texts.
CREATE TABLE projects (
    id BIGSERIAL PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    area TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('idea', 'prepared', 'funded', 'running')),
    -- A band in euros; empty where nobody has said.
    cost TEXT NOT NULL CHECK (cost IN
        ('', 'below-100k', 'below-500k', 'below-2m', 'below-10m', 'above-10m')),
    -- The number of the national register of recovery projects, or empty.
    dream TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('public', 'verified', 'partner'))
);
CREATE INDEX projects_municipality ON projects (municipality_id);
