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
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
