-- The scopes as they stood at a row of the journal, for those whose older rows have lost their changes (see
-- store/archive/compact.rs): one per scope. Such rows keep who, when and where, and the command's id.
CREATE TABLE snapshot (
  scope TEXT COLLATE "C" PRIMARY KEY,
  seq BIGINT NOT NULL, -- all rows of the scope up to this one are in it; those after it have their changes
  body TEXT NOT NULL -- JSON: the rows of the tables of things then
);
