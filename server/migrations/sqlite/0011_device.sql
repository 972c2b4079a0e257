-- Browsers in which somebody has signed in before, by the digest of a secret in their cookie: wrong passwords are counted
-- apart there, so that strangers who try a person's account do not shut the person out.
CREATE TABLE device (
  token BLOB NOT NULL,
  person TEXT NOT NULL,
  seen INTEGER NOT NULL, -- the last sign-in
  PRIMARY KEY (token, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_person ON device (person, seen);
