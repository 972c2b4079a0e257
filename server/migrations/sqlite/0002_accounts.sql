-- Passwords, sign-ins and invitations: what is nobody's to read, and therefore neither in the journal nor in a replica.
-- Tokens are kept as SHA-256 digests: who reads this file cannot sign in with what it says.

CREATE TABLE password (
  person TEXT PRIMARY KEY,
  hash TEXT NOT NULL, -- argon2id, with its salt and costs
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  token BLOB NOT NULL UNIQUE,
  person TEXT NOT NULL,
  created INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person);

-- Named by the id that its person will have. Used and revoked ones are deleted: the journal says who has joined.
CREATE TABLE invitation (
  person TEXT PRIMARY KEY,
  token BLOB NOT NULL UNIQUE,
  department TEXT,
  role TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
