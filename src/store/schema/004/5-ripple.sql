-- One thing went otherwise, and much moves with it: written down as one act, so that it is taken back as one.

CREATE TABLE ripple (
  id        INTEGER PRIMARY KEY,
  kind      TEXT    NOT NULL CHECK (kind IN ('culture_delay', 'lot_failed', 'missed_flight', 'closed_day', 'course_later')),
  about     INTEGER NOT NULL,               -- id of the lot, trip or visit; 0 for a day
  day       TEXT    NOT NULL DEFAULT '',    -- the closed day, the new harvest, the new arrival
  reason    TEXT    NOT NULL DEFAULT '',
  at        INTEGER NOT NULL,
  by_id     INTEGER REFERENCES staff (id),
  undone_at INTEGER,
  undone_by INTEGER REFERENCES staff (id),
  CHECK (undone_at >= at)
) STRICT;

CREATE INDEX ripple_by ON ripple (by_id);
CREATE INDEX ripple_undone_by ON ripple (undone_by);

-- What moved, and how it was: the version it had afterwards tells whether somebody changed it since.
CREATE TABLE ripple_item (
  ripple_id INTEGER NOT NULL REFERENCES ripple (id),
  seq       INTEGER NOT NULL CHECK (seq >= 1),
  what      TEXT    NOT NULL CHECK (what IN ('visit', 'reservation', 'trip', 'plan', 'lot', 'letter', 'closed_day')),
  row_id    INTEGER NOT NULL,
  was       TEXT    NOT NULL DEFAULT '',
  became    TEXT    NOT NULL DEFAULT '',
  version   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (ripple_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX ripple_item_of ON ripple_item (what, row_id);
CREATE TRIGGER ripple_item_fixed BEFORE UPDATE ON ripple_item BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER ripple_item_kept BEFORE DELETE ON ripple_item BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER ripple_kept BEFORE DELETE ON ripple BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER ripple_fixed BEFORE UPDATE ON ripple
WHEN OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.about <> OLD.about OR NEW.at <> OLD.at
  OR NEW.day <> OLD.day OR NEW.reason <> OLD.reason OR NEW.by_id IS NOT OLD.by_id
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- A ripple begins as one that stands, and its lines are written with it: none before the last one, none once it was
-- taken back, and none in another moment's name.
CREATE TRIGGER ripple_begins BEFORE INSERT ON ripple WHEN NEW.undone_at IS NOT NULL OR NEW.undone_by IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER ripple_item_begins BEFORE INSERT ON ripple_item
WHEN NEW.seq <> 1 + (SELECT count (*) FROM ripple_item WHERE ripple_id = NEW.ripple_id)
  OR (SELECT undone_at FROM ripple WHERE id = NEW.ripple_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Which letters a patient was given: they no longer match when visits move.
CREATE INDEX audit_letter ON audit (object_id) WHERE action = 'letter.print';
