-- Where chat groups are told of incidents. The secrets are in neither the journal nor a replica. Times are UTC
-- microseconds.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  settings TEXT NOT NULL, -- JSON
  secret TEXT NOT NULL, -- empty: none
  seen INTEGER NOT NULL, -- the last row of the journal that it was told of, or need not be
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was told, or is to be: at most one for each webhook and row of the journal, whose ids make its own. As long as it
-- waits, a timer is named after it.
CREATE TABLE webhook_delivery (
  id TEXT PRIMARY KEY,
  webhook TEXT NOT NULL,
  at INTEGER NOT NULL,
  message TEXT NOT NULL, -- JSON
  state TEXT NOT NULL, -- 'waiting', 'sent', 'given_up' or 'ended'
  attempts INTEGER NOT NULL,
  status INTEGER, -- what HTTP last answered
  failure TEXT, -- what was wrong last
  next INTEGER -- when it is tried next
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_delivery_at ON webhook_delivery (at);
