-- One row: the state of the directory as all processes see it.
CREATE TABLE directory_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL,
    shipped TEXT NOT NULL
);
INSERT INTO directory_state (id, version, shipped) VALUES (1, 0, '');

CREATE TABLE municipalities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('municipality', 'district', 'region', 'association')),
    country TEXT NOT NULL CHECK (length(country) = 2),
    region TEXT NOT NULL,
    district TEXT NOT NULL,
    katottg TEXT UNIQUE,
    geonames_id BIGINT UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    name_en TEXT NOT NULL,
    name_uk TEXT NOT NULL,
    name_native TEXT NOT NULL,
    centre TEXT NOT NULL,
    role TEXT NOT NULL,
    lat DOUBLE NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE NOT NULL CHECK (lon BETWEEN -180 AND 180),
    position TEXT NOT NULL CHECK (position IN ('centre', 'settlements', 'raion')),
    settlements INTEGER,
    status TEXT NOT NULL CHECK (status IN ('listed', 'claimed', 'verified', 'paused')),
    control TEXT NOT NULL CHECK (control IN ('government', 'occupied')),
    control_since DATE,
    control_source TEXT NOT NULL,
    invented BOOLEAN NOT NULL,
    merged_into BIGINT REFERENCES municipalities (id),
    version BIGINT NOT NULL,
    changed_in BIGINT NOT NULL
);
CREATE INDEX municipalities_changed ON municipalities (changed_in);

-- All names of one kind of one municipality, a line each: they are only ever
-- read together, to build the search index.
CREATE TABLE names (
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    kind TEXT NOT NULL CHECK (kind IN ('other', 'former', 'part')),
    lines TEXT NOT NULL,
    PRIMARY KEY (municipality_id, kind)
);

-- Places that belong to a municipality without being its seat.
CREATE TABLE parts (
    geonames_id BIGINT PRIMARY KEY NOT NULL,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id)
);

CREATE TABLE slug_aliases (
    slug TEXT PRIMARY KEY NOT NULL,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id)
);

-- One value of one figure from one origin; what is shown is the highest
-- origin (curated, then imported, then shipped).
CREATE TABLE facts (
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    key TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'imported', 'curated')),
    value BIGINT NOT NULL,
    year INTEGER,
    source TEXT NOT NULL,
    estimated BOOLEAN NOT NULL,
    PRIMARY KEY (municipality_id, key, origin)
);

CREATE TABLE profiles (
    municipality_id BIGINT PRIMARY KEY NOT NULL REFERENCES municipalities (id),
    interpreter BOOLEAN NOT NULL,
    openness TEXT CHECK (openness IN ('open', 'paused', 'complete')),
    capacity INTEGER CHECK (capacity BETWEEN 0 AND 3),
    languages TEXT NOT NULL,
    formats TEXT NOT NULL,
    preferred_countries TEXT NOT NULL,
    excluded_countries TEXT NOT NULL,
    preferred_sizes TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    direction TEXT NOT NULL CHECK (direction IN ('need', 'offer', 'exchange')),
    subarea TEXT NOT NULL,
    rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    audience TEXT NOT NULL CHECK (audience IN ('public', 'verified', 'partner')),
    expires_on DATE NOT NULL,
    UNIQUE (municipality_id, direction, subarea)
);

-- Everything people write, in the language they wrote it in.
CREATE TABLE texts (
    owner TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (owner, owner_id, field, language)
);

-- Recorded ties. An end is an entry of the directory or, outside of it, a
-- name; the pair is stored once, the smaller end first.
CREATE TABLE ties (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    a_id BIGINT REFERENCES municipalities (id),
    a_name TEXT NOT NULL,
    b_id BIGINT REFERENCES municipalities (id),
    b_name TEXT NOT NULL,
    pair_key TEXT NOT NULL UNIQUE,
    since INTEGER,
    source TEXT NOT NULL
);
CREATE INDEX ties_a ON ties (a_id);
CREATE INDEX ties_b ON ties (b_id);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    action TEXT NOT NULL,
    actor BIGINT,
    from_value TEXT,
    to_value TEXT,
    note TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX events_subject ON events (subject, subject_id);

-- Work in the background. A worker holds a job by a lease; when the lease
-- runs out another may take it.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    lease_token TEXT,
    lease_until TIMESTAMP
);
CREATE INDEX jobs_run_at ON jobs (run_at);
