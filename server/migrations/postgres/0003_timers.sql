-- What is to be done at a time, by whichever node is there. Times are UTC microseconds.
CREATE TABLE timer (
  id TEXT COLLATE "C" PRIMARY KEY,
  due BIGINT NOT NULL,
  duty TEXT NOT NULL, -- JSON
  holder TEXT COLLATE "C", -- the node that is at it
  lease BIGINT NOT NULL DEFAULT 0, -- until when nobody else takes it up
  fired BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX timer_due ON timer (due);
