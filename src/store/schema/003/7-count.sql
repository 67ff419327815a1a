-- Schema step 3, part 7: the stocktake. Blind: what was scanned is written before it is compared.

CREATE TABLE stock_count (
  id           INTEGER PRIMARY KEY,
  number       TEXT    NOT NULL UNIQUE,
  container_id INTEGER NOT NULL REFERENCES container (id),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  counted_at   INTEGER,                          -- scanning ended, differences written
  counted_by   INTEGER REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  closed_with  INTEGER REFERENCES staff (id),
  abandoned    INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1)),
  CHECK ((counted_at IS NULL) = (counted_by IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_with IS NULL OR closed_with <> closed_by)
) STRICT;

CREATE INDEX stock_count_of ON stock_count (container_id);
CREATE INDEX stock_count_open ON stock_count (id) WHERE closed_at IS NULL;

CREATE TABLE stock_scan (
  count_id     INTEGER NOT NULL REFERENCES stock_count (id),
  seq          INTEGER NOT NULL CHECK (seq >= 1),
  container_id INTEGER NOT NULL REFERENCES container (id),
  row          INTEGER NOT NULL DEFAULT 0,       -- 0 where only the box was said
  col          INTEGER NOT NULL DEFAULT 0,
  code         TEXT    NOT NULL,                 -- as read
  unit_id      INTEGER REFERENCES unit (id),     -- NULL for a code nobody knows
  at           INTEGER NOT NULL,
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (count_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_scan_unit ON stock_scan (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX stock_scan_in ON stock_scan (container_id);
CREATE TRIGGER stock_scan_fixed BEFORE UPDATE ON stock_scan BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER stock_scan_kept BEFORE DELETE ON stock_scan BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE stock_difference (
  id           INTEGER PRIMARY KEY,
  count_id     INTEGER NOT NULL REFERENCES stock_count (id),
  kind         TEXT    NOT NULL CHECK (kind IN ('missing', 'foreign', 'elsewhere', 'doubled', 'unknown')),
  unit_id      INTEGER REFERENCES unit (id),
  container_id INTEGER NOT NULL REFERENCES container (id), -- where it was seen, or should have been
  row          INTEGER NOT NULL DEFAULT 0,
  col          INTEGER NOT NULL DEFAULT 0,
  code         TEXT    NOT NULL DEFAULT '',
  cause        TEXT    NOT NULL DEFAULT '',
  resolution   TEXT    NOT NULL DEFAULT '' CHECK (resolution IN ('', 'found', 'moved', 'missing', 'record_wrong', 'not_ours', 'counted_wrong')),
  resolved_at  INTEGER,
  resolved_by  INTEGER REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
  CHECK ((resolved_at IS NULL) = (resolution = '')),
  CHECK (resolved_at IS NULL OR (cause <> '' AND witness_id IS NOT NULL AND witness_id <> resolved_by))
) STRICT;

CREATE INDEX stock_difference_of ON stock_difference (count_id);
CREATE INDEX stock_difference_unit ON stock_difference (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX stock_difference_in ON stock_difference (container_id);
