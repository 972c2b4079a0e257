-- What can be searched and listed: made from the things, and made anew from nothing where it is missing. It goes into
-- no backup. The texts are cut into words before they come here, see knowledge/words.rs.
CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- 'article' or 'incident'
  id TEXT NOT NULL,
  seq INTEGER NOT NULL, -- the row of the journal that it follows from
  title TEXT NOT NULL,
  body TEXT NOT NULL, -- what it says, without marks of Markdown
  sort TEXT NOT NULL, -- the kind of article or incident
  tags TEXT NOT NULL, -- one in a line, with a line's end before the first
  readers TEXT, -- the departments, likewise; NULL: everybody
  author TEXT NOT NULL,
  edited INTEGER NOT NULL,
  listed INTEGER NOT NULL, -- 0: in the archive
  card TEXT NOT NULL, -- JSON: what a list shows of it
  UNIQUE (kind, id)
) STRICT;

CREATE INDEX document_edited ON document (kind, listed, edited, id);

-- Its words, by its number.
CREATE VIRTUAL TABLE document_words USING fts5(
  title, tags, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- How far the index has come: one row. Of another edition it is made anew.
CREATE TABLE document_mark (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  edition TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
