-- Lists of people who wait: for a slot, for a call, for the day they are due.

CREATE TABLE waiting (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL REFERENCES patient (id),
  type         TEXT    NOT NULL REFERENCES visit_type (code),
  visit_id     INTEGER,                          -- the visit that would rather be earlier; or none yet
  first_day    TEXT    NOT NULL DEFAULT '',
  last_day     TEXT    NOT NULL DEFAULT '',
  from_minute  INTEGER NOT NULL DEFAULT 0 CHECK (from_minute BETWEEN 0 AND 1440),
  until_minute INTEGER NOT NULL DEFAULT 1440 CHECK (until_minute BETWEEN 0 AND 1440),
  weekdays     TEXT    NOT NULL DEFAULT '1234567',
  notice_days  INTEGER NOT NULL DEFAULT 0 CHECK (notice_days BETWEEN 0 AND 365), -- needed to come at all
  priority     INTEGER NOT NULL DEFAULT 2 CHECK (priority BETWEEN 1 AND 3),      -- 1 is first
  note         TEXT    NOT NULL DEFAULT '',
  added_at     INTEGER NOT NULL,
  by_id        INTEGER REFERENCES staff (id),
  closed_at    INTEGER,
  outcome      TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'booked', 'declined', 'withdrawn', 'unreachable')),
  version      INTEGER NOT NULL DEFAULT 1,
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK (from_minute < until_minute AND (first_day = '' OR last_day = '' OR first_day <= last_day)),
  CHECK ((closed_at IS NULL) = (outcome = ''))
) STRICT;

CREATE INDEX waiting_of ON waiting (patient_id);
CREATE INDEX waiting_visit ON waiting (visit_id);
CREATE INDEX waiting_open ON waiting (type, priority, added_at) WHERE closed_at IS NULL;
CREATE INDEX waiting_by ON waiting (by_id);
CREATE TRIGGER waiting_kept BEFORE DELETE ON waiting BEGIN SELECT RAISE (ABORT, 'waiting-kept'); END;

-- Somebody is to be called, written to, asked back: preventive patients when they are due, contracts of storage that end,
-- calls after an infusion.
CREATE TABLE recall (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('preventive', 'storage', 'follow_up', 'viral', 'other')),
  due_on     TEXT    NOT NULL CHECK (length (due_on) = 10),
  source     TEXT    NOT NULL DEFAULT '',        -- what it was made for, "infusion 12", so that it is made once
  note       TEXT    NOT NULL DEFAULT '',
  made_at    INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  closed_at  INTEGER,
  outcome    TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'booked', 'reached', 'declined', 'unreachable', 'not_needed')),
  version    INTEGER NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (outcome = ''))
) STRICT;

CREATE INDEX recall_of ON recall (patient_id);
CREATE INDEX recall_due ON recall (due_on) WHERE closed_at IS NULL;
CREATE INDEX recall_by ON recall (by_id);
CREATE UNIQUE INDEX recall_once ON recall (patient_id, kind, source) WHERE source <> '';
CREATE TRIGGER recall_kept BEFORE DELETE ON recall BEGIN SELECT RAISE (ABORT, 'recall-kept'); END;

CREATE TABLE recall_attempt (
  recall_id INTEGER NOT NULL REFERENCES recall (id),
  seq       INTEGER NOT NULL CHECK (seq >= 1),
  at        INTEGER NOT NULL,
  by_id     INTEGER REFERENCES staff (id),
  way       TEXT    NOT NULL CHECK (way IN ('phone', 'mail', 'message', 'agency', 'other')),
  result    TEXT    NOT NULL CHECK (result IN ('reached', 'no_answer', 'left_word', 'wrong_number', 'answered_later')),
  note      TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (recall_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX recall_attempt_by ON recall_attempt (by_id);
CREATE TRIGGER recall_attempt_fixed BEFORE UPDATE ON recall_attempt BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER recall_attempt_kept BEFORE DELETE ON recall_attempt BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A slot that came free: one task, which names who fits. Nothing is booked by itself.
CREATE TABLE freed_slot (
  id         INTEGER PRIMARY KEY,
  visit_id   INTEGER NOT NULL REFERENCES visit (id),  -- who had it
  type       TEXT    NOT NULL REFERENCES visit_type (code),
  starts_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL CHECK (ends_at > starts_at),
  freed_at   INTEGER NOT NULL,
  closed_at  INTEGER,
  outcome    TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'filled', 'nobody', 'not_needed', 'past')),
  filled_by  INTEGER REFERENCES visit (id),
  version    INTEGER NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (outcome = '')),
  CHECK (filled_by IS NULL OR outcome = 'filled')
) STRICT;

CREATE INDEX freed_slot_open ON freed_slot (starts_at) WHERE closed_at IS NULL;
CREATE INDEX freed_slot_visit ON freed_slot (visit_id);
CREATE INDEX freed_slot_type ON freed_slot (type);
CREATE INDEX freed_slot_filled ON freed_slot (filled_by);
CREATE TRIGGER freed_slot_kept BEFORE DELETE ON freed_slot BEGIN SELECT RAISE (ABORT, 'freed-kept'); END;
