-- Invitations that say who is invited, and those that many may use.
ALTER TABLE invitation ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN most INTEGER; -- how many may use it; none: the one whom it is named by
ALTER TABLE invitation ADD COLUMN used INTEGER NOT NULL DEFAULT 0; -- how many have
