ALTER TABLE claims DROP COLUMN profile_version;
ALTER TABLE claims DROP COLUMN profile;
DROP TABLE contacts;
ALTER TABLE profiles DROP COLUMN published;
