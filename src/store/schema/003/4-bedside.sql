-- Schema step 3, part 4: thaw and infusion. Two people with secrets of their own, one patient to a bath, a check at the
-- bedside that an infusion cannot be without.

-- Until there are accounts, a PIN for each person who signs; the hash is libsodium's (argon2id).
CREATE TABLE staff_secret (
  staff_id     INTEGER PRIMARY KEY REFERENCES staff (id),
  hash         TEXT    NOT NULL,
  set_at       INTEGER NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  CHECK (hash <> ''),
  CHECK (failures >= 0)
) STRICT;

CREATE TRIGGER staff_secret_fixed BEFORE UPDATE OF staff_id ON staff_secret WHEN NEW.staff_id <> OLD.staff_id
BEGIN SELECT RAISE (ABORT, 'staff-kept'); END;
CREATE TRIGGER staff_secret_kept BEFORE DELETE ON staff_secret BEGIN SELECT RAISE (ABORT, 'staff-kept'); END;

-- A person said with that secret: I saw this. Written in the transaction of what was signed, after the secret was checked.
CREATE TABLE signature (
  id       INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  purpose  TEXT    NOT NULL CHECK (purpose IN ('order', 'thaw', 'bedside', 'infuse', 'discard', 'release', 'count', 'override')),
  unit_id  INTEGER REFERENCES unit (id),
  at       INTEGER NOT NULL
) STRICT;

CREATE INDEX signature_of_unit ON signature (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX signature_by ON signature (staff_id, at);
CREATE TRIGGER signature_guard BEFORE INSERT ON signature
BEGIN
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.staff_id) = 0;
  SELECT RAISE (ABORT, 'no-secret') WHERE NOT EXISTS (SELECT 1 FROM staff_secret WHERE staff_id = NEW.staff_id);
  SELECT RAISE (ABORT, 'secret-locked') WHERE (SELECT locked_until FROM staff_secret WHERE staff_id = NEW.staff_id) > NEW.at;
END;
CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER signature_kept BEFORE DELETE ON signature BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- The physician's order, signed: what may be given at a visit. Withdrawn, not changed.
CREATE TABLE infusion_order (
  id           INTEGER PRIMARY KEY,
  visit_id     INTEGER NOT NULL REFERENCES visit (id),
  physician_id INTEGER NOT NULL REFERENCES staff (id),
  cells_min    INTEGER NOT NULL CHECK (cells_min >= 0), -- viable
  cells_max    INTEGER NOT NULL CHECK (cells_max >= cells_min),
  weight_g     INTEGER NOT NULL DEFAULT 0 CHECK (weight_g = 0 OR weight_g BETWEEN 1000 AND 500000), -- of the body; 0 when not weighed
  note         TEXT    NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by INTEGER REFERENCES staff (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX infusion_order_one ON infusion_order (visit_id) WHERE withdrawn_at IS NULL;
CREATE INDEX infusion_order_of ON infusion_order (visit_id);
CREATE TRIGGER infusion_order_guard BEFORE INSERT ON infusion_order
BEGIN
  SELECT RAISE (ABORT, 'not-a-physician')
    WHERE NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.physician_id AND role = 'physician' AND active = 1);
  SELECT RAISE (ABORT, 'signature-needed')
    WHERE NOT EXISTS (SELECT 1 FROM signature WHERE staff_id = NEW.physician_id AND purpose = 'order' AND at = NEW.at);
  SELECT RAISE (ABORT, 'visit-over')
    WHERE (SELECT s.final FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = NEW.visit_id) = 1;
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.withdrawn_at IS NOT NULL;
END;
CREATE TRIGGER infusion_order_fixed BEFORE UPDATE ON infusion_order
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
  OR (NEW.id, NEW.visit_id, NEW.physician_id, NEW.cells_min, NEW.cells_max, NEW.weight_g, NEW.note, NEW.at)
     IS NOT (OLD.id, OLD.visit_id, OLD.physician_id, OLD.cells_min, OLD.cells_max, OLD.weight_g, OLD.note, OLD.at)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER infusion_order_kept BEFORE DELETE ON infusion_order BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A bath in use: for one visit, so for one patient, from when it opens until it is closed and cleaned. Without a visit it
-- is for cells that are grown on, and still for those of one patient.
CREATE TABLE thaw_session (
  id          INTEGER PRIMARY KEY,
  device_id   INTEGER NOT NULL REFERENCES device (id),
  visit_id    INTEGER REFERENCES visit (id),
  opened_at   INTEGER NOT NULL,
  opened_by   INTEGER NOT NULL REFERENCES staff (id),
  temperature INTEGER NOT NULL,                 -- tenths of °C
  cleaned     INTEGER NOT NULL CHECK (cleaned IN (0, 1)), -- the bath was clean, water changed
  closed_at   INTEGER,
  closed_by   INTEGER REFERENCES staff (id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX thaw_session_open ON thaw_session (device_id) WHERE closed_at IS NULL;
CREATE INDEX thaw_session_of ON thaw_session (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX thaw_session_at ON thaw_session (device_id, opened_at);

CREATE TABLE thaw (
  unit_id    INTEGER PRIMARY KEY REFERENCES unit (id), -- no second thaw of a dose
  session_id INTEGER NOT NULL REFERENCES thaw_session (id),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  bag_whole  INTEGER CHECK (bag_whole IN (0, 1)),
  use_until  INTEGER,                             -- instant: end plus the plan's limit
  CHECK (ended_at >= started_at),
  CHECK ((ended_at IS NULL) = (use_until IS NULL)),
  CHECK ((ended_at IS NULL) = (bag_whole IS NULL)),
  CHECK (use_until > ended_at)
) STRICT;

CREATE INDEX thaw_in ON thaw (session_id);

CREATE TRIGGER thaw_session_guard BEFORE INSERT ON thaw_session
BEGIN
  SELECT RAISE (ABORT, 'not-a-bath') WHERE (SELECT kind FROM device WHERE id = NEW.device_id) <> 'bath';
  SELECT RAISE (ABORT, 'out-of-service') WHERE (SELECT in_service FROM device WHERE id = NEW.device_id) = 0;
  SELECT RAISE (ABORT, 'bath-not-clean') WHERE NEW.cleaned = 0;
  SELECT RAISE (ABORT, 'bath-temperature')
    WHERE NEW.temperature NOT BETWEEN COALESCE ((SELECT value FROM cell_setting WHERE name = 'bath-min'), 350)
                                  AND COALESCE ((SELECT value FROM cell_setting WHERE name = 'bath-max'), 390);
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.opened_by) = 0;
  SELECT RAISE (ABORT, 'patient-not-here')
    WHERE NEW.visit_id IS NOT NULL AND (SELECT status FROM visit WHERE id = NEW.visit_id) NOT IN ('arrived', 'checked_in', 'in_room');
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.closed_at IS NOT NULL;
  SELECT RAISE (ABORT, 'bath-in-use')
    WHERE NEW.opened_at < (SELECT closed_at FROM thaw_session WHERE device_id = NEW.device_id AND opened_at <= NEW.opened_at
                           ORDER BY opened_at DESC, id DESC LIMIT 1);
END;
CREATE TRIGGER thaw_session_closes BEFORE UPDATE ON thaw_session
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows')
    WHERE OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
       OR (NEW.id, NEW.device_id, NEW.visit_id, NEW.opened_at, NEW.opened_by, NEW.temperature, NEW.cleaned)
          IS NOT (OLD.id, OLD.device_id, OLD.visit_id, OLD.opened_at, OLD.opened_by, OLD.temperature, OLD.cleaned);
  SELECT RAISE (ABORT, 'still-thawing') WHERE EXISTS (SELECT 1 FROM thaw WHERE session_id = OLD.id AND ended_at IS NULL);
  SELECT RAISE (ABORT, 'clock-went-back') WHERE NEW.closed_at < (SELECT max (ended_at) FROM thaw WHERE session_id = OLD.id);
END;
CREATE TRIGGER thaw_session_kept BEFORE DELETE ON thaw_session BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER thaw_guard BEFORE INSERT ON thaw
BEGIN
  SELECT RAISE (ABORT, 'thawed-already') WHERE EXISTS (SELECT 1 FROM thaw WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'not-for-freezing') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_fresh';
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'picked';
  SELECT RAISE (ABORT, 'session-closed')
    WHERE NOT EXISTS (SELECT 1 FROM thaw_session WHERE id = NEW.session_id AND closed_at IS NULL AND opened_at <= NEW.started_at);
  SELECT RAISE (ABORT, 'out-of-service')
    WHERE (SELECT d.in_service FROM thaw_session s JOIN device d ON d.id = s.device_id WHERE s.id = NEW.session_id) = 0;
  -- Two patients in one bath: never, whatever the session says it is for.
  SELECT RAISE (ABORT, 'bath-of-another')
    WHERE EXISTS (SELECT 1 FROM thaw_session s JOIN visit v ON v.id = s.visit_id
                  WHERE s.id = NEW.session_id AND v.patient_id <> (SELECT patient_id FROM unit WHERE id = NEW.unit_id))
       OR EXISTS (SELECT 1 FROM thaw t JOIN unit u ON u.id = t.unit_id
                  WHERE t.session_id = NEW.session_id AND u.patient_id <> (SELECT patient_id FROM unit WHERE id = NEW.unit_id));
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.ended_at IS NOT NULL;
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_frozen'
      AND NOT EXISTS (SELECT 1 FROM thaw_session s JOIN reservation r ON r.visit_id = s.visit_id AND r.closed_at IS NULL
                      WHERE s.id = NEW.session_id AND r.unit_id = NEW.unit_id);
  -- Thawed only for a patient who sits there.
  SELECT RAISE (ABORT, 'patient-not-in-chair')
    WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_frozen'
      AND (SELECT v.status FROM thaw_session s JOIN visit v ON v.id = s.visit_id WHERE s.id = NEW.session_id) <> 'in_room';
  SELECT RAISE (ABORT, 'order-needed')
    WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_frozen'
      AND NOT EXISTS (SELECT 1 FROM thaw_session s JOIN infusion_order o ON o.visit_id = s.visit_id AND o.withdrawn_at IS NULL
                      WHERE s.id = NEW.session_id);
END;
-- A thaw ends, once; and no longer until its use than the plan allows.
CREATE TRIGGER thaw_ends BEFORE UPDATE ON thaw
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows')
    WHERE OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
       OR (NEW.unit_id, NEW.session_id, NEW.started_at) IS NOT (OLD.unit_id, OLD.session_id, OLD.started_at);
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'thawing';
  SELECT RAISE (ABORT, 'thaw-limit')
    WHERE NEW.use_until > NEW.ended_at + 60 * COALESCE ((SELECT value FROM cell_setting WHERE name = 'thaw-limit'), 30);
END;
CREATE TRIGGER thaw_kept BEFORE DELETE ON thaw BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What was scanned and said at the chair: the label, the patient's card or wristband, the patient's own words.
CREATE TABLE bedside_check (
  unit_id         INTEGER PRIMARY KEY REFERENCES unit (id),
  visit_id        INTEGER NOT NULL REFERENCES visit (id),
  scanned_unit    TEXT    NOT NULL,
  scanned_patient TEXT    NOT NULL,               -- chart number as read from wristband or card
  said_name       INTEGER NOT NULL CHECK (said_name = 1),
  said_birth      INTEGER NOT NULL CHECK (said_birth = 1),
  at              INTEGER NOT NULL,
  performer_id    INTEGER NOT NULL REFERENCES staff (id),
  witness_id      INTEGER NOT NULL REFERENCES staff (id),
  CHECK (witness_id <> performer_id)
) STRICT;

CREATE INDEX bedside_check_at ON bedside_check (visit_id);

-- Record, label and patient are the same person: three ways, and nobody passes over any of them.
CREATE TRIGGER bedside_check_guard BEFORE INSERT ON bedside_check
BEGIN
  SELECT RAISE (ABORT, 'not-a-dose') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'wrong-dose')
    WHERE NOT EXISTS (SELECT 1 FROM unit WHERE id = NEW.unit_id
                      AND (NEW.scanned_unit = number OR (barcode <> '' AND NEW.scanned_unit = barcode)));
  SELECT RAISE (ABORT, 'wrong-patient')
    WHERE NEW.scanned_patient IS NOT (SELECT p.chart FROM unit u JOIN patient p ON p.id = u.patient_id WHERE u.id = NEW.unit_id)
       OR NEW.scanned_patient IS NOT (SELECT p.chart FROM visit v JOIN patient p ON p.id = v.patient_id WHERE v.id = NEW.visit_id);
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND visit_id = NEW.visit_id AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'patient-not-in-chair') WHERE (SELECT status FROM visit WHERE id = NEW.visit_id) <> 'in_room';
  SELECT RAISE (ABORT, 'staff-not-active')
    WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.performer_id, NEW.witness_id) AND active = 0);
  SELECT RAISE (ABORT, 'bag-broken') WHERE (SELECT bag_whole FROM thaw WHERE unit_id = NEW.unit_id) = 0;
END;
CREATE TRIGGER bedside_check_fixed BEFORE UPDATE ON bedside_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER bedside_check_kept BEFORE DELETE ON bedside_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A physician passed over a limit (late after thaw, dose outside the plan), in words; never over identity.
CREATE TABLE dose_override (
  id           INTEGER PRIMARY KEY,
  unit_id      INTEGER NOT NULL REFERENCES unit (id),
  rule         TEXT    NOT NULL CHECK (rule IN ('thaw-limit', 'dose-range', 'use-until', 'dmso')),
  physician_id INTEGER NOT NULL REFERENCES staff (id),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  at           INTEGER NOT NULL
) STRICT;

CREATE INDEX dose_override_of ON dose_override (unit_id, rule);
CREATE TRIGGER dose_override_guard BEFORE INSERT ON dose_override
BEGIN
  SELECT RAISE (ABORT, 'not-a-physician')
    WHERE NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.physician_id AND role = 'physician' AND active = 1);
  SELECT RAISE (ABORT, 'signature-needed')
    WHERE NOT EXISTS (SELECT 1 FROM signature WHERE unit_id = NEW.unit_id AND staff_id = NEW.physician_id AND purpose = 'override' AND at = NEW.at);
  SELECT RAISE (ABORT, 'reason-needed') WHERE trim (NEW.reason) = '';
END;
CREATE TRIGGER dose_override_fixed BEFORE UPDATE ON dose_override BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER dose_override_kept BEFORE DELETE ON dose_override BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE infusion_end (
  unit_id      INTEGER PRIMARY KEY REFERENCES infusion (unit_id),
  ended_at     INTEGER NOT NULL,
  volume_ml    INTEGER NOT NULL CHECK (volume_ml >= 0), -- given
  cells        INTEGER NOT NULL CHECK (cells >= 0),     -- delivered, computed: viable × post-thaw viability × part given
  reaction     TEXT    NOT NULL DEFAULT '',             -- term; empty for none
  grade        INTEGER NOT NULL DEFAULT 0 CHECK (grade BETWEEN 0 AND 5),
  reason       TEXT    NOT NULL DEFAULT '',             -- why only a part
  rest         TEXT    NOT NULL DEFAULT '' CHECK (rest IN ('', 'autoclave', 'incineration', 'chemical', 'contractor')), -- what became of it
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  CHECK ((reason = '') = (rest = '')),
  CHECK ((reaction = '') = (grade = 0))
) STRICT;

CREATE TRIGGER infusion_end_guard BEFORE INSERT ON infusion_end
BEGIN
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'infusing';
  SELECT RAISE (ABORT, 'clock-went-back') WHERE NEW.ended_at < (SELECT started_at FROM infusion WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'more-than-there-was')
    WHERE NEW.volume_ml > (SELECT volume_ml FROM unit WHERE id = NEW.unit_id) OR NEW.cells > (SELECT cells FROM unit WHERE id = NEW.unit_id);
  SELECT RAISE (ABORT, 'reason-needed')
    WHERE NEW.reason = '' AND NEW.volume_ml < (SELECT volume_ml FROM unit WHERE id = NEW.unit_id);
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.performer_id) = 0;
END;

CREATE TRIGGER infusion_end_fixed BEFORE UPDATE ON infusion_end BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER infusion_end_kept BEFORE DELETE ON infusion_end BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE vitals (
  id          INTEGER PRIMARY KEY,
  visit_id    INTEGER NOT NULL REFERENCES visit (id),
  phase       TEXT    NOT NULL CHECK (phase IN ('before', 'during', 'after')),
  at          INTEGER NOT NULL,
  systolic    INTEGER CHECK (systolic BETWEEN 30 AND 300),
  diastolic   INTEGER CHECK (diastolic BETWEEN 10 AND 200),
  pulse       INTEGER CHECK (pulse BETWEEN 20 AND 300),
  temperature INTEGER CHECK (temperature BETWEEN 250 AND 450), -- tenths of °C
  saturation  INTEGER CHECK (saturation BETWEEN 30 AND 100),
  by_id       INTEGER NOT NULL REFERENCES staff (id),
  CHECK (COALESCE (systolic, diastolic, pulse, temperature, saturation) IS NOT NULL),
  CHECK (systolic > diastolic)
) STRICT;

CREATE INDEX vitals_of ON vitals (visit_id, at);
CREATE TRIGGER vitals_fixed BEFORE UPDATE ON vitals BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER vitals_kept BEFORE DELETE ON vitals BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What is viable in a unit: as counted at filling, times what was found viable after the thaw.
CREATE VIEW unit_viable (unit_id, cells) AS
  SELECT u.id, u.cells * COALESCE ((SELECT CAST (r.value AS INTEGER) FROM result r
                                    WHERE r.unit_id = u.id AND r.test = 'viability' AND CAST (r.value AS INTEGER) BETWEEN 1 AND 100
                                      AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)
                                    ORDER BY r.id DESC LIMIT 1), 100) / 100
  FROM unit u;

-- As in step 1, with holds of every scope, and with all that was checked at the bedside.
DROP TRIGGER infusion_guard;
CREATE TRIGGER infusion_guard BEFORE INSERT ON infusion
BEGIN
  SELECT RAISE (ABORT, 'not-a-dose') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'not-released') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) NOT IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'not-at-bedside') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'at_bedside';
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND visit_id = NEW.visit_id AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'patient-not-here')
    WHERE (SELECT status FROM visit WHERE id = NEW.visit_id) NOT IN ('arrived', 'checked_in', 'in_room');
  SELECT RAISE (ABORT, 'patient-not-in-chair') WHERE (SELECT status FROM visit WHERE id = NEW.visit_id) <> 'in_room';
  SELECT RAISE (ABORT, 'check-needed')
    WHERE NOT EXISTS (SELECT 1 FROM bedside_check WHERE unit_id = NEW.unit_id AND visit_id = NEW.visit_id AND at <= NEW.started_at);
  SELECT RAISE (ABORT, 'order-needed')
    WHERE NOT EXISTS (SELECT 1 FROM infusion_order WHERE visit_id = NEW.visit_id AND withdrawn_at IS NULL AND at <= NEW.started_at);
  SELECT RAISE (ABORT, 'staff-not-active')
    WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.performer_id, NEW.witness_id) AND active = 0);
  SELECT RAISE (ABORT, 'signature-needed')
    WHERE NOT EXISTS (SELECT 1 FROM signature WHERE unit_id = NEW.unit_id AND staff_id = NEW.witness_id AND purpose = 'infuse' AND at = NEW.started_at);
  SELECT RAISE (ABORT, 'thaw-needed')
    WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_frozen'
      AND NOT EXISTS (SELECT 1 FROM thaw WHERE unit_id = NEW.unit_id AND bag_whole = 1 AND ended_at <= NEW.started_at);
  -- From here on, limits that a physician may pass over, each in words of its own.
  SELECT RAISE (ABORT, 'thaw-limit')
    WHERE NEW.started_at > (SELECT use_until FROM thaw WHERE unit_id = NEW.unit_id)
      AND NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = NEW.unit_id AND rule = 'thaw-limit' AND at <= NEW.started_at);
  SELECT RAISE (ABORT, 'use-until')
    WHERE (SELECT use_until_at FROM unit WHERE id = NEW.unit_id) BETWEEN 1 AND NEW.started_at - 1
      AND NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = NEW.unit_id AND rule = 'use-until' AND at <= NEW.started_at);
  SELECT RAISE (ABORT, 'dose-range')
    WHERE NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = NEW.unit_id AND rule = 'dose-range' AND at <= NEW.started_at)
      AND NOT EXISTS (SELECT 1 FROM unit_viable d JOIN infusion_order o ON o.visit_id = NEW.visit_id AND o.withdrawn_at IS NULL
                      WHERE d.unit_id = NEW.unit_id AND d.cells BETWEEN o.cells_min AND o.cells_max);
  -- 1.10 g/mL; of this dose and of what was begun at this visit before it.
  SELECT RAISE (ABORT, 'dmso')
    WHERE NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = NEW.unit_id AND rule = 'dmso' AND at <= NEW.started_at)
      AND (SELECT sum (u.volume_ml) FROM unit u WHERE u.kind = 'dose_frozen'
             AND (u.id = NEW.unit_id OR u.id IN (SELECT unit_id FROM infusion WHERE visit_id = NEW.visit_id)))
          * 11 * COALESCE ((SELECT value FROM cell_setting WHERE name = 'dmso-percent'), 100) * 100
          > (SELECT NULLIF (weight_g, 0) FROM infusion_order WHERE visit_id = NEW.visit_id AND withdrawn_at IS NULL)
            * COALESCE ((SELECT value FROM cell_setting WHERE name = 'dmso-limit'), 1000);
END;

-- The steps of a dose at the bedside follow what was written of them.
CREATE TRIGGER event_bedside BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('thawing', 'thawed', 'at_bedside', 'infusing', 'infused', 'part_infused')
  AND (SELECT kind FROM unit WHERE id = NEW.unit_id) IN ('dose_fresh', 'dose_frozen')
BEGIN
  SELECT RAISE (ABORT, 'thaw-needed')
    WHERE NEW.to_state = 'thawing' AND NOT EXISTS (SELECT 1 FROM thaw WHERE unit_id = NEW.unit_id AND ended_at IS NULL);
  SELECT RAISE (ABORT, 'thaw-needed')
    WHERE NEW.to_state = 'thawed' AND NOT EXISTS (SELECT 1 FROM thaw WHERE unit_id = NEW.unit_id AND ended_at IS NOT NULL);
  SELECT RAISE (ABORT, 'check-needed')
    WHERE NEW.to_state IN ('at_bedside', 'infusing')
      AND NOT EXISTS (SELECT 1 FROM bedside_check c JOIN reservation r ON r.unit_id = c.unit_id AND r.visit_id = c.visit_id AND r.closed_at IS NULL
                      WHERE c.unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'end-needed')
    WHERE NEW.to_state IN ('infused', 'part_infused')
      AND NOT EXISTS (SELECT 1 FROM infusion_end WHERE unit_id = NEW.unit_id AND (reason = '') = (NEW.to_state = 'infused'));
END;

-- Nobody leaves the chair while a dose is made ready or runs; it is given, or thrown away, first.
CREATE TRIGGER visit_leaves_chair BEFORE UPDATE OF status ON visit
WHEN OLD.status = 'in_room' AND NEW.status <> 'in_room'
 AND EXISTS (SELECT 1 FROM reservation r JOIN unit u ON u.id = r.unit_id
             WHERE r.visit_id = NEW.id AND r.closed_at IS NULL AND u.life IN ('thawing', 'thawed', 'at_bedside', 'infusing'))
BEGIN SELECT RAISE (ABORT, 'dose-under-way'); END;

-- Units and infusions of files of before have no check of a result, order, scan or signature: the proof of the bank
-- (desk-bank-verify-sql.c) asks for them from these numbers on.
INSERT INTO counter (name, next) SELECT 'infusion-step-3', 1 + COALESCE (max (id), 0) FROM infusion;
INSERT INTO counter (name, next) SELECT 'unit-step-3', 1 + COALESCE (max (id), 0) FROM unit;
CREATE TRIGGER counter_step_3 BEFORE UPDATE ON counter WHEN OLD.name IN ('infusion-step-3', 'unit-step-3')
BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
