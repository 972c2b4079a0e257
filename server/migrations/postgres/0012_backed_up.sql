-- When the last backup was made, in microseconds; NULL: none is known.
ALTER TABLE journal_head ADD COLUMN backed_up BIGINT;
