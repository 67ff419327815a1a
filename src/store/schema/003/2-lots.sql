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

CREATE UNIQUE INDEX coi_of_course ON coi (course_id) WHERE course_id IS NOT NULL;
CREATE TRIGGER coi_begins BEFORE INSERT ON coi
WHEN EXISTS (SELECT 1 FROM staff WHERE id = NEW.opened_by AND active = 0)
BEGIN SELECT RAISE (ABORT, 'staff-not-active'); END;
CREATE TRIGGER coi_fixed BEFORE UPDATE ON coi BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER coi_kept BEFORE DELETE ON coi BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

ALTER TABLE collection ADD COLUMN coi_id INTEGER REFERENCES coi (id); -- NULL only in files of before
ALTER TABLE collection ADD COLUMN ended_at INTEGER;
ALTER TABLE collection ADD COLUMN container TEXT NOT NULL DEFAULT '';   -- tubes or bag, with its lot number
ALTER TABLE collection ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE collection ADD COLUMN visit_id INTEGER REFERENCES visit (id);

CREATE INDEX collection_of_coi ON collection (coi_id);
CREATE INDEX collection_of_visit ON collection (visit_id);

-- One chain of identity is one patient: through its other collections, its course, and the visit of the draw.
CREATE TRIGGER collection_begins BEFORE INSERT ON collection
BEGIN
  SELECT RAISE (ABORT, 'coi-needed') WHERE NEW.coi_id IS NULL;
  SELECT RAISE (ABORT, 'other-patient')
    WHERE EXISTS (SELECT 1 FROM collection WHERE coi_id = NEW.coi_id AND patient_id <> NEW.patient_id)
       OR (SELECT c.patient_id FROM coi k JOIN course c ON c.id = k.course_id WHERE k.id = NEW.coi_id) <> NEW.patient_id
       OR (SELECT patient_id FROM visit WHERE id = NEW.visit_id) <> NEW.patient_id;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.operator_id AND active = 0);
  SELECT RAISE (ABORT, 'clock-went-back') WHERE NEW.ended_at < NEW.collected_at;
END;
DROP TRIGGER collection_fixed;
CREATE TRIGGER collection_fixed BEFORE UPDATE ON collection
WHEN NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'collection' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.number, NEW.method, NEW.collected_at, NEW.volume_ml, NEW.operator_id, NEW.coi_id, NEW.ended_at, NEW.container, NEW.note, NEW.visit_id)
     IS NOT (OLD.id, OLD.number, OLD.method, OLD.collected_at, OLD.volume_ml, OLD.operator_id, OLD.coi_id, OLD.ended_at, OLD.container, OLD.note, OLD.visit_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

ALTER TABLE lot ADD COLUMN expected_doses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN expected_cells INTEGER NOT NULL DEFAULT 0;

-- What was released of a lot is recalled, with its look-back, before the lot is called failed.
CREATE TRIGGER lot_fails BEFORE UPDATE OF status ON lot
WHEN NEW.status = 'failed' AND OLD.status <> 'failed'
 AND EXISTS (SELECT 1 FROM unit WHERE lot_id = NEW.id AND quality IN ('released', 'conditional') AND life <> 'void')
BEGIN SELECT RAISE (ABORT, 'lot-has-released'); END;

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

-- All that goes into a culture is of one patient and one chain of identity; no culture comes of itself.
CREATE TRIGGER lot_input_begins BEFORE INSERT ON lot_input
BEGIN
  SELECT RAISE (ABORT, 'not-culturing') WHERE (SELECT status FROM lot WHERE id = NEW.lot_id) <> 'culturing';
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.by_id AND active = 0);
  SELECT RAISE (ABORT, 'other-patient')
    WHERE (SELECT patient_id FROM lot WHERE id = NEW.lot_id)
          <> COALESCE ((SELECT patient_id FROM collection WHERE id = NEW.collection_id), (SELECT patient_id FROM unit WHERE id = NEW.unit_id));
  SELECT RAISE (ABORT, 'other-identity')
    WHERE (SELECT c.coi_id FROM lot l JOIN collection c ON c.id = l.collection_id WHERE l.id = NEW.lot_id)
          <> COALESCE ((SELECT coi_id FROM collection WHERE id = NEW.collection_id),
                       (SELECT c.coi_id FROM unit u JOIN lot l ON l.id = u.lot_id JOIN collection c ON c.id = l.collection_id WHERE u.id = NEW.unit_id));
  SELECT RAISE (ABORT, 'input-twice') WHERE (SELECT collection_id FROM lot WHERE id = NEW.lot_id) = NEW.collection_id;
  SELECT RAISE (ABORT, 'not-an-intermediate') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) <> 'intermediate';
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) NOT IN ('filled', 'frozen', 'fresh_ready', 'thawed');
  SELECT RAISE (ABORT, 'unit-unsafe') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) IN ('rejected', 'recalled');
  SELECT RAISE (ABORT, 'unit-held') WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'lot-in-itself')
    WHERE NEW.lot_id IN (WITH RECURSIVE back (lot_id) AS (
                           SELECT lot_id FROM unit WHERE id = NEW.unit_id
                           UNION SELECT u.lot_id FROM back b JOIN lot_input i ON i.lot_id = b.lot_id JOIN unit u ON u.id = i.unit_id)
                         SELECT lot_id FROM back);
END;
CREATE TRIGGER lot_input_fixed BEFORE UPDATE ON lot_input BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lot_input_kept BEFORE DELETE ON lot_input BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- An intermediate grown on and its last event go together: neither is without the other.
CREATE TRIGGER event_grown_on BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'intermediate'
 AND (NEW.to_state = 'consumed') <> EXISTS (SELECT 1 FROM lot_input WHERE unit_id = NEW.unit_id)
BEGIN SELECT RAISE (ABORT, 'lot-input-needed'); END;

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

CREATE TRIGGER reagent_lot_fixed BEFORE UPDATE ON reagent_lot
WHEN (NEW.id, NEW.name, NEW.maker, NEW.lot_number, NEW.added_at) IS NOT (OLD.id, OLD.name, OLD.maker, OLD.lot_number, OLD.added_at)
  OR (OLD.expires_on <> '' AND NEW.expires_on <> OLD.expires_on)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER reagent_lot_kept BEFORE DELETE ON reagent_lot BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE lot_reagent (
  lot_id     INTEGER NOT NULL REFERENCES lot (id),
  reagent_id INTEGER NOT NULL REFERENCES reagent_lot (id),
  at         INTEGER NOT NULL,
  by_id      INTEGER NOT NULL REFERENCES staff (id),
  why        TEXT    NOT NULL DEFAULT '',      -- it was used though it had expired
  PRIMARY KEY (lot_id, reagent_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX lot_reagent_of ON lot_reagent (reagent_id, lot_id);
CREATE TRIGGER lot_reagent_begins BEFORE INSERT ON lot_reagent
BEGIN
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.by_id AND active = 0);
  -- By the day in Greenwich; the program refuses by the clinic's own day.
  SELECT RAISE (ABORT, 'reagent-expired')
    WHERE NEW.why = '' AND EXISTS (SELECT 1 FROM reagent_lot WHERE id = NEW.reagent_id AND expires_on <> '' AND expires_on < date (NEW.at, 'unixepoch'));
END;
CREATE TRIGGER lot_reagent_fixed BEFORE UPDATE ON lot_reagent BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lot_reagent_kept BEFORE DELETE ON lot_reagent BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

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
CREATE TRIGGER device_kept BEFORE DELETE ON device BEGIN SELECT RAISE (ABORT, 'device-kept'); END;
CREATE TRIGGER device_use_begins BEFORE INSERT ON device_use
BEGIN
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.by_id AND active = 0);
  SELECT RAISE (ABORT, 'device-out-of-service') WHERE (SELECT in_service FROM device WHERE id = NEW.device_id) = 0;
  SELECT RAISE (ABORT, 'device-in-use')
    WHERE EXISTS (SELECT 1 FROM device_use WHERE device_id = NEW.device_id AND lot_id = NEW.lot_id AND ended_at IS NULL AND NEW.ended_at IS NULL);
  -- On a bench there is one patient's culture at a time.
  SELECT RAISE (ABORT, 'device-in-use')
    WHERE (SELECT kind FROM device WHERE id = NEW.device_id) = 'bench'
      AND EXISTS (SELECT 1 FROM device_use o JOIN lot a ON a.id = o.lot_id JOIN lot b ON b.id = NEW.lot_id
                  WHERE o.device_id = NEW.device_id AND a.patient_id <> b.patient_id
                    AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) AND (o.ended_at IS NULL OR o.ended_at > NEW.started_at));
END;
-- A use ends once, and on a bench not after another patient's culture had come.
CREATE TRIGGER device_use_fixed BEFORE UPDATE ON device_use
WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
  OR (NEW.id, NEW.device_id, NEW.lot_id, NEW.what, NEW.started_at, NEW.by_id) IS NOT (OLD.id, OLD.device_id, OLD.lot_id, OLD.what, OLD.started_at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER device_use_kept BEFORE DELETE ON device_use BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

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
  ('endotoxin', 1, 0, '<=', '5', 'EU/kg', 1, 4), ('mycoplasma', 1, 1, '=', 'negative', '', 3, 5),
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
CREATE TRIGGER result_begins BEFORE INSERT ON result
BEGIN
  SELECT RAISE (ABORT, 'limit-needed')
    WHERE NEW.limit_text = '' AND EXISTS (SELECT 1 FROM lot_test WHERE code = NEW.test AND comparator <> '' AND low <> '');
  SELECT RAISE (ABORT, 'other-lot') WHERE (SELECT lot_id FROM unit WHERE id = NEW.unit_id) <> NEW.lot_id;
  SELECT RAISE (ABORT, 'reported-before-sampled') WHERE NEW.sampled_on > NEW.reported_on;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.entered_by AND active = 0);
END;
CREATE TRIGGER result_fixed BEFORE UPDATE ON result BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_kept BEFORE DELETE ON result BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_supersedes BEFORE INSERT ON result
WHEN NEW.supersedes IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM result WHERE id = NEW.supersedes AND lot_id = NEW.lot_id AND test = NEW.test AND unit_id IS NEW.unit_id
                 AND (stage = 'preliminary' OR NEW.stage = 'final'))
BEGIN SELECT RAISE (ABORT, 'supersedes-another'); END;
CREATE TRIGGER result_corrects BEFORE INSERT ON result
WHEN NEW.why = '' AND (SELECT stage FROM result WHERE id = NEW.supersedes) = 'final'
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;

-- Somebody else read the result against its source.
CREATE TABLE result_check (
  result_id  INTEGER PRIMARY KEY REFERENCES result (id),
  checked_at INTEGER NOT NULL,
  checked_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE TRIGGER result_check_begins BEFORE INSERT ON result_check
BEGIN
  SELECT RAISE (ABORT, 'same-person') WHERE (SELECT entered_by FROM result WHERE id = NEW.result_id) = NEW.checked_by;
  SELECT RAISE (ABORT, 'staff-not-active') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.checked_by AND active = 0);
  SELECT RAISE (ABORT, 'result-superseded') WHERE EXISTS (SELECT 1 FROM result WHERE supersedes = NEW.result_id);
END;
CREATE TRIGGER result_check_fixed BEFORE UPDATE ON result_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_check_kept BEFORE DELETE ON result_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

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
CREATE TRIGGER release_condition_begins BEFORE INSERT ON release_condition
BEGIN
  SELECT RAISE (ABORT, 'not-a-dose') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) <> 'quarantine';
  SELECT RAISE (ABORT, 'other-patient')
    WHERE (SELECT patient_id FROM visit WHERE id = NEW.visit_id) <> (SELECT patient_id FROM unit WHERE id = NEW.unit_id);
  SELECT RAISE (ABORT, 'visit-over') WHERE (SELECT s.final FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = NEW.visit_id) = 1;
  SELECT RAISE (ABORT, 'not-a-physician') WHERE NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.physician_id AND role = 'physician' AND active = 1);
  SELECT RAISE (ABORT, 'patient-not-told') WHERE NEW.told_at > NEW.at OR NEW.told_at <= 0;
  SELECT RAISE (ABORT, 'due-day-needed') WHERE NEW.due_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
END;
CREATE TRIGGER release_condition_fixed BEFORE UPDATE ON release_condition BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER release_condition_kept BEFORE DELETE ON release_condition BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- What was released for one visit is promised to no other and taken for no other. Files of before have no such rows.
CREATE TRIGGER reservation_conditional BEFORE INSERT ON reservation
WHEN (SELECT quality FROM unit WHERE id = NEW.unit_id) = 'conditional'
 AND (SELECT visit_id FROM release_condition WHERE unit_id = NEW.unit_id) <> NEW.visit_id
BEGIN SELECT RAISE (ABORT, 'conditional-other-visit'); END;
CREATE TRIGGER event_conditional_pick BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('picked', 'thawing', 'at_bedside', 'infusing')
 AND (SELECT quality FROM unit WHERE id = NEW.unit_id) = 'conditional'
BEGIN
  SELECT RAISE (ABORT, 'conditional-other-visit')
    WHERE (SELECT visit_id FROM release_condition WHERE unit_id = NEW.unit_id)
          <> (SELECT visit_id FROM reservation WHERE unit_id = NEW.unit_id AND closed_at IS NULL);
END;

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
CREATE INDEX storage_consent_ends ON storage_consent (until_on) WHERE withdrawn_at IS NULL;
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
-- A dose leaves its place towards the patient only under a consent to storing that has not ended; where the patient has
-- none at all, the clinic's setting decides.
CREATE TRIGGER event_consent BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND (NEW.to_state = 'picked' OR (NEW.to_state = 'at_bedside' AND NEW.from_state <> 'thawed'))
 AND (EXISTS (SELECT 1 FROM storage_consent WHERE patient_id = (SELECT patient_id FROM unit WHERE id = NEW.unit_id))
      OR EXISTS (SELECT 1 FROM cell_setting WHERE name = 'consent-needed' AND value = 1))
BEGIN
  SELECT RAISE (ABORT, 'consent-ended')
    WHERE COALESCE ((SELECT until_on FROM storage_consent
                     WHERE id = (SELECT max (id) FROM storage_consent WHERE withdrawn_at IS NULL
                                   AND patient_id = (SELECT patient_id FROM unit WHERE id = NEW.unit_id))), '') < date (NEW.at, 'unixepoch');
END;

-- Numbers that a clinic sets for its cells; the program knows each name and what it falls back to (domain/desk-cell-setting.h).
CREATE TABLE cell_setting (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

-- Released means: every required test final, passed and read by a second person, nothing failed, no hold of any scope,
-- and another person than the one who entered results, of those who may release.
DROP TRIGGER event_release;
CREATE TRIGGER event_release BEFORE INSERT ON unit_event WHEN NEW.axis = 'quality' AND NEW.to_state IN ('released', 'conditional')
BEGIN
  SELECT RAISE (ABORT, 'lot-failed') WHERE (SELECT l.status FROM lot l JOIN unit u ON u.lot_id = l.id WHERE u.id = NEW.unit_id) = 'failed';
  SELECT RAISE (ABORT, 'released-by-tester')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.entered_by = NEW.performer_id);
  SELECT RAISE (ABORT, 'not-a-releaser')
    WHERE (SELECT role FROM staff WHERE id = NEW.performer_id) <> 'quality'
      AND NOT ((SELECT role FROM staff WHERE id = NEW.performer_id) = 'physician'
               AND EXISTS (SELECT 1 FROM cell_setting WHERE name = 'release-by-physician' AND value = 1));
  SELECT RAISE (ABORT, 'result-failed')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.passed = 0
                  AND (r.unit_id IS NULL OR r.unit_id = u.id) AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id));
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'reason-needed') WHERE NEW.to_state = 'conditional' AND NEW.reason = '';
  SELECT RAISE (ABORT, 'result-not-final')
    WHERE NEW.to_state = 'released' AND EXISTS (SELECT 1 FROM lot_test t JOIN unit u ON u.id = NEW.unit_id
                  WHERE t.required = 1
                    AND NOT EXISTS (SELECT 1 FROM result r WHERE r.lot_id = u.lot_id AND r.test = t.code AND r.stage = 'final' AND r.passed = 1
                                      AND r.unit_id IS NULL AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)));
  SELECT RAISE (ABORT, 'result-not-checked')
    WHERE NEW.to_state = 'released' AND EXISTS (SELECT 1 FROM lot_test t JOIN unit u ON u.id = NEW.unit_id
                  WHERE t.required = 1
                    AND NOT EXISTS (SELECT 1 FROM result r JOIN result_check c ON c.result_id = r.id
                                    WHERE r.lot_id = u.lot_id AND r.test = t.code AND r.stage = 'final' AND r.passed = 1
                                      AND r.unit_id IS NULL AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)));
  -- Under conditions: what is pending may come late and is named, all else is there; a physician answers for it, for
  -- one visit, and the row that says so was written by the same person just before.
  SELECT RAISE (ABORT, 'condition-needed')
    WHERE NEW.to_state = 'conditional' AND NOT EXISTS (SELECT 1 FROM release_condition WHERE unit_id = NEW.unit_id AND by_id = NEW.performer_id);
  SELECT RAISE (ABORT, 'result-not-final')
    WHERE NEW.to_state = 'conditional' AND EXISTS (SELECT 1 FROM lot_test t JOIN unit u ON u.id = NEW.unit_id JOIN release_condition k ON k.unit_id = u.id
                  WHERE t.required = 1
                    AND NOT (t.late = 1 AND instr (',' || k.pending || ',', ',' || t.code || ',') > 0)
                    AND NOT EXISTS (SELECT 1 FROM result r JOIN result_check c ON c.result_id = r.id
                                    WHERE r.lot_id = u.lot_id AND r.test = t.code AND r.stage = 'final' AND r.passed = 1
                                      AND r.unit_id IS NULL AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)));
  SELECT RAISE (ABORT, 'conditional-other-visit')
    WHERE NEW.to_state = 'conditional' AND EXISTS (SELECT 1 FROM reservation r JOIN release_condition k ON k.unit_id = r.unit_id
                  WHERE r.unit_id = NEW.unit_id AND r.closed_at IS NULL AND r.visit_id <> k.visit_id);
END;
DROP TRIGGER event_release_final;

-- As in step 2, with what cells can join two records by.
DROP VIEW merge_obstacle;
CREATE VIEW merge_obstacle AS
  SELECT m.id AS merge_id, 'merged-further' AS code FROM merge m JOIN patient p ON p.id = m.winner_id
    WHERE p.merged_into IS NOT NULL
  UNION ALL
  SELECT m.id, 'second-person-needed' FROM merge m
    WHERE EXISTS (SELECT 1 FROM merge_moved WHERE merge_id = m.id AND what = 'collection')
      AND EXISTS (SELECT 1 FROM collection c WHERE c.patient_id = m.winner_id
                  AND NOT EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = c.id))
  UNION ALL
  SELECT m.id, 'cells-on-their-way' FROM merge m
    WHERE EXISTS (SELECT 1 FROM unit WHERE patient_id = m.winner_id
                  AND life IN ('picked', 'thawing', 'thawed', 'at_bedside', 'infusing'))
  UNION ALL
  SELECT m.id, 'dose-given-since' FROM merge m
    WHERE EXISTS (SELECT 1 FROM infusion i JOIN unit u ON u.id = i.unit_id JOIN lot l ON l.id = u.lot_id JOIN visit v ON v.id = i.visit_id
                  WHERE i.patient_id = m.winner_id
                    AND NOT EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'infusion' AND d.row_id = i.id)
                    AND (EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = l.collection_id)
                         OR EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'visit' AND d.row_id = v.id)
                         OR EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'course' AND d.row_id = v.course_id)))
  UNION ALL
  SELECT c.merge_id, 'dose-promised-since' FROM merge_crossing c WHERE c.closed_at IS NULL
  UNION ALL
  SELECT m.id, 'travels-since' FROM merge m
    WHERE EXISTS (SELECT 1 FROM trip_companion t WHERE t.patient_id = m.winner_id
                    AND EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'trip' AND d.row_id = t.trip_id)
                     <> EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'companion' AND d.row_id = t.companion_id))
  UNION ALL
  -- A chain of identity, a culture or a release under conditions that joins what would go back with what would stay.
  SELECT m.id, 'identity-shared-since' FROM merge m JOIN collection c ON c.patient_id = m.winner_id
    WHERE EXISTS (SELECT 1 FROM collection o WHERE o.coi_id = c.coi_id AND o.id <> c.id
                    AND EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = c.id)
                     <> EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = o.id))
       OR EXISTS (SELECT 1 FROM coi k WHERE k.id = c.coi_id AND k.course_id IS NOT NULL
                    AND EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = c.id)
                     <> EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'course' AND d.row_id = k.course_id))
       OR EXISTS (SELECT 1 FROM visit v WHERE v.id = c.visit_id
                    AND EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = c.id)
                     <> (EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'visit' AND d.row_id = v.id)
                         OR EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'course' AND d.row_id = v.course_id)))
  UNION ALL
  SELECT m.id, 'identity-shared-since' FROM merge m JOIN lot l ON l.patient_id = m.winner_id JOIN lot_input i ON i.lot_id = l.id
    LEFT JOIN unit u ON u.id = i.unit_id LEFT JOIN lot f ON f.id = u.lot_id
    WHERE EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = l.collection_id)
       <> EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = COALESCE (i.collection_id, f.collection_id))
  UNION ALL
  SELECT m.id, 'identity-shared-since' FROM merge m JOIN unit u ON u.patient_id = m.winner_id JOIN release_condition k ON k.unit_id = u.id
    JOIN lot l ON l.id = u.lot_id JOIN visit v ON v.id = k.visit_id
    WHERE EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = l.collection_id)
       <> (EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'visit' AND d.row_id = v.id)
           OR EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'course' AND d.row_id = v.course_id));
CREATE TRIGGER merge_undo_identity BEFORE UPDATE ON merge WHEN OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
 AND EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'identity-shared-since')
BEGIN SELECT RAISE (ABORT, 'identity-shared-since'); END;
