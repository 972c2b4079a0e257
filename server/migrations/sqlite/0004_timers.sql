-- What is to be done at a time, by whichever node is there. Times are UTC microseconds.
CREATE TABLE timer (
  id TEXT PRIMARY KEY,
  due INTEGER NOT NULL,
  duty TEXT NOT NULL, -- JSON
  holder TEXT, -- the node that is at it
  lease INTEGER NOT NULL DEFAULT 0, -- until when nobody else takes it up
  fired INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX timer_due ON timer (due);
