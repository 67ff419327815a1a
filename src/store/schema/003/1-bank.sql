-- Schema step 3, part 1: the bank. Containers of any depth and layout, blocked places, holds of every scope.
-- container and hold are made anew (more kinds, more scopes): step 3 runs without foreign keys, which are checked at its end.

CREATE TABLE container_new (
  id         INTEGER PRIMARY KEY,
  parent_id  INTEGER REFERENCES container (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('site', 'room', 'tank', 'freezer', 'refrigerator', 'incubator', 'shelf', 'rack',
                                              'canister', 'cane', 'box', 'cassette', 'shipper', 'transport', 'waste')),
  name       TEXT    NOT NULL,
  barcode    TEXT    UNIQUE,                   -- NULL until it has one; never that of a unit
  -- none holds containers only; single one unit (a cassette); list numbered slots; grid rows × columns; sector a
  -- round tank: rows are its sectors, columns its racks by level (levels to a rack: "S2-R3-L1").
  layout     TEXT    NOT NULL DEFAULT 'none' CHECK (layout IN ('none', 'single', 'list', 'grid', 'sector')),
  rows       INTEGER NOT NULL DEFAULT 0 CHECK (rows BETWEEN 0 AND 702),
  cols       INTEGER NOT NULL DEFAULT 0 CHECK (cols BETWEEN 0 AND 999),
  levels     INTEGER NOT NULL DEFAULT 1 CHECK (levels BETWEEN 1 AND 99),
  row_scheme TEXT    NOT NULL DEFAULT 'upper'  CHECK (row_scheme IN ('upper', 'lower', 'number', 'roman')),
  col_scheme TEXT    NOT NULL DEFAULT 'number' CHECK (col_scheme IN ('upper', 'lower', 'number', 'roman')),
  -- Which place is the next free one: h rows first or v columns first, from the top or bottom, left or right.
  fill_order TEXT    NOT NULL DEFAULT 'htl' CHECK (fill_order IN ('htl', 'htr', 'hbl', 'hbr', 'vtl', 'vtr', 'vbl', 'vbr')),
  row        INTEGER NOT NULL DEFAULT 0,       -- its own place in the parent, 0 for none; for drawing and picking order
  col        INTEGER NOT NULL DEFAULT 0,
  cold_class TEXT    NOT NULL DEFAULT '' CHECK (cold_class IN ('', 'room', 'cool', 'minus80', 'vapour', 'liquid')), -- empty: the parent's
  allowed_kinds   TEXT    NOT NULL DEFAULT '',  -- of units, comma separated; empty for all
  in_service      INTEGER NOT NULL DEFAULT 1 CHECK (in_service IN (0, 1)),
  quarantine_only INTEGER NOT NULL DEFAULT 0 CHECK (quarantine_only IN (0, 1)),
  biohazard_only  INTEGER NOT NULL DEFAULT 0 CHECK (biohazard_only IN (0, 1)),
  retired         INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)), -- gone for good; its name and code stay taken
  version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (parent_id, name),
  CHECK (parent_id <> id),
  CHECK (layout <> 'single' OR (rows = 1 AND cols = 1)),
  CHECK (layout <> 'list' OR rows = 1),
  CHECK (layout <> 'sector' OR cols % levels = 0)
) STRICT;

INSERT INTO container_new (id, parent_id, kind, name, layout, rows, cols, row, col, in_service, version)
  SELECT id, parent_id, kind, name, CASE WHEN rows > 0 AND cols > 0 THEN 'grid' ELSE 'none' END, rows, cols, row, col, in_service, version
  FROM container;
DROP TABLE container;
ALTER TABLE container_new RENAME TO container;

CREATE INDEX container_in ON container (parent_id, row, col);
CREATE UNIQUE INDEX container_outermost ON container (name) WHERE parent_id IS NULL;

CREATE TRIGGER container_kept BEFORE DELETE ON container
BEGIN SELECT RAISE (ABORT, 'container-kept'); END;
CREATE TRIGGER container_same BEFORE UPDATE OF id ON container WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE (ABORT, 'container-kept'); END;

-- Each container with all that it stands in, itself included at depth 0: written by the triggers below alone.
CREATE TABLE container_above (
  container_id INTEGER NOT NULL REFERENCES container (id),
  above_id     INTEGER NOT NULL REFERENCES container (id),
  depth        INTEGER NOT NULL CHECK (depth >= 0),
  PRIMARY KEY (container_id, above_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX container_above_of ON container_above (above_id, container_id);

INSERT INTO container_above (container_id, above_id, depth)
  WITH RECURSIVE up (container_id, above_id, depth) AS (
    SELECT id, id, 0 FROM container
    UNION ALL SELECT up.container_id, c.parent_id, up.depth + 1 FROM up JOIN container c ON c.id = up.above_id WHERE c.parent_id IS NOT NULL)
  SELECT container_id, above_id, depth FROM up;

-- Nobody else writes there: a row is taken in only when it is true, and out only when it no longer is.
CREATE TRIGGER container_above_true BEFORE INSERT ON container_above
WHEN NOT EXISTS (WITH RECURSIVE up (id, depth) AS (
                   SELECT NEW.container_id, 0
                   UNION ALL SELECT c.parent_id, up.depth + 1 FROM up JOIN container c ON c.id = up.id
                   WHERE c.parent_id IS NOT NULL AND up.depth < NEW.depth)
                 SELECT 1 FROM up WHERE id = NEW.above_id AND depth = NEW.depth)
BEGIN SELECT RAISE (ABORT, 'container-in-itself'); END;
CREATE TRIGGER container_above_fixed BEFORE UPDATE ON container_above BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER container_above_kept BEFORE DELETE ON container_above
WHEN EXISTS (WITH RECURSIVE up (id, depth) AS (
               SELECT OLD.container_id, 0
               UNION ALL SELECT c.parent_id, up.depth + 1 FROM up JOIN container c ON c.id = up.id
               WHERE c.parent_id IS NOT NULL AND up.depth < OLD.depth)
             SELECT 1 FROM up WHERE id = OLD.above_id AND depth = OLD.depth)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Places that cannot be used, and why.
CREATE TABLE place_block (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  row          INTEGER NOT NULL CHECK (row >= 1),
  col          INTEGER NOT NULL CHECK (col >= 1),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX place_block_one ON place_block (container_id, row, col) WHERE closed_at IS NULL;

CREATE TRIGGER place_block_guard BEFORE INSERT ON place_block
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.closed_at IS NOT NULL;
  SELECT RAISE (ABORT, 'no-such-place')
    WHERE NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.container_id AND retired = 0 AND NEW.row <= rows AND NEW.col <= cols);
  SELECT RAISE (ABORT, 'place-taken')
    WHERE EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.container_id AND row = NEW.row AND col = NEW.col AND until IS NULL)
       OR EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.container_id AND row = NEW.row AND col = NEW.col AND retired = 0);
END;
CREATE TRIGGER place_block_fixed BEFORE UPDATE ON place_block
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
  OR (NEW.id, NEW.container_id, NEW.row, NEW.col, NEW.reason, NEW.opened_at, NEW.opened_by)
     IS NOT (OLD.id, OLD.container_id, OLD.row, OLD.col, OLD.reason, OLD.opened_at, OLD.opened_by)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER place_block_kept BEFORE DELETE ON place_block BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A container that was moved with all it holds. The row is what is written: the
-- container's own columns follow it by trigger, and by nothing else.
CREATE TABLE container_move (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  from_parent  INTEGER REFERENCES container (id),
  from_row     INTEGER NOT NULL,
  from_col     INTEGER NOT NULL,
  to_parent    INTEGER REFERENCES container (id),
  to_row       INTEGER NOT NULL,
  to_col       INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  seconds_out  INTEGER NOT NULL DEFAULT 0 CHECK (seconds_out >= 0),
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  reason       TEXT    NOT NULL DEFAULT '',
  CHECK (witness_id IS NULL OR witness_id <> performer_id)
) STRICT;

CREATE INDEX container_move_of ON container_move (container_id, at);
CREATE INDEX container_move_from ON container_move (from_parent);
CREATE INDEX container_move_to ON container_move (to_parent);

CREATE TRIGGER container_move_guard BEFORE INSERT ON container_move
BEGIN
  SELECT RAISE (ABORT, 'moved-since')
    WHERE NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.container_id AND parent_id IS NEW.from_parent
                      AND row = NEW.from_row AND col = NEW.from_col);
  SELECT RAISE (ABORT, 'container-retired') WHERE (SELECT retired FROM container WHERE id = NEW.container_id) = 1;
  SELECT RAISE (ABORT, 'container-in-itself')
    WHERE EXISTS (SELECT 1 FROM container_above WHERE container_id = NEW.to_parent AND above_id = NEW.container_id);
  SELECT RAISE (ABORT, 'clock-went-back')
    WHERE NEW.at < (SELECT max (at) FROM container_move WHERE container_id = NEW.container_id);
  -- What holds units goes only to where units may be, and not by one person alone.
  SELECT RAISE (ABORT, 'second-person-needed')
    WHERE NEW.witness_id IS NULL AND (SELECT used FROM container_sum WHERE container_id = NEW.container_id) > 0;
  SELECT RAISE (ABORT, 'out-of-service')
    WHERE (SELECT used FROM container_sum WHERE container_id = NEW.container_id) > 0
      AND EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id
                  WHERE a.container_id = NEW.to_parent AND c.in_service = 0);
  SELECT RAISE (ABORT, 'contents-do-not-fit')
    WHERE EXISTS (SELECT 1 FROM container_above up JOIN container c ON c.id = up.above_id
                  WHERE up.container_id = NEW.to_parent
                    AND (c.quarantine_only = 1 OR c.biohazard_only = 1 OR c.allowed_kinds NOT IN ('', 'none'))
                    AND EXISTS (SELECT 1 FROM container_above b JOIN placement p ON p.container_id = b.container_id AND p.until IS NULL
                                JOIN unit u ON u.id = p.unit_id
                                WHERE b.above_id = NEW.container_id
                                  AND ((c.quarantine_only = 1 AND u.quality IN ('released', 'conditional'))
                                    OR (c.biohazard_only = 1 AND NOT EXISTS (SELECT 1 FROM biohazard h WHERE h.patient_id = u.patient_id AND h.cleared_at IS NULL))
                                    OR (c.allowed_kinds NOT IN ('', 'none') AND instr (',' || c.allowed_kinds || ',', ',' || u.kind || ',') = 0))));
  -- A container without a cold class of its own takes the one of where it comes to.
  SELECT RAISE (ABORT, 'contents-do-not-fit')
    WHERE EXISTS (SELECT 1 FROM container_above b JOIN placement p ON p.container_id = b.container_id AND p.until IS NULL
                  JOIN unit u ON u.id = p.unit_id
                  WHERE b.above_id = NEW.container_id AND (u.life IN ('frozen', 'missing') OR u.kind = 'dose_fresh')
                    AND NOT EXISTS (SELECT 1 FROM container_above i JOIN container_above j ON j.container_id = i.above_id
                                    JOIN container k ON k.id = i.above_id
                                    WHERE i.container_id = p.container_id AND j.above_id = NEW.container_id AND k.cold_class <> '')
                    AND (SELECT k.cold_class IN ('minus80', 'vapour', 'liquid') FROM container_above i JOIN container k ON k.id = i.above_id
                         WHERE i.container_id = NEW.to_parent AND k.cold_class <> '' ORDER BY i.depth LIMIT 1) = (u.kind = 'dose_fresh'));
END;
CREATE TRIGGER container_move_fixed BEFORE UPDATE ON container_move BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER container_move_kept BEFORE DELETE ON container_move BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER container_move_does AFTER INSERT ON container_move
BEGIN
  UPDATE container SET parent_id = NEW.to_parent, row = NEW.to_row, col = NEW.to_col, version = version + 1 WHERE id = NEW.container_id;
END;

-- ── how full ────────────────────────────────────────────────────────────────────────────────────

-- Places for units and units in them, of each container with all that stands in it; own: the places of itself alone.
-- Kept by the triggers below, so that opening a tank costs its racks and the next free place no search. A blocked
-- place is none, nor one that a container takes, nor any of a container for containers only.
CREATE VIEW container_own (container_id, places) AS
  SELECT c.id, CASE WHEN c.retired = 1 OR c.allowed_kinds = 'none' OR c.rows = 0 OR c.cols = 0 THEN 0 ELSE
    c.rows * c.cols
    - (SELECT count (*) FROM place_block b WHERE b.container_id = c.id AND b.closed_at IS NULL)
    - (SELECT count (*) FROM container i WHERE i.parent_id = c.id AND i.retired = 0
       AND i.row BETWEEN 1 AND c.rows AND i.col BETWEEN 1 AND c.cols) END
  FROM container c;

CREATE TABLE container_sum (
  container_id INTEGER PRIMARY KEY REFERENCES container (id),
  own          INTEGER NOT NULL,
  places       INTEGER NOT NULL,
  used         INTEGER NOT NULL
) STRICT;

INSERT INTO container_sum (container_id, own, places, used)
  SELECT c.id, o.places,
    (SELECT sum (i.places) FROM container_above a JOIN container_own i ON i.container_id = a.container_id WHERE a.above_id = c.id),
    (SELECT count (*) FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL WHERE a.above_id = c.id)
  FROM container c JOIN container_own o ON o.container_id = c.id;

CREATE TRIGGER container_sum_kept BEFORE DELETE ON container_sum BEGIN SELECT RAISE (ABORT, 'container-kept'); END;

CREATE TRIGGER place_block_opened AFTER INSERT ON place_block
BEGIN
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.container_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.container_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.container_id) WHERE container_id = NEW.container_id;
END;
CREATE TRIGGER place_block_closed AFTER UPDATE OF closed_at ON place_block
BEGIN
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.container_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.container_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.container_id) WHERE container_id = NEW.container_id;
END;

-- ── the container itself ────────────────────────────────────────────────────────────────────────

CREATE TRIGGER container_begins BEFORE INSERT ON container
BEGIN
  -- The parent is there before its child, or two could stand in each other.
  SELECT RAISE (ABORT, 'no-such-container') WHERE NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.parent_id);
  SELECT RAISE (ABORT, 'container-retired') WHERE (SELECT retired FROM container WHERE id = NEW.parent_id) = 1 OR NEW.retired = 1;
  SELECT RAISE (ABORT, 'no-such-place')
    WHERE EXISTS (SELECT 1 FROM container WHERE id = NEW.parent_id AND rows > 0 AND cols > 0
                  AND (NEW.row < 1 OR NEW.col < 1 OR NEW.row > rows OR NEW.col > cols));
  SELECT RAISE (ABORT, 'place-blocked')
    WHERE EXISTS (SELECT 1 FROM place_block WHERE container_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'place-taken')
    WHERE EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND until IS NULL)
       OR (EXISTS (SELECT 1 FROM container WHERE id = NEW.parent_id AND rows > 0 AND cols > 0)
           AND EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND retired = 0));
  SELECT RAISE (ABORT, 'code-taken') WHERE EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode OR (barcode = NEW.barcode AND barcode <> ''));
END;
CREATE TRIGGER container_added AFTER INSERT ON container
BEGIN
  INSERT INTO container_above (container_id, above_id, depth) VALUES (NEW.id, NEW.id, 0);
  INSERT INTO container_above (container_id, above_id, depth)
    SELECT NEW.id, above_id, depth + 1 FROM container_above WHERE container_id = NEW.parent_id;
  INSERT INTO container_sum (container_id, own, places, used)
    SELECT NEW.id, places, 0, 0 FROM container_own WHERE container_id = NEW.id;
  UPDATE container_sum SET places = places + (SELECT places FROM container_own WHERE container_id = NEW.id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.id);
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.parent_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.parent_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.parent_id) WHERE container_id = NEW.parent_id;
END;

-- Where it stands changes by a container_move alone, and to what the newest of them says.
CREATE TRIGGER container_moves BEFORE UPDATE OF parent_id, row, col ON container
WHEN NEW.parent_id IS NOT OLD.parent_id OR NEW.row <> OLD.row OR NEW.col <> OLD.col
BEGIN
  SELECT RAISE (ABORT, 'container-in-itself')
    WHERE NEW.parent_id = NEW.id
       OR EXISTS (SELECT 1 FROM container_above WHERE container_id = NEW.parent_id AND above_id = NEW.id);
  SELECT RAISE (ABORT, 'move-without-event')
    WHERE NOT EXISTS (SELECT 1 FROM container_move m WHERE m.id = (SELECT max (id) FROM container_move WHERE container_id = NEW.id)
                      AND m.from_parent IS OLD.parent_id AND m.from_row = OLD.row AND m.from_col = OLD.col
                      AND m.to_parent IS NEW.parent_id AND m.to_row = NEW.row AND m.to_col = NEW.col);
  SELECT RAISE (ABORT, 'container-retired') WHERE (SELECT retired FROM container WHERE id = NEW.parent_id) = 1;
  SELECT RAISE (ABORT, 'no-such-place')
    WHERE EXISTS (SELECT 1 FROM container WHERE id = NEW.parent_id AND rows > 0 AND cols > 0
                  AND (NEW.row < 1 OR NEW.col < 1 OR NEW.row > rows OR NEW.col > cols));
  SELECT RAISE (ABORT, 'place-blocked')
    WHERE EXISTS (SELECT 1 FROM place_block WHERE container_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'place-taken')
    WHERE EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND until IS NULL)
       OR (EXISTS (SELECT 1 FROM container WHERE id = NEW.parent_id AND rows > 0 AND cols > 0)
           AND EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.parent_id AND row = NEW.row AND col = NEW.col AND retired = 0 AND id <> NEW.id));
END;
CREATE TRIGGER container_moved AFTER UPDATE OF parent_id, row, col ON container
WHEN NEW.parent_id IS NOT OLD.parent_id OR NEW.row <> OLD.row OR NEW.col <> OLD.col
BEGIN
  UPDATE container_sum SET (places, used) = (SELECT container_sum.places - s.places, container_sum.used - s.used FROM container_sum s WHERE s.container_id = NEW.id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = OLD.parent_id);
  DELETE FROM container_above
    WHERE NEW.parent_id IS NOT OLD.parent_id
      AND container_id IN (SELECT container_id FROM container_above WHERE above_id = NEW.id)
      AND above_id IN (SELECT above_id FROM container_above WHERE container_id = OLD.parent_id)
      -- what stays as true as it was, a tank above both racks, stays
      AND NOT EXISTS (SELECT 1 FROM container_above up, container_above below
                      WHERE up.container_id = NEW.parent_id AND up.above_id = container_above.above_id
                        AND below.container_id = container_above.container_id AND below.above_id = NEW.id
                        AND container_above.depth = below.depth + up.depth + 1);
  INSERT INTO container_above (container_id, above_id, depth)
    SELECT below.container_id, up.above_id, below.depth + up.depth + 1
    FROM container_above below, container_above up
    WHERE below.above_id = NEW.id AND up.container_id = NEW.parent_id AND NEW.parent_id IS NOT OLD.parent_id
      AND NOT EXISTS (SELECT 1 FROM container_above e WHERE e.container_id = below.container_id AND e.above_id = up.above_id);
  UPDATE container_sum SET (places, used) = (SELECT container_sum.places + s.places, container_sum.used + s.used FROM container_sum s WHERE s.container_id = NEW.id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.parent_id);
  -- The place it left is free again in its old parent, and the one it came to is not in the new.
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = OLD.parent_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = OLD.parent_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = OLD.parent_id) WHERE container_id = OLD.parent_id;
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.parent_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.parent_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.parent_id) WHERE container_id = NEW.parent_id;
END;

-- A container that holds something is neither laid out anew nor made smaller than what it holds, nor retired.
CREATE TRIGGER container_shaped BEFORE UPDATE OF layout, rows, cols, levels, allowed_kinds, retired ON container
WHEN (NEW.layout, NEW.rows, NEW.cols, NEW.levels, NEW.allowed_kinds, NEW.retired)
     IS NOT (OLD.layout, OLD.rows, OLD.cols, OLD.levels, OLD.allowed_kinds, OLD.retired)
BEGIN
  SELECT RAISE (ABORT, 'container-retired') WHERE OLD.retired = 1;
  SELECT RAISE (ABORT, 'container-not-empty')
    WHERE (NEW.rows < OLD.rows OR NEW.cols < OLD.cols)
      AND (EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.id AND until IS NULL AND (row > NEW.rows OR col > NEW.cols))
           OR EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.id AND retired = 0 AND (row > NEW.rows OR col > NEW.cols)
                      AND OLD.rows > 0 AND OLD.cols > 0 AND row > 0)
           OR EXISTS (SELECT 1 FROM place_block WHERE container_id = NEW.id AND closed_at IS NULL AND (row > NEW.rows OR col > NEW.cols)));
  SELECT RAISE (ABORT, 'container-not-empty')
    WHERE (NEW.layout <> OLD.layout OR NEW.levels <> OLD.levels OR (NEW.rows > 0) <> (OLD.rows > 0) OR (NEW.cols > 0) <> (OLD.cols > 0))
      AND (EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.id AND until IS NULL)
           OR EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.id AND retired = 0)
           OR EXISTS (SELECT 1 FROM place_block WHERE container_id = NEW.id AND closed_at IS NULL));
  SELECT RAISE (ABORT, 'container-not-empty')
    WHERE NEW.retired = 1 AND (EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.id AND retired = 0)
                               OR EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.id AND until IS NULL));
END;
CREATE TRIGGER container_asks BEFORE UPDATE OF quarantine_only, biohazard_only, allowed_kinds, cold_class ON container
WHEN NEW.quarantine_only > OLD.quarantine_only OR NEW.biohazard_only > OLD.biohazard_only OR NEW.allowed_kinds <> OLD.allowed_kinds
  OR NEW.cold_class <> OLD.cold_class
BEGIN
  SELECT RAISE (ABORT, 'contents-do-not-fit')
    WHERE NEW.cold_class <> OLD.cold_class AND NEW.cold_class <> ''
      AND EXISTS (SELECT 1 FROM container_above b JOIN placement p ON p.container_id = b.container_id AND p.until IS NULL
                  JOIN unit u ON u.id = p.unit_id
                  WHERE b.above_id = NEW.id AND (u.life IN ('frozen', 'missing') OR u.kind = 'dose_fresh')
                    AND (NEW.cold_class IN ('minus80', 'vapour', 'liquid')) = (u.kind = 'dose_fresh')
                    AND NOT EXISTS (SELECT 1 FROM container_above i JOIN container k ON k.id = i.above_id
                                    WHERE i.container_id = p.container_id AND i.depth < b.depth AND k.cold_class <> ''));
  SELECT RAISE (ABORT, 'contents-do-not-fit')
    WHERE NEW.allowed_kinds = 'none' AND EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.id AND until IS NULL);
  SELECT RAISE (ABORT, 'contents-do-not-fit')
    WHERE EXISTS (SELECT 1 FROM container_above b JOIN placement p ON p.container_id = b.container_id AND p.until IS NULL
                  JOIN unit u ON u.id = p.unit_id
                  WHERE b.above_id = NEW.id
                    AND ((NEW.quarantine_only > OLD.quarantine_only AND u.quality IN ('released', 'conditional'))
                      OR (NEW.biohazard_only > OLD.biohazard_only
                          AND NOT EXISTS (SELECT 1 FROM biohazard h WHERE h.patient_id = u.patient_id AND h.cleared_at IS NULL))
                      OR (NEW.allowed_kinds NOT IN ('', 'none') AND NEW.allowed_kinds <> OLD.allowed_kinds
                          AND instr (',' || NEW.allowed_kinds || ',', ',' || u.kind || ',') = 0)));
END;
CREATE TRIGGER container_resized AFTER UPDATE OF rows, cols, allowed_kinds, retired ON container
BEGIN
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.id) WHERE container_id = NEW.id;
  UPDATE container_sum SET places = places + (SELECT o.places - s.own FROM container_own o JOIN container_sum s ON s.container_id = o.container_id
                                              WHERE o.container_id = NEW.parent_id)
    WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.parent_id);
  UPDATE container_sum SET own = (SELECT places FROM container_own WHERE container_id = NEW.parent_id) WHERE container_id = NEW.parent_id;
END;

-- A code means one thing: a container's is never a unit's, nor the other way round.
CREATE TRIGGER container_code BEFORE UPDATE OF barcode ON container
WHEN NEW.barcode IS NOT OLD.barcode AND EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode OR (barcode = NEW.barcode AND barcode <> ''))
BEGIN SELECT RAISE (ABORT, 'code-taken'); END;
CREATE TRIGGER unit_code_new BEFORE INSERT ON unit
WHEN EXISTS (SELECT 1 FROM container WHERE barcode = NEW.number OR (barcode = NEW.barcode AND NEW.barcode <> ''))
BEGIN SELECT RAISE (ABORT, 'code-taken'); END;
CREATE TRIGGER unit_code BEFORE UPDATE OF number, barcode ON unit
WHEN EXISTS (SELECT 1 FROM container WHERE barcode = NEW.number OR (barcode = NEW.barcode AND NEW.barcode <> ''))
BEGIN SELECT RAISE (ABORT, 'code-taken'); END;

-- ── units in places ─────────────────────────────────────────────────────────────────────────────

DROP TRIGGER placement_guard;
CREATE TRIGGER placement_guard BEFORE INSERT ON placement
BEGIN
  SELECT RAISE (ABORT, 'container-retired') WHERE (SELECT retired FROM container WHERE id = NEW.container_id) = 1;
  SELECT RAISE (ABORT, 'no-such-place')
    WHERE NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.container_id AND NEW.row <= rows AND NEW.col <= cols AND allowed_kinds <> 'none');
  SELECT RAISE (ABORT, 'out-of-service')
    WHERE EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id WHERE a.container_id = NEW.container_id AND c.in_service = 0);
  SELECT RAISE (ABORT, 'not-storable')
    WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) NOT IN ('filled', 'frozen', 'picked', 'fresh_ready', 'at_clinic', 'missing');
  SELECT RAISE (ABORT, 'place-blocked')
    WHERE EXISTS (SELECT 1 FROM place_block WHERE container_id = NEW.container_id AND row = NEW.row AND col = NEW.col AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'place-taken')
    WHERE EXISTS (SELECT 1 FROM container WHERE parent_id = NEW.container_id AND row = NEW.row AND col = NEW.col AND retired = 0);
  SELECT RAISE (ABORT, 'kind-not-allowed')
    WHERE EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id JOIN unit u ON u.id = NEW.unit_id
                  WHERE a.container_id = NEW.container_id AND c.allowed_kinds NOT IN ('', 'none')
                    AND instr (',' || c.allowed_kinds || ',', ',' || u.kind || ',') = 0);
  SELECT RAISE (ABORT, 'quarantine-only')
    WHERE EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id WHERE a.container_id = NEW.container_id AND c.quarantine_only = 1)
      AND (SELECT quality FROM unit WHERE id = NEW.unit_id) IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'biohazard-only')
    WHERE EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id WHERE a.container_id = NEW.container_id AND c.biohazard_only = 1)
      AND NOT EXISTS (SELECT 1 FROM unit u JOIN biohazard h ON h.patient_id = u.patient_id AND h.cleared_at IS NULL WHERE u.id = NEW.unit_id);
  -- What is frozen stands in the frozen cold, what is given fresh never does; a cold class nobody said is passed.
  SELECT RAISE (ABORT, 'wrong-cold')
    WHERE (SELECT CASE WHEN u.kind = 'dose_fresh' THEN k.cold_class IN ('minus80', 'vapour', 'liquid')
                  ELSE u.life IN ('frozen', 'picked', 'missing') AND k.cold_class NOT IN ('minus80', 'vapour', 'liquid') END
           FROM container_above a JOIN container k ON k.id = a.above_id JOIN unit u ON u.id = NEW.unit_id
           WHERE a.container_id = NEW.container_id AND k.cold_class <> '' ORDER BY a.depth LIMIT 1);
  -- Beside somebody else's units nothing is put by one person alone.
  SELECT RAISE (ABORT, 'second-person-needed')
    WHERE NEW.witness_id IS NULL
      AND EXISTS (SELECT 1 FROM placement p JOIN unit o ON o.id = p.unit_id
                  WHERE p.container_id = NEW.container_id AND p.until IS NULL
                    AND o.patient_id <> (SELECT patient_id FROM unit WHERE id = NEW.unit_id));
END;
CREATE TRIGGER placement_counted AFTER INSERT ON placement
BEGIN
  UPDATE container_sum SET used = used + 1 WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.container_id);
END;
CREATE TRIGGER placement_uncounted AFTER UPDATE OF until ON placement WHEN OLD.until IS NULL AND NEW.until IS NOT NULL
BEGIN
  UPDATE container_sum SET used = used - 1 WHERE container_id IN (SELECT above_id FROM container_above WHERE container_id = NEW.container_id);
END;
-- A unit is frozen where the cold is.
CREATE TRIGGER event_frozen_cold BEFORE INSERT ON unit_event WHEN NEW.axis = 'life' AND NEW.to_state = 'frozen'
BEGIN
  SELECT RAISE (ABORT, 'wrong-cold')
    WHERE (SELECT k.cold_class NOT IN ('minus80', 'vapour', 'liquid')
           FROM placement p JOIN container_above a ON a.container_id = p.container_id JOIN container k ON k.id = a.above_id
           WHERE p.unit_id = NEW.unit_id AND p.until IS NULL AND k.cold_class <> '' ORDER BY a.depth LIMIT 1);
END;

-- ── holds of every scope ────────────────────────────────────────────────────────────────────────

CREATE TABLE hold_new (
  id           INTEGER PRIMARY KEY,
  -- exactly one of the seven says what is held
  unit_id      INTEGER REFERENCES unit (id),
  lot_id       INTEGER REFERENCES lot (id),
  patient_id   INTEGER REFERENCES patient (id),
  container_id INTEGER REFERENCES container (id),      -- and all that stands in it
  plan_number  TEXT,
  facility     TEXT,
  reagent_id   INTEGER REFERENCES reagent_lot (id),    -- every lot that was made with it
  kind         TEXT    NOT NULL DEFAULT 'other'
                       CHECK (kind IN ('result', 'deviation', 'temperature', 'transport', 'warming', 'merge', 'count', 'lookback',
                                       'consent', 'label', 'other')),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  lookback_id  INTEGER REFERENCES lookback (id),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  closed_why   TEXT    NOT NULL DEFAULT '',
  CHECK ((unit_id IS NOT NULL) + (lot_id IS NOT NULL) + (patient_id IS NOT NULL) + (container_id IS NOT NULL)
         + (plan_number IS NOT NULL) + (facility IS NOT NULL) + (reagent_id IS NOT NULL) = 1),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

INSERT INTO hold_new (id, unit_id, lot_id, kind, reason, opened_at, opened_by, closed_at, closed_by)
  SELECT id, unit_id, lot_id, CASE reason WHEN 'merged-check-label' THEN 'merge' ELSE 'other' END, reason, opened_at, opened_by,
         closed_at, closed_by FROM hold;
DROP TABLE hold;
ALTER TABLE hold_new RENAME TO hold;

CREATE INDEX hold_of_unit      ON hold (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX hold_of_lot       ON hold (lot_id)  WHERE lot_id IS NOT NULL;
CREATE INDEX hold_of_patient   ON hold (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX hold_of_container ON hold (container_id) WHERE container_id IS NOT NULL;
CREATE INDEX hold_of_plan      ON hold (plan_number) WHERE plan_number IS NOT NULL AND closed_at IS NULL;
CREATE INDEX hold_of_facility  ON hold (facility) WHERE facility IS NOT NULL AND closed_at IS NULL;
CREATE INDEX hold_of_reagent   ON hold (reagent_id) WHERE reagent_id IS NOT NULL;
CREATE INDEX hold_of_lookback  ON hold (lookback_id) WHERE lookback_id IS NOT NULL;

-- Which open holds reach which unit, whatever their scope: the one answer to "is it held".
CREATE VIEW unit_hold (unit_id, hold_id) AS
  SELECT unit_id, id FROM hold WHERE unit_id IS NOT NULL AND closed_at IS NULL
  UNION ALL
  SELECT u.id, h.id FROM unit u JOIN hold h ON h.lot_id = u.lot_id AND h.closed_at IS NULL
  UNION ALL
  SELECT u.id, h.id FROM unit u JOIN hold h ON h.patient_id = u.patient_id AND h.closed_at IS NULL
  UNION ALL
  SELECT u.id, h.id FROM unit u JOIN lot l ON l.id = u.lot_id JOIN hold h ON h.plan_number = l.plan_number AND h.closed_at IS NULL
  UNION ALL
  SELECT u.id, h.id FROM unit u JOIN lot l ON l.id = u.lot_id JOIN hold h ON h.facility = l.facility AND h.closed_at IS NULL
  UNION ALL
  SELECT u.id, h.id FROM unit u JOIN lot_reagent r ON r.lot_id = u.lot_id JOIN hold h ON h.reagent_id = r.reagent_id AND h.closed_at IS NULL
  UNION ALL
  SELECT p.unit_id, h.id FROM placement p JOIN container_above a ON a.container_id = p.container_id
    JOIN hold h ON h.container_id = a.above_id AND h.closed_at IS NULL WHERE p.until IS NULL;

-- A hold is closed once, and changes its patient in a merge alone.
CREATE TRIGGER hold_fixed BEFORE UPDATE ON hold
WHEN (NEW.patient_id IS OLD.patient_id AND (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL))
  OR (NEW.id, NEW.unit_id, NEW.lot_id, NEW.container_id, NEW.plan_number, NEW.facility, NEW.reagent_id, NEW.kind, NEW.reason,
      NEW.lookback_id, NEW.opened_at, NEW.opened_by)
     IS NOT (OLD.id, OLD.unit_id, OLD.lot_id, OLD.container_id, OLD.plan_number, OLD.facility, OLD.reagent_id, OLD.kind, OLD.reason,
             OLD.lookback_id, OLD.opened_at, OLD.opened_by)
  OR (NEW.patient_id IS NOT OLD.patient_id
      AND (NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'hold' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
           OR NEW.closed_at IS NOT OLD.closed_at))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER hold_not_merged BEFORE INSERT ON hold
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER hold_relabel BEFORE UPDATE ON hold
WHEN OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL
 AND EXISTS (SELECT 1 FROM merge_label l JOIN unit u ON u.id = l.unit_id JOIN merge m ON m.id = l.merge_id
             WHERE l.hold_id = OLD.id
               AND u.life NOT IN ('void', 'infused', 'part_infused', 'discarded', 'consumed', 'transferred_out')
               AND NOT (u.label = 'verified' AND EXISTS (SELECT 1 FROM unit_event e WHERE e.unit_id = u.id AND e.axis = 'label'
                                                         AND e.to_state = 'printed' AND e.seq > l.label_seq))
               AND NOT (m.moving IS NOT NULL AND m.undone_at IS NOT NULL AND u.label_seq = l.label_seq))
BEGIN SELECT RAISE (ABORT, 'relabel-first'); END;

-- Holds and consents of a patient go with a merge, too.
DROP TRIGGER merge_moved_begins;
CREATE TRIGGER merge_moved_begins BEFORE INSERT ON merge_moved
BEGIN
  SELECT RAISE (ABORT, 'merge-step') WHERE NOT EXISTS (SELECT 1 FROM merge WHERE id = NEW.merge_id AND moving = 1);
  -- Written down is what the loser has, or what would go back one day could be the winner's own.
  SELECT RAISE (ABORT, 'merge-step')
    WHERE (SELECT CASE WHEN undone_at IS NULL THEN loser_id ELSE winner_id END FROM merge WHERE id = NEW.merge_id) IS NOT CASE NEW.what
      WHEN 'collection' THEN (SELECT patient_id FROM collection WHERE id = NEW.row_id)
      WHEN 'lot' THEN (SELECT patient_id FROM lot WHERE id = NEW.row_id)
      WHEN 'unit' THEN (SELECT patient_id FROM unit WHERE id = NEW.row_id)
      WHEN 'course' THEN (SELECT patient_id FROM course WHERE id = NEW.row_id)
      WHEN 'visit' THEN (SELECT patient_id FROM visit WHERE id = NEW.row_id)
      WHEN 'reservation' THEN (SELECT patient_id FROM reservation WHERE id = NEW.row_id)
      WHEN 'infusion' THEN (SELECT patient_id FROM infusion WHERE id = NEW.row_id)
      WHEN 'document' THEN (SELECT patient_id FROM document WHERE id = NEW.row_id)
      WHEN 'lab_report' THEN (SELECT patient_id FROM lab_report WHERE id = NEW.row_id)
      WHEN 'biohazard' THEN (SELECT patient_id FROM biohazard WHERE id = NEW.row_id)
      WHEN 'companion' THEN (SELECT patient_id FROM companion WHERE id = NEW.row_id)
      WHEN 'trip' THEN (SELECT patient_id FROM trip WHERE id = NEW.row_id)
      WHEN 'acceptance' THEN (SELECT patient_id FROM acceptance WHERE id = NEW.row_id)
      WHEN 'gate_override' THEN (SELECT patient_id FROM gate_override WHERE id = NEW.row_id)
      WHEN 'chase' THEN (SELECT patient_id FROM chase WHERE id = NEW.row_id)
      WHEN 'hold' THEN (SELECT patient_id FROM hold WHERE id = NEW.row_id)
      WHEN 'storage_consent' THEN (SELECT patient_id FROM storage_consent WHERE id = NEW.row_id) END;
  SELECT RAISE (ABORT, 'merge-step')
    WHERE (SELECT undone_at FROM merge WHERE id = NEW.merge_id) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = NEW.merge_id AND (d.what, d.row_id) = (CASE NEW.what
        WHEN 'lot' THEN 'collection' WHEN 'unit' THEN 'lot' WHEN 'reservation' THEN 'unit' WHEN 'visit' THEN 'course'
        WHEN 'document' THEN 'document' WHEN 'biohazard' THEN 'lab_report' END, CASE NEW.what
        WHEN 'lot' THEN (SELECT collection_id FROM lot WHERE id = NEW.row_id)
        WHEN 'unit' THEN (SELECT lot_id FROM unit WHERE id = NEW.row_id)
        WHEN 'reservation' THEN (SELECT unit_id FROM reservation WHERE id = NEW.row_id)
        WHEN 'visit' THEN (SELECT course_id FROM visit WHERE id = NEW.row_id)
        WHEN 'document' THEN (SELECT part_of FROM document WHERE id = NEW.row_id)
        WHEN 'biohazard' THEN (SELECT v.report_id FROM biohazard b JOIN lab_value v ON v.id = b.value_id WHERE b.id = NEW.row_id) END));
END;

INSERT INTO counter (name, next) VALUES ('coi', 1), ('shipment', 1), ('lookback', 1), ('count', 1);
