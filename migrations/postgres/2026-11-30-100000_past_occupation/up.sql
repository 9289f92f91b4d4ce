-- Until when a municipality was under occupation in the past, as precisely as it
-- is known, and where that was read. Empty is not known, and not “never”.
ALTER TABLE municipalities ADD COLUMN occupied_until TEXT NOT NULL DEFAULT '';
ALTER TABLE municipalities ADD COLUMN occupied_until_source TEXT NOT NULL DEFAULT '';
