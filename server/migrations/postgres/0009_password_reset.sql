-- Links by which somebody who has forgotten their password sets another. Of the secret in a link only the SHA-256 digest
-- is kept. Rows stay when they are used or over: they say who made a link for whom, and when it was used.
CREATE TABLE password_reset (
  id TEXT COLLATE "C" PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  person TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C", -- NULL: whoever has the server's command line
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT
);

CREATE INDEX password_reset_person ON password_reset (person, created);
