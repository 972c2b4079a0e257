-- Invitations that say who is invited, and those that many may use.
ALTER TABLE invitation ADD COLUMN name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN email TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN most BIGINT; -- how many may use it; none: the one whom it is named by
ALTER TABLE invitation ADD COLUMN used BIGINT NOT NULL DEFAULT 0; -- how many have
