-- Schema step 3, part 6: checks of tanks and freezers.

-- Tanks among ten thousand boxes.
CREATE INDEX container_by_kind ON container (kind);

CREATE TABLE tank_rule (
  container_id INTEGER PRIMARY KEY REFERENCES container (id),
  every_hours  INTEGER NOT NULL DEFAULT 24 CHECK (every_hours BETWEEN 1 AND 744),
  level_low    INTEGER,                          -- mm; below: fill now
  level_full   INTEGER,
  warm_at      INTEGER,                          -- tenths of °C; at or above: act now
  probe_due_on TEXT    NOT NULL DEFAULT '',
  phone        TEXT    NOT NULL DEFAULT '',      -- whom to call
  version      INTEGER NOT NULL DEFAULT 1,
  CHECK (level_low BETWEEN 1 AND 5000),
  CHECK (level_full BETWEEN 1 AND 5000),
  CHECK (level_full > level_low),
  CHECK (warm_at BETWEEN -2731 AND 1000)
) STRICT;

-- Only what keeps cells cold, or warm, has rules and is checked.
CREATE TRIGGER tank_rule_of BEFORE INSERT ON tank_rule
WHEN (SELECT kind FROM container WHERE id = NEW.container_id) NOT IN ('tank', 'freezer', 'refrigerator', 'incubator')
BEGIN SELECT RAISE (ABORT, 'not-a-tank'); END;
CREATE TRIGGER tank_rule_fixed BEFORE UPDATE OF container_id ON tank_rule WHEN NEW.container_id <> OLD.container_id
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER tank_rule_kept BEFORE DELETE ON tank_rule BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

CREATE TABLE tank_check (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  at           INTEGER NOT NULL,
  level        INTEGER CHECK (level BETWEEN 0 AND 5000), -- mm
  temperature  INTEGER CHECK (temperature BETWEEN -2731 AND 1000),
  phase        TEXT    NOT NULL DEFAULT '' CHECK (phase IN ('', 'vapour', 'liquid')),
  filled       INTEGER NOT NULL DEFAULT 0 CHECK (filled IN (0, 1)),
  litres       INTEGER CHECK (litres > 0),       -- tenths
  level_after  INTEGER CHECK (level_after BETWEEN 0 AND 5000),
  seal_good    INTEGER NOT NULL DEFAULT 1 CHECK (seal_good IN (0, 1)),
  frost        INTEGER NOT NULL DEFAULT 0 CHECK (frost IN (0, 1)),
  alarm_tested INTEGER NOT NULL DEFAULT 0 CHECK (alarm_tested IN (0, 1)),
  note         TEXT    NOT NULL DEFAULT '',
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  supersedes   INTEGER UNIQUE REFERENCES tank_check (id),
  CHECK (level IS NOT NULL OR temperature IS NOT NULL),
  CHECK (filled = 1 OR (litres IS NULL AND level_after IS NULL)),
  CHECK (supersedes IS NULL OR (note <> '' AND supersedes < id))
) STRICT;

CREATE INDEX tank_check_of ON tank_check (container_id, at);
CREATE TRIGGER tank_check_fixed BEFORE UPDATE ON tank_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER tank_check_kept BEFORE DELETE ON tank_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER tank_check_guard BEFORE INSERT ON tank_check
BEGIN
  SELECT RAISE (ABORT, 'not-a-tank')
    WHERE (SELECT kind FROM container WHERE id = NEW.container_id) NOT IN ('tank', 'freezer', 'refrigerator', 'incubator');
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.by_id) = 0;
  -- Corrected is a check of the same tank; that it is the newest correction the key of the column sees to.
  SELECT RAISE (ABORT, 'supersedes-another')
    WHERE NEW.supersedes IS NOT NULL AND (SELECT container_id FROM tank_check WHERE id = NEW.supersedes) IS NOT NEW.container_id;
END;

-- A tank that is down: opened, worked off in physical order, closed when it is empty or good again.
CREATE TABLE tank_down (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  closed_as    TEXT    CHECK (closed_as IN ('empty', 'good')),
  closed_why   TEXT    NOT NULL DEFAULT '',
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_as IS NULL)),
  CHECK (closed_as IS NOT 'good' OR closed_why <> ''),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX tank_down_one ON tank_down (container_id) WHERE closed_at IS NULL;
CREATE INDEX tank_down_of ON tank_down (container_id);

CREATE TRIGGER tank_down_begins BEFORE INSERT ON tank_down
BEGIN
  SELECT RAISE (ABORT, 'journal-only-grows') WHERE NEW.closed_at IS NOT NULL;
  SELECT RAISE (ABORT, 'not-a-tank')
    WHERE (SELECT kind FROM container WHERE id = NEW.container_id) NOT IN ('tank', 'freezer', 'refrigerator', 'incubator');
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.opened_by) = 0;
END;
-- It is closed once, and as empty only when it is.
CREATE TRIGGER tank_down_fixed BEFORE UPDATE ON tank_down
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
  OR (NEW.id, NEW.container_id, NEW.reason, NEW.opened_at, NEW.opened_by) IS NOT (OLD.id, OLD.container_id, OLD.reason, OLD.opened_at, OLD.opened_by)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER tank_down_empty BEFORE UPDATE OF closed_at ON tank_down
WHEN NEW.closed_as = 'empty'
 AND EXISTS (SELECT 1 FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL
             WHERE a.above_id = NEW.container_id)
BEGIN SELECT RAISE (ABORT, 'container-not-empty'); END;
CREATE TRIGGER tank_down_kept BEFORE DELETE ON tank_down BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Nothing is put into a tank that is down, neither a unit nor a rack.
CREATE TRIGGER tank_down_placement BEFORE INSERT ON placement
WHEN EXISTS (SELECT 1 FROM container_above a JOIN tank_down d ON d.container_id = a.above_id AND d.closed_at IS NULL
             WHERE a.container_id = NEW.container_id)
BEGIN SELECT RAISE (ABORT, 'tank-down'); END;
CREATE TRIGGER tank_down_container BEFORE UPDATE OF parent_id ON container
WHEN NEW.parent_id IS NOT OLD.parent_id
 AND EXISTS (SELECT 1 FROM container_above a JOIN tank_down d ON d.container_id = a.above_id AND d.closed_at IS NULL
             WHERE a.container_id = NEW.parent_id)
BEGIN SELECT RAISE (ABORT, 'tank-down'); END;
