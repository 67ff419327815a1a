-- Schema step 3, part 3: units and custody. Every move is a row that says what, from where, to whom, who, who else,
-- when, and what was scanned; triggers write it, so that no road of the program can leave it out.

ALTER TABLE unit ADD COLUMN barcode TEXT NOT NULL DEFAULT '';       -- what its label carries where that is not the number (ISBT 128)
ALTER TABLE unit ADD COLUMN use_until_at INTEGER NOT NULL DEFAULT 0; -- an instant, for what is fresh; 0 where the day alone counts
ALTER TABLE unit ADD COLUMN division TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX unit_barcode ON unit (barcode) WHERE barcode <> '';

ALTER TABLE unit_event ADD COLUMN recorded_at INTEGER NOT NULL DEFAULT 0; -- the wall clock when it was written, beside when it happened
ALTER TABLE unit_event ADD COLUMN code TEXT NOT NULL DEFAULT '';          -- the coded reason
ALTER TABLE unit_event ADD COLUMN document_id INTEGER REFERENCES document (id);
ALTER TABLE unit_event ADD COLUMN shipment_id INTEGER REFERENCES shipment (id);

CREATE INDEX unit_event_document ON unit_event (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX unit_event_shipment ON unit_event (shipment_id) WHERE shipment_id IS NOT NULL;

ALTER TABLE placement ADD COLUMN scanned TEXT NOT NULL DEFAULT '';        -- the unit's code as read
ALTER TABLE placement ADD COLUMN scanned_place TEXT NOT NULL DEFAULT '';
ALTER TABLE placement ADD COLUMN seconds_out INTEGER NOT NULL DEFAULT 0;  -- warm before it was put there

-- Steps of life that the first release did not know.
DROP TRIGGER axis_step_none;
INSERT INTO axis_step (axis, from_state, to_state, witnessed) VALUES
  ('life', 'filled', 'consumed', 1), ('life', 'frozen', 'consumed', 1), ('life', 'fresh_ready', 'consumed', 1),
  ('life', 'filled', 'in_transit', 1), ('life', 'in_transit', 'discarded', 1), ('life', 'in_transit', 'missing', 0),
  ('life', 'fresh_ready', 'missing', 0), ('life', 'at_clinic', 'missing', 0), ('life', 'missing', 'at_clinic', 1),
  ('life', 'missing', 'fresh_ready', 1), ('life', 'at_clinic', 'transferred_out', 1), ('life', 'at_clinic', 'frozen', 1);
CREATE TRIGGER axis_step_none BEFORE INSERT ON axis_step BEGIN SELECT RAISE (ABORT, 'rule-is-fixed'); END;

CREATE TABLE shipment (
  id          INTEGER PRIMARY KEY,
  number      TEXT    NOT NULL UNIQUE,
  direction   TEXT    NOT NULL CHECK (direction IN ('in', 'out')),
  other_party TEXT    NOT NULL DEFAULT '',
  courier     TEXT    NOT NULL DEFAULT '',
  box         TEXT    NOT NULL DEFAULT '',
  seal        TEXT    NOT NULL DEFAULT '',
  logger      TEXT    NOT NULL DEFAULT '',
  allowed_min INTEGER,                          -- tenths of °C
  allowed_max INTEGER,
  left_at     INTEGER NOT NULL,
  left_by     INTEGER NOT NULL REFERENCES staff (id),
  arrived_at  INTEGER,
  arrived_by  INTEGER REFERENCES staff (id),
  arrived_with INTEGER REFERENCES staff (id),
  min_seen    INTEGER,
  max_seen    INTEGER,
  seal_whole  INTEGER CHECK (seal_whole IN (0, 1)),
  in_order    INTEGER CHECK (in_order IN (0, 1)), -- the box and what is in it, as seen
  note        TEXT    NOT NULL DEFAULT '',
  CHECK ((arrived_at IS NULL) = (arrived_by IS NULL)),
  CHECK (arrived_with IS NULL OR arrived_with <> arrived_by),
  CHECK (arrived_at >= left_at)
) STRICT;

-- Where each unit has been, without a gap. place: in a container; hand: with a person; way: on a shipment;
-- bedside, patient, waste, outside, culture, lost: as they say.
CREATE TABLE custody (
  unit_id      INTEGER NOT NULL REFERENCES unit (id),
  seq          INTEGER NOT NULL CHECK (seq >= 1),
  at           INTEGER NOT NULL,
  what         TEXT    NOT NULL CHECK (what IN ('place', 'hand', 'way', 'bedside', 'patient', 'waste', 'outside', 'culture', 'lost', 'void')),
  container_id INTEGER REFERENCES container (id),
  row          INTEGER NOT NULL DEFAULT 0,
  col          INTEGER NOT NULL DEFAULT 0,
  carried_in   INTEGER REFERENCES container (id), -- the container that was moved with it inside
  shipment_id  INTEGER REFERENCES shipment (id),
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  scanned      TEXT    NOT NULL DEFAULT '',
  scanned_place TEXT   NOT NULL DEFAULT '',
  seconds_out  INTEGER NOT NULL DEFAULT 0 CHECK (seconds_out >= 0),
  PRIMARY KEY (unit_id, seq),
  CHECK ((what = 'place') = (container_id IS NOT NULL)),
  CHECK (witness_id IS NULL OR witness_id <> performer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX custody_at ON custody (container_id, at) WHERE container_id IS NOT NULL;
CREATE INDEX custody_carried ON custody (carried_in) WHERE carried_in IS NOT NULL;
CREATE INDEX custody_shipment ON custody (shipment_id) WHERE shipment_id IS NOT NULL;

-- Within one second a unit may be taken out and put back: between its places stand the steps by which it left them, which
-- is what ord counts (odd: a place; even: a step after that many places).
INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, performer_id, witness_id, scanned)
  SELECT unit_id, row_number () OVER (PARTITION BY unit_id ORDER BY at, ord, n), at, what, container_id, row, col, performer_id, witness_id, scanned
  FROM (
    SELECT unit_id, since AS at, 2 * row_number () OVER (PARTITION BY unit_id ORDER BY since, id) - 1 AS ord, 0 AS n, 'place' AS what,
      container_id, row, col, performer_id, witness_id, '' AS scanned FROM placement
    UNION ALL
    SELECT e.unit_id, e.at,
      2 * ((SELECT count (*) FROM placement p WHERE p.unit_id = e.unit_id AND p.until <= e.at)
           - (SELECT count (*) FROM unit_event l WHERE l.unit_id = e.unit_id AND l.axis = 'life' AND l.seq > e.seq AND l.at = e.at
                AND l.from_state IN ('filled', 'frozen', 'fresh_ready', 'at_clinic')
                AND l.to_state NOT IN ('filled', 'frozen', 'fresh_ready', 'at_clinic'))),
      e.seq,
      CASE e.to_state WHEN 'in_transit' THEN 'way' WHEN 'at_bedside' THEN 'bedside' WHEN 'infusing' THEN 'bedside' WHEN 'infused' THEN 'patient'
        WHEN 'part_infused' THEN 'patient' WHEN 'discarded' THEN 'waste' WHEN 'transferred_out' THEN 'outside' WHEN 'consumed' THEN 'culture'
        WHEN 'missing' THEN 'lost' WHEN 'void' THEN 'void' ELSE 'hand' END,
      NULL, 0, 0, e.performer_id, e.witness_id, e.scanned
    FROM unit_event e WHERE e.axis = 'life' AND e.to_state NOT IN ('planned', 'frozen', 'fresh_ready'));

CREATE TRIGGER custody_next BEFORE INSERT ON custody
WHEN NEW.seq <> 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER custody_fixed BEFORE UPDATE ON custody BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER custody_kept BEFORE DELETE ON custody BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER custody_of_place AFTER INSERT ON placement
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, performer_id, witness_id, scanned, scanned_place, seconds_out)
    VALUES (NEW.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0), NEW.since, 'place',
            NEW.container_id, NEW.row, NEW.col, NEW.performer_id, NEW.witness_id, NEW.scanned, NEW.scanned_place, NEW.seconds_out);
END;
CREATE TRIGGER custody_of_life AFTER INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state NOT IN ('planned', 'frozen', 'fresh_ready')
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, shipment_id, performer_id, witness_id, scanned)
    VALUES (NEW.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0), NEW.at,
      CASE NEW.to_state WHEN 'in_transit' THEN 'way' WHEN 'at_bedside' THEN 'bedside' WHEN 'infusing' THEN 'bedside' WHEN 'infused' THEN 'patient'
        WHEN 'part_infused' THEN 'patient' WHEN 'discarded' THEN 'waste' WHEN 'transferred_out' THEN 'outside' WHEN 'consumed' THEN 'culture'
        WHEN 'missing' THEN 'lost' WHEN 'void' THEN 'void' ELSE 'hand' END,
      NEW.shipment_id, NEW.performer_id, NEW.witness_id, NEW.scanned);
END;
-- All that stands in a container moves with it: one row for each unit, beside the one for the container.
CREATE TRIGGER custody_of_container AFTER INSERT ON container_move
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, carried_in, performer_id, witness_id, seconds_out)
    SELECT p.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = p.unit_id), 0), NEW.at, 'place',
           p.container_id, p.row, p.col, NEW.container_id, NEW.performer_id, NEW.witness_id, NEW.seconds_out
    FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL
    WHERE a.above_id = NEW.container_id;
END;

-- How a unit was thrown away: written before its last event.
CREATE TABLE discard (
  unit_id      INTEGER PRIMARY KEY REFERENCES unit (id),
  code         TEXT    NOT NULL CHECK (code IN ('expired', 'consent_ended', 'consent_withdrawn', 'patient_died', 'failed_test', 'damaged',
                                                'warmed', 'thawed_unused', 'rest_of_infusion', 'transport', 'other')),
  method       TEXT    NOT NULL CHECK (method IN ('autoclave', 'incineration', 'chemical', 'contractor')),
  document_id  INTEGER REFERENCES document (id), -- the request or the consent it rests on
  patient_told INTEGER NOT NULL DEFAULT 0 CHECK (patient_told IN (0, 1)),
  approved_by  INTEGER REFERENCES staff (id),    -- quality, when it was released
  note         TEXT    NOT NULL DEFAULT '',
  at           INTEGER NOT NULL
) STRICT;

CREATE INDEX discard_document ON discard (document_id) WHERE document_id IS NOT NULL;
CREATE TRIGGER discard_fixed BEFORE UPDATE ON discard BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER discard_kept BEFORE DELETE ON discard BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- As in step 1, with holds of every scope.
DROP TRIGGER event_towards_patient;
CREATE TRIGGER event_towards_patient BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('picked', 'thawing', 'at_bedside', 'infusing')
  AND (SELECT kind FROM unit WHERE id = NEW.unit_id) IN ('dose_fresh', 'dose_frozen')
BEGIN
  SELECT RAISE (ABORT, 'not-released') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) NOT IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
  -- By the day in Greenwich: the program refuses by the clinic's own day, which is never behind it in Japan.
  SELECT RAISE (ABORT, 'expired') WHERE (SELECT use_until FROM unit WHERE id = NEW.unit_id) < date (NEW.at, 'unixepoch');
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
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
