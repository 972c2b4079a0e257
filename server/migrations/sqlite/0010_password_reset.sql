-- Links by which somebody who has forgotten their password sets another. Of the secret in a link only the SHA-256 digest
-- is kept. Rows stay when they are used or over: they say who made a link for whom, and when it was used.
CREATE TABLE password_reset (
  id TEXT PRIMARY KEY,
  token BLOB NOT NULL UNIQUE,
  person TEXT NOT NULL,
  made_by TEXT, -- NULL: whoever has the server's command line
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX password_reset_person ON password_reset (person, created);
