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

CREATE TABLE plan_trip (
  plan_id    INTEGER NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  patient_id INTEGER NOT NULL,
  arrival    TEXT    NOT NULL,
  departure  TEXT    NOT NULL,
  trip_id    INTEGER,                           -- the stay that was made of it
  PRIMARY KEY (plan_id, seq),
  FOREIGN KEY (plan_id, patient_id) REFERENCES plan (id, patient_id),
  FOREIGN KEY (trip_id, patient_id) REFERENCES trip (id, patient_id),
  CHECK (arrival <= departure)
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_trip_stay ON plan_trip (trip_id);

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
  PRIMARY KEY (plan_id, seq),
  FOREIGN KEY (plan_id, patient_id) REFERENCES plan (id, patient_id),
  FOREIGN KEY (plan_id, draw_seq) REFERENCES plan_visit (plan_id, seq),
  FOREIGN KEY (unit_id, patient_id) REFERENCES unit (id, patient_id),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK ((source IN ('fresh', 'frozen')) = (draw_seq IS NOT NULL)),
  CHECK ((source = 'banked') = (unit_id IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_visit_draw ON plan_visit (plan_id, draw_seq);
CREATE INDEX plan_visit_unit ON plan_visit (unit_id);
CREATE INDEX plan_visit_visit ON plan_visit (visit_id);
CREATE INDEX plan_visit_type ON plan_visit (type);
CREATE UNIQUE INDEX plan_visit_one ON plan_visit (visit_id) WHERE visit_id IS NOT NULL;

-- The days a plan hangs on, as they were when it was made: when the thing says another day now, the plan turns red.
CREATE TABLE plan_hang (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  what    TEXT    NOT NULL CHECK (what IN ('visit', 'lot', 'unit', 'trip', 'window', 'document', 'passport', 'clinic')),
  row_id  INTEGER NOT NULL,
  day     TEXT    NOT NULL,          -- of the visit, the harvest, the expiry, the last day permitted …
  PRIMARY KEY (plan_id, what, row_id, day)
) STRICT, WITHOUT ROWID;
