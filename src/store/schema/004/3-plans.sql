-- Plans: what the planner found and somebody chose. Held as a proposal, booked whole or in part.

CREATE TABLE plan (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  course_id  INTEGER,
  template   TEXT    NOT NULL DEFAULT '',       -- code of the course it was made from, as it was called then
  strategy   TEXT    NOT NULL CHECK (strategy IN ('one_draw', 'draw_each', 'banked', 'mixed')),
  status     TEXT    NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'part', 'booked', 'dropped')),
  problem    TEXT    NOT NULL,                  -- what was asked, as XML of data/schema/plan.xsd
  trips      INTEGER NOT NULL CHECK (trips >= 1),
  days       INTEGER NOT NULL CHECK (days >= 1), -- in Japan
  ends_on    TEXT    NOT NULL,
  made_at    INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id),
  FOREIGN KEY (course_id, patient_id) REFERENCES course (id, patient_id)
) STRICT;

CREATE INDEX plan_of ON plan (patient_id, made_at);
CREATE INDEX plan_of_course ON plan (course_id);
CREATE INDEX plan_by ON plan (by_id);
CREATE INDEX plan_open ON plan (id) WHERE status IN ('proposed', 'part');
CREATE TRIGGER plan_kept BEFORE DELETE ON plan BEGIN SELECT RAISE (ABORT, 'plan-kept'); END;
-- What was asked and answered stays; whose it is, a merge moves.
CREATE TRIGGER plan_fixed BEFORE UPDATE ON plan
WHEN (NEW.template, NEW.strategy, NEW.problem, NEW.trips, NEW.days, NEW.ends_on, NEW.made_at) <> (OLD.template, OLD.strategy, OLD.problem, OLD.trips, OLD.days, OLD.ends_on, OLD.made_at)
BEGIN SELECT RAISE (ABORT, 'plan-fixed'); END;
CREATE TRIGGER plan_begins BEFORE INSERT ON plan WHEN NEW.status <> 'proposed'
BEGIN SELECT RAISE (ABORT, 'plan-begins-proposed'); END;

CREATE TABLE plan_trip (
  plan_id    INTEGER NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  patient_id INTEGER NOT NULL,
  arrival    TEXT    NOT NULL,
  departure  TEXT    NOT NULL,
  trip_id    INTEGER,                           -- the stay it is, or that was made of it
  made_version INTEGER NOT NULL DEFAULT 0,      -- of the stay that booking made, as it was then; 0 for one that was there
  PRIMARY KEY (plan_id, seq),
  FOREIGN KEY (plan_id, patient_id) REFERENCES plan (id, patient_id),
  FOREIGN KEY (trip_id, patient_id) REFERENCES trip (id, patient_id),
  CHECK (arrival <= departure)
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_trip_stay ON plan_trip (trip_id);
CREATE TRIGGER plan_trip_begins BEFORE INSERT ON plan_trip
WHEN EXISTS (SELECT 1 FROM plan_trip WHERE plan_id = NEW.plan_id AND arrival <= NEW.departure AND departure >= NEW.arrival)
BEGIN SELECT RAISE (ABORT, 'plan-trips-overlap'); END;
CREATE TRIGGER plan_trip_fixed BEFORE UPDATE ON plan_trip
WHEN (NEW.plan_id, NEW.seq, NEW.arrival, NEW.departure) <> (OLD.plan_id, OLD.seq, OLD.arrival, OLD.departure)
BEGIN SELECT RAISE (ABORT, 'plan-fixed'); END;
CREATE TRIGGER plan_trip_kept BEFORE DELETE ON plan_trip BEGIN SELECT RAISE (ABORT, 'plan-kept'); END;

-- What an infusion is given from: the fresh cells of a draw of the plan, frozen ones of it, or a unit that is banked.
CREATE TABLE plan_visit (
  plan_id    INTEGER NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  patient_id INTEGER NOT NULL,
  day        TEXT    NOT NULL,
  type       TEXT    NOT NULL REFERENCES visit_type (code),
  source     TEXT    NOT NULL DEFAULT '' CHECK (source IN ('', 'fresh', 'frozen', 'banked')),
  draw_seq   INTEGER,                           -- seq of the draw of the same plan
  unit_id    INTEGER,
  visit_id   INTEGER,                           -- the visit that stands for it: proposed, held or booked
  booked_version INTEGER NOT NULL DEFAULT 0,    -- of the visit as booking the plan left it; 0 while that has not happened
  PRIMARY KEY (plan_id, seq),
  FOREIGN KEY (plan_id, patient_id) REFERENCES plan (id, patient_id),
  FOREIGN KEY (plan_id, draw_seq) REFERENCES plan_visit (plan_id, seq),
  FOREIGN KEY (unit_id, patient_id) REFERENCES unit (id, patient_id),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK ((source IN ('fresh', 'frozen')) = (draw_seq IS NOT NULL)),
  CHECK ((source = 'banked') = (unit_id IS NOT NULL)),
  CHECK ((source = '') = (type <> 'infusion')),
  CHECK (booked_version = 0 OR visit_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_visit_draw ON plan_visit (plan_id, draw_seq);
CREATE INDEX plan_visit_unit ON plan_visit (unit_id);
CREATE INDEX plan_visit_visit ON plan_visit (visit_id);
CREATE INDEX plan_visit_type ON plan_visit (type);
CREATE UNIQUE INDEX plan_visit_one ON plan_visit (visit_id) WHERE visit_id IS NOT NULL;
CREATE TRIGGER plan_visit_begins BEFORE INSERT ON plan_visit
BEGIN
  SELECT RAISE (ABORT, 'plan-outside-trip')
    WHERE NOT EXISTS (SELECT 1 FROM plan_trip WHERE plan_id = NEW.plan_id AND NEW.day BETWEEN arrival AND departure);
  SELECT RAISE (ABORT, 'plan-draw')
    WHERE NEW.draw_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM plan_visit WHERE plan_id = NEW.plan_id AND seq = NEW.draw_seq AND type IN ('blood_draw', 'apheresis') AND day < NEW.day);
  SELECT RAISE (ABORT, 'not-a-dose')
    WHERE NEW.unit_id IS NOT NULL AND (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  -- One dose is given once.
  SELECT RAISE (ABORT, 'plan-dose-twice')
    WHERE NEW.unit_id IS NOT NULL AND EXISTS (SELECT 1 FROM plan_visit WHERE plan_id = NEW.plan_id AND unit_id = NEW.unit_id);
END;
CREATE TRIGGER plan_visit_fixed BEFORE UPDATE ON plan_visit
WHEN (NEW.plan_id, NEW.seq, NEW.type, NEW.source, coalesce (NEW.draw_seq, 0), coalesce (NEW.unit_id, 0))
  <> (OLD.plan_id, OLD.seq, OLD.type, OLD.source, coalesce (OLD.draw_seq, 0), coalesce (OLD.unit_id, 0))
BEGIN SELECT RAISE (ABORT, 'plan-fixed'); END;
-- A visit that was moved and still fits is taken as it is; never out of its trips.
CREATE TRIGGER plan_visit_day BEFORE UPDATE OF day ON plan_visit
WHEN NOT EXISTS (SELECT 1 FROM plan_trip WHERE plan_id = NEW.plan_id AND NEW.day BETWEEN arrival AND departure)
BEGIN SELECT RAISE (ABORT, 'plan-outside-trip'); END;
CREATE TRIGGER plan_visit_kept BEFORE DELETE ON plan_visit BEGIN SELECT RAISE (ABORT, 'plan-kept'); END;

-- Booked is what has a booked visit, and all of it when all have; what is dropped has none, and can only be a proposal again.
CREATE TRIGGER plan_step BEFORE UPDATE OF status ON plan WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE (ABORT, 'plan-dropped') WHERE OLD.status = 'dropped' AND NEW.status <> 'proposed';
  SELECT RAISE (ABORT, 'plan-without-visits')
    WHERE NEW.status IN ('part', 'booked') AND NOT EXISTS (SELECT 1 FROM plan_visit WHERE plan_id = NEW.id AND booked_version > 0);
  SELECT RAISE (ABORT, 'plan-has-visits')
    WHERE NEW.status IN ('proposed', 'dropped') AND EXISTS (SELECT 1 FROM plan_visit WHERE plan_id = NEW.id AND booked_version > 0);
END;

-- The days a plan hangs on, as they were when it was made: when the thing says another day now, the plan turns red.
CREATE TABLE plan_hang (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  what    TEXT    NOT NULL CHECK (what IN ('visit', 'lot', 'unit', 'trip', 'window', 'document', 'passport', 'clinic')),
  row_id  INTEGER NOT NULL,
  day     TEXT    NOT NULL,          -- of the visit, the harvest, the expiry, the last day permitted …
  PRIMARY KEY (plan_id, what, row_id, day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plan_hang_fixed BEFORE UPDATE ON plan_hang BEGIN SELECT RAISE (ABORT, 'plan-fixed'); END;
CREATE TRIGGER plan_hang_kept BEFORE DELETE ON plan_hang
WHEN (SELECT status FROM plan WHERE id = OLD.plan_id) NOT IN ('proposed', 'part') BEGIN SELECT RAISE (ABORT, 'plan-kept'); END;
