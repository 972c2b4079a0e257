-- Tasks are found as well, by those who read their project; and texts in whatever form they were typed.
ALTER TABLE document ADD COLUMN project TEXT; -- whose readers read it; NULL: it is in none
ALTER TABLE document ADD COLUMN folded TEXT NOT NULL DEFAULT ''; -- title and text as they are compared

DROP INDEX thing_found;
CREATE INDEX thing_found ON thing (seq)
  WHERE kind IN ('article', 'article_revision', 'incident', 'ended_incident', 'task');
