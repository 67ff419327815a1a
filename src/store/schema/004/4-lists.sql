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
  weekdays     TEXT    NOT NULL DEFAULT '1234567' CHECK (weekdays <> '' AND weekdays NOT GLOB '*[^1-7]*'),
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
CREATE INDEX waiting_closed ON waiting (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX waiting_by ON waiting (by_id);
CREATE TRIGGER waiting_begins BEFORE INSERT ON waiting
BEGIN
  SELECT RAISE (ABORT, 'waiting-closed') WHERE NEW.closed_at IS NOT NULL;
  SELECT RAISE (ABORT, 'visit-over')
    WHERE (SELECT s.final FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = NEW.visit_id) = 1;
END;
-- What was closed is opened again before anything else of it changes.
CREATE TRIGGER waiting_fixed BEFORE UPDATE ON waiting
WHEN OLD.closed_at IS NOT NULL AND NEW.patient_id = OLD.patient_id
 AND (NEW.type, NEW.visit_id, NEW.first_day, NEW.last_day, NEW.from_minute, NEW.until_minute, NEW.weekdays, NEW.notice_days, NEW.priority, NEW.note)
     IS NOT (OLD.type, OLD.visit_id, OLD.first_day, OLD.last_day, OLD.from_minute, OLD.until_minute, OLD.weekdays, OLD.notice_days,
             OLD.priority, OLD.note)
BEGIN SELECT RAISE (ABORT, 'waiting-closed'); END;
CREATE TRIGGER waiting_kept BEFORE DELETE ON waiting BEGIN SELECT RAISE (ABORT, 'waiting-kept'); END;

-- Somebody is to be called, written to, asked back: preventive patients when they are due, contracts of storage that end,
-- calls after an infusion.
CREATE TABLE recall (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('preventive', 'storage', 'follow_up', 'viral', 'other')),
  due_on     TEXT    NOT NULL CHECK (length (due_on) = 10),
  next_on    TEXT    NOT NULL CHECK (length (next_on) = 10), -- of the next attempt
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
CREATE INDEX recall_next ON recall (next_on) WHERE closed_at IS NULL;
CREATE INDEX recall_by ON recall (by_id);
CREATE UNIQUE INDEX recall_once ON recall (patient_id, kind, source) WHERE source <> '';
-- What it was made for stays.
CREATE TRIGGER recall_fixed BEFORE UPDATE ON recall
WHEN (NEW.kind, NEW.due_on, NEW.source, NEW.made_at, NEW.by_id) IS NOT (OLD.kind, OLD.due_on, OLD.source, OLD.made_at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
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
CREATE TRIGGER recall_attempt_begins BEFORE INSERT ON recall_attempt
BEGIN
  SELECT RAISE (ABORT, 'recall-closed') WHERE (SELECT closed_at FROM recall WHERE id = NEW.recall_id) IS NOT NULL;
  SELECT RAISE (ABORT, 'journal-only-grows')
    WHERE NEW.seq <> 1 + (SELECT count (*) FROM recall_attempt WHERE recall_id = NEW.recall_id);
END;
CREATE TRIGGER recall_attempt_fixed BEFORE UPDATE ON recall_attempt BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER recall_attempt_kept BEFORE DELETE ON recall_attempt BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- When they are made: days after an infusion (follow_up, as many as one likes); for preventive patients days after the last
-- infusion where the course says none; before the contract or the tests end (storage, viral).
CREATE TABLE recall_rule (
  kind TEXT    NOT NULL CHECK (kind IN ('preventive', 'storage', 'follow_up', 'viral')),
  days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 730),
  PRIMARY KEY (kind, days)
) STRICT, WITHOUT ROWID;

INSERT INTO recall_rule (kind, days) VALUES ('follow_up', 1), ('follow_up', 7), ('preventive', 180), ('storage', 60), ('viral', 30);

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

CREATE TRIGGER freed_slot_fixed BEFORE UPDATE ON freed_slot
WHEN (NEW.id, NEW.visit_id, NEW.type, NEW.starts_at, NEW.ends_at, NEW.freed_at)
     IS NOT (OLD.id, OLD.visit_id, OLD.type, OLD.starts_at, OLD.ends_at, OLD.freed_at)
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
-- Whoever fills it is there then.
CREATE TRIGGER freed_slot_filled_well BEFORE UPDATE OF filled_by ON freed_slot
WHEN NEW.filled_by IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1
                 WHERE v.id = NEW.filled_by AND v.starts_at < NEW.ends_at AND v.ends_at > NEW.starts_at)
BEGIN SELECT RAISE (ABORT, 'freed-not-filled'); END;

-- What changes places is lifted out of the way for a moment (desk-visits.c), a hundred years on: what it leaves is known
-- once it is put down.
CREATE TABLE visit_lifted (
  visit_id  INTEGER PRIMARY KEY REFERENCES visit (id),
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL CHECK (ends_at > starts_at),
  down_at   INTEGER
) STRICT;
CREATE INDEX visit_lifted_down ON visit_lifted (down_at) WHERE down_at IS NOT NULL;

CREATE TRIGGER visit_lifts AFTER UPDATE OF starts_at ON visit
WHEN NEW.starts_at > unixepoch () + 1577880000 AND OLD.starts_at <= unixepoch () + 1577880000
BEGIN
  DELETE FROM visit_lifted WHERE visit_id = OLD.id;
  INSERT INTO visit_lifted (visit_id, starts_at, ends_at) VALUES (OLD.id, OLD.starts_at, OLD.ends_at);
END;

-- By whatever road: a promised visit that will not be (the stamp says when that was), or is at quite another time, leaves
-- one freed slot; one that filled a freed slot opens that one again. Not so when it was made within the hour, steps back
-- to a proposal, or goes back where it came from within the hour.
CREATE TRIGGER visit_cancelled_frees AFTER UPDATE OF status ON visit
WHEN OLD.status IN ('held', 'booked', 'confirmed') AND (SELECT takes FROM visit_status WHERE status = NEW.status) = 0
 AND OLD.starts_at > (SELECT at FROM visit_stamp WHERE visit_id = NEW.id ORDER BY seq DESC LIMIT 1)
BEGIN
  INSERT INTO freed_slot (visit_id, type, starts_at, ends_at, freed_at)
    SELECT OLD.id, OLD.type, OLD.starts_at, OLD.ends_at, (SELECT at FROM visit_stamp WHERE visit_id = NEW.id ORDER BY seq DESC LIMIT 1)
    WHERE NEW.status <> 'proposed'
      AND OLD.created_at <= (SELECT at FROM visit_stamp WHERE visit_id = NEW.id ORDER BY seq DESC LIMIT 1) - 3600
      AND NOT EXISTS (SELECT 1 FROM freed_slot f WHERE f.filled_by = OLD.id AND f.starts_at < OLD.ends_at AND f.ends_at > OLD.starts_at);
  UPDATE freed_slot SET closed_at = NULL, outcome = '', filled_by = NULL, version = version + 1
    WHERE filled_by = OLD.id AND starts_at < OLD.ends_at AND ends_at > OLD.starts_at;
END;
CREATE TRIGGER visit_moved_frees AFTER UPDATE OF starts_at, ends_at ON visit
WHEN OLD.status IN ('held', 'booked', 'confirmed') AND OLD.starts_at > unixepoch () AND OLD.starts_at <= unixepoch () + 1577880000
 AND NEW.starts_at <= unixepoch () + 1577880000 AND (NEW.starts_at >= OLD.ends_at OR NEW.ends_at <= OLD.starts_at)
BEGIN
  INSERT INTO freed_slot (visit_id, type, starts_at, ends_at, freed_at)
    SELECT OLD.id, OLD.type, OLD.starts_at, OLD.ends_at, unixepoch ()
    WHERE OLD.created_at <= unixepoch () - 3600
      AND NOT EXISTS (SELECT 1 FROM freed_slot f WHERE f.filled_by = OLD.id AND f.starts_at < OLD.ends_at AND f.ends_at > OLD.starts_at)
      AND NOT EXISTS (SELECT 1 FROM freed_slot f WHERE f.visit_id = OLD.id AND f.starts_at = NEW.starts_at AND f.ends_at = NEW.ends_at
                        AND f.freed_at > unixepoch () - 3600 AND f.outcome IN ('', 'not_needed'));
  UPDATE freed_slot SET closed_at = NULL, outcome = '', filled_by = NULL, version = version + 1
    WHERE filled_by = OLD.id AND starts_at < OLD.ends_at AND ends_at > OLD.starts_at;
END;
CREATE TRIGGER visit_put_down_frees AFTER UPDATE OF starts_at ON visit
WHEN NEW.starts_at <= unixepoch () + 1577880000 AND OLD.starts_at > unixepoch () + 1577880000
BEGIN
  INSERT INTO freed_slot (visit_id, type, starts_at, ends_at, freed_at)
    SELECT OLD.id, OLD.type, l.starts_at, l.ends_at, unixepoch () FROM visit_lifted l
    WHERE l.visit_id = OLD.id AND (NEW.starts_at >= l.ends_at OR NEW.ends_at <= l.starts_at) AND l.starts_at > unixepoch ()
      AND OLD.status IN ('held', 'booked', 'confirmed') AND OLD.created_at <= unixepoch () - 3600
      AND NOT EXISTS (SELECT 1 FROM freed_slot f WHERE f.filled_by = OLD.id AND f.starts_at < l.ends_at AND f.ends_at > l.starts_at)
      AND NOT EXISTS (SELECT 1 FROM freed_slot f WHERE f.visit_id = OLD.id AND f.starts_at = NEW.starts_at AND f.ends_at = NEW.ends_at
                        AND f.freed_at > unixepoch () - 3600 AND f.outcome IN ('', 'not_needed'))
      -- Where another one came to stand meanwhile, as in a swap, nothing is free.
      AND NOT EXISTS (SELECT 1 FROM visit_lifted d JOIN visit v ON v.id = d.visit_id
                      WHERE d.visit_id <> OLD.id AND d.down_at > unixepoch () - 10 AND v.type = OLD.type
                        AND v.starts_at < l.ends_at AND v.ends_at > l.starts_at);
  UPDATE freed_slot SET closed_at = NULL, outcome = '', filled_by = NULL, version = version + 1
    WHERE filled_by = OLD.id AND EXISTS (SELECT 1 FROM visit_lifted l WHERE l.visit_id = OLD.id AND freed_slot.starts_at < l.ends_at
                                         AND freed_slot.ends_at > l.starts_at AND (NEW.starts_at >= l.ends_at OR NEW.ends_at <= l.starts_at));
  -- Of what comes to stand where another one was lifted a moment ago, too.
  UPDATE freed_slot SET closed_at = unixepoch (), outcome = 'not_needed', version = version + 1
    WHERE closed_at IS NULL AND type = OLD.type AND visit_id <> OLD.id AND freed_at > unixepoch () - 10
      AND id = (SELECT min (f.id) FROM freed_slot f WHERE f.closed_at IS NULL AND f.type = OLD.type AND f.visit_id <> OLD.id
                  AND f.freed_at > unixepoch () - 10 AND f.starts_at < NEW.ends_at AND f.ends_at > NEW.starts_at);
  UPDATE visit_lifted SET down_at = unixepoch () WHERE visit_id = OLD.id;
END;
-- Back where it was, it is not free.
CREATE TRIGGER visit_returns AFTER UPDATE OF status, starts_at, ends_at ON visit
WHEN (SELECT takes FROM visit_status WHERE status = NEW.status) = 1
 AND EXISTS (SELECT 1 FROM freed_slot WHERE visit_id = NEW.id AND closed_at IS NULL AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at)
BEGIN
  UPDATE freed_slot SET closed_at = unixepoch (), outcome = 'not_needed', version = version + 1
    WHERE visit_id = NEW.id AND closed_at IS NULL AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at;
END;
