-- Files that were uploaded: here, so that every node, backup and move has them. Times are UTC microseconds.
CREATE TABLE file (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL, -- in bytes
  person TEXT COLLATE "C" NOT NULL, -- who uploaded it
  at BIGINT NOT NULL
);

-- Their contents, in pieces of 256 KiB.
CREATE TABLE file_chunk (
  file TEXT COLLATE "C" NOT NULL,
  nth BIGINT NOT NULL, -- from 0
  bytes BYTEA NOT NULL,
  PRIMARY KEY (file, nth)
);
