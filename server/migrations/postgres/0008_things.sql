-- The things as they stand, of all kinds, each in its scope: an id alone does not say where a thing is, since callers
-- make ids. A row that is gone keeps its last body, so that a number is not given twice. A new kind needs no table.
CREATE TABLE thing (
  scope TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL, -- the last row of the journal that touched it
  gone INTEGER NOT NULL,
  body TEXT NOT NULL, -- JSON
  PRIMARY KEY (scope, kind, id)
);

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
-- not written to: so each ends in an OFFSET, for a plain view would pass what is written on.
CREATE VIEW department AS
  SELECT id,
    body::json ->> 'name' AS name,
    body::json ->> 'parent' AS parent,
    body::json ->> 'head' AS head
  FROM thing
  WHERE kind = 'department' AND gone = 0
  OFFSET 0;

CREATE VIEW person AS
  SELECT id,
    body::json ->> 'name' AS name,
    body::json ->> 'email' AS email,
    body::json ->> 'phone' AS phone,
    body::json ->> 'department' AS department,
    body::json ->> 'role' AS role,
    CAST(body::json ->> 'active' AS BOOLEAN) AS active
  FROM thing
  WHERE kind = 'person' AND gone = 0
  OFFSET 0;

CREATE VIEW project AS
  SELECT id,
    body::json ->> 'number' AS number,
    body::json -> 'registration' ->> 'name' AS name,
    body::json ->> 'stage' AS stage,
    body::json ->> 'lead' AS lead,
    body::json -> 'registration' ->> 'start' AS start,
    CAST(body::json -> 'registration' ->> 'open' AS BOOLEAN) AS open
  FROM thing
  WHERE kind = 'project' AND gone = 0
  OFFSET 0;

CREATE VIEW task AS
  SELECT task.id AS id,
    substr(task.scope, 7) AS project,
    CAST(task.body::json ->> 'number' AS BIGINT) AS number,
    task.body::json ->> 'name' AS name,
    place.body::json ->> 'name' AS board_column,
    CASE WHEN task.body::json -> 'blocked' ->> 'awaiting' IS NULL THEN place.body::json ->> 'status' ELSE 'Blocked' END AS status,
    task.body::json -> 'blocked' ->> 'awaiting' AS awaiting,
    task.body::json ->> 'owner' AS owner,
    task.body::json ->> 'due' AS due,
    task.body::json ->> 'priority' AS priority,
    CAST(task.body::json -> 'progress' ->> 'percent' AS BIGINT) AS percent,
    CAST(task.body::json ->> 'estimate' AS BIGINT) AS estimate,
    task.body::json ->> 'created_by' AS created_by,
    to_timestamp((task.body::json ->> 'created_at')::bigint / 1000000.0) AS created_at
  FROM thing AS task LEFT JOIN thing AS place
    ON place.scope = task.scope AND place.kind = 'board_column' AND place.id = task.body::json ->> 'column'
  WHERE task.kind = 'task' AND task.gone = 0
  OFFSET 0;

CREATE VIEW incident AS
  SELECT body::json ->> 'id' AS id,
    'I-' || (body::json ->> 'year') || '-' || lpad(body::json ->> 'nth', greatest(3, length(body::json ->> 'nth')), '0') AS number,
    body::json ->> 'kind' AS kind,
    body::json ->> 'severity' AS severity,
    body::json ->> 'stage' AS stage,
    body::json ->> 'title' AS title,
    body::json ->> 'reporter' AS reporter,
    to_timestamp((body::json ->> 'reported_at')::bigint / 1000000.0) AS reported_at,
    to_timestamp((body::json -> 'round' -> 'taken' ->> 'at')::bigint / 1000000.0) AS taken_at,
    to_timestamp((body::json -> 'round' -> 'resolved' ->> 'at')::bigint / 1000000.0) AS resolved_at,
    to_timestamp((body::json -> 'round' -> 'confirmed' ->> 'at')::bigint / 1000000.0) AS confirmed_at,
    to_timestamp((body::json -> 'closed' ->> 'at')::bigint / 1000000.0) AS closed_at,
    CAST(body::json -> 'impact' ->> 'affected' AS BIGINT) AS affected,
    body::json ->> 'article' AS article
  FROM thing
  WHERE kind IN ('incident', 'ended_incident') AND gone = 0
  OFFSET 0;

CREATE VIEW article AS
  SELECT card.id AS id,
    card.body::json ->> 'kind' AS kind,
    last.body::json ->> 'title' AS title,
    card.body::json ->> 'author' AS author,
    to_timestamp((card.body::json ->> 'created_at')::bigint / 1000000.0) AS created_at,
    CAST(last.body::json ->> 'number' AS BIGINT) AS revision,
    last.body::json ->> 'by' AS edited_by,
    to_timestamp((last.body::json ->> 'at')::bigint / 1000000.0) AS edited_at,
    CAST(card.body::json ->> 'archived' AS BOOLEAN) AS archived
  FROM thing AS card JOIN thing AS last ON last.scope = card.scope
  WHERE card.kind = 'article' AND card.gone = 0 AND last.kind = 'article_revision' AND last.seq =
    (SELECT max(newer.seq) FROM thing AS newer WHERE newer.scope = card.scope AND newer.kind = 'article_revision')
  OFFSET 0;
