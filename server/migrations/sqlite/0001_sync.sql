-- The journal and what follows from it. Times are UTC microseconds, ids are hyphenated UUIDs, a scope is written
-- 'company', 'project:ID' or 'board:ID', bodies are JSON.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that was ever changed: one row per command and scope. Never updated, never deleted.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  prev INTEGER NOT NULL, -- the row before it in the same scope; 0 for the first
  scope TEXT NOT NULL,
  command_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  changes TEXT NOT NULL
) STRICT;

-- A command runs once, for good.
CREATE UNIQUE INDEX journal_command ON journal (command_id, scope);
CREATE UNIQUE INDEX journal_scope ON journal (scope, seq);

-- Where a thing was touched: the activity of a task or a project.
CREATE TABLE journal_subject (
  subject TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES journal,
  PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;

-- The last command of each browser that was run or refused. The person belongs to the key: an id that somebody else
-- learned is worth nothing to them.
CREATE TABLE client (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  done INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (id, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX client_at ON client (at);

-- What a browser was told of a command that left nothing in the journal, for when it asks again.
CREATE TABLE verdict (
  client TEXT NOT NULL,
  person TEXT NOT NULL,
  number INTEGER NOT NULL,
  rejection TEXT, -- NULL: there was nothing to change
  PRIMARY KEY (client, person, number)
) STRICT, WITHOUT ROWID;

-- The things as they stand, a table per kind, each in its scope: an id alone does not say where a thing is, since
-- callers make ids. A row that is gone keeps its last body, so that a number is not given twice.
CREATE TABLE company (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE board_column (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;
