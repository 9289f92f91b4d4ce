-- Control of a territory, finer than before: at the front and partly occupied
-- beside occupied; since when, only as precisely as it is known (`2014`,
-- `2022-05`, `2022-05-20`, or nothing); and who said so, for what an import
-- says outlives a newer shipped directory.
ALTER TABLE municipalities RENAME COLUMN control TO control_before;
ALTER TABLE municipalities RENAME COLUMN control_since TO control_since_before;
ALTER TABLE municipalities RENAME COLUMN control_source TO control_source_before;
ALTER TABLE municipalities ADD COLUMN control TEXT NOT NULL DEFAULT 'government'
    CHECK (control IN ('government', 'front', 'partly', 'occupied'));
ALTER TABLE municipalities ADD COLUMN control_since TEXT NOT NULL DEFAULT '';
ALTER TABLE municipalities ADD COLUMN control_source TEXT NOT NULL DEFAULT '';
ALTER TABLE municipalities ADD COLUMN control_origin TEXT NOT NULL DEFAULT 'shipped'
    CHECK (control_origin IN ('shipped', 'imported', 'curated'));
UPDATE municipalities SET
    control = control_before,
    control_since = COALESCE(CAST(control_since_before AS TEXT), ''),
    control_source = control_source_before
    WHERE control_before <> 'government' OR control_source_before <> '';
ALTER TABLE municipalities DROP COLUMN control_before;
ALTER TABLE municipalities DROP COLUMN control_since_before;
ALTER TABLE municipalities DROP COLUMN control_source_before;
