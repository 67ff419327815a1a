-- Schema step 3, part 6: checks of tanks and freezers.

CREATE TABLE tank_rule (
  container_id INTEGER PRIMARY KEY REFERENCES container (id),
  every_hours  INTEGER NOT NULL DEFAULT 24 CHECK (every_hours BETWEEN 1 AND 744),
  level_low    INTEGER,                          -- mm; below: fill now
  level_full   INTEGER,
  warm_at      INTEGER,                          -- tenths of °C; at or above: act now
  probe_due_on TEXT    NOT NULL DEFAULT '',
  phone        TEXT    NOT NULL DEFAULT '',      -- whom to call
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE tank_check (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  at           INTEGER NOT NULL,
  level        INTEGER CHECK (level BETWEEN 0 AND 5000), -- mm
  temperature  INTEGER CHECK (temperature BETWEEN -2731 AND 1000),
  phase        TEXT    NOT NULL DEFAULT '' CHECK (phase IN ('', 'vapour', 'liquid')),
  filled       INTEGER NOT NULL DEFAULT 0 CHECK (filled IN (0, 1)),
  litres       INTEGER,                          -- tenths
  level_after  INTEGER CHECK (level_after BETWEEN 0 AND 5000),
  seal_good    INTEGER NOT NULL DEFAULT 1 CHECK (seal_good IN (0, 1)),
  frost        INTEGER NOT NULL DEFAULT 0 CHECK (frost IN (0, 1)),
  alarm_tested INTEGER NOT NULL DEFAULT 0 CHECK (alarm_tested IN (0, 1)),
  note         TEXT    NOT NULL DEFAULT '',
  by_id        INTEGER NOT NULL REFERENCES staff (id),
  supersedes   INTEGER UNIQUE REFERENCES tank_check (id),
  CHECK (level IS NOT NULL OR temperature IS NOT NULL)
) STRICT;

CREATE INDEX tank_check_of ON tank_check (container_id, at);
CREATE TRIGGER tank_check_fixed BEFORE UPDATE ON tank_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER tank_check_kept BEFORE DELETE ON tank_check BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A tank that is down: opened, worked off in physical order, closed when it is empty or good again.
CREATE TABLE tank_down (
  id           INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container (id),
  reason       TEXT    NOT NULL CHECK (reason <> ''),
  opened_at    INTEGER NOT NULL,
  opened_by    INTEGER NOT NULL REFERENCES staff (id),
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES staff (id),
  closed_why   TEXT    NOT NULL DEFAULT '',
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK (closed_at >= opened_at)
) STRICT;

CREATE UNIQUE INDEX tank_down_one ON tank_down (container_id) WHERE closed_at IS NULL;
CREATE INDEX tank_down_of ON tank_down (container_id);
