-- Schema step 3, part 4: thaw and infusion. Two people with secrets of their own, one patient to a bath, a check at the
-- bedside that an infusion cannot be without.

-- Until there are accounts, a PIN for each person who signs; the hash is libsodium's (argon2id).
CREATE TABLE staff_secret (
  staff_id     INTEGER PRIMARY KEY REFERENCES staff (id),
  hash         TEXT    NOT NULL,
  set_at       INTEGER NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A person said with that secret: I saw this. Written in the transaction of what was signed, after the secret was checked.
CREATE TABLE signature (
  id       INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  purpose  TEXT    NOT NULL CHECK (purpose IN ('thaw', 'bedside', 'infuse', 'discard', 'release', 'count', 'override')),
  unit_id  INTEGER REFERENCES unit (id),
  at       INTEGER NOT NULL
) STRICT;

CREATE INDEX signature_of_unit ON signature (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX signature_by ON signature (staff_id, at);
CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER signature_kept BEFORE DELETE ON signature BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- The physician's order: what may be given at a visit. Withdrawn, not changed.
CREATE TABLE infusion_order (
  id           INTEGER PRIMARY KEY,
  visit_id     INTEGER NOT NULL REFERENCES visit (id),
  physician_id INTEGER NOT NULL REFERENCES staff (id),
  cells_min    INTEGER NOT NULL CHECK (cells_min >= 0), -- viable
  cells_max    INTEGER NOT NULL CHECK (cells_max >= cells_min),
  note         TEXT    NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by INTEGER REFERENCES staff (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX infusion_order_one ON infusion_order (visit_id) WHERE withdrawn_at IS NULL;
CREATE INDEX infusion_order_of ON infusion_order (visit_id);

-- A bath in use: for one visit, so for one patient, from when it opens until it is closed and cleaned.
CREATE TABLE thaw_session (
  id          INTEGER PRIMARY KEY,
  device_id   INTEGER NOT NULL REFERENCES device (id),
  visit_id    INTEGER NOT NULL REFERENCES visit (id),
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
CREATE INDEX thaw_session_of ON thaw_session (visit_id);
CREATE INDEX thaw_session_at ON thaw_session (device_id, opened_at);

CREATE TABLE thaw (
  unit_id    INTEGER PRIMARY KEY REFERENCES unit (id), -- no second thaw of a dose
  session_id INTEGER NOT NULL REFERENCES thaw_session (id),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  bag_whole  INTEGER CHECK (bag_whole IN (0, 1)),
  use_until  INTEGER,                             -- instant: end plus the plan's limit
  CHECK (ended_at >= started_at)
) STRICT;

CREATE INDEX thaw_in ON thaw (session_id);

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
  performer_id INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

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
  by_id       INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE INDEX vitals_of ON vitals (visit_id, at);
CREATE TRIGGER vitals_fixed BEFORE UPDATE ON vitals BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER vitals_kept BEFORE DELETE ON vitals BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- As in step 1, with holds of every scope.
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
END;
