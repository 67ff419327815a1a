-- Schema step 3, part 5: the look-back. What a late positive result reaches, who must be told, by when.
-- All of it only grows: an item is decided on once, a clock stopped once, a look-back closed once.

CREATE TABLE lookback (
  id         INTEGER PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,
  cause      TEXT    NOT NULL CHECK (cause IN ('result', 'reagent', 'device', 'lot', 'unit', 'container', 'shipment', 'person', 'day')),
  cause_id   INTEGER NOT NULL,                  -- row of what is meant; for a day its number
  from_on    TEXT    NOT NULL DEFAULT '',       -- of a device, container, person: the days that are meant
  until_on   TEXT    NOT NULL DEFAULT '',
  words      TEXT    NOT NULL CHECK (words <> ''),
  known_on   TEXT    NOT NULL CHECK (known_on <> ''), -- the day the clinic knew: the clocks run from it
  opened_at  INTEGER NOT NULL,
  opened_by  INTEGER NOT NULL REFERENCES staff (id),
  closed_at  INTEGER,
  closed_by  INTEGER REFERENCES staff (id),
  conclusion TEXT    NOT NULL DEFAULT '',
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at IS NULL) = (conclusion = '')),
  CHECK (closed_at >= opened_at),
  CHECK (until_on >= from_on)
) STRICT;

CREATE INDEX lookback_open ON lookback (id) WHERE closed_at IS NULL;
CREATE INDEX lookback_of ON lookback (cause, cause_id);

CREATE TABLE lookback_item (
  id          INTEGER PRIMARY KEY,
  lookback_id INTEGER NOT NULL REFERENCES lookback (id),
  what        TEXT    NOT NULL CHECK (what IN ('lot', 'unit', 'patient', 'visit', 'sample')),
  row_id      INTEGER NOT NULL,
  reviewed_at INTEGER,
  reviewed_by INTEGER REFERENCES staff (id),
  decision    TEXT    NOT NULL DEFAULT '',
  note        TEXT    NOT NULL DEFAULT '',
  UNIQUE (lookback_id, what, row_id),
  CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL)),
  CHECK ((reviewed_at IS NULL) = (decision = ''))
) STRICT;

CREATE INDEX lookback_item_row ON lookback_item (what, row_id);
CREATE INDEX lookback_item_unreviewed ON lookback_item (lookback_id) WHERE reviewed_at IS NULL;

-- Each road that leads to an item: by what it met (a row of what the road speaks of), when, and from which lot.
CREATE TABLE lookback_road (
  item_id INTEGER NOT NULL REFERENCES lookback_item (id),
  road    TEXT    NOT NULL CHECK (road IN ('cause', 'lot', 'input', 'grown-from', 'collection', 'reagent', 'incubator', 'bench',
                                           'centrifuge', 'freezing', 'bath', 'device', 'shipment', 'container', 'person', 'day',
                                           'infused', 'reserved', 'next-visit')),
  ref_id  INTEGER NOT NULL,
  day     TEXT    NOT NULL,                     -- in the clinic's zone; empty where none is known
  via_id  INTEGER NOT NULL DEFAULT 0,           -- lot; 0 where what it is about is no lot
  PRIMARY KEY (item_id, road, ref_id, day, via_id)
) STRICT, WITHOUT ROWID;

-- A call or a mail to a patient who must be told, whether it reached them or not.
CREATE TABLE lookback_contact (
  id      INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES lookback_item (id),
  at      INTEGER NOT NULL,
  by_id   INTEGER NOT NULL REFERENCES staff (id),
  how     TEXT    NOT NULL CHECK (how IN ('phone', 'email', 'in_person', 'companion', 'letter')),
  reached INTEGER NOT NULL CHECK (reached IN (0, 1)),
  note    TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX lookback_contact_of ON lookback_contact (item_id);

-- What can be decided of what; with words where it lets cells go or leaves somebody untold (domain/desk-lookback.c).
CREATE TABLE lookback_decision (
  what     TEXT    NOT NULL,
  decision TEXT    NOT NULL,
  words    INTEGER NOT NULL CHECK (words IN (0, 1)),
  PRIMARY KEY (what, decision)
) STRICT, WITHOUT ROWID;

INSERT INTO lookback_decision (what, decision, words) VALUES
  ('lot', 'keep', 0), ('lot', 'reject', 1), ('lot', 'cleared', 1),
  ('unit', 'keep', 0), ('unit', 'discard', 0), ('unit', 'test', 0), ('unit', 'receiver-told', 1), ('unit', 'cleared', 1),
  ('patient', 'told', 0), ('patient', 'companion-told', 1), ('patient', 'not-reached', 1), ('patient', 'not-needed', 1),
  ('visit', 'stays', 0), ('visit', 'other-dose', 0), ('visit', 'moved', 0), ('visit', 'cancelled', 0),
  ('sample', 'keep', 0), ('sample', 'test', 0), ('sample', 'tested', 1);

CREATE TRIGGER lookback_decision_none BEFORE INSERT ON lookback_decision BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER lookback_decision_fixed BEFORE UPDATE ON lookback_decision BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;
CREATE TRIGGER lookback_decision_kept BEFORE DELETE ON lookback_decision BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

CREATE TABLE legal_clock (
  id          INTEGER PRIMARY KEY,
  lookback_id INTEGER NOT NULL REFERENCES lookback (id),
  rule        TEXT    NOT NULL CHECK (rule IN ('processor', 'harm-7', 'minister', 'harm-15', 'harm-60')), -- facts/law.md 5.3
  due_on      TEXT    NOT NULL CHECK (due_on <> ''), -- the earliest reading
  done_at     INTEGER,
  done_by     INTEGER REFERENCES staff (id),
  outcome     TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'reported', 'not-due')),
  note        TEXT    NOT NULL DEFAULT '',
  UNIQUE (lookback_id, rule),
  CHECK ((done_at IS NULL) = (done_by IS NULL)),
  CHECK ((done_at IS NULL) = (outcome = ''))
) STRICT;

CREATE INDEX legal_clock_due ON legal_clock (due_on) WHERE done_at IS NULL;

-- ── journals: begun open, ended once ──

CREATE TRIGGER lookback_begins BEFORE INSERT ON lookback WHEN NEW.closed_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_fixed BEFORE UPDATE ON lookback
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
  OR (NEW.id, NEW.number, NEW.cause, NEW.cause_id, NEW.from_on, NEW.until_on, NEW.words, NEW.known_on, NEW.opened_at, NEW.opened_by)
     IS NOT (OLD.id, OLD.number, OLD.cause, OLD.cause_id, OLD.from_on, OLD.until_on, OLD.words, OLD.known_on, OLD.opened_at, OLD.opened_by)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_kept BEFORE DELETE ON lookback BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_close BEFORE UPDATE OF closed_at ON lookback WHEN NEW.closed_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'items-unreviewed')
    WHERE EXISTS (SELECT 1 FROM lookback_item WHERE lookback_id = NEW.id AND reviewed_at IS NULL);
  SELECT RAISE (ABORT, 'clock-open') WHERE EXISTS (SELECT 1 FROM legal_clock WHERE lookback_id = NEW.id AND done_at IS NULL);
  SELECT RAISE (ABORT, 'reason-needed') WHERE trim (NEW.conclusion) = '';
END;

CREATE TRIGGER lookback_item_begins BEFORE INSERT ON lookback_item
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.reviewed_at IS NOT NULL;
  SELECT RAISE (ABORT, 'lookback-closed') WHERE (SELECT closed_at FROM lookback WHERE id = NEW.lookback_id) IS NOT NULL;
END;
CREATE TRIGGER lookback_item_fixed BEFORE UPDATE ON lookback_item
WHEN OLD.reviewed_at IS NOT NULL OR NEW.reviewed_at IS NULL
  OR (NEW.id, NEW.lookback_id, NEW.what, NEW.row_id) IS NOT (OLD.id, OLD.lookback_id, OLD.what, OLD.row_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_item_kept BEFORE DELETE ON lookback_item BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_item_review BEFORE UPDATE OF reviewed_at ON lookback_item WHEN NEW.reviewed_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'decision-needed') WHERE NOT EXISTS (SELECT 1 FROM lookback_decision WHERE what = NEW.what AND decision = NEW.decision);
  SELECT RAISE (ABORT, 'reason-needed')
    WHERE trim (NEW.note) = '' AND EXISTS (SELECT 1 FROM lookback_decision WHERE what = NEW.what AND decision = NEW.decision AND words = 1);
  -- Told means that somebody wrote down when, by whom and how.
  SELECT RAISE (ABORT, 'told-first')
    WHERE NEW.decision IN ('told', 'companion-told') AND NOT EXISTS (SELECT 1 FROM lookback_contact WHERE item_id = NEW.id AND reached = 1);
END;

CREATE TRIGGER lookback_road_begins BEFORE INSERT ON lookback_road
WHEN (SELECT l.closed_at FROM lookback_item i JOIN lookback l ON l.id = i.lookback_id WHERE i.id = NEW.item_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'lookback-closed'); END;
CREATE TRIGGER lookback_road_fixed BEFORE UPDATE ON lookback_road BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_road_kept BEFORE DELETE ON lookback_road BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_contact_patient BEFORE INSERT ON lookback_contact
WHEN (SELECT what FROM lookback_item WHERE id = NEW.item_id) <> 'patient'
BEGIN SELECT RAISE (ABORT, 'not-a-patient'); END;
CREATE TRIGGER lookback_contact_fixed BEFORE UPDATE ON lookback_contact BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER lookback_contact_kept BEFORE DELETE ON lookback_contact BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER legal_clock_begins BEFORE INSERT ON legal_clock
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.done_at IS NOT NULL;
  SELECT RAISE (ABORT, 'lookback-closed') WHERE (SELECT closed_at FROM lookback WHERE id = NEW.lookback_id) IS NOT NULL;
END;
CREATE TRIGGER legal_clock_fixed BEFORE UPDATE ON legal_clock
WHEN OLD.done_at IS NOT NULL OR NEW.done_at IS NULL
  OR (NEW.id, NEW.lookback_id, NEW.rule, NEW.due_on) IS NOT (OLD.id, OLD.lookback_id, OLD.rule, OLD.due_on)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER legal_clock_kept BEFORE DELETE ON legal_clock BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER legal_clock_stop BEFORE UPDATE OF done_at ON legal_clock
WHEN NEW.outcome = 'not-due' AND trim (NEW.note) = ''
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;

-- ── what a look-back keeps from moving ──

-- Its holds stay until what they hold was cleared on its list, or the look-back is closed.
CREATE TRIGGER hold_lookback_begins BEFORE INSERT ON hold
WHEN (SELECT closed_at FROM lookback WHERE id = NEW.lookback_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'lookback-closed'); END;
CREATE TRIGGER hold_lookback BEFORE UPDATE OF closed_at ON hold
WHEN OLD.lookback_id IS NOT NULL AND NEW.closed_at IS NOT NULL
 AND EXISTS (SELECT 1 FROM lookback WHERE id = OLD.lookback_id AND closed_at IS NULL)
 AND NOT EXISTS (SELECT 1 FROM lookback_item WHERE lookback_id = OLD.lookback_id AND decision = 'cleared'
                 AND what = CASE WHEN OLD.unit_id IS NULL THEN 'lot' ELSE 'unit' END AND row_id = COALESCE (OLD.unit_id, OLD.lot_id))
BEGIN SELECT RAISE (ABORT, 'lookback-open'); END;

-- What an open look-back lists is evidence: it is not thrown away, sent away or used up before that was decided.
-- Of a thawed bag, or one that broke, the waste is what is left: it goes.
CREATE TRIGGER event_lookback BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('discarded', 'transferred_out', 'consumed')
 AND NEW.from_state NOT IN ('thawing', 'thawed', 'at_bedside', 'infusing')
 AND EXISTS (SELECT 1 FROM lookback_item i JOIN lookback l ON l.id = i.lookback_id AND l.closed_at IS NULL
             WHERE i.what IN ('unit', 'sample') AND i.row_id = NEW.unit_id
               AND i.decision NOT IN ('discard', 'cleared', 'test', 'tested'))
BEGIN SELECT RAISE (ABORT, 'lookback-open'); END;

CREATE INDEX thaw_session_day ON thaw_session (opened_at);
CREATE INDEX device_use_day ON device_use (started_at);
CREATE INDEX unit_event_filled ON unit_event (at) WHERE axis = 'life' AND to_state = 'filled';
