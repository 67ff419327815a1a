-- Schema step 2: patients and the papers that come in.
-- As in step 1: what must never be true cannot be said here, whatever program writes. Days are ISO texts, instants
-- UTC seconds, booleans 0/1. Refusals raise a code.

-- ── patients ────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE patient ADD COLUMN former     TEXT NOT NULL DEFAULT '';  -- former names, as they were
ALTER TABLE patient ADD COLUMN occupation TEXT NOT NULL DEFAULT '';  -- for the visa papers
ALTER TABLE patient ADD COLUMN photo      TEXT NOT NULL DEFAULT '';  -- digest of a picture among the contents
ALTER TABLE patient ADD COLUMN merged_into INTEGER REFERENCES patient (id); -- set while the record is merged away

CREATE INDEX patient_by_passport ON patient (passport) WHERE passport <> '';
CREATE INDEX patient_by_email ON patient (lower (email)) WHERE email <> '';
CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL;

-- Two records somebody looked at and found to be two people.
CREATE TABLE not_same (
  a_id  INTEGER NOT NULL REFERENCES patient (id),
  b_id  INTEGER NOT NULL REFERENCES patient (id),
  at    INTEGER NOT NULL,
  by_id INTEGER REFERENCES staff (id),
  PRIMARY KEY (a_id, b_id),
  CHECK (a_id < b_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX not_same_of ON not_same (b_id);

-- A merge: the loser's record stays, marked; what moved is written down row by row, so that it can be moved back.
-- While it is under way "moving" points into a table that is always empty, so it cannot be committed half done.
CREATE TABLE merge_under_way (n INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER merge_under_way_none BEFORE INSERT ON merge_under_way BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

CREATE TABLE merge (
  id          INTEGER PRIMARY KEY,
  loser_id    INTEGER NOT NULL REFERENCES patient (id),
  winner_id   INTEGER NOT NULL REFERENCES patient (id),
  at          INTEGER NOT NULL,
  approved_by INTEGER NOT NULL REFERENCES staff (id),
  second_by   INTEGER REFERENCES staff (id),     -- needed where both have cells
  undone_at   INTEGER,
  undone_by   INTEGER REFERENCES staff (id),
  undone_second INTEGER REFERENCES staff (id),
  moving      INTEGER REFERENCES merge_under_way (n) DEFERRABLE INITIALLY DEFERRED,
  CHECK (moving = 1),
  CHECK (loser_id <> winner_id),
  CHECK (second_by IS NULL OR second_by <> approved_by),
  CHECK (undone_second IS NULL OR undone_second <> undone_by),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  CHECK (undone_second IS NULL OR undone_at IS NOT NULL),
  CHECK (undone_at >= at)
) STRICT;

CREATE INDEX merge_moving ON merge (moving) WHERE moving IS NOT NULL;
CREATE UNIQUE INDEX merge_open ON merge (loser_id) WHERE undone_at IS NULL;
CREATE INDEX merge_loser ON merge (loser_id);
CREATE INDEX merge_winner ON merge (winner_id);

CREATE TABLE merge_moved (
  merge_id INTEGER NOT NULL REFERENCES merge (id),
  what     TEXT    NOT NULL,                     -- the table
  row_id   INTEGER NOT NULL,
  PRIMARY KEY (merge_id, what, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merge_moved_row ON merge_moved (what, row_id);

-- The holds that a change of owner puts on units, and how far their labels had come by then.
CREATE TABLE merge_label (
  hold_id   INTEGER PRIMARY KEY REFERENCES hold (id),
  unit_id   INTEGER NOT NULL REFERENCES unit (id),
  merge_id  INTEGER NOT NULL REFERENCES merge (id),
  label_seq INTEGER NOT NULL
) STRICT;

CREATE INDEX merge_label_of ON merge_label (unit_id);
CREATE INDEX merge_label_by ON merge_label (merge_id);

CREATE TABLE merge_field (
  merge_id INTEGER NOT NULL REFERENCES merge (id),
  field    TEXT    NOT NULL,                     -- of the winner
  before   TEXT    NOT NULL,
  after    TEXT    NOT NULL,
  PRIMARY KEY (merge_id, field)
) STRICT, WITHOUT ROWID;

-- A promise between what goes back and what stays, released since: it can be of neither, and is kept in these words.
CREATE TABLE merge_promise (
  reservation_id INTEGER PRIMARY KEY,            -- as it was
  merge_id       INTEGER NOT NULL REFERENCES merge (id),
  unit_id        INTEGER NOT NULL REFERENCES unit (id),
  visit_id       INTEGER NOT NULL REFERENCES visit (id),
  opened_at      INTEGER NOT NULL,
  opened_by      INTEGER NOT NULL REFERENCES staff (id),
  closed_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX merge_promise_by ON merge_promise (merge_id);
CREATE INDEX merge_promise_unit ON merge_promise (unit_id);
CREATE INDEX merge_promise_visit ON merge_promise (visit_id);

-- People who come along: they have papers of their own and stand on the visa papers.
CREATE TABLE companion (
  id             INTEGER PRIMARY KEY,
  patient_id     INTEGER NOT NULL REFERENCES patient (id),
  family         TEXT    NOT NULL CHECK (family <> ''),
  given          TEXT    NOT NULL DEFAULT '',
  native         TEXT    NOT NULL DEFAULT '',
  sex            TEXT    NOT NULL DEFAULT 'X' CHECK (sex IN ('F', 'M', 'X')),
  birth          TEXT    NOT NULL DEFAULT '',
  nationality    TEXT    NOT NULL DEFAULT '',
  passport       TEXT    NOT NULL DEFAULT '',
  passport_until TEXT    NOT NULL DEFAULT '',
  relation       TEXT    NOT NULL DEFAULT 'other'
                         CHECK (relation IN ('spouse', 'parent', 'child', 'sibling', 'relative', 'friend', 'carer', 'interpreter', 'agent', 'other')),
  phone          TEXT    NOT NULL DEFAULT '',
  email          TEXT    NOT NULL DEFAULT '',
  languages      TEXT    NOT NULL DEFAULT '',
  may_be_told    INTEGER NOT NULL DEFAULT 0 CHECK (may_be_told IN (0, 1)), -- about the patient's health
  note           TEXT    NOT NULL DEFAULT '',
  removed_at     INTEGER,                        -- no longer comes along; the row stays
  version        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id)
) STRICT;

CREATE INDEX companion_of ON companion (patient_id);

-- A stay in Japan. Exempt days, the permission stamped at landing, the validity of a visa and the stay a visa
-- grants are four things (facts/often-wrong.md 3) and have a column each.
CREATE TABLE trip (
  id              INTEGER PRIMARY KEY,
  patient_id      INTEGER NOT NULL REFERENCES patient (id),
  route           TEXT    NOT NULL DEFAULT 'unknown'
                          CHECK (route IN ('unknown', 'exempt', 'short_visa', 'medical_visa', 'coe', 'resident')),
  planned_entry   TEXT    NOT NULL DEFAULT '',
  planned_departure TEXT  NOT NULL DEFAULT '',
  entered_on      TEXT    NOT NULL DEFAULT '',
  departed_on     TEXT    NOT NULL DEFAULT '',
  departure_reported_on TEXT NOT NULL DEFAULT '', -- the guarantor's report was made
  exempt_days     INTEGER NOT NULL DEFAULT 0 CHECK (exempt_days BETWEEN 0 AND 366),  -- as the table said when the trip was planned
  condition_met   INTEGER NOT NULL DEFAULT 0 CHECK (condition_met IN (0, 1)),        -- the passport condition of the exemption was looked at
  permitted_days  INTEGER NOT NULL DEFAULT 0 CHECK (permitted_days BETWEEN 0 AND 366), -- stamped at landing
  permitted_until TEXT    NOT NULL DEFAULT '',                                       -- stamped at landing
  visa_number     TEXT    NOT NULL DEFAULT '',
  visa_issued_on  TEXT    NOT NULL DEFAULT '',
  visa_until      TEXT    NOT NULL DEFAULT '',   -- enter by
  visa_entries    TEXT    NOT NULL DEFAULT '' CHECK (visa_entries IN ('', 'single', 'multiple')),
  visa_days       INTEGER NOT NULL DEFAULT 0 CHECK (visa_days BETWEEN 0 AND 366),    -- stay the visa grants
  coe_number      TEXT    NOT NULL DEFAULT '',
  mission         TEXT    NOT NULL DEFAULT '',   -- embassy or consulate the visa is asked at
  hospitalised    INTEGER NOT NULL DEFAULT 0 CHECK (hospitalised IN (0, 1)),
  guarantor       TEXT    NOT NULL DEFAULT '',
  guarantor_list  TEXT    NOT NULL DEFAULT '' CHECK (guarantor_list IN ('', 'A', 'B')),
  guarantor_number TEXT   NOT NULL DEFAULT '',
  guarantor_address TEXT  NOT NULL DEFAULT '',
  guarantor_contact TEXT  NOT NULL DEFAULT '',
  guarantor_checked_on TEXT NOT NULL DEFAULT '', -- when somebody last looked at the public list
  note            TEXT    NOT NULL DEFAULT '',
  cancelled_at    INTEGER,
  version         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id),
  CHECK (planned_departure = '' OR planned_entry = '' OR planned_departure >= planned_entry),
  CHECK (departed_on = '' OR (entered_on <> '' AND departed_on >= entered_on)),
  CHECK (departure_reported_on = '' OR departed_on <> '')
) STRICT;

CREATE INDEX trip_of ON trip (patient_id, planned_entry);
CREATE INDEX trip_in_japan ON trip (entered_on) WHERE entered_on <> '' AND departed_on = '';
CREATE INDEX trip_planned ON trip (planned_departure) WHERE entered_on = '' AND cancelled_at IS NULL AND planned_departure <> '';

CREATE TABLE trip_companion (
  trip_id      INTEGER NOT NULL,
  companion_id INTEGER NOT NULL,
  patient_id   INTEGER NOT NULL,
  PRIMARY KEY (trip_id, companion_id),
  FOREIGN KEY (trip_id, patient_id) REFERENCES trip (id, patient_id),
  FOREIGN KEY (companion_id, patient_id) REFERENCES companion (id, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX trip_companion_of ON trip_companion (companion_id);

-- Who comes along and who stayed for how long is told again years later: neither is deleted.
CREATE TRIGGER companion_kept BEFORE DELETE ON companion BEGIN SELECT RAISE (ABORT, 'companion-kept'); END;
CREATE TRIGGER trip_kept BEFORE DELETE ON trip BEGIN SELECT RAISE (ABORT, 'trip-kept'); END;

-- The clinic's own table of visa exemptions; while there is no source, the one built in (data/visa-exemption.csv) holds.
CREATE TABLE exemption_source (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  name  TEXT    NOT NULL,                        -- of the file, never a path
  at    INTEGER NOT NULL,
  by_id INTEGER REFERENCES staff (id)
) STRICT;

CREATE TABLE exemption (
  source      INTEGER NOT NULL DEFAULT 1 REFERENCES exemption_source (id) ON DELETE CASCADE,
  nationality TEXT    NOT NULL PRIMARY KEY CHECK (length (nationality) = 3),
  mrz         TEXT    NOT NULL,                  -- codes the machine-readable zone prints, joined by +
  days        INTEGER NOT NULL CHECK (days BETWEEN 1 AND 366),
  extension   INTEGER NOT NULL DEFAULT 0 CHECK (extension BETWEEN 0 AND 12), -- months
  requires    TEXT    NOT NULL DEFAULT '',       -- conditions, joined by +
  confidence  TEXT    NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
  as_of       TEXT    NOT NULL,
  note        TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX exemption_of ON exemption (source);

-- ── papers ──────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE document ADD COLUMN part_of    INTEGER REFERENCES document (id);  -- the original of a translation or its certificate
ALTER TABLE document ADD COLUMN part       TEXT NOT NULL DEFAULT '' CHECK (part IN ('', 'translation', 'certificate', 'page'));
ALTER TABLE document ADD COLUMN supersedes INTEGER REFERENCES document (id);
ALTER TABLE document ADD COLUMN reason     TEXT NOT NULL DEFAULT '';          -- why rejected or unreadable
ALTER TABLE document ADD COLUMN source     TEXT NOT NULL DEFAULT '';          -- hospital or laboratory it comes from
ALTER TABLE document ADD COLUMN due_on     TEXT NOT NULL DEFAULT '';          -- when a requested one is expected
ALTER TABLE document ADD COLUMN translator TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN pages      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN link       TEXT NOT NULL DEFAULT '';          -- where it lies when it is only a link

ALTER TABLE document ADD COLUMN by_merge   INTEGER NOT NULL DEFAULT 0;        -- the merge that brought what the patient had already

DROP INDEX document_once;
CREATE UNIQUE INDEX document_once ON document (patient_id, digest, by_merge) WHERE digest <> '';
CREATE INDEX document_parts ON document (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX document_newer ON document (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX document_by_state ON document (state, received_at DESC);
CREATE INDEX document_by_digest ON document (digest) WHERE digest <> '';

CREATE TRIGGER document_reason_new BEFORE INSERT ON document WHEN NEW.state = 'rejected' AND NEW.reason = ''
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;
-- Papers that were rejected before there was a place for the reason may lie as they are.
CREATE TRIGGER document_reason BEFORE UPDATE ON document
WHEN NEW.state = 'rejected' AND NEW.reason = '' AND (OLD.state <> 'rejected' OR OLD.reason <> '')
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;
-- A translation belongs to a paper of the same patient, and is not itself an original.
CREATE TRIGGER document_part_new BEFORE INSERT ON document WHEN NEW.part_of IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.part_of AND patient_id = NEW.patient_id AND part_of IS NULL)
BEGIN SELECT RAISE (ABORT, 'part-of-another'); END;
-- The audit refers to papers by their ids: that of one taken back is never given again.
CREATE TRIGGER document_gone AFTER DELETE ON document
BEGIN
  INSERT INTO counter (name, next) VALUES ('document', OLD.id + 1)
    ON CONFLICT (name) DO UPDATE SET next = excluded.next WHERE excluded.next > counter.next;
END;
CREATE TRIGGER document_id_new AFTER INSERT ON document WHEN NEW.id < (SELECT next FROM counter WHERE name = 'document')
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

-- A paper that is many files (a study of pictures): the document's digest is then that of the list of these.
CREATE TABLE document_file (
  document_id INTEGER NOT NULL REFERENCES document (id),
  position    INTEGER NOT NULL CHECK (position >= 1),
  name        TEXT    NOT NULL DEFAULT '',       -- as it was called outside; never a path
  digest      TEXT    NOT NULL CHECK (length (digest) = 64),
  bytes       INTEGER NOT NULL,
  media_type  TEXT    NOT NULL,
  PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_file_by_digest ON document_file (digest);

-- Pictures of a disc, one row a study.
CREATE TABLE study (
  id           INTEGER PRIMARY KEY,
  document_id  INTEGER NOT NULL UNIQUE REFERENCES document (id),
  uid          TEXT    NOT NULL,
  studied_on   TEXT    NOT NULL DEFAULT '',
  modalities   TEXT    NOT NULL DEFAULT '',      -- CT,PT
  body_part    TEXT    NOT NULL DEFAULT '',
  description  TEXT    NOT NULL DEFAULT '',
  hospital     TEXT    NOT NULL DEFAULT '',
  disc_name    TEXT    NOT NULL DEFAULT '',      -- the patient as the disc has it: alphabetic=ideographic=phonetic
  disc_id      TEXT    NOT NULL DEFAULT '',      -- the foreign hospital's number, never ours
  disc_birth   TEXT    NOT NULL DEFAULT '',
  disc_sex     TEXT    NOT NULL DEFAULT '',
  series       INTEGER NOT NULL DEFAULT 0,
  images       INTEGER NOT NULL DEFAULT 0,
  accepted_difference TEXT NOT NULL DEFAULT ''   -- what differed from the chart and who filed it all the same
) STRICT;

CREATE INDEX study_by_uid ON study (uid);

-- What came in and is not filed yet.
CREATE TABLE inbox (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL,                  -- as it was called outside, made harmless; never a path
  came_by     TEXT    NOT NULL DEFAULT 'file' CHECK (came_by IN ('file', 'drop', 'paste', 'disc', 'link')),
  media_type  TEXT    NOT NULL DEFAULT '',
  digest      TEXT    NOT NULL DEFAULT '',
  bytes       INTEGER NOT NULL DEFAULT 0,
  link        TEXT    NOT NULL DEFAULT '',
  received_at INTEGER NOT NULL,
  note        TEXT    NOT NULL DEFAULT '',
  warning     TEXT    NOT NULL DEFAULT '',       -- codes: extension-differs, …
  detail      TEXT    NOT NULL DEFAULT '',       -- of a study: what the disc says, as the scan wrote it
  document_id INTEGER REFERENCES document (id),  -- once filed
  put_aside_at INTEGER,                          -- thrown out, and can be brought back
  version     INTEGER NOT NULL DEFAULT 1,
  CHECK (digest <> '' OR link <> '')
) STRICT;

CREATE INDEX inbox_waiting ON inbox (received_at DESC, id) WHERE document_id IS NULL AND put_aside_at IS NULL;
CREATE INDEX inbox_by_digest ON inbox (digest) WHERE digest <> '';
CREATE INDEX inbox_filed ON inbox (document_id) WHERE document_id IS NOT NULL;

-- As of document: ids never come again.
CREATE TRIGGER inbox_gone AFTER DELETE ON inbox
BEGIN
  INSERT INTO counter (name, next) VALUES ('inbox', OLD.id + 1)
    ON CONFLICT (name) DO UPDATE SET next = excluded.next WHERE excluded.next > counter.next;
END;
CREATE TRIGGER inbox_id_new AFTER INSERT ON inbox WHEN NEW.id < (SELECT next FROM counter WHERE name = 'inbox')
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

CREATE TABLE inbox_file (
  inbox_id   INTEGER NOT NULL REFERENCES inbox (id),
  position   INTEGER NOT NULL CHECK (position >= 1),
  name       TEXT    NOT NULL DEFAULT '',
  digest     TEXT    NOT NULL CHECK (length (digest) = 64),
  bytes      INTEGER NOT NULL,
  media_type TEXT    NOT NULL,
  PRIMARY KEY (inbox_id, position)
) STRICT, WITHOUT ROWID;

-- ── the laboratory ──────────────────────────────────────────────────────────────────────────────

CREATE TABLE lab_report (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  document_id  INTEGER REFERENCES document (id), -- the paper it was read from
  laboratory   TEXT    NOT NULL DEFAULT '',
  number       TEXT    NOT NULL DEFAULT '',      -- the laboratory's
  collected_on TEXT    NOT NULL,                 -- the day of the specimen: what age counts from
  came_by      TEXT    NOT NULL CHECK (came_by IN ('hand', 'hl7', 'csv')),
  source_id    TEXT    NOT NULL DEFAULT '',      -- MSH-10 or the digest of the file: the same twice is noticed
  entered_at   INTEGER NOT NULL,
  entered_by   INTEGER REFERENCES staff (id),
  withdrawn_at INTEGER,                          -- an import taken back
  version      INTEGER NOT NULL DEFAULT 1,
  UNIQUE (id, patient_id)
) STRICT;

CREATE INDEX lab_report_of ON lab_report (patient_id, collected_on);
CREATE INDEX lab_report_from ON lab_report (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX lab_report_source ON lab_report (source_id) WHERE source_id <> '';

-- Values as the laboratory wrote them: the text of a number is never rounded, the comparator is kept, the range is
-- that of the laboratory that ran the test. Corrected by a newer row, never edited.
CREATE TABLE lab_value (
  id          INTEGER PRIMARY KEY,
  report_id   INTEGER NOT NULL,
  patient_id  INTEGER NOT NULL,
  test        TEXT    NOT NULL DEFAULT '',       -- our code (facts: wbc, cea, hbsag …), empty when unknown
  loinc       TEXT    NOT NULL DEFAULT '',
  local_code  TEXT    NOT NULL DEFAULT '',
  name        TEXT    NOT NULL DEFAULT '',       -- as the laboratory calls it
  comparator  TEXT    NOT NULL DEFAULT '' CHECK (comparator IN ('', '<', '<=', '>', '>=')),
  value       TEXT    NOT NULL,
  unit        TEXT    NOT NULL DEFAULT '',
  range_text  TEXT    NOT NULL DEFAULT '',
  flag        TEXT    NOT NULL DEFAULT '',       -- HL7 table 0078 as sent
  status      TEXT    NOT NULL DEFAULT 'F' CHECK (status IN ('P', 'F', 'C', 'X', 'D')),
  outcome     TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'nonreactive', 'reactive', 'indeterminate')),
  note        TEXT    NOT NULL DEFAULT '',
  supersedes  INTEGER REFERENCES lab_value (id),
  FOREIGN KEY (report_id, patient_id) REFERENCES lab_report (id, patient_id) ON UPDATE CASCADE -- a merge moves reports
) STRICT;

CREATE INDEX lab_value_in ON lab_value (report_id);
CREATE INDEX lab_value_of ON lab_value (patient_id, test);
CREATE INDEX lab_value_newer ON lab_value (supersedes) WHERE supersedes IS NOT NULL;

CREATE TRIGGER lab_report_fixed BEFORE UPDATE OF id, laboratory, number, collected_on, came_by, source_id, entered_at, entered_by ON lab_report
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lab_report_withdrawn BEFORE UPDATE OF withdrawn_at ON lab_report WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lab_report_kept BEFORE DELETE ON lab_report BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lab_value_stays BEFORE UPDATE OF report_id ON lab_value WHEN NEW.report_id <> OLD.report_id
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lab_value_fixed BEFORE UPDATE OF id, test, loinc, local_code, name, comparator, value, unit, range_text, flag,
  status, outcome, note, supersedes ON lab_value
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lab_value_kept BEFORE DELETE ON lab_value BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- A correction is of the same patient and test, and one value has one correction, unless that was withdrawn.
CREATE TRIGGER lab_value_corrects BEFORE INSERT ON lab_value WHEN NEW.supersedes IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'wrong-patient') FROM lab_value WHERE id = NEW.supersedes AND patient_id <> NEW.patient_id;
  SELECT RAISE (ABORT, 'another-test') FROM lab_value WHERE id = NEW.supersedes AND test <> NEW.test;
  SELECT RAISE (ABORT, 'superseded') FROM lab_value v JOIN lab_report r ON r.id = v.report_id
    WHERE v.supersedes = NEW.supersedes AND r.withdrawn_at IS NULL;
END;

-- A reactive viral test marks the patient's material until a physician says otherwise, with a reason. Set by the
-- trigger, so that no road by which a result comes in can leave it out.
CREATE TABLE biohazard (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  agent      TEXT    NOT NULL,                   -- our code of the test
  value_id   INTEGER REFERENCES lab_value (id),  -- NULL when told otherwise than by a value
  since      INTEGER NOT NULL,
  cleared_at INTEGER,
  cleared_by INTEGER REFERENCES staff (id),
  reason     TEXT    NOT NULL DEFAULT '',
  by_merge   INTEGER NOT NULL DEFAULT 0,        -- as of document
  CHECK ((cleared_at IS NULL) = (cleared_by IS NULL)),
  CHECK (cleared_at IS NULL OR trim (reason) <> '')
) STRICT;

CREATE INDEX biohazard_of ON biohazard (patient_id);
CREATE INDEX biohazard_from ON biohazard (value_id) WHERE value_id IS NOT NULL;
CREATE UNIQUE INDEX biohazard_open ON biohazard (patient_id, agent, by_merge) WHERE cleared_at IS NULL;

CREATE TRIGGER lab_value_reactive AFTER INSERT ON lab_value
WHEN NEW.outcome = 'reactive' AND NEW.status IN ('P', 'F', 'C') AND NEW.test IN ('hiv', 'hbsag', 'antihbc', 'hcvab', 'htlv', 'rpr', 'tpha')
 AND NOT EXISTS (SELECT 1 FROM biohazard WHERE patient_id = NEW.patient_id AND agent = NEW.test AND cleared_at IS NULL)
BEGIN
  INSERT INTO biohazard (patient_id, agent, value_id, since)
    SELECT NEW.patient_id, NEW.test, NEW.id, entered_at FROM lab_report WHERE id = NEW.report_id;
END;
-- Only clearing changes a mark; and a merge, which moves it with its patient.
CREATE TRIGGER biohazard_fixed BEFORE UPDATE OF id, agent, value_id, since, cleared_at, cleared_by, reason ON biohazard
WHEN OLD.cleared_at IS NOT NULL OR NEW.cleared_at IS NULL OR NEW.id <> OLD.id OR NEW.agent <> OLD.agent
  OR NEW.value_id IS NOT OLD.value_id OR NEW.since <> OLD.since
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER biohazard_by BEFORE UPDATE OF cleared_by ON biohazard
WHEN NEW.cleared_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.cleared_by AND role = 'physician' AND active = 1)
BEGIN SELECT RAISE (ABORT, 'physician-needed'); END;
CREATE TRIGGER biohazard_kept BEFORE DELETE ON biohazard BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- ── gates ───────────────────────────────────────────────────────────────────────────────────────

-- What the clinic's own plan says differently from the table of rules (domain/desk-gate.c).
CREATE TABLE gate_setting (
  rule   TEXT    PRIMARY KEY,
  months INTEGER NOT NULL DEFAULT -1 CHECK (months BETWEEN -1 AND 120), -- -1: as the table says; 0: no limit
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  reason TEXT    NOT NULL DEFAULT '' CHECK (length (reason) <= 120), -- the plan's own
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE acceptance (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  accepted    INTEGER NOT NULL CHECK (accepted IN (0, 1)), -- 0: declined
  at          INTEGER NOT NULL,
  by_id       INTEGER NOT NULL REFERENCES staff (id),
  reason      TEXT    NOT NULL DEFAULT '',
  CHECK (accepted = 1 OR reason <> '')
) STRICT;

CREATE INDEX acceptance_of ON acceptance (patient_id, id);

CREATE TRIGGER acceptance_by BEFORE INSERT ON acceptance
WHEN NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.by_id AND role = 'physician' AND active = 1)
BEGIN SELECT RAISE (ABORT, 'physician-needed'); END;
-- Decisions stay as they were made; only a merge of two records takes them along.
CREATE TRIGGER acceptance_fixed BEFORE UPDATE ON acceptance
WHEN NEW.id <> OLD.id OR NEW.accepted <> OLD.accepted OR NEW.at <> OLD.at OR NEW.by_id <> OLD.by_id OR NEW.reason <> OLD.reason
  OR (NEW.patient_id <> OLD.patient_id AND NOT EXISTS (SELECT 1 FROM merge
      WHERE (loser_id = OLD.patient_id AND winner_id = NEW.patient_id) OR (loser_id = NEW.patient_id AND winner_id = OLD.patient_id)))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER acceptance_kept BEFORE DELETE ON acceptance BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TABLE gate_override (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  gate       TEXT    NOT NULL CHECK (gate IN ('accept', 'draw', 'release', 'infuse')),
  rule       TEXT    NOT NULL CHECK (rule NOT IN ('identity', 'birth', 'passport', 'label')), -- who and whose: nobody overrides
  reason     TEXT    NOT NULL CHECK (reason <> ''),
  at         INTEGER NOT NULL,
  by_id      INTEGER NOT NULL REFERENCES staff (id),
  until      TEXT    NOT NULL DEFAULT '',        -- last day it holds; empty for no end
  revoked_at INTEGER,
  revoked_by INTEGER REFERENCES staff (id),
  by_merge   INTEGER NOT NULL DEFAULT 0,        -- as of document
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
) STRICT;

CREATE INDEX gate_override_of ON gate_override (patient_id);
CREATE UNIQUE INDEX gate_override_one ON gate_override (patient_id, gate, rule, by_merge) WHERE revoked_at IS NULL;

CREATE TRIGGER gate_override_by BEFORE INSERT ON gate_override
WHEN NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.by_id AND role = 'physician' AND active = 1)
BEGIN SELECT RAISE (ABORT, 'physician-needed'); END;
CREATE TRIGGER gate_override_fixed BEFORE UPDATE ON gate_override
WHEN (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NOT OLD.revoked_at OR NEW.revoked_by IS NOT OLD.revoked_by))
  OR NEW.id <> OLD.id OR NEW.gate <> OLD.gate OR NEW.rule <> OLD.rule OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at
  OR NEW.by_id <> OLD.by_id OR NEW.until <> OLD.until
  OR (NEW.patient_id <> OLD.patient_id AND NOT EXISTS (SELECT 1 FROM merge
      WHERE (loser_id = OLD.patient_id AND winner_id = NEW.patient_id) OR (loser_id = NEW.patient_id AND winner_id = OLD.patient_id)))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER gate_override_kept BEFORE DELETE ON gate_override BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What a patient was asked for, as it was written.
CREATE TABLE chase (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  came_by    TEXT    NOT NULL CHECK (came_by IN ('mail', 'letter', 'copy')),
  language   TEXT    NOT NULL,
  items      TEXT    NOT NULL,                   -- codes, comma separated
  body       TEXT    NOT NULL
) STRICT;

CREATE INDEX chase_of ON chase (patient_id, at);
CREATE TRIGGER chase_fixed BEFORE UPDATE OF at, by_id, came_by, language, items, body ON chase
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER chase_kept BEFORE DELETE ON chase BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- ── import of patients ──────────────────────────────────────────────────────────────────────────

CREATE TABLE import_mapping (
  header  TEXT    PRIMARY KEY,                   -- the folded header line it was made for
  mapping TEXT    NOT NULL,                      -- target=column lines
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
  id        INTEGER PRIMARY KEY,
  source    TEXT    NOT NULL,                    -- the file's name, never a path
  digest    TEXT    NOT NULL,                    -- the same file twice is noticed
  patients  INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  by_id     INTEGER REFERENCES staff (id),
  undone_at INTEGER,
  undone_by INTEGER REFERENCES staff (id)
) STRICT;

CREATE TABLE import_row (
  batch_id   INTEGER NOT NULL REFERENCES import_batch (id),
  patient_id INTEGER NOT NULL,
  line       INTEGER NOT NULL,
  PRIMARY KEY (batch_id, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_row_of ON import_row (patient_id);

CREATE TRIGGER import_batch_fixed BEFORE UPDATE ON import_batch
WHEN OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.id <> OLD.id OR NEW.source <> OLD.source
  OR NEW.digest <> OLD.digest OR NEW.patients <> OLD.patients OR NEW.at <> OLD.at OR NEW.by_id IS NOT OLD.by_id
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER import_batch_kept BEFORE DELETE ON import_batch BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER import_row_fixed BEFORE UPDATE ON import_row BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER import_row_kept BEFORE DELETE ON import_row BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER import_row_new BEFORE INSERT ON import_row
WHEN EXISTS (SELECT 1 FROM import_batch WHERE id = NEW.batch_id AND undone_at IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM patient WHERE id = NEW.patient_id AND version = 1)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Patients stay, but for those of an import that is being taken back and whom nobody has touched since; foreign
-- keys hold everybody who has anything.
DROP TRIGGER patient_kept;
CREATE TRIGGER patient_kept BEFORE DELETE ON patient
WHEN OLD.version <> 1
  OR NOT EXISTS (SELECT 1 FROM import_row r JOIN import_batch b ON b.id = r.batch_id
                 WHERE r.patient_id = OLD.id AND b.undone_at IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'patient-kept'); END;

-- ── the key to the contents ─────────────────────────────────────────────────────────────────────

-- The key lies here wrapped by the passphrase (src/vault); of the sample clinic it lies open.
CREATE TABLE vault (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  kdf     TEXT    NOT NULL CHECK (kdf IN ('argon2id', 'open')),
  ops     INTEGER NOT NULL DEFAULT 0,
  memory  INTEGER NOT NULL DEFAULT 0,            -- bytes
  salt    TEXT    NOT NULL DEFAULT '',
  wrapped TEXT    NOT NULL CHECK (wrapped <> ''),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (kdf = 'open' OR (ops > 0 AND memory > 0 AND salt <> ''))
) STRICT;

-- Without this row no content can ever be read again; and what was closed is not laid open.
CREATE TRIGGER vault_kept BEFORE DELETE ON vault BEGIN SELECT RAISE (ABORT, 'vault-kept'); END;
CREATE TRIGGER vault_closed BEFORE UPDATE ON vault WHEN OLD.kdf = 'argon2id' AND NEW.kdf = 'open'
BEGIN SELECT RAISE (ABORT, 'vault-kept'); END;

-- ── merging: who may change owner, and when ─────────────────────────────────────────────────────

-- The rows that may change owner now, from whom to whom: those written down for a merge that is under way, or for
-- one that is being taken back.
CREATE VIEW merge_move AS
  SELECT m.id AS merge_id, d.what, d.row_id, m.undone_at IS NOT NULL AS back,
         CASE WHEN m.undone_at IS NULL THEN m.loser_id ELSE m.winner_id END AS from_id,
         CASE WHEN m.undone_at IS NULL THEN m.winner_id ELSE m.loser_id END AS to_id
  FROM merge m JOIN merge_moved d ON d.merge_id = m.id WHERE m.moving = 1;

CREATE INDEX lot_of_collection ON lot (collection_id);
CREATE INDEX reservation_of_unit ON reservation (unit_id);
CREATE INDEX trip_companion_for ON trip_companion (patient_id);

CREATE TRIGGER merge_begins BEFORE INSERT ON merge
BEGIN
  SELECT RAISE (ABORT, 'merge-step') WHERE NEW.moving IS NULL OR NEW.undone_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM merge WHERE moving = 1); -- two at once could bring cells together past the second person
  SELECT RAISE (ABORT, 'merged-already')
    WHERE EXISTS (SELECT 1 FROM patient WHERE id IN (NEW.loser_id, NEW.winner_id) AND merged_into IS NOT NULL);
  SELECT RAISE (ABORT, 'staff-not-active')
    WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.approved_by, NEW.second_by) AND active = 0);
  SELECT RAISE (ABORT, 'second-person-needed')
    WHERE NEW.second_by IS NULL
      AND (EXISTS (SELECT 1 FROM collection WHERE patient_id = NEW.loser_id) OR EXISTS (SELECT 1 FROM lot WHERE patient_id = NEW.loser_id)
           OR EXISTS (SELECT 1 FROM unit WHERE patient_id = NEW.loser_id))
      AND (EXISTS (SELECT 1 FROM collection WHERE patient_id = NEW.winner_id) OR EXISTS (SELECT 1 FROM lot WHERE patient_id = NEW.winner_id)
           OR EXISTS (SELECT 1 FROM unit WHERE patient_id = NEW.winner_id));
  SELECT RAISE (ABORT, 'cells-on-their-way')
    WHERE EXISTS (SELECT 1 FROM unit WHERE patient_id IN (NEW.loser_id, NEW.winner_id)
                  AND life IN ('picked', 'thawing', 'thawed', 'at_bedside', 'infusing'));
END;

-- Promises of a dose of the one for a visit of the other, made since. One that stands is an obstacle; one that was
-- released is kept in words.
CREATE VIEW merge_crossing AS
  SELECT m.id AS merge_id, r.id, r.unit_id, r.visit_id, r.opened_at, r.opened_by, r.closed_at
  FROM merge m JOIN reservation r ON r.patient_id = m.winner_id
  JOIN unit u ON u.id = r.unit_id JOIN lot l ON l.id = u.lot_id JOIN visit v ON v.id = r.visit_id
  WHERE EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'collection' AND d.row_id = l.collection_id)
    <> (EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'visit' AND d.row_id = v.id)
        OR EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'course' AND d.row_id = v.course_id));

CREATE TRIGGER merge_promise_begins BEFORE INSERT ON merge_promise
WHEN NEW.reservation_id IN (SELECT reservation_id FROM merge_promise)
  OR NOT EXISTS (SELECT 1 FROM merge m JOIN merge_crossing c ON c.merge_id = m.id
                 WHERE m.id = NEW.merge_id AND m.moving = 1 AND m.undone_at IS NOT NULL AND c.closed_at IS NOT NULL
                   AND (c.id, c.unit_id, c.visit_id, c.opened_at, c.opened_by, c.closed_at)
                     = (NEW.reservation_id, NEW.unit_id, NEW.visit_id, NEW.opened_at, NEW.opened_by, NEW.closed_at))
BEGIN SELECT RAISE (ABORT, 'merge-step'); END;
CREATE TRIGGER merge_promise_fixed BEFORE UPDATE ON merge_promise BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_promise_kept BEFORE DELETE ON merge_promise BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
DROP TRIGGER reservation_kept;
CREATE TRIGGER reservation_kept BEFORE DELETE ON reservation
WHEN NOT EXISTS (SELECT 1 FROM merge_promise p JOIN merge m ON m.id = p.merge_id
                 WHERE p.reservation_id = OLD.id AND m.moving = 1 AND m.undone_at IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What was made since of what had moved goes back with it; where something since joins the two, nothing goes back.
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
                     <> EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = m.id AND d.what = 'companion' AND d.row_id = t.companion_id));

CREATE TRIGGER merge_undo BEFORE UPDATE ON merge WHEN OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'merge-step') WHERE EXISTS (SELECT 1 FROM merge WHERE moving = 1);
  SELECT RAISE (ABORT, 'staff-not-active')
    WHERE EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.undone_by, NEW.undone_second) AND active = 0);
  SELECT RAISE (ABORT, 'second-person-needed') WHERE NEW.undone_second IS NULL
    AND EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'second-person-needed');
  SELECT RAISE (ABORT, 'merged-further') WHERE EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'merged-further');
  SELECT RAISE (ABORT, 'cells-on-their-way') WHERE EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'cells-on-their-way');
  SELECT RAISE (ABORT, 'dose-given-since') WHERE EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'dose-given-since');
  SELECT RAISE (ABORT, 'dose-promised-since') WHERE EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'dose-promised-since');
  SELECT RAISE (ABORT, 'travels-since') WHERE EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'travels-since');
END;

-- A merge is begun, ended, taken back and ended once more, and nothing else ever happens to it.
CREATE TRIGGER merge_fixed BEFORE UPDATE ON merge
WHEN (NEW.id, NEW.loser_id, NEW.winner_id, NEW.at, NEW.approved_by, NEW.second_by)
     IS NOT (OLD.id, OLD.loser_id, OLD.winner_id, OLD.at, OLD.approved_by, OLD.second_by)
  OR (OLD.moving IS NULL) = (NEW.moving IS NULL)
  OR (NEW.moving IS NULL AND (NEW.undone_at, NEW.undone_by, NEW.undone_second) IS NOT (OLD.undone_at, OLD.undone_by, OLD.undone_second))
  OR (NEW.moving IS NOT NULL AND (OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_kept BEFORE DELETE ON merge BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- At the end nothing that cells hang on is left behind, and what forbade to begin has not come true meanwhile.
CREATE TRIGGER merge_ends BEFORE UPDATE ON merge WHEN OLD.moving IS NOT NULL AND NEW.moving IS NULL
BEGIN
  SELECT RAISE (ABORT, 'second-person-needed')
    WHERE CASE WHEN OLD.undone_at IS NULL THEN OLD.second_by ELSE OLD.undone_second END IS NULL
      AND EXISTS (SELECT 1 FROM merge_obstacle WHERE merge_id = NEW.id AND code = 'second-person-needed');
  SELECT RAISE (ABORT, 'cells-on-their-way')
    WHERE EXISTS (SELECT 1 FROM unit WHERE patient_id IN (NEW.loser_id, NEW.winner_id)
                  AND life IN ('picked', 'thawing', 'thawed', 'at_bedside', 'infusing'));
  SELECT RAISE (ABORT, 'merge-incomplete')
    WHERE (SELECT merged_into FROM patient WHERE id = NEW.loser_id) IS NOT CASE WHEN NEW.undone_at IS NULL THEN NEW.winner_id END;
  SELECT RAISE (ABORT, 'merge-incomplete')
    WHERE NEW.undone_at IS NULL
      AND (EXISTS (SELECT 1 FROM collection WHERE patient_id = NEW.loser_id) OR EXISTS (SELECT 1 FROM lot WHERE patient_id = NEW.loser_id)
           OR EXISTS (SELECT 1 FROM unit WHERE patient_id = NEW.loser_id) OR EXISTS (SELECT 1 FROM visit WHERE patient_id = NEW.loser_id)
           OR EXISTS (SELECT 1 FROM reservation WHERE patient_id = NEW.loser_id) OR EXISTS (SELECT 1 FROM infusion WHERE patient_id = NEW.loser_id)
           OR EXISTS (SELECT 1 FROM biohazard WHERE patient_id = NEW.loser_id));
  SELECT RAISE (ABORT, 'merge-incomplete')
    WHERE NEW.undone_at IS NOT NULL AND EXISTS (
      SELECT 1 FROM merge_moved d WHERE d.merge_id = NEW.id AND NEW.loser_id <> CASE d.what
        WHEN 'collection' THEN (SELECT patient_id FROM collection WHERE id = d.row_id)
        WHEN 'lot' THEN (SELECT patient_id FROM lot WHERE id = d.row_id)
        WHEN 'unit' THEN (SELECT patient_id FROM unit WHERE id = d.row_id)
        WHEN 'visit' THEN (SELECT patient_id FROM visit WHERE id = d.row_id)
        WHEN 'reservation' THEN (SELECT patient_id FROM reservation WHERE id = d.row_id)
        WHEN 'infusion' THEN (SELECT patient_id FROM infusion WHERE id = d.row_id)
        WHEN 'biohazard' THEN (SELECT patient_id FROM biohazard WHERE id = d.row_id)
        ELSE NEW.loser_id END);
END;

-- What goes back beside what had come is only what was made of it since.
CREATE TRIGGER merge_moved_begins BEFORE INSERT ON merge_moved
BEGIN
  SELECT RAISE (ABORT, 'merge-step') WHERE NOT EXISTS (SELECT 1 FROM merge WHERE id = NEW.merge_id AND moving = 1);
  -- Written down is what the loser has, or what would go back one day could be the winner's own.
  SELECT RAISE (ABORT, 'merge-step')
    WHERE (SELECT CASE WHEN undone_at IS NULL THEN loser_id ELSE winner_id END FROM merge WHERE id = NEW.merge_id) IS NOT CASE NEW.what
      WHEN 'collection' THEN (SELECT patient_id FROM collection WHERE id = NEW.row_id)
      WHEN 'lot' THEN (SELECT patient_id FROM lot WHERE id = NEW.row_id)
      WHEN 'unit' THEN (SELECT patient_id FROM unit WHERE id = NEW.row_id)
      WHEN 'course' THEN (SELECT patient_id FROM course WHERE id = NEW.row_id)
      WHEN 'visit' THEN (SELECT patient_id FROM visit WHERE id = NEW.row_id)
      WHEN 'reservation' THEN (SELECT patient_id FROM reservation WHERE id = NEW.row_id)
      WHEN 'infusion' THEN (SELECT patient_id FROM infusion WHERE id = NEW.row_id)
      WHEN 'document' THEN (SELECT patient_id FROM document WHERE id = NEW.row_id)
      WHEN 'lab_report' THEN (SELECT patient_id FROM lab_report WHERE id = NEW.row_id)
      WHEN 'biohazard' THEN (SELECT patient_id FROM biohazard WHERE id = NEW.row_id)
      WHEN 'companion' THEN (SELECT patient_id FROM companion WHERE id = NEW.row_id)
      WHEN 'trip' THEN (SELECT patient_id FROM trip WHERE id = NEW.row_id)
      WHEN 'acceptance' THEN (SELECT patient_id FROM acceptance WHERE id = NEW.row_id)
      WHEN 'gate_override' THEN (SELECT patient_id FROM gate_override WHERE id = NEW.row_id)
      WHEN 'chase' THEN (SELECT patient_id FROM chase WHERE id = NEW.row_id) END;
  SELECT RAISE (ABORT, 'merge-step')
    WHERE (SELECT undone_at FROM merge WHERE id = NEW.merge_id) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = NEW.merge_id AND (d.what, d.row_id) = (CASE NEW.what
        WHEN 'lot' THEN 'collection' WHEN 'unit' THEN 'lot' WHEN 'reservation' THEN 'unit' WHEN 'visit' THEN 'course'
        WHEN 'document' THEN 'document' WHEN 'biohazard' THEN 'lab_report' END, CASE NEW.what
        WHEN 'lot' THEN (SELECT collection_id FROM lot WHERE id = NEW.row_id)
        WHEN 'unit' THEN (SELECT lot_id FROM unit WHERE id = NEW.row_id)
        WHEN 'reservation' THEN (SELECT unit_id FROM reservation WHERE id = NEW.row_id)
        WHEN 'visit' THEN (SELECT course_id FROM visit WHERE id = NEW.row_id)
        WHEN 'document' THEN (SELECT part_of FROM document WHERE id = NEW.row_id)
        WHEN 'biohazard' THEN (SELECT v.report_id FROM biohazard b JOIN lab_value v ON v.id = b.value_id WHERE b.id = NEW.row_id) END));
END;
CREATE TRIGGER merge_moved_fixed BEFORE UPDATE ON merge_moved BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_moved_kept BEFORE DELETE ON merge_moved BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_field_begins BEFORE INSERT ON merge_field
WHEN NOT EXISTS (SELECT 1 FROM merge WHERE id = NEW.merge_id AND moving = 1 AND undone_at IS NULL)
BEGIN SELECT RAISE (ABORT, 'merge-step'); END;
-- The label as it is when the unit moves; a row written beforehand would let the hold be closed under the old label.
CREATE TRIGGER merge_label_begins BEFORE INSERT ON merge_label
WHEN NOT EXISTS (SELECT 1 FROM hold h JOIN unit u ON u.id = h.unit_id
                 JOIN merge_move v ON v.what = 'unit' AND v.row_id = u.id AND v.to_id = u.patient_id
                 WHERE h.id = NEW.hold_id AND h.closed_at IS NULL AND h.reason = 'merged-check-label'
                   AND u.id = NEW.unit_id AND u.label_seq = NEW.label_seq AND v.merge_id = NEW.merge_id)
BEGIN SELECT RAISE (ABORT, 'merge-step'); END;
CREATE TRIGGER merge_field_fixed BEFORE UPDATE ON merge_field BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_field_kept BEFORE DELETE ON merge_field BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_label_fixed BEFORE UPDATE ON merge_label BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER merge_label_kept BEFORE DELETE ON merge_label BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A record is merged away by a merge, and while it is, nobody writes to it or gives it anything.
CREATE TRIGGER patient_merged_new BEFORE INSERT ON patient WHEN NEW.merged_into IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'merge-step'); END;
CREATE TRIGGER patient_merges BEFORE UPDATE OF merged_into ON patient
WHEN NEW.merged_into IS NOT OLD.merged_into
 AND NOT EXISTS (SELECT 1 FROM merge WHERE loser_id = NEW.id AND moving = 1
                 AND NEW.merged_into IS CASE WHEN undone_at IS NULL THEN winner_id END)
BEGIN SELECT RAISE (ABORT, 'merge-step'); END;
CREATE TRIGGER patient_id_fixed BEFORE UPDATE OF id ON patient WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER patient_merged_fixed BEFORE UPDATE ON patient
WHEN OLD.merged_into IS NOT NULL AND NEW.merged_into IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER collection_not_merged BEFORE INSERT ON collection
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER course_not_merged BEFORE INSERT ON course
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER visit_not_merged BEFORE INSERT ON visit
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER document_not_merged BEFORE INSERT ON document
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER companion_not_merged BEFORE INSERT ON companion
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER trip_not_merged BEFORE INSERT ON trip
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER lab_report_not_merged BEFORE INSERT ON lab_report
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER acceptance_not_merged BEFORE INSERT ON acceptance
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER gate_override_not_merged BEFORE INSERT ON gate_override
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER chase_not_merged BEFORE INSERT ON chase
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER biohazard_not_merged BEFORE INSERT ON biohazard
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER document_owner BEFORE UPDATE OF patient_id ON document
WHEN NEW.patient_id <> OLD.patient_id AND (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;

-- Whose cells they are, and whose visits, changes in a merge alone. The keys to owner and all hold again at its end.
CREATE TRIGGER lot_moves BEFORE UPDATE OF patient_id ON lot
WHEN NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'lot' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
DROP TRIGGER lot_owner;
CREATE TRIGGER lot_owner BEFORE UPDATE ON lot
WHEN NEW.id <> OLD.id OR NEW.collection_id <> OLD.collection_id OR NEW.number <> OLD.number
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER unit_moves BEFORE UPDATE OF patient_id ON unit
WHEN NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'unit' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
DROP TRIGGER unit_owner;
CREATE TRIGGER unit_owner BEFORE UPDATE ON unit
WHEN NEW.id <> OLD.id OR NEW.lot_id <> OLD.lot_id OR NEW.kind <> OLD.kind
  OR NEW.number <> OLD.number OR NEW.cells <> OLD.cells OR NEW.volume_ml <> OLD.volume_ml OR NEW.use_until <> OLD.use_until
  OR NEW.created_at <> OLD.created_at
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
DROP TRIGGER visit_owner;
CREATE TRIGGER visit_owner BEFORE UPDATE ON visit
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'visit' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER course_owner BEFORE UPDATE ON course
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'course' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
DROP TRIGGER collection_fixed;
CREATE TRIGGER collection_fixed BEFORE UPDATE ON collection
WHEN NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'collection' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.number, NEW.method, NEW.collected_at, NEW.volume_ml, NEW.operator_id)
     IS NOT (OLD.id, OLD.number, OLD.method, OLD.collected_at, OLD.volume_ml, OLD.operator_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
DROP TRIGGER infusion_fixed;
CREATE TRIGGER infusion_fixed BEFORE UPDATE ON infusion
WHEN NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'infusion' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.unit_id, NEW.visit_id, NEW.started_at, NEW.performer_id, NEW.witness_id)
     IS NOT (OLD.id, OLD.unit_id, OLD.visit_id, OLD.started_at, OLD.performer_id, OLD.witness_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
DROP TRIGGER reservation_fixed;
CREATE TRIGGER reservation_fixed BEFORE UPDATE ON reservation
WHEN NEW.patient_id = OLD.patient_id AND (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.id <> OLD.id OR NEW.unit_id <> OLD.unit_id
  OR NEW.visit_id <> OLD.visit_id OR NEW.opened_at <> OLD.opened_at OR NEW.opened_by <> OLD.opened_by)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER reservation_moves BEFORE UPDATE ON reservation
WHEN NEW.patient_id <> OLD.patient_id
 AND (NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'reservation' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.unit_id, NEW.visit_id, NEW.opened_at, NEW.opened_by, NEW.closed_at)
     IS NOT (OLD.id, OLD.unit_id, OLD.visit_id, OLD.opened_at, OLD.opened_by, OLD.closed_at))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER biohazard_moves BEFORE UPDATE ON biohazard
WHEN NEW.patient_id <> OLD.patient_id
 AND (NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'biohazard' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.agent, NEW.value_id, NEW.since, NEW.cleared_at, NEW.cleared_by, NEW.reason)
     IS NOT (OLD.id, OLD.agent, OLD.value_id, OLD.since, OLD.cleared_at, OLD.cleared_by, OLD.reason))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER gate_override_moves BEFORE UPDATE ON gate_override
WHEN NEW.patient_id <> OLD.patient_id
 AND (NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'gate_override' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id)
  OR (NEW.id, NEW.gate, NEW.rule, NEW.reason, NEW.at, NEW.by_id, NEW.until, NEW.revoked_at, NEW.revoked_by)
     IS NOT (OLD.id, OLD.gate, OLD.rule, OLD.reason, OLD.at, OLD.by_id, OLD.until, OLD.revoked_at, OLD.revoked_by))
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What hangs on a visit, a report or a trip goes with it.
DROP TRIGGER patient_slot_fixed;
CREATE TRIGGER patient_slot_fixed BEFORE UPDATE ON patient_slot
WHEN NEW.slot <> OLD.slot OR NEW.visit_id <> OLD.visit_id OR NEW.patient_id = OLD.patient_id
  OR NOT EXISTS (SELECT 1 FROM visit WHERE id = NEW.visit_id AND patient_id = NEW.patient_id)
BEGIN SELECT RAISE (ABORT, 'slot-without-visit'); END;
CREATE TRIGGER visit_moves AFTER UPDATE OF patient_id ON visit WHEN NEW.patient_id <> OLD.patient_id
BEGIN UPDATE patient_slot SET patient_id = NEW.patient_id WHERE visit_id = NEW.id; END;
CREATE TRIGGER lab_report_moves AFTER UPDATE OF patient_id ON lab_report WHEN NEW.patient_id <> OLD.patient_id
BEGIN UPDATE lab_value SET patient_id = NEW.patient_id WHERE report_id = NEW.id; END;
CREATE TRIGGER trip_moves AFTER UPDATE OF patient_id ON trip WHEN NEW.patient_id <> OLD.patient_id
BEGIN UPDATE trip_companion SET patient_id = NEW.patient_id WHERE trip_id = NEW.id; END;

-- The label of a unit that changed owner names another chart: it is held until there is a new one. When it comes back
-- with the label it went away with, the hold is closed; with any other, it is held again.
CREATE TRIGGER unit_moved AFTER UPDATE OF patient_id ON unit
WHEN NEW.patient_id <> OLD.patient_id
 AND NEW.life NOT IN ('void', 'infused', 'part_infused', 'discarded', 'consumed', 'transferred_out')
 AND (NEW.life NOT IN ('new', 'planned') OR NEW.label <> 'new')
BEGIN
  UPDATE hold SET closed_at = (SELECT max (m.undone_at) FROM merge m WHERE m.moving = 1 AND m.undone_at IS NOT NULL),
                  closed_by = (SELECT max (m.undone_by) FROM merge m WHERE m.moving = 1 AND m.undone_at IS NOT NULL)
    WHERE unit_id = NEW.id AND closed_at IS NULL
      AND id IN (SELECT l.hold_id FROM merge_label l JOIN merge m ON m.id = l.merge_id
                 WHERE l.unit_id = NEW.id AND l.label_seq = NEW.label_seq AND m.moving = 1 AND m.undone_at IS NOT NULL);
  INSERT INTO hold (unit_id, reason, opened_at, opened_by)
    SELECT NEW.id, 'merged-check-label', COALESCE (m.undone_at, m.at), COALESCE (m.undone_by, m.approved_by)
    FROM merge_move v JOIN merge m ON m.id = v.merge_id
    WHERE v.what = 'unit' AND v.row_id = NEW.id AND v.from_id = OLD.patient_id AND v.to_id = NEW.patient_id
      AND (m.undone_at IS NULL
           OR NOT EXISTS (SELECT 1 FROM merge_label l WHERE l.unit_id = NEW.id AND l.merge_id = m.id AND l.label_seq = NEW.label_seq));
  INSERT INTO merge_label (hold_id, unit_id, merge_id, label_seq)
    SELECT h.id, NEW.id, v.merge_id, NEW.label_seq FROM hold h JOIN merge_move v ON v.what = 'unit' AND v.row_id = NEW.id
    WHERE h.unit_id = NEW.id AND h.closed_at IS NULL AND h.reason = 'merged-check-label'
      AND NOT EXISTS (SELECT 1 FROM merge_label l WHERE l.hold_id = h.id);
END;
CREATE TRIGGER hold_relabel BEFORE UPDATE ON hold
WHEN OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL
 AND EXISTS (SELECT 1 FROM merge_label l JOIN unit u ON u.id = l.unit_id JOIN merge m ON m.id = l.merge_id
             WHERE l.hold_id = OLD.id
               AND u.life NOT IN ('void', 'infused', 'part_infused', 'discarded', 'consumed', 'transferred_out')
               AND NOT (u.label = 'verified' AND EXISTS (SELECT 1 FROM unit_event e WHERE e.unit_id = u.id AND e.axis = 'label'
                                                         AND e.to_state = 'printed' AND e.seq > l.label_seq))
               AND NOT (m.moving IS NOT NULL AND m.undone_at IS NOT NULL AND u.label_seq = l.label_seq))
BEGIN SELECT RAISE (ABORT, 'relabel-first'); END;
