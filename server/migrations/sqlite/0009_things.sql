-- The things as they stand, of all kinds, each in its scope: an id alone does not say where a thing is, since callers
-- make ids. A row that is gone keeps its last body, so that a number is not given twice. A new kind needs no table.
CREATE TABLE thing (
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL, -- the last row of the journal that touched it
  gone INTEGER NOT NULL,
  body TEXT NOT NULL, -- JSON
  PRIMARY KEY (scope, kind, id)
) STRICT, WITHOUT ROWID;

INSERT INTO thing (scope, kind, id, seq, gone, body)
  SELECT scope, 'company', id, seq, gone, body FROM company
  UNION ALL SELECT scope, 'department', id, seq, gone, body FROM department
  UNION ALL SELECT scope, 'person', id, seq, gone, body FROM person
  UNION ALL SELECT scope, 'project', id, seq, gone, body FROM project
  UNION ALL SELECT scope, 'board_column', id, seq, gone, body FROM board_column
  UNION ALL SELECT scope, 'task', id, seq, gone, body FROM task
  UNION ALL SELECT scope, 'comment', id, seq, gone, body FROM comment
  UNION ALL SELECT scope, 'incident_policy', id, seq, gone, body FROM incident_policy
  UNION ALL SELECT scope, 'shift', id, seq, gone, body FROM shift
  UNION ALL SELECT scope, 'incident', id, seq, gone, body FROM incident
  UNION ALL SELECT scope, 'room_entry', id, seq, gone, body FROM room_entry
  UNION ALL SELECT scope, 'room_report', id, seq, gone, body FROM room_report
  UNION ALL SELECT scope, 'article', id, seq, gone, body FROM article
  UNION ALL SELECT scope, 'article_revision', id, seq, gone, body FROM article_revision
  UNION ALL SELECT scope, 'inbox_mark', id, seq, gone, body FROM inbox_mark
  ORDER BY 1, 2, 3;

DROP TABLE company;
DROP TABLE department;
DROP TABLE person;
DROP TABLE project;
DROP TABLE board_column;
DROP TABLE task;
DROP TABLE comment;
DROP TABLE incident_policy;
DROP TABLE shift;
DROP TABLE incident;
DROP TABLE room_entry;
DROP TABLE room_report;
DROP TABLE article;
DROP TABLE article_revision;
DROP TABLE inbox_mark;

-- The index for searching follows these by what has changed since it last looked.
CREATE INDEX thing_found ON thing (seq) WHERE kind IN ('article', 'article_revision', 'incident', 'ended_incident');

-- For whoever points a spreadsheet or a reporting tool at the database: what people ask for, in columns. They are read,
-- not written to.
CREATE VIEW department AS
  SELECT id,
    body ->> 'name' AS name,
    body ->> 'parent' AS parent,
    body ->> 'head' AS head
  FROM thing
  WHERE kind = 'department' AND gone = 0;

CREATE VIEW person AS
  SELECT id,
    body ->> 'name' AS name,
    body ->> 'email' AS email,
    body ->> 'phone' AS phone,
    body ->> 'department' AS department,
    body ->> 'role' AS role,
    (body ->> 'active') = 1 AS active
  FROM thing
  WHERE kind = 'person' AND gone = 0;

CREATE VIEW project AS
  SELECT id,
    body ->> 'number' AS number,
    body -> 'registration' ->> 'name' AS name,
    body ->> 'stage' AS stage,
    body ->> 'lead' AS lead,
    body -> 'registration' ->> 'start' AS start,
    (body -> 'registration' ->> 'open') = 1 AS open
  FROM thing
  WHERE kind = 'project' AND gone = 0;

CREATE VIEW task AS
  SELECT task.id AS id,
    substr(task.scope, 7) AS project,
    CAST(task.body ->> 'number' AS INTEGER) AS number,
    task.body ->> 'name' AS name,
    place.body ->> 'name' AS board_column,
    CASE WHEN task.body -> 'blocked' ->> 'awaiting' IS NULL THEN place.body ->> 'status' ELSE 'Blocked' END AS status,
    task.body -> 'blocked' ->> 'awaiting' AS awaiting,
    task.body ->> 'owner' AS owner,
    task.body ->> 'due' AS due,
    task.body ->> 'priority' AS priority,
    CAST(task.body -> 'progress' ->> 'percent' AS INTEGER) AS percent,
    CAST(task.body ->> 'estimate' AS INTEGER) AS estimate,
    task.body ->> 'created_by' AS created_by,
    strftime('%Y-%m-%dT%H:%M:%SZ', (task.body ->> 'created_at') / 1000000, 'unixepoch') AS created_at
  FROM thing AS task LEFT JOIN thing AS place
    ON place.scope = task.scope AND place.kind = 'board_column' AND place.id = task.body ->> 'column'
  WHERE task.kind = 'task' AND task.gone = 0;

CREATE VIEW incident AS
  SELECT body ->> 'id' AS id,
    printf('I-%d-%03d', body ->> 'year', body ->> 'nth') AS number,
    body ->> 'kind' AS kind,
    body ->> 'severity' AS severity,
    body ->> 'stage' AS stage,
    body ->> 'title' AS title,
    body ->> 'reporter' AS reporter,
    strftime('%Y-%m-%dT%H:%M:%SZ', (body ->> 'reported_at') / 1000000, 'unixepoch') AS reported_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', (body -> 'round' -> 'taken' ->> 'at') / 1000000, 'unixepoch') AS taken_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', (body -> 'round' -> 'resolved' ->> 'at') / 1000000, 'unixepoch') AS resolved_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', (body -> 'round' -> 'confirmed' ->> 'at') / 1000000, 'unixepoch') AS confirmed_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', (body -> 'closed' ->> 'at') / 1000000, 'unixepoch') AS closed_at,
    CAST(body -> 'impact' ->> 'affected' AS INTEGER) AS affected,
    body ->> 'article' AS article
  FROM thing
  WHERE kind IN ('incident', 'ended_incident') AND gone = 0;

CREATE VIEW article AS
  SELECT card.id AS id,
    card.body ->> 'kind' AS kind,
    last.body ->> 'title' AS title,
    card.body ->> 'author' AS author,
    strftime('%Y-%m-%dT%H:%M:%SZ', (card.body ->> 'created_at') / 1000000, 'unixepoch') AS created_at,
    CAST(last.body ->> 'number' AS INTEGER) AS revision,
    last.body ->> 'by' AS edited_by,
    strftime('%Y-%m-%dT%H:%M:%SZ', (last.body ->> 'at') / 1000000, 'unixepoch') AS edited_at,
    (card.body ->> 'archived') = 1 AS archived
  FROM thing AS card JOIN thing AS last ON last.scope = card.scope
  WHERE card.kind = 'article' AND card.gone = 0 AND last.kind = 'article_revision' AND last.seq =
    (SELECT max(newer.seq) FROM thing AS newer WHERE newer.scope = card.scope AND newer.kind = 'article_revision');
