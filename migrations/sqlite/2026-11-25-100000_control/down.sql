ALTER TABLE municipalities RENAME COLUMN control TO control_after;
ALTER TABLE municipalities RENAME COLUMN control_since TO control_since_after;
ALTER TABLE municipalities ADD COLUMN control TEXT NOT NULL DEFAULT 'government'
    CHECK (control IN ('government', 'occupied'));
ALTER TABLE municipalities ADD COLUMN control_since DATE;
UPDATE municipalities SET
    control = CASE control_after WHEN 'occupied' THEN 'occupied' ELSE 'government' END,
    control_since = control_since_after
    WHERE control_after <> 'government' AND length(control_since_after) = 10;
UPDATE municipalities SET control = 'occupied' WHERE control_after = 'occupied';
ALTER TABLE municipalities DROP COLUMN control_after;
ALTER TABLE municipalities DROP COLUMN control_since_after;
ALTER TABLE municipalities DROP COLUMN control_origin;
