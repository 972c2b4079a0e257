-- Incidents with their policy and roster, their rooms, articles, and what people have said of their inbox: a table per
-- kind of thing, as those before. Scopes are written 'incidents', 'room:ID', 'article:ID' and 'inbox:ID'.
CREATE TABLE incident_policy (LIKE company INCLUDING ALL);
CREATE TABLE shift (LIKE company INCLUDING ALL);
CREATE TABLE incident (LIKE company INCLUDING ALL);
CREATE TABLE room_entry (LIKE company INCLUDING ALL);
CREATE TABLE room_report (LIKE company INCLUDING ALL);
CREATE TABLE article (LIKE company INCLUDING ALL);
CREATE TABLE article_revision (LIKE company INCLUDING ALL);
CREATE TABLE inbox_mark (LIKE company INCLUDING ALL);

-- The index for searching follows these by what has changed since it last looked.
CREATE INDEX incident_seq ON incident (seq);
CREATE INDEX article_seq ON article (seq);
CREATE INDEX article_revision_seq ON article_revision (seq);
