-- What can be searched and listed: made from the things, and made anew from nothing where it is missing. It goes into
-- no backup. The texts are cut into words before they come here, see knowledge/words.rs.
CREATE TABLE document (
  number BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind TEXT COLLATE "C" NOT NULL, -- 'article' or 'incident'
  id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL, -- the row of the journal that it follows from
  title TEXT NOT NULL,
  body TEXT NOT NULL, -- what it says, without marks of Markdown
  sort TEXT COLLATE "C" NOT NULL, -- the kind of article or incident
  tags TEXT COLLATE "C" NOT NULL, -- one in a line, with a line's end before the first
  readers TEXT COLLATE "C", -- the departments, likewise; NULL: everybody
  author TEXT COLLATE "C" NOT NULL,
  edited BIGINT NOT NULL,
  listed INTEGER NOT NULL, -- 0: in the archive
  card TEXT NOT NULL, -- JSON: what a list shows of it
  words TSVECTOR NOT NULL DEFAULT '', -- the title's weigh A, the tags' B, the text's D
  UNIQUE (kind, id)
);

CREATE INDEX document_edited ON document (kind, listed, edited, id);
CREATE INDEX document_words ON document USING gin (words) WITH (fastupdate = off);

-- How far the index has come: one row. Of another edition it is made anew.
CREATE TABLE document_mark (
  one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
  edition TEXT NOT NULL,
  seq BIGINT NOT NULL
);
