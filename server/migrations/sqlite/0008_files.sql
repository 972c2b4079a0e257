-- Files that were uploaded: here, so that every node, backup and move has them. Times are UTC microseconds.
CREATE TABLE file (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL, -- in bytes
  person TEXT NOT NULL, -- who uploaded it
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Their contents, in pieces of 256 KiB.
CREATE TABLE file_chunk (
  file TEXT NOT NULL,
  nth INTEGER NOT NULL, -- from 0
  bytes BLOB NOT NULL,
  PRIMARY KEY (file, nth)
) STRICT;
