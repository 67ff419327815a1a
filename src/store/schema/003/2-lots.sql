-- Schema step 3, part 2: from the draw to the lot. Chain of identity, what lots are made of and with, tests and their
-- limits, release under conditions.

-- One per therapy course: joins its collections (ST-001 040); given at the first of them.
CREATE TABLE coi (
  id        INTEGER PRIMARY KEY,
  number    TEXT    NOT NULL UNIQUE,
  course_id INTEGER REFERENCES course (id),
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE INDEX coi_of_course ON coi (course_id) WHERE course_id IS NOT NULL;

ALTER TABLE collection ADD COLUMN coi_id INTEGER REFERENCES coi (id); -- NULL only in files of before
ALTER TABLE collection ADD COLUMN ended_at INTEGER;
ALTER TABLE collection ADD COLUMN container TEXT NOT NULL DEFAULT '';   -- tubes or bag, with its lot number
ALTER TABLE collection ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE collection ADD COLUMN visit_id INTEGER REFERENCES visit (id);

CREATE INDEX collection_of_coi ON collection (coi_id);
CREATE INDEX collection_of_visit ON collection (visit_id);

ALTER TABLE lot ADD COLUMN expected_doses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN expected_cells INTEGER NOT NULL DEFAULT 0;

-- What went into a culture beside its first collection: other collections, or intermediates grown on (route b).
CREATE TABLE lot_input (
  id            INTEGER PRIMARY KEY,
  lot_id        INTEGER NOT NULL REFERENCES lot (id),
  collection_id INTEGER REFERENCES collection (id),
  unit_id       INTEGER UNIQUE REFERENCES unit (id),
  at            INTEGER NOT NULL,
  by_id         INTEGER NOT NULL REFERENCES staff (id),
  CHECK ((collection_id IS NULL) <> (unit_id IS NULL)),
  UNIQUE (lot_id, collection_id)
) STRICT;

CREATE INDEX lot_input_collection ON lot_input (collection_id) WHERE collection_id IS NOT NULL;

-- A lot of a reagent or of a container (medium, albumin, cytokine, cryoprotectant, bag), and the cultures it was used in.
CREATE TABLE reagent_lot (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL CHECK (name <> ''),
  maker      TEXT    NOT NULL DEFAULT '',
  lot_number TEXT    NOT NULL CHECK (lot_number <> ''),
  expires_on TEXT    NOT NULL DEFAULT '',
  added_at   INTEGER NOT NULL,
  UNIQUE (name, maker, lot_number)
) STRICT;

CREATE TABLE lot_reagent (
  lot_id     INTEGER NOT NULL REFERENCES lot (id),
  reagent_id INTEGER NOT NULL REFERENCES reagent_lot (id),
  at         INTEGER NOT NULL,
  by_id      INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (lot_id, reagent_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX lot_reagent_of ON lot_reagent (reagent_id, lot_id);

-- Devices and benches, and when what was in or on them: the look-back asks which cultures met.
CREATE TABLE device (
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('bench', 'incubator', 'centrifuge', 'freezer_program', 'bath', 'other')),
  name       TEXT    NOT NULL UNIQUE CHECK (name <> ''),
  barcode    TEXT    UNIQUE,
  in_service INTEGER NOT NULL DEFAULT 1 CHECK (in_service IN (0, 1)),
  due_on     TEXT    NOT NULL DEFAULT '',      -- next calibration; empty for none
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE device_use (
  id         INTEGER PRIMARY KEY,
  device_id  INTEGER NOT NULL REFERENCES device (id),
  lot_id     INTEGER NOT NULL REFERENCES lot (id),
  what       TEXT    NOT NULL DEFAULT '',      -- "harvest", "freezing, program 2"
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,                          -- NULL while it lasts
  by_id      INTEGER NOT NULL REFERENCES staff (id),
  CHECK (ended_at >= started_at)
) STRICT;

CREATE INDEX device_use_of ON device_use (lot_id);
CREATE INDEX device_use_at ON device_use (device_id, started_at);

-- The tests of a lot, and the limit that is copied to each result when it is entered. Settings of the clinic.
CREATE TABLE lot_test (
  code       TEXT    PRIMARY KEY,
  required   INTEGER NOT NULL CHECK (required IN (0, 1)), -- for release
  late       INTEGER NOT NULL CHECK (late IN (0, 1)),     -- may be pending under a conditional release
  comparator TEXT    NOT NULL CHECK (comparator IN ('', '>=', '>', '<=', '<', '=')),
  low        TEXT    NOT NULL DEFAULT '',      -- the limit; a decimal, or a word for '='
  unit       TEXT    NOT NULL DEFAULT '',
  days       INTEGER NOT NULL DEFAULT 0,       -- until the final result is due, from sampling
  position   INTEGER NOT NULL DEFAULT 0,
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;

-- facts/cells.md 5.5; the count's limit is the plan's, see cell_setting.
INSERT INTO lot_test (code, required, late, comparator, low, unit, days, position) VALUES
  ('viability', 1, 0, '>=', '70', '%', 0, 1), ('count', 1, 0, '>=', '', 'cells', 0, 2), ('purity', 1, 0, '>', '50', '%', 1, 3),
  ('endotoxin', 1, 0, '<', '5', 'EU/kg', 1, 4), ('mycoplasma', 1, 1, '=', 'negative', '', 3, 5),
  ('sterility', 1, 1, '=', 'negative', '', 14, 6), ('gram', 0, 0, '=', 'negative', '', 0, 7), ('identity', 0, 0, '=', 'match', '', 1, 8);

CREATE TABLE result_new (
  id          INTEGER PRIMARY KEY,
  lot_id      INTEGER NOT NULL REFERENCES lot (id),
  unit_id     INTEGER REFERENCES unit (id),    -- when one unit was tested, not the lot (post-thaw viability)
  test        TEXT    NOT NULL REFERENCES lot_test (code),
  value       TEXT    NOT NULL,
  unit        TEXT    NOT NULL DEFAULT '',
  limit_text  TEXT    NOT NULL DEFAULT '',     -- the limit in force, copied at entry
  method      TEXT    NOT NULL DEFAULT '',
  passed      INTEGER NOT NULL CHECK (passed IN (0, 1)),
  stage       TEXT    NOT NULL CHECK (stage IN ('preliminary', 'final')),
  sampled_on  TEXT    NOT NULL DEFAULT '',
  reported_on TEXT    NOT NULL,
  entered_at  INTEGER NOT NULL,
  entered_by  INTEGER NOT NULL REFERENCES staff (id),
  supersedes  INTEGER UNIQUE REFERENCES result (id),
  why         TEXT    NOT NULL DEFAULT ''      -- it supersedes another
) STRICT;

INSERT INTO result_new (id, lot_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes)
  SELECT id, lot_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes FROM result;
DROP TABLE result;
ALTER TABLE result_new RENAME TO result;

CREATE INDEX result_of ON result (lot_id, test);
CREATE INDEX result_of_unit ON result (unit_id) WHERE unit_id IS NOT NULL;
CREATE TRIGGER result_fixed BEFORE UPDATE ON result BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_kept BEFORE DELETE ON result BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_supersedes BEFORE INSERT ON result
WHEN NEW.supersedes IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM result WHERE id = NEW.supersedes AND lot_id = NEW.lot_id AND test = NEW.test AND unit_id IS NEW.unit_id
                 AND (stage = 'preliminary' OR NEW.stage = 'final'))
BEGIN SELECT RAISE (ABORT, 'supersedes-another'); END;

-- Somebody else read the result against its source.
CREATE TABLE result_check (
  result_id  INTEGER PRIMARY KEY REFERENCES result (id),
  checked_at INTEGER NOT NULL,
  checked_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- A conditional release: for one visit of the patient, with what is pending and who answers for it.
CREATE TABLE release_condition (
  unit_id      INTEGER PRIMARY KEY REFERENCES unit (id),
  visit_id     INTEGER NOT NULL REFERENCES visit (id),
  pending      TEXT    NOT NULL CHECK (pending <> ''), -- codes of tests, comma separated
  physician_id INTEGER NOT NULL REFERENCES staff (id),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  told_at      INTEGER NOT NULL,                 -- the patient
  due_on       TEXT    NOT NULL,                 -- the last pending result
  at           INTEGER NOT NULL,
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  CHECK (physician_id <> by_id)
) STRICT;

CREATE INDEX release_condition_for ON release_condition (visit_id);
CREATE INDEX release_condition_due ON release_condition (due_on);

-- Until when a patient's cells are kept, by consent (or contract); the newest that is not withdrawn counts.
CREATE TABLE storage_consent (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  from_on      TEXT    NOT NULL,
  until_on     TEXT    NOT NULL,
  document_id  INTEGER REFERENCES document (id),
  note         TEXT    NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  withdrawn_at INTEGER,
  withdrawn_by INTEGER REFERENCES staff (id),
  CHECK (until_on >= from_on),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE INDEX storage_consent_of ON storage_consent (patient_id, until_on);
CREATE INDEX storage_consent_document ON storage_consent (document_id) WHERE document_id IS NOT NULL;
CREATE TRIGGER storage_consent_not_merged BEFORE INSERT ON storage_consent
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER storage_consent_fixed BEFORE UPDATE ON storage_consent
WHEN (NEW.id, NEW.from_on, NEW.until_on, NEW.document_id, NEW.note, NEW.at, NEW.by_id)
     IS NOT (OLD.id, OLD.from_on, OLD.until_on, OLD.document_id, OLD.note, OLD.at, OLD.by_id)
  OR (NEW.patient_id = OLD.patient_id AND (OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL))
  OR (NEW.patient_id <> OLD.patient_id
      AND (NEW.withdrawn_at IS NOT OLD.withdrawn_at
           OR NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'storage_consent' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER storage_consent_kept BEFORE DELETE ON storage_consent BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Numbers that a clinic sets for its cells; the program knows each name and what it falls back to (domain/desk-cell-setting.h).
CREATE TABLE cell_setting (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

-- Released means: every required test final and passed, nothing failed, no hold of any scope, and another person than
-- the one who entered results.
DROP TRIGGER event_release;
CREATE TRIGGER event_release BEFORE INSERT ON unit_event WHEN NEW.axis = 'quality' AND NEW.to_state IN ('released', 'conditional')
BEGIN
  SELECT RAISE (ABORT, 'lot-failed') WHERE (SELECT l.status FROM lot l JOIN unit u ON u.lot_id = l.id WHERE u.id = NEW.unit_id) = 'failed';
  SELECT RAISE (ABORT, 'released-by-tester')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.entered_by = NEW.performer_id);
  SELECT RAISE (ABORT, 'result-failed')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.passed = 0
                  AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id));
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'reason-needed') WHERE NEW.to_state = 'conditional' AND NEW.reason = '';
END;
DROP TRIGGER event_release_final;
CREATE TRIGGER event_release_final BEFORE INSERT ON unit_event WHEN NEW.axis = 'quality' AND NEW.to_state = 'released'
BEGIN
  SELECT RAISE (ABORT, 'result-not-final')
    WHERE EXISTS (SELECT 1 FROM lot_test t JOIN unit u ON u.id = NEW.unit_id
                  WHERE t.required = 1
                    AND NOT EXISTS (SELECT 1 FROM result r WHERE r.lot_id = u.lot_id AND r.test = t.code AND r.stage = 'final' AND r.passed = 1
                                      AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)));
END;
