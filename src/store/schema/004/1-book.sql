-- Step 4: the book. What a visit runs into and what of it blocks, hours, blocks, views, the pinboard.

-- ── hours and days ──────────────────────────────────────────────────────────────────────────────

-- Hours of one weekday, where they differ from the clinic's: a half day, a late evening.
CREATE TABLE opening (
  weekday INTEGER PRIMARY KEY CHECK (weekday BETWEEN 1 AND 7),           -- ISO: Monday is 1
  opens   INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1435 AND opens % 5 = 0),   -- minutes since midnight of the clinic
  closes  INTEGER NOT NULL CHECK (closes BETWEEN 5 AND 1440 AND closes % 5 = 0),
  CHECK (opens < closes)
) STRICT;

-- The clinic is open although a holiday or a closed weekday says otherwise.
CREATE TABLE open_day (
  day    TEXT PRIMARY KEY CHECK (length (day) = 10),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- Time that is not for visits: lunch, leave, a meeting, cleaning. One row covers its weekdays from the first day to the
-- last, between two times of the clinic's clock; without a resource it is the whole clinic's.
CREATE TABLE block (
  id           INTEGER PRIMARY KEY,
  resource_id  INTEGER REFERENCES resource (id),
  kind         TEXT    NOT NULL CHECK (kind IN ('lunch', 'leave', 'meeting', 'cleaning', 'repair', 'reserved', 'other')),
  first_day    TEXT    NOT NULL CHECK (length (first_day) = 10),
  last_day     TEXT    NOT NULL CHECK (length (last_day) = 10),
  weekdays     TEXT    NOT NULL DEFAULT '1234567',   -- ISO weekdays
  from_minute  INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1435 AND from_minute % 5 = 0),
  until_minute INTEGER NOT NULL CHECK (until_minute BETWEEN 5 AND 1440 AND until_minute % 5 = 0),
  reason       TEXT    NOT NULL DEFAULT '',
  removed_at   INTEGER,
  version      INTEGER NOT NULL DEFAULT 1,
  CHECK (first_day <= last_day AND from_minute < until_minute AND weekdays <> '')
) STRICT;

CREATE INDEX block_until ON block (last_day) WHERE removed_at IS NULL;
CREATE INDEX block_of ON block (resource_id);
CREATE TRIGGER block_kept BEFORE DELETE ON block BEGIN SELECT RAISE (ABORT, 'block-kept'); END;

-- One note for everybody about a day.
CREATE TABLE day_note (
  day     TEXT PRIMARY KEY CHECK (length (day) = 10),
  text    TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- ── visits ──────────────────────────────────────────────────────────────────────────────────────

-- How many of a kind a day bears, and at one time; 0 for no limit.
ALTER TABLE visit_type ADD COLUMN per_day INTEGER NOT NULL DEFAULT 0 CHECK (per_day >= 0);
ALTER TABLE visit_type ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0 CHECK (at_once >= 0);
ALTER TABLE visit_type ADD COLUMN active  INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

INSERT INTO visit_type (code, name, name_ja, minutes, before, after, needs, remote, position) VALUES
  ('dendritic',    'Dendritic cell vaccine', '樹状細胞ワクチン', 30, 5, 10, 'chair',      0, 8),
  ('checkpoint',   'Checkpoint inhibitor',   '免疫チェックポイント阻害薬', 90, 10, 15, 'chair', 0, 9),
  ('hyperthermia', 'Hyperthermia',           '温熱療法',         60, 10, 15, 'room',      0, 10);

-- A held visit lets go by itself at this instant (the desk is asked, nothing is cancelled unseen).
ALTER TABLE visit ADD COLUMN held_until INTEGER CHECK (held_until > 0);
-- What was agreed: the time on the wall, 2026-03-08T09:30, in a zone. The instants follow from it, and are made again
-- when the zone's rules change. Filled for remote visits.
ALTER TABLE visit ADD COLUMN wall      TEXT NOT NULL DEFAULT '' CHECK (wall = '' OR length (wall) = 16);
ALTER TABLE visit ADD COLUMN wall_zone TEXT NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN their_zone TEXT NOT NULL DEFAULT ''; -- the patient's, when it was booked

CREATE INDEX reservation_of_visit ON reservation (visit_id); -- those that are closed, too: an undone cancellation looks for them
CREATE INDEX visit_of_type ON visit (type, starts_at, ends_at, status);
CREATE INDEX visit_held ON visit (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX visit_remote ON visit (wall_zone, starts_at) WHERE wall <> '';

-- A visit does not end over a dose that waits for it: it is given at the bedside, or its reservation is given back.
-- (One that is being made ready or runs is 'dose-under-way' since step 3.)
CREATE TRIGGER visit_done_dose BEFORE UPDATE OF status ON visit
WHEN NEW.status = 'done' AND OLD.status <> 'done'
 AND EXISTS (SELECT 1 FROM reservation WHERE visit_id = NEW.id AND closed_at IS NULL)
 AND NOT EXISTS (SELECT 1 FROM reservation r JOIN unit u ON u.id = r.unit_id
                 WHERE r.visit_id = NEW.id AND r.closed_at IS NULL AND u.life IN ('thawing', 'thawed', 'at_bedside', 'infusing'))
BEGIN SELECT RAISE (ABORT, 'dose-not-given'); END;

-- What a conflict of each kind does. What can never be passed over has no row that says so: see the CHECK.
CREATE TABLE conflict_rule (
  kind   TEXT PRIMARY KEY CHECK (kind IN ('staff', 'room', 'patient', 'capacity', 'hours', 'closed', 'block', 'needs', 'past',
                                          'dose', 'gate', 'stay', 'blackout', 'course')),
  effect TEXT NOT NULL CHECK (effect IN ('block', 'warn')),
  CHECK (effect = 'block' OR kind NOT IN ('staff', 'room', 'patient', 'dose'))
) STRICT;

INSERT INTO conflict_rule (kind, effect) VALUES
  ('staff', 'block'), ('room', 'block'), ('patient', 'block'), ('capacity', 'warn'), ('hours', 'warn'), ('closed', 'warn'),
  ('block', 'warn'), ('needs', 'warn'), ('past', 'warn'), ('dose', 'block'), ('gate', 'warn'), ('stay', 'warn'),
  ('blackout', 'warn'), ('course', 'warn');

CREATE TRIGGER conflict_rule_kept BEFORE DELETE ON conflict_rule BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER conflict_rule_none BEFORE INSERT ON conflict_rule BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

-- ── how one looks at it ─────────────────────────────────────────────────────────────────────────

-- Named views, on F5 to F8.
CREATE TABLE book_view (
  id      INTEGER PRIMARY KEY,
  key     INTEGER NOT NULL UNIQUE CHECK (key BETWEEN 5 AND 8),
  name    TEXT    NOT NULL CHECK (name <> ''),
  mode    TEXT    NOT NULL CHECK (mode IN ('day', 'week', 'month')),
  rows    INTEGER NOT NULL DEFAULT 10 CHECK (rows IN (5, 10, 15)),
  types   TEXT    NOT NULL DEFAULT '',   -- codes of visit types, comma separated; empty for all
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE book_view_resource (
  view_id     INTEGER NOT NULL REFERENCES book_view (id) ON DELETE CASCADE,
  resource_id INTEGER NOT NULL REFERENCES resource (id),
  position    INTEGER NOT NULL,
  PRIMARY KEY (view_id, resource_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX book_view_resource_of ON book_view_resource (resource_id);

-- The pinboard: visits to be put somewhere else, kept over restarts. They stay where they are until then.
CREATE TABLE pin (
  visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
  at       INTEGER NOT NULL,
  by_id    INTEGER REFERENCES staff (id)
) STRICT;

CREATE INDEX pin_by ON pin (by_id);
CREATE TRIGGER pin_begins BEFORE INSERT ON pin
WHEN (SELECT s.final FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = NEW.visit_id) = 1
BEGIN SELECT RAISE (ABORT, 'visit-over'); END;
CREATE TRIGGER pin_of_visit AFTER UPDATE OF status ON visit
WHEN (SELECT final FROM visit_status WHERE status = NEW.status) = 1
BEGIN DELETE FROM pin WHERE visit_id = NEW.id; END;
