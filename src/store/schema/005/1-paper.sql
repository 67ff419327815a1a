-- Schema step 5: paper that goes out, and money. Part 1: series of numbers, the clinic's own letters, the register of
-- what was issued.

-- Whom an embassy or a guarantor asks for at the clinic.
ALTER TABLE clinic ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN contact_ja TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN department TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN department_ja TEXT NOT NULL DEFAULT '';

-- A series gives each number once: over rollbacks (the row goes with them), over a file that was restored from an older
-- copy or carried to another computer (it is then in another generation, whose sign stands in the number), over desks.
CREATE TABLE series (
  name       TEXT    PRIMARY KEY CHECK (name IN ('letter', 'quote', 'invoice', 'receipt', 'refund', 'credit')),
  year       INTEGER NOT NULL DEFAULT 0,        -- of the last number; 0 before the first
  last       INTEGER NOT NULL DEFAULT 0 CHECK (last >= 0), -- runs on over years
  generation TEXT    NOT NULL DEFAULT ''        -- '' in the file that the clinic began with
) STRICT;

INSERT INTO series (name) VALUES ('letter'), ('quote'), ('invoice'), ('receipt'), ('refund'), ('credit');

CREATE TRIGGER series_grows BEFORE UPDATE ON series
WHEN NEW.name <> OLD.name OR (NEW.generation = OLD.generation AND NEW.last <= OLD.last)
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER series_kept BEFORE DELETE ON series BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

-- Where the file is at home, and why a series went on somewhere else: numbers between were or may have been given
-- by a copy of this file.
CREATE TABLE series_home (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  computer TEXT    NOT NULL,                    -- digest, not the name
  file     TEXT    NOT NULL                     -- device and inode
) STRICT;

CREATE TABLE series_gap (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL REFERENCES series (name),
  after      INTEGER NOT NULL,                  -- the last number known before
  goes_on    INTEGER NOT NULL CHECK (goes_on > after OR generation <> ''),
  generation TEXT    NOT NULL DEFAULT '',
  why        TEXT    NOT NULL CHECK (why IN ('restored', 'moved', 'damaged', 'by_hand')),
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id)
) STRICT;

CREATE INDEX series_gap_of ON series_gap (name, id);
CREATE INDEX series_gap_by ON series_gap (by_id);
CREATE TRIGGER series_gap_fixed BEFORE UPDATE ON series_gap BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER series_gap_kept BEFORE DELETE ON series_gap BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Texts of letters by the digest of their bytes, each once: what the clinic wrote, and what of the built-in ones was
-- issued. What was issued from a text can be made again when the program has long another one.
CREATE TABLE letter_text (
  digest TEXT PRIMARY KEY CHECK (length (digest) = 64), -- BLAKE2b or SHA-256, hexadecimal
  xml    TEXT NOT NULL CHECK (xml <> '' AND length (xml) <= 1048576) -- what the reader takes at most
) STRICT, WITHOUT ROWID;

CREATE TRIGGER letter_text_fixed BEFORE UPDATE ON letter_text BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER letter_text_kept BEFORE DELETE ON letter_text BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- The clinic's own letters and their history: saving adds a version, nothing is written over. The newest counts.
CREATE TABLE letter_version (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL CHECK (name <> ''),  -- as in data/letters, or a new one
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  version  TEXT    NOT NULL,                     -- printed at the foot; one for all languages
  digest   TEXT    REFERENCES letter_text (digest), -- NULL: back to the built-in one, or put away
  comment  TEXT    NOT NULL DEFAULT '',
  at       INTEGER NOT NULL,
  by_id    INTEGER REFERENCES staff (id),
  UNIQUE (name, seq),
  CHECK ((digest IS NULL) = (version = ''))
) STRICT;

CREATE INDEX letter_version_text ON letter_version (digest);
CREATE INDEX letter_version_by ON letter_version (by_id);
CREATE TRIGGER letter_version_next BEFORE INSERT ON letter_version
WHEN NEW.seq <> 1 + (SELECT COALESCE (max (seq), 0) FROM letter_version WHERE name = NEW.name)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- A version number is not used for two texts, and not for one that was issued under it from a text built in.
CREATE TRIGGER letter_version_once BEFORE INSERT ON letter_version
WHEN NEW.digest IS NOT NULL
 AND (EXISTS (SELECT 1 FROM letter_version WHERE name = NEW.name AND version = NEW.version AND digest <> NEW.digest)
      OR EXISTS (SELECT 1 FROM issued WHERE name = NEW.name AND version = NEW.version AND text_digest <> NEW.digest))
BEGIN SELECT RAISE (ABORT, 'letter-version-used'); END;
CREATE TRIGGER letter_version_fixed BEFORE UPDATE ON letter_version BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER letter_version_kept BEFORE DELETE ON letter_version BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What somebody is writing and has not saved as a version: it may be no letter yet. Gone when it is saved or given up.
CREATE TABLE letter_draft (
  name  TEXT    NOT NULL CHECK (name <> ''),
  by_id INTEGER NOT NULL,                        -- staff, or 0 where nobody said who
  seq   INTEGER NOT NULL CHECK (seq >= 0),       -- the version it was begun from; 0 for the built-in one or none
  xml   TEXT    NOT NULL CHECK (length (xml) <= 1048576),
  at    INTEGER NOT NULL,
  PRIMARY KEY (name, by_id)
) STRICT, WITHOUT ROWID;

-- What was issued is frozen: number, text, data, digest of the PDF. Only its end, and whether it still matches, move.
CREATE TABLE issued (
  id          INTEGER PRIMARY KEY,
  number      TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,                  -- of the letter
  version     TEXT    NOT NULL,
  language    TEXT    NOT NULL,
  text_digest TEXT    NOT NULL REFERENCES letter_text (digest),
  patient_id  INTEGER REFERENCES patient (id),   -- NULL for a day sheet and the like
  subject     TEXT    NOT NULL DEFAULT '' CHECK (subject IN ('', 'trip', 'visit', 'consent', 'quote', 'invoice', 'payment', 'refund', 'day')),
  subject_id  INTEGER NOT NULL DEFAULT 0,
  issued_on   TEXT    NOT NULL,                  -- the day on the paper
  data        TEXT    NOT NULL,                  -- the fields and their values, XML of data/schema/letter-data.xsd
  pdf_digest  TEXT    NOT NULL CHECK (length (pdf_digest) = 64),
  pages       INTEGER NOT NULL CHECK (pages >= 1),
  pack        INTEGER REFERENCES issued (id),    -- the first of those made as one
  at          INTEGER NOT NULL,
  by_id       INTEGER REFERENCES staff (id),
  replaces    INTEGER REFERENCES issued (id),    -- the one it corrects
  void_at     INTEGER,                           -- withdrawn without another
  void_why    TEXT    NOT NULL DEFAULT '',
  void_by     INTEGER REFERENCES staff (id),
  touched     INTEGER NOT NULL DEFAULT 0 CHECK (touched IN (0, 1)), -- something it hangs on changed: to be compared
  differs     TEXT    NOT NULL DEFAULT '',       -- fields that no longer match, found by comparing
  kept        TEXT    NOT NULL DEFAULT '',       -- those that somebody looked at and left as they are
  UNIQUE (id, patient_id),
  CHECK ((void_at IS NULL) = (void_why = '')),
  CHECK (replaces IS NULL OR replaces < id)
) STRICT;

CREATE INDEX issued_of ON issued (patient_id, at);
CREATE INDEX issued_at ON issued (at, id);
CREATE INDEX issued_text ON issued (text_digest);
CREATE INDEX issued_version ON issued (name, version);
CREATE INDEX issued_pack ON issued (pack) WHERE pack IS NOT NULL;
CREATE INDEX issued_by ON issued (by_id);
CREATE INDEX issued_void_by ON issued (void_by) WHERE void_by IS NOT NULL;
CREATE UNIQUE INDEX issued_replaces ON issued (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX issued_subject ON issued (subject, subject_id) WHERE subject <> '';
CREATE INDEX issued_touched ON issued (patient_id) WHERE touched = 1;
CREATE INDEX issued_void ON issued (at) WHERE void_at IS NOT NULL;
CREATE INDEX issued_differs ON issued (at) WHERE differs <> '';

CREATE TRIGGER issued_fixed BEFORE UPDATE ON issued
WHEN (NEW.id, NEW.number, NEW.name, NEW.version, NEW.language, NEW.text_digest, NEW.subject, NEW.subject_id, NEW.issued_on, NEW.data, NEW.pdf_digest, NEW.pages, NEW.pack, NEW.at, NEW.by_id, NEW.replaces)
     IS NOT (OLD.id, OLD.number, OLD.name, OLD.version, OLD.language, OLD.text_digest, OLD.subject, OLD.subject_id, OLD.issued_on, OLD.data, OLD.pdf_digest, OLD.pages, OLD.pack, OLD.at, OLD.by_id, OLD.replaces)
  OR (OLD.void_at IS NOT NULL AND (NEW.void_at, NEW.void_why, NEW.void_by) IS NOT (OLD.void_at, OLD.void_why, OLD.void_by))
BEGIN SELECT RAISE (ABORT, 'issued-fixed'); END;
CREATE TRIGGER issued_kept BEFORE DELETE ON issued BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER issued_replaces_own BEFORE INSERT ON issued
WHEN NEW.replaces IS NOT NULL AND (SELECT patient_id FROM issued WHERE id = NEW.replaces) IS NOT NEW.patient_id
BEGIN SELECT RAISE (ABORT, 'issued-other-patient'); END;
CREATE TRIGGER issued_replaces_good BEFORE INSERT ON issued
WHEN NEW.replaces IS NOT NULL AND (SELECT void_at FROM issued WHERE id = NEW.replaces) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'issued-void'); END;
-- What is replaced or withdrawn is compared no more.
CREATE TRIGGER issued_replaced AFTER INSERT ON issued WHEN NEW.replaces IS NOT NULL
BEGIN UPDATE issued SET touched = 0, differs = '', kept = '' WHERE id = NEW.replaces; END;

-- Each time it went to a printer or into a file, and how that ended.
CREATE TABLE issued_print (
  id        INTEGER PRIMARY KEY,
  issued_id INTEGER NOT NULL REFERENCES issued (id),
  seq       INTEGER NOT NULL CHECK (seq >= 1),  -- 1 is the original; what comes after carries the copy mark
  how       TEXT    NOT NULL CHECK (how IN ('printer', 'pdf', 'screen')),
  target    TEXT    NOT NULL DEFAULT '',        -- name of the printer; never a path
  pages     TEXT    NOT NULL DEFAULT '',        -- "2-3", empty for all
  copies    INTEGER NOT NULL DEFAULT 1 CHECK (copies BETWEEN 1 AND 99),
  state     TEXT    NOT NULL DEFAULT 'begun' CHECK (state IN ('begun', 'done', 'failed', 'unknown')),
  reason    TEXT    NOT NULL DEFAULT '',
  at        INTEGER NOT NULL,
  ended_at  INTEGER,
  by_id     INTEGER REFERENCES staff (id),
  desk      TEXT    NOT NULL DEFAULT '',        -- where: what it had begun when it stopped is unknown
  UNIQUE (issued_id, seq),
  CHECK ((state = 'begun') = (ended_at IS NULL)),
  CHECK (state <> 'failed' OR reason <> '')
) STRICT;

CREATE INDEX issued_print_by ON issued_print (by_id);
CREATE INDEX issued_print_open ON issued_print (at) WHERE state IN ('begun', 'failed', 'unknown');
-- How one ended that nobody knew of may be found out.
CREATE TRIGGER issued_print_ends BEFORE UPDATE ON issued_print
WHEN OLD.state NOT IN ('begun', 'unknown') OR NEW.state IN ('begun', OLD.state)
  OR (NEW.id, NEW.issued_id, NEW.seq, NEW.how, NEW.target, NEW.pages, NEW.copies, NEW.at, NEW.by_id, NEW.desk)
     IS NOT (OLD.id, OLD.issued_id, OLD.seq, OLD.how, OLD.target, OLD.pages, OLD.copies, OLD.at, OLD.by_id, OLD.desk)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- Journals are numbered without holes.
CREATE TRIGGER issued_print_next BEFORE INSERT ON issued_print
WHEN NEW.seq <> 1 + (SELECT COALESCE (max (seq), 0) FROM issued_print WHERE issued_id = NEW.issued_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER issued_print_kept BEFORE DELETE ON issued_print BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What letters hang on changed: they are compared with what they said (jobs), and flagged where that no longer holds.
CREATE TRIGGER issued_touched_visit AFTER UPDATE OF status, starts_at, ends_at, type ON visit
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_new_visit AFTER INSERT ON visit
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_place AFTER INSERT ON visit_resource
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = (SELECT patient_id FROM visit WHERE id = NEW.visit_id) AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_trip AFTER UPDATE ON trip
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_new_trip AFTER INSERT ON trip
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_companion AFTER UPDATE ON companion
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_comes AFTER INSERT ON trip_companion
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_stays AFTER DELETE ON trip_companion
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = OLD.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_infusion AFTER INSERT ON infusion
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.patient_id AND touched = 0 AND void_at IS NULL; END;
CREATE TRIGGER issued_touched_patient AFTER UPDATE OF version, merged_into ON patient
BEGIN UPDATE issued SET touched = 1 WHERE patient_id = NEW.id AND touched = 0 AND void_at IS NULL; END;

-- What was read from passports, the patient's and (companion_id) of who comes along: the newest of each counts, and a visa
-- paper with another name than the passport's is not printed (facts/visa.md 1.4, rule 4).
CREATE TABLE passport_reading (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  companion_id INTEGER REFERENCES companion (id),
  family       TEXT    NOT NULL CHECK (family <> ''), -- as the machine-readable zone spells it
  given        TEXT    NOT NULL DEFAULT '',
  number       TEXT    NOT NULL DEFAULT '',
  birth        TEXT    NOT NULL DEFAULT '',
  cut          INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1)), -- the zone had no room for more of the name
  read_at      INTEGER NOT NULL,
  by_id        INTEGER REFERENCES staff (id),
  UNIQUE (id, patient_id)
) STRICT;

CREATE INDEX passport_reading_of ON passport_reading (patient_id, read_at);
CREATE INDEX passport_reading_companion ON passport_reading (companion_id);
CREATE INDEX passport_reading_by ON passport_reading (by_id);

CREATE TRIGGER passport_reading_whose BEFORE INSERT ON passport_reading
WHEN NEW.companion_id IS NOT NULL AND (SELECT patient_id FROM companion WHERE id = NEW.companion_id) IS NOT NEW.patient_id
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER passport_reading_fixed BEFORE UPDATE ON passport_reading
WHEN (NEW.companion_id, NEW.family, NEW.given, NEW.number, NEW.birth, NEW.cut, NEW.read_at, NEW.by_id)
     IS NOT (OLD.companion_id, OLD.family, OLD.given, OLD.number, OLD.birth, OLD.cut, OLD.read_at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER passport_reading_kept BEFORE DELETE ON passport_reading BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
