DROP TABLE claim_places;
DROP TABLE claim_files;
DROP TABLE claim_codes;
