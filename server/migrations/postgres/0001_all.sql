-- The journal and what follows from it. The same columns as on SQLite, so that either engine's rows can be moved to
-- the other and compared byte by byte: times are UTC microseconds, ids are hyphenated UUIDs, a scope is written
-- 'company', 'project:ID' or 'board:ID', bodies are JSON as text.

-- One row. Whoever holds its lock has the turn to write: so numbers become visible in their order, and no two nodes
-- decide on the same state. A turn is counted also where it leaves nothing in the journal.
CREATE TABLE journal_head (
  one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
  epoch TEXT NOT NULL,
  last BIGINT NOT NULL,
  turns BIGINT NOT NULL
);

-- Everything that was ever changed: one row per command and scope.
CREATE TABLE journal (
  seq BIGINT PRIMARY KEY,
  prev BIGINT NOT NULL, -- the row before it in the same scope; 0 for the first
  scope TEXT COLLATE "C" NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  command TEXT NOT NULL,
  changes TEXT NOT NULL
);

-- A command runs once, for good.
CREATE UNIQUE INDEX journal_command ON journal (command_id, scope);
CREATE UNIQUE INDEX journal_scope ON journal (scope, seq);

-- Where a thing was touched: the activity of a task or a project.
CREATE TABLE journal_subject (
  subject TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES journal,
  PRIMARY KEY (subject, seq)
);

-- The last command of each browser that was run or refused. The person belongs to the key: an id that somebody else
-- learned is worth nothing to them.
CREATE TABLE client (
  id TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  done BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (id, person)
);

CREATE INDEX client_at ON client (at);

-- What a browser was told of a command that left nothing in the journal, for when it asks again.
CREATE TABLE verdict (
  client TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  rejection TEXT, -- NULL: there was nothing to change
  PRIMARY KEY (client, person, number)
);

-- The things as they stand, a table per kind, each in its scope: an id alone does not say where a thing is, since
-- callers make ids. A row that is gone keeps its last body, so that a number is not given twice.
CREATE TABLE company (
  scope TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL, gone INTEGER NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY (scope, id)
);
CREATE TABLE department (LIKE company INCLUDING ALL);
CREATE TABLE person (LIKE company INCLUDING ALL);
CREATE TABLE project (LIKE company INCLUDING ALL);
CREATE TABLE board_column (LIKE company INCLUDING ALL);
CREATE TABLE task (LIKE company INCLUDING ALL);
CREATE TABLE comment (LIKE company INCLUDING ALL);

-- Passwords, sign-ins and invitations: what is nobody's to read, and therefore neither in the journal nor in a replica.
-- Tokens are kept as SHA-256 digests: who reads this cannot sign in with what it says.
CREATE TABLE password (
  person TEXT COLLATE "C" PRIMARY KEY,
  hash TEXT NOT NULL, -- argon2id, with its salt and costs
  at BIGINT NOT NULL
);

CREATE TABLE session (
  id TEXT COLLATE "C" PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  person TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  agent TEXT NOT NULL
);

CREATE INDEX session_person ON session (person);

-- Named by the id that its person will have. Used and revoked ones are deleted: the journal says who has joined.
CREATE TABLE invitation (
  person TEXT COLLATE "C" PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  department TEXT COLLATE "C",
  role TEXT NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
