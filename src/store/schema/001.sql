-- Schema step 1. What must never be true cannot be said here, whatever program writes:
-- see src/store/README.md for the list and tests/store/test-schema.c for the proofs.
-- Days are ISO texts, instants UTC seconds, booleans 0/1. Refusals raise a code ("label-not-verified").

CREATE TABLE clinic (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  uuid          TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  name_ja       TEXT    NOT NULL,
  address       TEXT    NOT NULL DEFAULT '',
  address_ja    TEXT    NOT NULL DEFAULT '',
  phone         TEXT    NOT NULL DEFAULT '',
  fax           TEXT    NOT NULL DEFAULT '',
  email         TEXT    NOT NULL DEFAULT '',
  director      TEXT    NOT NULL DEFAULT '',  -- as signed in Latin letters
  director_ja   TEXT    NOT NULL DEFAULT '',
  approval      TEXT    NOT NULL DEFAULT '',  -- prefectural approval number of the institution
  plan_number   TEXT    NOT NULL DEFAULT '',  -- provision plan, facts/law.md: PC + 7 digits
  facility      TEXT    NOT NULL DEFAULT '',  -- cell processing facility, FC + 7 digits
  zone          TEXT    NOT NULL DEFAULT 'Asia/Tokyo',
  opens         INTEGER NOT NULL DEFAULT 540  CHECK (opens BETWEEN 0 AND 1439),
  closes        INTEGER NOT NULL DEFAULT 1080 CHECK (closes BETWEEN 1 AND 1440),
  closed_weekdays TEXT  NOT NULL DEFAULT '7', -- ISO weekdays, '67' closes Saturday and Sunday
  is_sample     INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
  version       INTEGER NOT NULL DEFAULT 1,
  CHECK (opens < closes)
) STRICT;

-- Numbers that must never be given twice: the next one only grows.
CREATE TABLE counter (
  name TEXT    PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT;

CREATE TRIGGER counter_grows BEFORE UPDATE ON counter WHEN NEW.next <= OLD.next OR NEW.name <> OLD.name
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER counter_kept BEFORE DELETE ON counter
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

CREATE TABLE staff (
  id      INTEGER PRIMARY KEY,
  name    TEXT    NOT NULL,
  name_ja TEXT    NOT NULL DEFAULT '',
  role    TEXT    NOT NULL CHECK (role IN ('reception', 'nurse', 'culture', 'physician', 'quality', 'manager')),
  active  INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- ── patients ────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE patient (
  id             INTEGER PRIMARY KEY,
  chart          TEXT    NOT NULL UNIQUE,
  family         TEXT    NOT NULL,             -- passport, Latin; a one-name person has only this
  given          TEXT    NOT NULL DEFAULT '',
  family_native  TEXT    NOT NULL DEFAULT '',
  given_native   TEXT    NOT NULL DEFAULT '',
  kana           TEXT    NOT NULL DEFAULT '',
  preferred      TEXT    NOT NULL DEFAULT '',
  sex            TEXT    NOT NULL DEFAULT 'X' CHECK (sex IN ('F', 'M', 'X')),
  birth          TEXT    NOT NULL DEFAULT '',  -- YYYY, YYYY-MM, YYYY-MM-DD or empty
  nationality    TEXT    NOT NULL DEFAULT '',  -- ISO 3166-1 alpha-3 or an ICAO code
  passport       TEXT    NOT NULL DEFAULT '',
  passport_until TEXT    NOT NULL DEFAULT '',
  languages      TEXT    NOT NULL DEFAULT '',  -- ISO 639-1, comma separated, best first
  interpreter    INTEGER NOT NULL DEFAULT 0 CHECK (interpreter IN (0, 1)),
  phone          TEXT    NOT NULL DEFAULT '',
  email          TEXT    NOT NULL DEFAULT '',
  address        TEXT    NOT NULL DEFAULT '',
  zone           TEXT    NOT NULL DEFAULT '',  -- IANA
  emergency      TEXT    NOT NULL DEFAULT '',
  referrer       TEXT    NOT NULL DEFAULT '',
  agency         TEXT    NOT NULL DEFAULT '',
  allergies      TEXT    NOT NULL DEFAULT '',
  medication     TEXT    NOT NULL DEFAULT '',
  purpose        TEXT    NOT NULL DEFAULT 'treatment' CHECK (purpose IN ('treatment', 'prevention')),
  icd10          TEXT    NOT NULL DEFAULT '',
  diagnosis      TEXT    NOT NULL DEFAULT '',
  stage          TEXT    NOT NULL DEFAULT '',
  diagnosed_on   TEXT    NOT NULL DEFAULT '',
  note           TEXT    NOT NULL DEFAULT '',
  sort_name      TEXT    NOT NULL DEFAULT '',  -- folded family and given name
  last_seen      INTEGER NOT NULL DEFAULT 0,   -- day number of the newest visit; ranks search results
  version        INTEGER NOT NULL DEFAULT 1,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX patient_by_name  ON patient (sort_name, id);
CREATE INDEX patient_by_birth ON patient (birth, id);
CREATE INDEX patient_by_seen  ON patient (last_seen DESC, id DESC);

CREATE TRIGGER patient_kept BEFORE DELETE ON patient
BEGIN SELECT RAISE (ABORT, 'patient-kept'); END;

-- Every folded word a patient can be found by; kept by the store in the patient's own transaction.
CREATE TABLE patient_word (
  word       TEXT    NOT NULL,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  PRIMARY KEY (word, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patient_word_of ON patient_word (patient_id, word);

CREATE TABLE document (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('medical_report', 'pathology', 'imaging', 'bloodwork', 'viral',
                                               'passport', 'referral', 'consent', 'translation', 'other')),
  state       TEXT    NOT NULL DEFAULT 'received'
                      CHECK (state IN ('requested', 'received', 'unreadable', 'needs_translation', 'in_translation',
                                       'under_review', 'accepted', 'rejected', 'superseded', 'too_old')),
  title       TEXT    NOT NULL DEFAULT '',
  examined_on TEXT    NOT NULL DEFAULT '',     -- the day of the examination, never of the scan
  language    TEXT    NOT NULL DEFAULT '',
  received_at INTEGER NOT NULL,
  media_type  TEXT    NOT NULL DEFAULT '',
  digest      TEXT    NOT NULL DEFAULT '',     -- of the content beside the database; empty while only requested
  bytes       INTEGER NOT NULL DEFAULT 0,
  note        TEXT    NOT NULL DEFAULT '',
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX document_of ON document (patient_id, kind);
CREATE UNIQUE INDEX document_once ON document (patient_id, digest) WHERE digest <> '';

-- ── cells ───────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE container (
  id         INTEGER PRIMARY KEY,
  parent_id  INTEGER REFERENCES container (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('site', 'room', 'tank', 'freezer', 'rack', 'box', 'shipper')),
  name       TEXT    NOT NULL,
  rows       INTEGER NOT NULL DEFAULT 0 CHECK (rows BETWEEN 0 AND 702),
  cols       INTEGER NOT NULL DEFAULT 0 CHECK (cols BETWEEN 0 AND 999),
  row        INTEGER NOT NULL DEFAULT 0,       -- its own place in the parent, for drawing and picking order
  col        INTEGER NOT NULL DEFAULT 0,
  in_service INTEGER NOT NULL DEFAULT 1 CHECK (in_service IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (parent_id, name),
  CHECK (parent_id <> id)
) STRICT;

CREATE INDEX container_in ON container (parent_id, row, col);
CREATE UNIQUE INDEX container_outermost ON container (name) WHERE parent_id IS NULL;

CREATE TRIGGER container_kept BEFORE DELETE ON container
BEGIN SELECT RAISE (ABORT, 'container-kept'); END;

CREATE TABLE collection (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  number       TEXT    NOT NULL UNIQUE,
  method       TEXT    NOT NULL CHECK (method IN ('blood_draw', 'apheresis')),
  collected_at INTEGER NOT NULL,
  volume_ml    INTEGER NOT NULL CHECK (volume_ml > 0),
  operator_id  INTEGER NOT NULL REFERENCES staff (id),
  UNIQUE (id, patient_id)
) STRICT;

CREATE TABLE lot (
  id            INTEGER PRIMARY KEY,
  patient_id    INTEGER NOT NULL REFERENCES patient (id),
  collection_id INTEGER NOT NULL,
  number        TEXT    NOT NULL UNIQUE,
  facility      TEXT    NOT NULL DEFAULT '',
  plan_number   TEXT    NOT NULL DEFAULT '',
  status        TEXT    NOT NULL DEFAULT 'culturing' CHECK (status IN ('culturing', 'harvested', 'failed')),
  started_on    TEXT    NOT NULL,
  expected_on   TEXT    NOT NULL DEFAULT '',
  harvested_on  TEXT    NOT NULL DEFAULT '',
  note          TEXT    NOT NULL DEFAULT '',
  version       INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id),
  FOREIGN KEY (collection_id, patient_id) REFERENCES collection (id, patient_id)
) STRICT;

CREATE INDEX lot_of ON lot (patient_id);
CREATE INDEX lot_growing ON lot (expected_on) WHERE status = 'culturing';

CREATE INDEX collection_of ON collection (patient_id);

-- Results are never edited: a new row supersedes.
CREATE TABLE result (
  id          INTEGER PRIMARY KEY,
  lot_id      INTEGER NOT NULL REFERENCES lot (id),
  test        TEXT    NOT NULL CHECK (test IN ('viability', 'count', 'purity', 'endotoxin', 'mycoplasma', 'sterility')),
  value       TEXT    NOT NULL,
  unit        TEXT    NOT NULL DEFAULT '',
  limit_text  TEXT    NOT NULL DEFAULT '',     -- the limit in force, copied at entry
  passed      INTEGER NOT NULL CHECK (passed IN (0, 1)),
  stage       TEXT    NOT NULL CHECK (stage IN ('preliminary', 'final')),
  reported_on TEXT    NOT NULL,
  entered_at  INTEGER NOT NULL,
  entered_by  INTEGER NOT NULL REFERENCES staff (id),
  supersedes  INTEGER UNIQUE REFERENCES result (id)
) STRICT;

CREATE INDEX result_of ON result (lot_id, test);

-- The axes of a unit and the steps that are legal on each (facts/cells.md 4.2 and 4.3).
CREATE TABLE axis_step (
  axis       TEXT    NOT NULL CHECK (axis IN ('life', 'quality', 'label')),
  from_state TEXT    NOT NULL,
  to_state   TEXT    NOT NULL,
  witnessed  INTEGER NOT NULL CHECK (witnessed IN (0, 1)), -- needs a second person
  PRIMARY KEY (axis, from_state, to_state)
) STRICT, WITHOUT ROWID;

INSERT INTO axis_step (axis, from_state, to_state, witnessed) VALUES
  ('life', 'new', 'planned', 0), ('life', 'planned', 'void', 0), ('life', 'planned', 'filled', 1),
  ('life', 'filled', 'frozen', 1), ('life', 'filled', 'fresh_ready', 0), ('life', 'filled', 'discarded', 1),
  ('life', 'frozen', 'in_transit', 1), ('life', 'fresh_ready', 'in_transit', 1), ('life', 'in_transit', 'at_clinic', 1),
  ('life', 'at_clinic', 'picked', 1), ('life', 'at_clinic', 'at_bedside', 1), ('life', 'at_clinic', 'discarded', 1),
  ('life', 'frozen', 'picked', 1), ('life', 'picked', 'frozen', 1), ('life', 'picked', 'thawing', 1),
  ('life', 'thawing', 'thawed', 1), ('life', 'thawed', 'at_bedside', 1), ('life', 'thawed', 'consumed', 1),
  ('life', 'fresh_ready', 'at_bedside', 1), ('life', 'at_bedside', 'infusing', 1),
  ('life', 'infusing', 'infused', 0), ('life', 'infusing', 'part_infused', 0),
  ('life', 'frozen', 'discarded', 1), ('life', 'fresh_ready', 'discarded', 1), ('life', 'picked', 'discarded', 1),
  ('life', 'thawing', 'discarded', 1), ('life', 'thawed', 'discarded', 1), ('life', 'at_bedside', 'discarded', 1),
  ('life', 'frozen', 'missing', 0), ('life', 'missing', 'frozen', 1), ('life', 'missing', 'discarded', 1),
  ('life', 'frozen', 'transferred_out', 1),
  ('quality', 'new', 'quarantine', 0), ('quality', 'quarantine', 'released', 1),
  ('quality', 'quarantine', 'conditional', 1), ('quality', 'conditional', 'released', 1),
  ('quality', 'quarantine', 'rejected', 0), ('quality', 'conditional', 'rejected', 0),
  ('quality', 'released', 'recalled', 0), ('quality', 'conditional', 'recalled', 0),
  ('label', 'new', 'none', 0), ('label', 'none', 'printed', 0), ('label', 'printed', 'verified', 1),
  ('label', 'printed', 'printed', 0), ('label', 'verified', 'printed', 0);

CREATE TABLE unit (
  id           INTEGER PRIMARY KEY,
  lot_id       INTEGER NOT NULL,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  kind         TEXT    NOT NULL CHECK (kind IN ('source', 'intermediate', 'dose_fresh', 'dose_frozen', 'retained', 'qc')),
  number       TEXT    NOT NULL UNIQUE,        -- on the label; never reused
  volume_ml    INTEGER NOT NULL CHECK (volume_ml > 0),
  cells        INTEGER NOT NULL CHECK (cells >= 0), -- viable cells, counted at filling
  use_until    TEXT    NOT NULL,
  -- where each axis stands: written by the triggers on unit_event alone
  life         TEXT    NOT NULL DEFAULT 'new',
  life_seq     INTEGER NOT NULL DEFAULT 0,
  quality      TEXT    NOT NULL DEFAULT 'new',
  quality_seq  INTEGER NOT NULL DEFAULT 0,
  label        TEXT    NOT NULL DEFAULT 'new',
  label_seq    INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  UNIQUE (id, patient_id),
  FOREIGN KEY (lot_id, patient_id) REFERENCES lot (id, patient_id)
) STRICT;

CREATE INDEX unit_of_lot ON unit (lot_id);
CREATE INDEX unit_of_patient ON unit (patient_id, life);
CREATE INDEX unit_by_life ON unit (life, use_until);

-- The life of a unit is a chain: each event continues the one before it, by a legal step.
CREATE TABLE unit_event (
  unit_id      INTEGER NOT NULL REFERENCES unit (id),
  axis         TEXT    NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 1),
  prev_seq     INTEGER,
  from_state   TEXT    NOT NULL,
  to_state     TEXT    NOT NULL,
  at           INTEGER NOT NULL,
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  scanned      TEXT    NOT NULL DEFAULT '',
  reason       TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (unit_id, axis, seq),
  UNIQUE (unit_id, axis, seq, to_state),
  FOREIGN KEY (axis, from_state, to_state) REFERENCES axis_step (axis, from_state, to_state),
  FOREIGN KEY (unit_id, axis, prev_seq, from_state) REFERENCES unit_event (unit_id, axis, seq, to_state),
  CHECK ((seq = 1 AND prev_seq IS NULL AND from_state = 'new') OR (seq > 1 AND prev_seq IS NOT NULL AND prev_seq = seq - 1)),
  CHECK (witness_id IS NULL OR witness_id <> performer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE placement (
  id           INTEGER PRIMARY KEY,
  unit_id      INTEGER NOT NULL REFERENCES unit (id),
  container_id INTEGER NOT NULL REFERENCES container (id),
  row          INTEGER NOT NULL CHECK (row >= 1),
  col          INTEGER NOT NULL CHECK (col >= 1),
  since        INTEGER NOT NULL,
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  until        INTEGER,                        -- NULL while the unit is there
  ended_by     INTEGER REFERENCES staff (id),
  CHECK (witness_id IS NULL OR witness_id <> performer_id),
  CHECK ((until IS NULL) = (ended_by IS NULL)),
  CHECK (until >= since)
) STRICT;

CREATE UNIQUE INDEX placement_unit_at ON placement (container_id, row, col) WHERE until IS NULL; -- a place holds one unit
CREATE UNIQUE INDEX placement_place_of ON placement (unit_id) WHERE until IS NULL;               -- a unit is in one place
CREATE INDEX placement_of ON placement (unit_id, since);

CREATE TABLE hold (
  id        INTEGER PRIMARY KEY,
  unit_id   INTEGER REFERENCES unit (id),
  lot_id    INTEGER REFERENCES lot (id),
  reason    TEXT    NOT NULL CHECK (reason <> ''),
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES staff (id),
  closed_at INTEGER,
  closed_by INTEGER REFERENCES staff (id),
  CHECK ((unit_id IS NULL) <> (lot_id IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE INDEX hold_of_unit ON hold (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX hold_of_lot  ON hold (lot_id)  WHERE lot_id IS NOT NULL;

-- ── the book ────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE resource (
  id       INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL CHECK (kind IN ('room', 'chair', 'staff')),
  name     TEXT    NOT NULL,
  name_ja  TEXT    NOT NULL DEFAULT '',
  staff_id INTEGER UNIQUE REFERENCES staff (id),
  position INTEGER NOT NULL DEFAULT 0,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  CHECK ((kind = 'staff') = (staff_id IS NOT NULL))
) STRICT;

CREATE TABLE visit_type (
  code    TEXT    PRIMARY KEY,
  name    TEXT    NOT NULL,
  name_ja TEXT    NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0 AND minutes % 5 = 0),
  before  INTEGER NOT NULL DEFAULT 0 CHECK (before % 5 = 0), -- the resources are taken that long before and after
  after   INTEGER NOT NULL DEFAULT 0 CHECK (after % 5 = 0),
  needs   TEXT    NOT NULL DEFAULT '',          -- kinds of resource, comma separated
  remote  INTEGER NOT NULL DEFAULT 0 CHECK (remote IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE visit_status (
  status TEXT    PRIMARY KEY,
  takes  INTEGER NOT NULL CHECK (takes IN (0, 1)), -- holds its slots
  final  INTEGER NOT NULL CHECK (final IN (0, 1))
) STRICT;

INSERT INTO visit_status (status, takes, final) VALUES
  ('proposed', 0, 0), ('held', 1, 0), ('booked', 1, 0), ('confirmed', 1, 0), ('arrived', 1, 0), ('checked_in', 1, 0),
  ('in_room', 1, 0), ('done', 1, 1), ('cancelled_patient', 0, 1), ('cancelled_clinic', 0, 1), ('cancelled_late', 0, 1),
  ('no_show', 0, 1), ('left_unseen', 0, 1);

CREATE TABLE visit_step (
  from_status TEXT    NOT NULL REFERENCES visit_status (status),
  to_status   TEXT    NOT NULL REFERENCES visit_status (status),
  undo        INTEGER NOT NULL CHECK (undo IN (0, 1)),  -- legal only as taking back the last step
  PRIMARY KEY (from_status, to_status)
) STRICT, WITHOUT ROWID;

INSERT INTO visit_step (from_status, to_status, undo) VALUES
  ('proposed', 'held', 0), ('proposed', 'booked', 0), ('proposed', 'cancelled_patient', 0), ('proposed', 'cancelled_clinic', 0),
  ('held', 'booked', 0), ('held', 'cancelled_patient', 0), ('held', 'cancelled_clinic', 0),
  ('booked', 'confirmed', 0), ('booked', 'arrived', 0), ('confirmed', 'arrived', 0),
  ('booked', 'cancelled_patient', 0), ('booked', 'cancelled_clinic', 0), ('booked', 'cancelled_late', 0), ('booked', 'no_show', 0),
  ('confirmed', 'cancelled_patient', 0), ('confirmed', 'cancelled_clinic', 0), ('confirmed', 'cancelled_late', 0), ('confirmed', 'no_show', 0),
  ('arrived', 'checked_in', 0), ('checked_in', 'in_room', 0), ('in_room', 'done', 0),
  ('arrived', 'left_unseen', 0), ('checked_in', 'left_unseen', 0),
  ('held', 'proposed', 1), ('booked', 'proposed', 1), ('booked', 'held', 1), ('confirmed', 'booked', 1),
  ('arrived', 'booked', 1), ('arrived', 'confirmed', 1), ('checked_in', 'arrived', 1), ('in_room', 'checked_in', 1),
  ('done', 'in_room', 1), ('cancelled_patient', 'proposed', 1), ('cancelled_patient', 'held', 1),
  ('cancelled_patient', 'booked', 1), ('cancelled_patient', 'confirmed', 1), ('cancelled_clinic', 'proposed', 1),
  ('cancelled_clinic', 'held', 1), ('cancelled_clinic', 'booked', 1), ('cancelled_clinic', 'confirmed', 1),
  ('cancelled_late', 'booked', 1), ('cancelled_late', 'confirmed', 1), ('no_show', 'booked', 1), ('no_show', 'confirmed', 1),
  ('left_unseen', 'arrived', 1), ('left_unseen', 'checked_in', 1);

CREATE TABLE course (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  template   TEXT    NOT NULL,
  started_on TEXT    NOT NULL,
  status     TEXT    NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'ended')),
  version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id)
) STRICT;

CREATE INDEX course_of ON course (patient_id);

CREATE TABLE visit (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  type        TEXT    NOT NULL REFERENCES visit_type (code),
  status      TEXT    NOT NULL DEFAULT 'booked' REFERENCES visit_status (status),
  starts_at   INTEGER NOT NULL CHECK (starts_at % 300 = 0),
  ends_at     INTEGER NOT NULL CHECK (ends_at % 300 = 0),
  busy_from   INTEGER NOT NULL CHECK (busy_from % 300 = 0), -- with the buffers: what the resources are taken for
  busy_until  INTEGER NOT NULL CHECK (busy_until % 300 = 0),
  course_id   INTEGER,
  course_step INTEGER NOT NULL DEFAULT 0,
  override    TEXT    NOT NULL DEFAULT '',      -- why a warning was passed over; stays visible
  note        TEXT    NOT NULL DEFAULT '',
  version     INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  UNIQUE (id, patient_id),
  FOREIGN KEY (course_id, patient_id) REFERENCES course (id, patient_id),
  CHECK (starts_at < ends_at AND busy_from <= starts_at AND busy_until >= ends_at AND busy_until - busy_from <= 86400)
) STRICT;

CREATE INDEX visit_by_start ON visit (starts_at, id);
CREATE INDEX visit_of ON visit (patient_id, starts_at);
CREATE INDEX visit_here ON visit (starts_at) WHERE status IN ('arrived', 'checked_in', 'in_room');
CREATE INDEX visit_of_course ON visit (course_id) WHERE course_id IS NOT NULL;

-- Each step of a visit, stamped.
CREATE TABLE visit_stamp (
  visit_id    INTEGER NOT NULL REFERENCES visit (id),
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  from_status TEXT    NOT NULL,
  to_status   TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  by_id       INTEGER REFERENCES staff (id),
  PRIMARY KEY (visit_id, seq),
  FOREIGN KEY (from_status, to_status) REFERENCES visit_step (from_status, to_status)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_resource (
  visit_id    INTEGER NOT NULL REFERENCES visit (id),
  resource_id INTEGER NOT NULL REFERENCES resource (id),
  PRIMARY KEY (visit_id, resource_id)
) STRICT, WITHOUT ROWID;

-- Five-minute slots, numbered from 1970: one visit each, or the database refuses the second.
-- Written by the triggers below alone, so that a live visit cannot be without them.
CREATE TABLE visit_slot (
  resource_id INTEGER NOT NULL,
  slot        INTEGER NOT NULL,
  visit_id    INTEGER NOT NULL,
  PRIMARY KEY (resource_id, slot),
  FOREIGN KEY (visit_id, resource_id) REFERENCES visit_resource (visit_id, resource_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_slot_of ON visit_slot (visit_id);

CREATE TABLE patient_slot (
  patient_id INTEGER NOT NULL,
  slot       INTEGER NOT NULL,
  visit_id   INTEGER NOT NULL,
  PRIMARY KEY (patient_id, slot),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patient_slot_of ON patient_slot (visit_id);

-- 0 … 287: the five-minute steps of a day, to unfold a visit into its slots.
CREATE TABLE tick (n INTEGER PRIMARY KEY) STRICT;
INSERT INTO tick (n) WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 287) SELECT n FROM t;

CREATE TABLE closed_day (
  day    TEXT PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;

-- ── where cells and book meet ───────────────────────────────────────────────────────────────────

CREATE TABLE reservation (
  id         INTEGER PRIMARY KEY,
  unit_id    INTEGER NOT NULL,
  visit_id   INTEGER NOT NULL,
  patient_id INTEGER NOT NULL,
  opened_at  INTEGER NOT NULL,
  opened_by  INTEGER NOT NULL REFERENCES staff (id),
  closed_at  INTEGER,
  FOREIGN KEY (unit_id, patient_id) REFERENCES unit (id, patient_id),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX reservation_one ON reservation (unit_id) WHERE closed_at IS NULL;
CREATE INDEX reservation_of ON reservation (patient_id);
CREATE INDEX reservation_for ON reservation (visit_id) WHERE closed_at IS NULL;

-- The unit and the visit are of the patient named here, or the row cannot be stored.
CREATE TABLE infusion (
  id           INTEGER PRIMARY KEY,
  unit_id      INTEGER NOT NULL UNIQUE,
  visit_id     INTEGER NOT NULL,
  patient_id   INTEGER NOT NULL,
  started_at   INTEGER NOT NULL,
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER NOT NULL REFERENCES staff (id),
  FOREIGN KEY (unit_id, patient_id) REFERENCES unit (id, patient_id),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK (witness_id <> performer_id)
) STRICT;

CREATE INDEX infusion_of ON infusion (patient_id);
CREATE INDEX infusion_at ON infusion (visit_id);

-- ── the audit trail ─────────────────────────────────────────────────────────────────────────────

CREATE TABLE audit (
  seq       INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  actor     INTEGER NOT NULL,                  -- staff, or 0 for the program
  desk      TEXT    NOT NULL,
  action    TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  object_id INTEGER NOT NULL,
  detail    TEXT,
  hash      TEXT    NOT NULL
) STRICT;

-- ── what the keys cannot say ────────────────────────────────────────────────────────────────────

-- Journals only grow.
CREATE TRIGGER audit_fixed      BEFORE UPDATE ON audit      BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER audit_kept       BEFORE DELETE ON audit      BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER audit_next       BEFORE INSERT ON audit WHEN NEW.seq <> 1 + (SELECT COALESCE (max (seq), 0) FROM audit)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER unit_event_fixed BEFORE UPDATE ON unit_event BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER unit_event_kept  BEFORE DELETE ON unit_event BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_fixed     BEFORE UPDATE ON result     BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER result_kept      BEFORE DELETE ON result     BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER infusion_fixed   BEFORE UPDATE ON infusion   BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER infusion_kept    BEFORE DELETE ON infusion   BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER visit_stamp_fixed BEFORE UPDATE ON visit_stamp BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER visit_stamp_kept BEFORE DELETE ON visit_stamp BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER collection_fixed BEFORE UPDATE ON collection BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER collection_kept  BEFORE DELETE ON collection BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER axis_step_fixed  BEFORE UPDATE ON axis_step  BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER axis_step_kept   BEFORE DELETE ON axis_step  BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER axis_step_none   BEFORE INSERT ON axis_step  BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_status_fixed BEFORE UPDATE ON visit_status BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_status_kept BEFORE DELETE ON visit_status BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_status_none BEFORE INSERT ON visit_status BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_step_fixed BEFORE UPDATE ON visit_step BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_step_kept  BEFORE DELETE ON visit_step BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER visit_step_none  BEFORE INSERT ON visit_step BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER tick_fixed       BEFORE UPDATE ON tick       BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER tick_kept        BEFORE DELETE ON tick       BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER tick_none        BEFORE INSERT ON tick       BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

-- Who did something stays known; who leaves is no longer active.
CREATE TRIGGER staff_kept BEFORE DELETE ON staff BEGIN SELECT RAISE (ABORT, 'staff-kept'); END;
CREATE TRIGGER staff_fixed BEFORE UPDATE OF id ON staff WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE (ABORT, 'staff-kept'); END;

-- A result is superseded by one of the same test of the same lot; what was final is not made preliminary again.
CREATE TRIGGER result_supersedes BEFORE INSERT ON result
WHEN NEW.supersedes IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM result WHERE id = NEW.supersedes AND lot_id = NEW.lot_id AND test = NEW.test
                 AND (stage = 'preliminary' OR NEW.stage = 'final'))
BEGIN SELECT RAISE (ABORT, 'supersedes-another'); END;

-- Whose cells they are never changes.
CREATE TRIGGER lot_owner BEFORE UPDATE ON lot
WHEN NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id OR NEW.collection_id <> OLD.collection_id OR NEW.number <> OLD.number
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER lot_step BEFORE UPDATE OF status ON lot
WHEN NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (VALUES ('culturing', 'harvested'), ('culturing', 'failed'), ('harvested', 'failed'))
BEGIN SELECT RAISE (ABORT, 'lot-step'); END;
CREATE TRIGGER lot_kept BEFORE DELETE ON lot BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER unit_owner BEFORE UPDATE ON unit
WHEN NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id OR NEW.lot_id <> OLD.lot_id OR NEW.kind <> OLD.kind
  OR NEW.number <> OLD.number OR NEW.cells <> OLD.cells OR NEW.volume_ml <> OLD.volume_ml OR NEW.use_until <> OLD.use_until
  OR NEW.created_at <> OLD.created_at
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER unit_kept BEFORE DELETE ON unit BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER visit_owner BEFORE UPDATE ON visit WHEN NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER visit_kept BEFORE DELETE ON visit BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

-- A unit begins new; its axes follow its events, one step at a time.
CREATE TRIGGER unit_begins BEFORE INSERT ON unit
WHEN NEW.life <> 'new' OR NEW.life_seq <> 0 OR NEW.quality <> 'new' OR NEW.quality_seq <> 0 OR NEW.label <> 'new' OR NEW.label_seq <> 0
BEGIN SELECT RAISE (ABORT, 'unit-begins-new'); END;
CREATE TRIGGER unit_life BEFORE UPDATE OF life, life_seq ON unit
WHEN NEW.life_seq <> OLD.life_seq + 1
  OR NOT EXISTS (SELECT 1 FROM unit_event WHERE unit_id = NEW.id AND axis = 'life' AND seq = NEW.life_seq AND to_state = NEW.life)
BEGIN SELECT RAISE (ABORT, 'state-without-event'); END;
CREATE TRIGGER unit_quality BEFORE UPDATE OF quality, quality_seq ON unit
WHEN NEW.quality_seq <> OLD.quality_seq + 1
  OR NOT EXISTS (SELECT 1 FROM unit_event WHERE unit_id = NEW.id AND axis = 'quality' AND seq = NEW.quality_seq AND to_state = NEW.quality)
BEGIN SELECT RAISE (ABORT, 'state-without-event'); END;
CREATE TRIGGER unit_label BEFORE UPDATE OF label, label_seq ON unit
WHEN NEW.label_seq <> OLD.label_seq + 1
  OR NOT EXISTS (SELECT 1 FROM unit_event WHERE unit_id = NEW.id AND axis = 'label' AND seq = NEW.label_seq AND to_state = NEW.label)
BEGIN SELECT RAISE (ABORT, 'state-without-event'); END;

CREATE TRIGGER event_life AFTER INSERT ON unit_event WHEN NEW.axis = 'life'
BEGIN UPDATE unit SET life = NEW.to_state, life_seq = NEW.seq WHERE id = NEW.unit_id; END;
CREATE TRIGGER event_quality AFTER INSERT ON unit_event WHEN NEW.axis = 'quality'
BEGIN UPDATE unit SET quality = NEW.to_state, quality_seq = NEW.seq WHERE id = NEW.unit_id; END;
CREATE TRIGGER event_label AFTER INSERT ON unit_event WHEN NEW.axis = 'label'
BEGIN UPDATE unit SET label = NEW.to_state, label_seq = NEW.seq WHERE id = NEW.unit_id; END;

CREATE TRIGGER event_witness BEFORE INSERT ON unit_event
WHEN NEW.witness_id IS NULL AND EXISTS (SELECT 1 FROM axis_step WHERE axis = NEW.axis AND from_state = NEW.from_state
                                          AND to_state = NEW.to_state AND witnessed = 1)
BEGIN SELECT RAISE (ABORT, 'second-person-needed'); END;
CREATE TRIGGER event_people BEFORE INSERT ON unit_event
WHEN EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.performer_id, NEW.witness_id) AND active = 0)
BEGIN SELECT RAISE (ABORT, 'staff-not-active'); END;
CREATE TRIGGER event_clock BEFORE INSERT ON unit_event
WHEN NEW.at < (SELECT at FROM unit_event WHERE unit_id = NEW.unit_id AND axis = NEW.axis AND seq = NEW.prev_seq)
BEGIN SELECT RAISE (ABORT, 'clock-went-back'); END;

-- Released means: final sterility, nothing failed, nothing held, and another person than the one who entered results.
CREATE TRIGGER event_release BEFORE INSERT ON unit_event WHEN NEW.axis = 'quality' AND NEW.to_state IN ('released', 'conditional')
BEGIN
  SELECT RAISE (ABORT, 'lot-failed') WHERE (SELECT l.status FROM lot l JOIN unit u ON u.lot_id = l.id WHERE u.id = NEW.unit_id) = 'failed';
  SELECT RAISE (ABORT, 'released-by-tester')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.entered_by = NEW.performer_id);
  SELECT RAISE (ABORT, 'result-failed')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.passed = 0
                  AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id));
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM hold h JOIN unit u ON u.id = NEW.unit_id
                  WHERE h.closed_at IS NULL AND (h.unit_id = u.id OR h.lot_id = u.lot_id));
  SELECT RAISE (ABORT, 'reason-needed') WHERE NEW.to_state = 'conditional' AND NEW.reason = '';
END;
CREATE TRIGGER event_release_final BEFORE INSERT ON unit_event WHEN NEW.axis = 'quality' AND NEW.to_state = 'released'
BEGIN
  SELECT RAISE (ABORT, 'result-not-final')
    WHERE (SELECT count (DISTINCT r.test) FROM result r JOIN unit u ON u.lot_id = r.lot_id
           WHERE u.id = NEW.unit_id AND r.stage = 'final' AND r.passed = 1
             AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)) < 6;
END;

CREATE TRIGGER event_filled BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'filled'
 AND (SELECT l.status FROM lot l JOIN unit u ON u.lot_id = l.id WHERE u.id = NEW.unit_id) = 'failed'
BEGIN SELECT RAISE (ABORT, 'lot-failed'); END;

-- A fresh dose is never frozen, and a frozen one reaches the bedside thawed.
CREATE TRIGGER event_kind BEFORE INSERT ON unit_event WHEN NEW.axis = 'life'
BEGIN
  SELECT RAISE (ABORT, 'not-for-freezing')
    WHERE NEW.to_state IN ('frozen', 'thawing') AND (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_fresh';
  SELECT RAISE (ABORT, 'not-thawed')
    WHERE NEW.to_state = 'at_bedside' AND NEW.from_state <> 'thawed' AND (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'dose_frozen';
END;

-- Frozen stands in a place; what is warm or gone stands in none.
CREATE TRIGGER event_frozen BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'frozen'
BEGIN
  SELECT RAISE (ABORT, 'place-needed') WHERE NOT EXISTS (SELECT 1 FROM placement WHERE unit_id = NEW.unit_id AND until IS NULL);
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
END;
CREATE TRIGGER event_unplaced BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state NOT IN ('planned', 'filled', 'frozen', 'fresh_ready', 'at_clinic')
  AND EXISTS (SELECT 1 FROM placement WHERE unit_id = NEW.unit_id AND until IS NULL)
BEGIN SELECT RAISE (ABORT, 'still-in-place'); END;

-- Only a dose of good quality, labelled, not held, in date, and promised to a visit is taken towards a patient.
CREATE TRIGGER event_towards_patient BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('picked', 'thawing', 'at_bedside', 'infusing')
  AND (SELECT kind FROM unit WHERE id = NEW.unit_id) IN ('dose_fresh', 'dose_frozen')
BEGIN
  SELECT RAISE (ABORT, 'not-released') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) NOT IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
  -- By the day in Greenwich: the program refuses by the clinic's own day, which is never behind it in Japan.
  SELECT RAISE (ABORT, 'expired') WHERE (SELECT use_until FROM unit WHERE id = NEW.unit_id) < date (NEW.at, 'unixepoch');
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM hold h JOIN unit u ON u.id = NEW.unit_id
                  WHERE h.closed_at IS NULL AND (h.unit_id = u.id OR h.lot_id = u.lot_id));
  SELECT RAISE (ABORT, 'result-failed')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.passed = 0
                  AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id));
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND closed_at IS NULL);
  -- Thawed only for a patient who is there.
  SELECT RAISE (ABORT, 'patient-not-here')
    WHERE NEW.to_state <> 'picked'
      AND (SELECT v.status FROM reservation r JOIN visit v ON v.id = r.visit_id WHERE r.unit_id = NEW.unit_id AND r.closed_at IS NULL)
          NOT IN ('arrived', 'checked_in', 'in_room');
END;
CREATE TRIGGER event_only_doses BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('at_bedside', 'infusing', 'infused', 'part_infused')
  AND (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen')
BEGIN SELECT RAISE (ABORT, 'not-a-dose'); END;
CREATE TRIGGER event_only_cultures BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'consumed' AND (SELECT kind FROM unit WHERE id = NEW.unit_id) <> 'intermediate'
BEGIN SELECT RAISE (ABORT, 'not-an-intermediate'); END;
CREATE TRIGGER event_infusion BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'infusing'
 AND NOT EXISTS (SELECT 1 FROM infusion i JOIN reservation r ON r.unit_id = i.unit_id AND r.visit_id = i.visit_id AND r.closed_at IS NULL
                 WHERE i.unit_id = NEW.unit_id)
BEGIN SELECT RAISE (ABORT, 'infusion-needed'); END;
-- What is at its end is promised to nobody, and is not thrown away, or given in part only, without a word.
CREATE TRIGGER event_final BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('infused', 'part_infused', 'discarded', 'consumed', 'transferred_out', 'void')
BEGIN
  SELECT RAISE (ABORT, 'still-reserved') WHERE EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'reason-needed')
    WHERE NEW.reason = '' AND NEW.to_state IN ('part_infused', 'discarded', 'transferred_out', 'void');
END;
CREATE TRIGGER event_unsafe BEFORE INSERT ON unit_event
WHEN NEW.axis = 'quality' AND NEW.to_state IN ('rejected', 'recalled') AND NEW.reason = ''
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;

CREATE TRIGGER infusion_guard BEFORE INSERT ON infusion
BEGIN
  SELECT RAISE (ABORT, 'not-a-dose') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'not-released') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) NOT IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM hold h JOIN unit u ON u.id = NEW.unit_id
                  WHERE h.closed_at IS NULL AND (h.unit_id = u.id OR h.lot_id = u.lot_id));
  SELECT RAISE (ABORT, 'not-at-bedside') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) <> 'at_bedside';
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND visit_id = NEW.visit_id AND closed_at IS NULL);
  SELECT RAISE (ABORT, 'patient-not-here')
    WHERE (SELECT status FROM visit WHERE id = NEW.visit_id) NOT IN ('arrived', 'checked_in', 'in_room');
END;

-- Places: inside the grid, in a container that is in service, for a unit that belongs in the cold or on the shelf.
CREATE TRIGGER placement_guard BEFORE INSERT ON placement
BEGIN
  SELECT RAISE (ABORT, 'no-such-place') WHERE NOT EXISTS (SELECT 1 FROM container WHERE id = NEW.container_id AND NEW.row <= rows AND NEW.col <= cols);
  SELECT RAISE (ABORT, 'out-of-service')
    WHERE EXISTS (WITH RECURSIVE up (id, parent_id, in_service) AS (
                    SELECT id, parent_id, in_service FROM container WHERE id = NEW.container_id
                    UNION ALL SELECT c.id, c.parent_id, c.in_service FROM container c JOIN up ON c.id = up.parent_id)
                  SELECT 1 FROM up WHERE in_service = 0);
  SELECT RAISE (ABORT, 'not-storable')
    WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) NOT IN ('filled', 'frozen', 'picked', 'fresh_ready', 'at_clinic', 'missing');
END;
CREATE TRIGGER placement_begins BEFORE INSERT ON placement
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.until IS NOT NULL;
  -- The newest to begin is the newest to end, as each begins after all before it: no need to read the whole history.
  SELECT RAISE (ABORT, 'clock-went-back')
    WHERE NEW.since < (SELECT max (until) FROM placement WHERE unit_id = NEW.unit_id
                       AND since = (SELECT max (since) FROM placement WHERE unit_id = NEW.unit_id));
END;
CREATE TRIGGER placement_clock BEFORE UPDATE ON placement WHEN NEW.until < OLD.since
BEGIN SELECT RAISE (ABORT, 'clock-went-back'); END;
CREATE TRIGGER placement_fixed BEFORE UPDATE ON placement
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.id <> OLD.id OR NEW.unit_id <> OLD.unit_id
  OR NEW.container_id <> OLD.container_id OR NEW.row <> OLD.row OR NEW.col <> OLD.col OR NEW.since <> OLD.since
  OR NEW.performer_id <> OLD.performer_id OR NEW.witness_id IS NOT OLD.witness_id
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER placement_kept BEFORE DELETE ON placement BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER container_cycle BEFORE UPDATE OF parent_id ON container
WHEN EXISTS (WITH RECURSIVE up (id, parent_id) AS (
               SELECT id, parent_id FROM container WHERE id = NEW.parent_id
               UNION ALL SELECT c.id, c.parent_id FROM container c JOIN up ON c.id = up.parent_id)
             SELECT 1 FROM up WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'container-in-itself'); END;
CREATE TRIGGER container_shrink BEFORE UPDATE OF rows, cols ON container
WHEN EXISTS (SELECT 1 FROM placement WHERE container_id = NEW.id AND until IS NULL AND (row > NEW.rows OR col > NEW.cols))
BEGIN SELECT RAISE (ABORT, 'container-not-empty'); END;

CREATE TRIGGER hold_fixed BEFORE UPDATE ON hold
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.id <> OLD.id OR NEW.unit_id IS NOT OLD.unit_id
  OR NEW.lot_id IS NOT OLD.lot_id OR NEW.reason <> OLD.reason OR NEW.opened_at <> OLD.opened_at OR NEW.opened_by <> OLD.opened_by
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER reservation_guard BEFORE INSERT ON reservation
BEGIN
  SELECT RAISE (ABORT, 'not-a-dose') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) NOT IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'not-reservable')
    WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) NOT IN ('planned', 'filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic')
       OR (SELECT quality FROM unit WHERE id = NEW.unit_id) IN ('rejected', 'recalled');
  SELECT RAISE (ABORT, 'visit-over')
    WHERE (SELECT final FROM visit_status s JOIN visit v ON v.status = s.status WHERE v.id = NEW.visit_id) = 1;
END;
CREATE TRIGGER reservation_fixed BEFORE UPDATE ON reservation
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.id <> OLD.id OR NEW.unit_id <> OLD.unit_id
  OR NEW.visit_id <> OLD.visit_id OR NEW.patient_id <> OLD.patient_id OR NEW.opened_at <> OLD.opened_at OR NEW.opened_by <> OLD.opened_by
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER reservation_kept BEFORE DELETE ON reservation BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Visits: legal steps, stamped; slots that follow time, status and resources.
CREATE TRIGGER visit_begins BEFORE INSERT ON visit WHEN NEW.status NOT IN ('proposed', 'held', 'booked')
BEGIN SELECT RAISE (ABORT, 'visit-step'); END;
CREATE TRIGGER visit_steps BEFORE UPDATE OF status ON visit
WHEN NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM visit_stamp WHERE visit_id = NEW.id AND from_status = OLD.status
       AND to_status = NEW.status AND seq = (SELECT max (seq) FROM visit_stamp WHERE visit_id = NEW.id))
BEGIN SELECT RAISE (ABORT, 'visit-step'); END;
CREATE TRIGGER visit_stamp_chain BEFORE INSERT ON visit_stamp
WHEN NEW.seq <> 1 + (SELECT count (*) FROM visit_stamp WHERE visit_id = NEW.visit_id)
  OR NEW.from_status <> (SELECT status FROM visit WHERE id = NEW.visit_id)
  OR NEW.from_status <> (SELECT to_status FROM visit_stamp WHERE visit_id = NEW.visit_id AND seq = NEW.seq - 1)
BEGIN SELECT RAISE (ABORT, 'visit-step'); END;
-- Undo takes back the last step forward into that status, not just any that was once made.
CREATE TRIGGER visit_stamp_undo BEFORE INSERT ON visit_stamp
WHEN EXISTS (SELECT 1 FROM visit_step WHERE from_status = NEW.from_status AND to_status = NEW.to_status AND undo = 1)
 AND NEW.to_status IS NOT (SELECT s.from_status FROM visit_stamp s
                           JOIN visit_step t ON t.from_status = s.from_status AND t.to_status = s.to_status AND t.undo = 0
                           WHERE s.visit_id = NEW.visit_id AND s.to_status = NEW.from_status ORDER BY s.seq DESC LIMIT 1)
BEGIN SELECT RAISE (ABORT, 'visit-step'); END;
-- A visit that will not be gives its dose back first.
CREATE TRIGGER visit_over BEFORE UPDATE OF status ON visit
WHEN NEW.status <> OLD.status AND EXISTS (SELECT 1 FROM visit_status WHERE status = NEW.status AND final = 1 AND takes = 0)
 AND EXISTS (SELECT 1 FROM reservation WHERE visit_id = NEW.id AND closed_at IS NULL)
BEGIN SELECT RAISE (ABORT, 'still-reserved'); END;

-- A slot stands for a visit that takes it, and every slot such a visit takes is there. The counts at the ends are
-- for INSERT and UPDATE OR IGNORE, which would pass silently over the slots that another visit has.
CREATE TRIGGER visit_slot_begins BEFORE INSERT ON visit_slot
WHEN NOT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1
                 JOIN visit_resource r ON r.visit_id = v.id AND r.resource_id = NEW.resource_id
                 WHERE v.id = NEW.visit_id AND NEW.slot >= v.busy_from / 300 AND NEW.slot < v.busy_until / 300)
BEGIN SELECT RAISE (ABORT, 'slot-without-visit'); END;
CREATE TRIGGER visit_slot_fixed BEFORE UPDATE ON visit_slot BEGIN SELECT RAISE (ABORT, 'slot-without-visit'); END;
CREATE TRIGGER visit_slot_kept BEFORE DELETE ON visit_slot
WHEN EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1
             JOIN visit_resource r ON r.visit_id = v.id AND r.resource_id = OLD.resource_id
             WHERE v.id = OLD.visit_id AND OLD.slot >= v.busy_from / 300 AND OLD.slot < v.busy_until / 300)
BEGIN SELECT RAISE (ABORT, 'slot-taken'); END;
CREATE TRIGGER patient_slot_begins BEFORE INSERT ON patient_slot
WHEN NOT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1
                 WHERE v.id = NEW.visit_id AND v.patient_id = NEW.patient_id
                   AND NEW.slot >= v.starts_at / 300 AND NEW.slot < v.ends_at / 300)
BEGIN SELECT RAISE (ABORT, 'slot-without-visit'); END;
CREATE TRIGGER patient_slot_fixed BEFORE UPDATE ON patient_slot BEGIN SELECT RAISE (ABORT, 'slot-without-visit'); END;
CREATE TRIGGER patient_slot_kept BEFORE DELETE ON patient_slot
WHEN EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1
             WHERE v.id = OLD.visit_id AND OLD.slot >= v.starts_at / 300 AND OLD.slot < v.ends_at / 300)
BEGIN SELECT RAISE (ABORT, 'slot-taken'); END;

CREATE TRIGGER visit_new AFTER INSERT ON visit WHEN (SELECT takes FROM visit_status WHERE status = NEW.status) = 1
BEGIN
  INSERT INTO patient_slot (patient_id, slot, visit_id)
    SELECT NEW.patient_id, NEW.starts_at / 300 + n, NEW.id FROM tick WHERE n < (NEW.ends_at - NEW.starts_at) / 300;
  SELECT RAISE (ABORT, 'slot-taken')
    WHERE (SELECT count (*) FROM patient_slot WHERE visit_id = NEW.id) <> (NEW.ends_at - NEW.starts_at) / 300;
END;
CREATE TRIGGER visit_moved AFTER UPDATE OF starts_at, ends_at, busy_from, busy_until, status ON visit
WHEN NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at
  OR NEW.busy_from <> OLD.busy_from OR NEW.busy_until <> OLD.busy_until
  OR (SELECT takes FROM visit_status WHERE status = NEW.status) <> (SELECT takes FROM visit_status WHERE status = OLD.status)
BEGIN
  DELETE FROM visit_slot WHERE visit_id = NEW.id AND (slot < NEW.busy_from / 300 OR slot >= NEW.busy_until / 300
    OR (SELECT takes FROM visit_status WHERE status = NEW.status) = 0);
  DELETE FROM patient_slot WHERE visit_id = NEW.id AND (slot < NEW.starts_at / 300 OR slot >= NEW.ends_at / 300
    OR (SELECT takes FROM visit_status WHERE status = NEW.status) = 0);
  INSERT INTO patient_slot (patient_id, slot, visit_id)
    SELECT NEW.patient_id, NEW.starts_at / 300 + n, NEW.id FROM tick
    WHERE n < (NEW.ends_at - NEW.starts_at) / 300 AND (SELECT takes FROM visit_status WHERE status = NEW.status) = 1
      AND NOT EXISTS (SELECT 1 FROM patient_slot WHERE visit_id = NEW.id AND slot = NEW.starts_at / 300 + n);
  INSERT INTO visit_slot (resource_id, slot, visit_id)
    SELECT r.resource_id, NEW.busy_from / 300 + n, NEW.id FROM visit_resource r, tick
    WHERE r.visit_id = NEW.id AND n < (NEW.busy_until - NEW.busy_from) / 300
      AND (SELECT takes FROM visit_status WHERE status = NEW.status) = 1
      AND NOT EXISTS (SELECT 1 FROM visit_slot WHERE resource_id = r.resource_id AND slot = NEW.busy_from / 300 + n
                      AND visit_id = NEW.id);
  SELECT RAISE (ABORT, 'slot-taken')
    WHERE (SELECT takes FROM visit_status WHERE status = NEW.status) = 1
      AND ((SELECT count (*) FROM patient_slot WHERE visit_id = NEW.id) <> (NEW.ends_at - NEW.starts_at) / 300
        OR (SELECT count (*) FROM visit_slot WHERE visit_id = NEW.id)
           <> (SELECT count (*) FROM visit_resource WHERE visit_id = NEW.id) * (NEW.busy_until - NEW.busy_from) / 300);
END;
CREATE TRIGGER visit_resource_new AFTER INSERT ON visit_resource
WHEN (SELECT s.takes FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = NEW.visit_id) = 1
BEGIN
  INSERT INTO visit_slot (resource_id, slot, visit_id)
    SELECT NEW.resource_id, v.busy_from / 300 + n, v.id FROM visit v, tick
    WHERE v.id = NEW.visit_id AND n < (v.busy_until - v.busy_from) / 300;
  SELECT RAISE (ABORT, 'slot-taken')
    WHERE (SELECT count (*) FROM visit_slot WHERE visit_id = NEW.visit_id AND resource_id = NEW.resource_id)
          <> (SELECT (busy_until - busy_from) / 300 FROM visit WHERE id = NEW.visit_id);
END;
CREATE TRIGGER visit_resource_gone AFTER DELETE ON visit_resource
BEGIN DELETE FROM visit_slot WHERE visit_id = OLD.visit_id AND resource_id = OLD.resource_id; END;
CREATE TRIGGER visit_resource_fixed BEFORE UPDATE ON visit_resource
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

-- ── what a new clinic begins with ───────────────────────────────────────────────────────────────

INSERT INTO counter (name, next) VALUES ('chart', 1), ('collection', 1), ('lot', 1), ('letter', 1);

INSERT INTO visit_type (code, name, name_ja, minutes, before, after, needs, remote, position) VALUES
  ('remote',       'Remote consultation', 'オンライン相談',   30,  0,  0, 'staff', 1, 1),
  ('consultation', 'Consultation',        '診察',             30,  0,  0, 'room,staff', 0, 2),
  ('viral_test',   'Viral test',          '感染症検査',       15,  0,  5, 'chair', 0, 3),
  ('blood_draw',   'Blood draw',          '採血',             30,  5, 10, 'chair', 0, 4),
  ('apheresis',    'Apheresis',           'アフェレーシス',  180, 15, 15, 'chair', 0, 5),
  ('infusion',     'Infusion',            '点滴投与',         60, 15, 15, 'chair', 0, 6),
  ('follow_up',    'Follow-up',           '経過観察',         30,  0,  0, 'room,staff', 0, 7);
