-- Incidents with their policy and roster, their rooms, articles, and what people have said of their inbox: a table per
-- kind of thing, as those before. Scopes are written 'incidents', 'room:ID', 'article:ID' and 'inbox:ID'.
CREATE TABLE incident_policy (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_entry (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_report (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_revision (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox_mark (
  scope TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

-- The index for searching follows these by what has changed since it last looked.
CREATE INDEX incident_seq ON incident (seq);
CREATE INDEX article_seq ON article (seq);
CREATE INDEX article_revision_seq ON article_revision (seq);
