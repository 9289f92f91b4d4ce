-- Where the Ukrainian name of a municipality is from: an established name, a
-- spelling of GeoNames, or a transcription.
ALTER TABLE municipalities ADD COLUMN name_uk_source TEXT NOT NULL DEFAULT 'known';
