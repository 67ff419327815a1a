-- Schema step 3, part 7: the stocktake. Blind: what was scanned is written before it is compared. The comparison is one
-- step: while it is under way "comparing" points into a table that is always empty, so it cannot be committed half done,
-- and at its end the file itself looks whether a difference was left out.

CREATE TABLE count_under_way (n INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER count_under_way_none BEFORE INSERT ON count_under_way BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

CREATE TABLE stock_count (
  id           INTEGER PRIMARY KEY,
  number       TEXT    NOT NULL UNIQUE,
  container_id INTEGER NOT NULL REFERENCES container (id),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  comparing    INTEGER REFERENCES count_under_way (n) DEFERRABLE INITIALLY DEFERRED CHECK (comparing = 1),
  counted_at   INTEGER,                          -- scanning ended, differences written
  counted_by   INTEGER REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  closed_with  INTEGER REFERENCES staff (id),
  abandoned    INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1)),
  note         TEXT    NOT NULL DEFAULT '',
  CHECK ((counted_at IS NULL) = (counted_by IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (counted_at >= opened_at),
  CHECK (closed_at >= opened_at AND (counted_at IS NULL OR closed_at >= counted_at)),
  CHECK (abandoned = 0 OR (closed_at IS NOT NULL AND counted_at IS NULL AND note <> '')),
  CHECK (closed_with IS NULL OR closed_with <> closed_by)
) STRICT;

CREATE INDEX stock_count_of ON stock_count (container_id);
CREATE INDEX stock_count_open ON stock_count (id) WHERE closed_at IS NULL;

-- The boxes somebody has said to be done: a box with nothing in it is counted, too.
CREATE TABLE stock_box (
  count_id     INTEGER NOT NULL REFERENCES stock_count (id),
  container_id INTEGER NOT NULL REFERENCES container (id),
  done_at      INTEGER NOT NULL,
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (count_id, container_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_box_in ON stock_box (container_id);
CREATE TRIGGER stock_box_fixed BEFORE UPDATE ON stock_box BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER stock_box_kept BEFORE DELETE ON stock_box BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE stock_scan (
  count_id     INTEGER NOT NULL REFERENCES stock_count (id),
  seq          INTEGER NOT NULL CHECK (seq >= 1),
  container_id INTEGER NOT NULL REFERENCES container (id),
  row          INTEGER NOT NULL DEFAULT 0 CHECK (row >= 0), -- 0 where only the box was said
  col          INTEGER NOT NULL DEFAULT 0 CHECK (col >= 0),
  code         TEXT    NOT NULL CHECK (code <> ''), -- as read
  unit_id      INTEGER REFERENCES unit (id),     -- NULL for a code nobody knows
  at           INTEGER NOT NULL,
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (count_id, seq),
  CHECK ((row = 0) = (col = 0))
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_scan_unit ON stock_scan (unit_id, count_id) WHERE unit_id IS NOT NULL;
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
  -- Until it is resolved, nothing is picked: neither the unit, nor from the box.
  unit_hold_id INTEGER REFERENCES hold (id),
  box_hold_id  INTEGER NOT NULL REFERENCES hold (id),
  cause        TEXT    NOT NULL DEFAULT '',
  resolution   TEXT    NOT NULL DEFAULT '' CHECK (resolution IN ('', 'found', 'moved', 'missing', 'record_wrong', 'not_ours', 'counted_wrong')),
  scanned      TEXT    NOT NULL DEFAULT '',      -- what was read at the end, where something is said to stand
  resolved_at  INTEGER,
  resolved_by  INTEGER REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  CHECK ((unit_id IS NULL) = (kind = 'unknown')),
  CHECK ((unit_id IS NULL) = (unit_hold_id IS NULL)),
  CHECK ((code = '') = (kind = 'missing')),
  CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
  CHECK ((resolved_at IS NULL) = (resolution = '')),
  CHECK (resolved_at IS NULL OR (cause <> '' AND witness_id IS NOT NULL AND witness_id <> resolved_by)),
  CHECK (resolution NOT IN ('found', 'moved') OR scanned <> ''),
  CHECK (CASE resolution
    WHEN 'found' THEN kind IN ('missing', 'foreign', 'elsewhere')
    WHEN 'moved' THEN kind IN ('missing', 'foreign', 'elsewhere')
    WHEN 'missing' THEN kind = 'missing'
    WHEN 'record_wrong' THEN kind <> 'elsewhere'
    WHEN 'not_ours' THEN kind = 'unknown'
    WHEN 'counted_wrong' THEN kind <> 'missing'
    ELSE 1 END)
) STRICT;

CREATE INDEX stock_difference_of ON stock_difference (count_id);
CREATE UNIQUE INDEX stock_difference_unit ON stock_difference (unit_id, count_id) WHERE unit_id IS NOT NULL;
CREATE INDEX stock_difference_in ON stock_difference (container_id);
CREATE INDEX stock_difference_hold ON stock_difference (unit_hold_id) WHERE unit_hold_id IS NOT NULL;
CREATE INDEX stock_difference_box ON stock_difference (box_hold_id);

-- What is missing: stood there when the count began and stands there still, and was not scanned.
CREATE VIEW stock_missing (count_id, unit_id, container_id, row, col) AS
  SELECT c.id, p.unit_id, p.container_id, p.row, p.col
  FROM stock_count c JOIN container_above a ON a.above_id = c.container_id
    JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL
  WHERE p.since <= c.opened_at
    AND NOT EXISTS (SELECT 1 FROM stock_scan s WHERE s.unit_id = p.unit_id AND s.count_id = c.id);

-- What was scanned where the record did not have it at that moment, or is of no unit.
CREATE VIEW stock_misplaced (count_id, seq, unit_id, code) AS
  SELECT s.count_id, s.seq, s.unit_id, s.code FROM stock_scan s
  WHERE s.unit_id IS NULL
     OR NOT EXISTS (SELECT 1 FROM placement p
                    WHERE p.unit_id = s.unit_id AND p.container_id = s.container_id AND (s.row = 0 OR (p.row = s.row AND p.col = s.col))
                      AND p.since <= s.at AND (p.until IS NULL OR p.until >= s.at));

-- ── the count ──

CREATE TRIGGER stock_count_begins BEFORE INSERT ON stock_count
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows')
    WHERE NEW.comparing IS NOT NULL OR NEW.counted_at IS NOT NULL OR NEW.closed_at IS NOT NULL OR NEW.closed_with IS NOT NULL;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.opened_by) = 0;
  -- One place is counted by one count.
  SELECT RAISE (ABORT, 'count-open')
    WHERE EXISTS (SELECT 1 FROM stock_count c JOIN container_above a
                    ON (a.container_id = NEW.container_id AND a.above_id = c.container_id)
                    OR (a.container_id = c.container_id AND a.above_id = NEW.container_id)
                  WHERE c.closed_at IS NULL);
END;
CREATE TRIGGER stock_count_fixed BEFORE UPDATE ON stock_count
WHEN OLD.closed_at IS NOT NULL
  OR (NEW.id, NEW.number, NEW.container_id, NEW.opened_at, NEW.opened_by) IS NOT (OLD.id, OLD.number, OLD.container_id, OLD.opened_at, OLD.opened_by)
  OR (OLD.counted_at IS NOT NULL
      AND (NEW.counted_at, NEW.counted_by, NEW.comparing) IS NOT (OLD.counted_at, OLD.counted_by, NULL))
  OR (NEW.counted_at IS NOT NULL AND NEW.comparing IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER stock_count_kept BEFORE DELETE ON stock_count BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Scanning ends with every box done, through the comparison, and with no difference left out.
CREATE TRIGGER stock_count_compares BEFORE UPDATE OF comparing ON stock_count
WHEN OLD.comparing IS NULL AND NEW.comparing IS NOT NULL
 AND EXISTS (SELECT 1 FROM container_above a JOIN container b ON b.id = a.container_id
             WHERE a.above_id = NEW.container_id AND b.layout <> 'none' AND b.retired = 0
               AND NOT EXISTS (SELECT 1 FROM stock_box x WHERE x.count_id = NEW.id AND x.container_id = b.id))
BEGIN SELECT RAISE (ABORT, 'boxes-left'); END;
CREATE TRIGGER stock_count_counted BEFORE UPDATE OF counted_at ON stock_count
WHEN OLD.counted_at IS NULL AND NEW.counted_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'count-not-compared') WHERE OLD.comparing IS NULL;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.counted_by) = 0;
  SELECT RAISE (ABORT, 'differences-incomplete')
    WHERE EXISTS (SELECT 1 FROM stock_missing m WHERE m.count_id = NEW.id
                  AND NOT EXISTS (SELECT 1 FROM stock_difference d WHERE d.count_id = NEW.id AND d.unit_id = m.unit_id))
       OR EXISTS (SELECT 1 FROM stock_misplaced m WHERE m.count_id = NEW.id AND m.unit_id IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM stock_difference d WHERE d.count_id = NEW.id AND d.unit_id = m.unit_id))
       OR EXISTS (SELECT 1 FROM stock_scan s WHERE s.count_id = NEW.id AND s.unit_id IS NULL
                  AND NOT EXISTS (SELECT 1 FROM stock_difference d WHERE d.count_id = NEW.id AND d.code = s.code));
END;
CREATE TRIGGER stock_count_closes BEFORE UPDATE OF closed_at ON stock_count
WHEN OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'count-not-ended') WHERE NEW.counted_at IS NULL AND NEW.abandoned = 0;
  SELECT RAISE (ABORT, 'second-person-needed') WHERE NEW.closed_with IS NULL AND NEW.abandoned = 0;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.closed_by, NEW.closed_with) AND active = 0);
  SELECT RAISE (ABORT, 'count-unresolved')
    WHERE EXISTS (SELECT 1 FROM stock_difference WHERE count_id = NEW.id AND resolved_at IS NULL);
END;

-- ── scanning ──

CREATE TRIGGER stock_scan_guard BEFORE INSERT ON stock_scan
BEGIN
  SELECT RAISE (ABORT, 'count-ended')
    WHERE (SELECT closed_at IS NOT NULL OR counted_at IS NOT NULL OR comparing IS NOT NULL FROM stock_count WHERE id = NEW.count_id);
  SELECT RAISE (ABORT, 'not-counted-here')
    WHERE NOT EXISTS (SELECT 1 FROM container_above a JOIN stock_count c ON c.id = NEW.count_id AND c.container_id = a.above_id
                      WHERE a.container_id = NEW.container_id);
  SELECT RAISE (ABORT, 'no-such-place')
    WHERE NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.container_id AND layout <> 'none' AND NEW.row <= rows AND NEW.col <= cols);
  SELECT RAISE (ABORT, 'journal-only-grows')
    WHERE NEW.seq <> 1 + COALESCE ((SELECT max (seq) FROM stock_scan WHERE count_id = NEW.count_id), 0);
  SELECT RAISE (ABORT, 'clock-went-back')
    WHERE NEW.at < (SELECT opened_at FROM stock_count WHERE id = NEW.count_id)
       OR NEW.at < (SELECT at FROM stock_scan WHERE count_id = NEW.count_id AND seq = NEW.seq - 1);
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.by_id) = 0;
END;
CREATE TRIGGER stock_box_guard BEFORE INSERT ON stock_box
BEGIN
  SELECT RAISE (ABORT, 'count-ended')
    WHERE (SELECT closed_at IS NOT NULL OR counted_at IS NOT NULL OR comparing IS NOT NULL FROM stock_count WHERE id = NEW.count_id);
  SELECT RAISE (ABORT, 'not-counted-here')
    WHERE NOT EXISTS (SELECT 1 FROM container_above a JOIN stock_count c ON c.id = NEW.count_id AND c.container_id = a.above_id
                      JOIN container b ON b.id = a.container_id AND b.layout <> 'none'
                      WHERE a.container_id = NEW.container_id);
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.by_id) = 0;
END;

-- What is being counted stays where it is: a rack that moved would take its boxes out of the count.
CREATE TRIGGER stock_count_stays BEFORE UPDATE OF parent_id ON container
WHEN NEW.parent_id IS NOT OLD.parent_id
 AND EXISTS (SELECT 1 FROM stock_count c JOIN container_above a
               ON (a.container_id = NEW.id AND a.above_id = c.container_id) OR (a.container_id = c.container_id AND a.above_id = NEW.id)
             WHERE c.closed_at IS NULL AND c.counted_at IS NULL)
BEGIN SELECT RAISE (ABORT, 'being-counted'); END;

-- ── differences ──

CREATE TRIGGER stock_difference_begins BEFORE INSERT ON stock_difference
BEGIN
  SELECT RAISE (ABORT, 'count-not-compared')
    WHERE NOT EXISTS (SELECT 1 FROM stock_count WHERE id = NEW.count_id AND comparing = 1);
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.resolved_at IS NOT NULL;
  -- A difference says what the scans say.
  SELECT RAISE (ABORT, 'no-such-difference')
    WHERE CASE NEW.kind
      WHEN 'missing' THEN NOT EXISTS (SELECT 1 FROM stock_missing WHERE count_id = NEW.count_id AND unit_id = NEW.unit_id)
      WHEN 'doubled' THEN (SELECT count (*) FROM stock_scan WHERE count_id = NEW.count_id AND unit_id = NEW.unit_id) < 2
      WHEN 'unknown' THEN NOT EXISTS (SELECT 1 FROM stock_scan WHERE count_id = NEW.count_id AND unit_id IS NULL AND code = NEW.code)
      ELSE NOT EXISTS (SELECT 1 FROM stock_misplaced WHERE count_id = NEW.count_id AND unit_id = NEW.unit_id) END;
  SELECT RAISE (ABORT, 'hold-needed')
    WHERE NOT EXISTS (SELECT 1 FROM hold WHERE id = NEW.box_hold_id AND container_id = NEW.container_id AND kind = 'count' AND closed_at IS NULL)
       OR (NEW.unit_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM hold WHERE id = NEW.unit_hold_id AND unit_id = NEW.unit_id AND kind = 'count' AND closed_at IS NULL));
END;
CREATE TRIGGER stock_difference_fixed BEFORE UPDATE ON stock_difference
WHEN OLD.resolved_at IS NOT NULL OR NEW.resolved_at IS NULL
  OR (NEW.id, NEW.count_id, NEW.kind, NEW.unit_id, NEW.container_id, NEW.row, NEW.col, NEW.code, NEW.unit_hold_id, NEW.box_hold_id)
     IS NOT (OLD.id, OLD.count_id, OLD.kind, OLD.unit_id, OLD.container_id, OLD.row, OLD.col, OLD.code, OLD.unit_hold_id, OLD.box_hold_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER stock_difference_kept BEFORE DELETE ON stock_difference BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- What it says was done has been done.
CREATE TRIGGER stock_difference_resolves BEFORE UPDATE OF resolved_at ON stock_difference
WHEN OLD.resolved_at IS NULL AND NEW.resolved_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'count-not-ended') WHERE (SELECT counted_at FROM stock_count WHERE id = NEW.count_id) IS NULL;
  SELECT RAISE (ABORT, 'clock-went-back') WHERE NEW.resolved_at < (SELECT counted_at FROM stock_count WHERE id = NEW.count_id);
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.resolved_by, NEW.witness_id) AND active = 0);
  SELECT RAISE (ABORT, 'state-without-event')
    WHERE NEW.resolution = 'missing' AND (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'missing';
  SELECT RAISE (ABORT, 'not-moved')
    WHERE NEW.resolution = 'moved'
      AND NOT EXISTS (SELECT 1 FROM placement p JOIN stock_count c ON c.id = NEW.count_id
                      WHERE p.unit_id = NEW.unit_id AND p.until IS NULL AND p.since >= c.counted_at);
  SELECT RAISE (ABORT, 'not-in-place')
    WHERE NEW.resolution = 'found' AND NOT EXISTS (SELECT 1 FROM placement WHERE unit_id = NEW.unit_id AND until IS NULL);
END;
-- The holds end with what they were for, and not before.
CREATE TRIGGER stock_difference_resolved AFTER UPDATE OF resolved_at ON stock_difference
WHEN NEW.resolved_at IS NOT NULL
BEGIN
  UPDATE hold SET closed_at = NEW.resolved_at, closed_by = NEW.resolved_by, closed_why = 'resolved'
    WHERE closed_at IS NULL AND id IN (NEW.unit_hold_id, NEW.box_hold_id)
      AND NOT EXISTS (SELECT 1 FROM stock_difference d WHERE d.resolved_at IS NULL AND (d.unit_hold_id = hold.id OR d.box_hold_id = hold.id));
END;
CREATE TRIGGER stock_difference_holds BEFORE UPDATE OF closed_at ON hold
WHEN OLD.kind = 'count' AND OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL
 AND EXISTS (SELECT 1 FROM stock_difference d WHERE d.resolved_at IS NULL AND (d.unit_hold_id = OLD.id OR d.box_hold_id = OLD.id))
BEGIN SELECT RAISE (ABORT, 'count-unresolved'); END;
