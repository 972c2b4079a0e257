-- Where chat groups are told of incidents. The secrets are in neither the journal nor a replica. Times are UTC
-- microseconds.
CREATE TABLE webhook (
  id TEXT COLLATE "C" PRIMARY KEY,
  settings TEXT NOT NULL, -- JSON
  secret TEXT NOT NULL, -- empty: none
  seen BIGINT NOT NULL, -- the last row of the journal that it was told of, or need not be
  created BIGINT NOT NULL
);

-- What was told, or is to be: at most one for each webhook and row of the journal, whose ids make its own. As long as it
-- waits, a timer is named after it.
CREATE TABLE webhook_delivery (
  id TEXT COLLATE "C" PRIMARY KEY,
  webhook TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  message TEXT NOT NULL, -- JSON
  state TEXT COLLATE "C" NOT NULL, -- 'waiting', 'sent', 'given_up' or 'ended'
  attempts BIGINT NOT NULL,
  status BIGINT, -- what HTTP last answered
  failure TEXT, -- what was wrong last
  next BIGINT -- when it is tried next
);

CREATE INDEX webhook_delivery_at ON webhook_delivery (at);
