-- Schema step 3, part 5: the look-back. What a late positive result reaches, who must be told, by when.

CREATE TABLE lookback (
  id         INTEGER PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,
  cause      TEXT    NOT NULL CHECK (cause IN ('result', 'reagent', 'device', 'lot', 'unit', 'container', 'shipment', 'person', 'day')),
  cause_id   INTEGER NOT NULL,                  -- row of what is meant; for a day its number
  words      TEXT    NOT NULL CHECK (words <> ''),
  known_on   TEXT    NOT NULL,                  -- the day the clinic knew: the clocks run from it
  opened_at  INTEGER NOT NULL,
  opened_by  INTEGER NOT NULL REFERENCES staff (id),
  closed_at  INTEGER,
  closed_by  INTEGER REFERENCES staff (id),
  conclusion TEXT    NOT NULL DEFAULT '',
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE INDEX lookback_open ON lookback (id) WHERE closed_at IS NULL;

CREATE TABLE lookback_item (
  id          INTEGER PRIMARY KEY,
  lookback_id INTEGER NOT NULL REFERENCES lookback (id),
  what        TEXT    NOT NULL CHECK (what IN ('lot', 'unit', 'patient', 'visit', 'sample')),
  row_id      INTEGER NOT NULL,
  why         TEXT    NOT NULL,                  -- codes of the roads that lead here, comma separated: reagent, bath, bench, incubator, shipment, same-lot, infused …
  reviewed_at INTEGER,
  reviewed_by INTEGER REFERENCES staff (id),
  decision    TEXT    NOT NULL DEFAULT '',
  UNIQUE (lookback_id, what, row_id),
  CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL))
) STRICT;

CREATE INDEX lookback_item_row ON lookback_item (what, row_id);

CREATE TABLE legal_clock (
  id          INTEGER PRIMARY KEY,
  lookback_id INTEGER NOT NULL REFERENCES lookback (id),
  rule        TEXT    NOT NULL,                  -- facts/law.md: harm-7, harm-15, processor, minister …
  due_on      TEXT    NOT NULL,                  -- the earliest reading
  done_at     INTEGER,
  done_by     INTEGER REFERENCES staff (id),
  note        TEXT    NOT NULL DEFAULT '',
  UNIQUE (lookback_id, rule),
  CHECK ((done_at IS NULL) = (done_by IS NULL))
) STRICT;

CREATE INDEX legal_clock_due ON legal_clock (due_on) WHERE done_at IS NULL;
