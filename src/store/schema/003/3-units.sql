-- Schema step 3, part 3: units and custody. Every move is a row that says what, from where, to whom, who, who else,
-- when, and what was scanned; triggers write it, so that no road of the program can leave it out.

ALTER TABLE unit ADD COLUMN barcode TEXT NOT NULL DEFAULT '';       -- what its label carries where that is not the number (ISBT 128)
ALTER TABLE unit ADD COLUMN use_until_at INTEGER NOT NULL DEFAULT 0; -- an instant, for what is fresh; 0 where the day alone counts
ALTER TABLE unit ADD COLUMN division TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX unit_barcode ON unit (barcode) WHERE barcode <> '';
CREATE INDEX hold_open ON hold (opened_at, id) WHERE closed_at IS NULL;

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
  ('life', 'missing', 'fresh_ready', 1), ('life', 'at_clinic', 'transferred_out', 1), ('life', 'at_clinic', 'frozen', 1),
  ('life', 'filled', 'missing', 0), ('life', 'missing', 'filled', 1), ('life', 'picked', 'missing', 0);
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
  licence     TEXT    NOT NULL DEFAULT '',      -- of who receives what leaves for good: a licence, a plan's number
  physician_id INTEGER REFERENCES staff (id),   -- who ordered that it leaves for good
  CHECK ((arrived_at IS NULL) = (arrived_by IS NULL)),
  CHECK ((arrived_at IS NULL) = (arrived_with IS NULL)),
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
  -- what the row tells of, exactly one: that is how nobody writes one by hand
  placement_id INTEGER REFERENCES placement (id),
  move_id      INTEGER REFERENCES container_move (id),
  event_seq    INTEGER,                           -- of the unit's life
  shipment_id  INTEGER REFERENCES shipment (id),
  performer_id INTEGER NOT NULL REFERENCES staff (id),
  witness_id   INTEGER REFERENCES staff (id),
  scanned      TEXT    NOT NULL DEFAULT '',
  scanned_place TEXT   NOT NULL DEFAULT '',
  seconds_out  INTEGER NOT NULL DEFAULT 0 CHECK (seconds_out >= 0),
  PRIMARY KEY (unit_id, seq),
  CHECK ((what = 'place') = (container_id IS NOT NULL)),
  CHECK ((placement_id IS NOT NULL) + (move_id IS NOT NULL) + (event_seq IS NOT NULL) = 1),
  CHECK (witness_id IS NULL OR witness_id <> performer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX custody_at ON custody (container_id, at) WHERE container_id IS NOT NULL;
CREATE INDEX custody_carried ON custody (carried_in) WHERE carried_in IS NOT NULL;
CREATE UNIQUE INDEX custody_of_placement ON custody (placement_id) WHERE placement_id IS NOT NULL;
CREATE UNIQUE INDEX custody_of_move ON custody (move_id, unit_id) WHERE move_id IS NOT NULL;
CREATE UNIQUE INDEX custody_of_event ON custody (unit_id, event_seq) WHERE event_seq IS NOT NULL;
CREATE INDEX custody_shipment ON custody (shipment_id) WHERE shipment_id IS NOT NULL;

-- Within one second a unit may be taken out and put back: between its places stand the steps by which it left them, which
-- is what ord counts (odd: a place; even: a step after that many places).
INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, performer_id, witness_id, scanned, placement_id, event_seq)
  SELECT unit_id, row_number () OVER (PARTITION BY unit_id ORDER BY at, ord, n), at, what, container_id, row, col, performer_id, witness_id, scanned,
    placement_id, CASE WHEN placement_id IS NULL THEN n END
  FROM (
    SELECT unit_id, since AS at, 2 * row_number () OVER (PARTITION BY unit_id ORDER BY since, id) - 1 AS ord, 0 AS n, 'place' AS what,
      container_id, row, col, performer_id, witness_id, '' AS scanned, id AS placement_id FROM placement
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
      NULL, 0, 0, e.performer_id, e.witness_id, e.scanned, NULL
    FROM unit_event e WHERE e.axis = 'life' AND e.to_state NOT IN ('planned', 'frozen', 'fresh_ready'));

CREATE TRIGGER custody_next BEFORE INSERT ON custody
WHEN NEW.seq <> 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
-- Each row tells of a place, a move of the container around it, or a step of life, as that was; nothing follows an end.
CREATE TRIGGER custody_cause BEFORE INSERT ON custody
WHEN NOT CASE
    WHEN NEW.placement_id IS NOT NULL THEN NEW.what = 'place' AND NEW.carried_in IS NULL AND EXISTS (
      SELECT 1 FROM placement p WHERE p.id = NEW.placement_id
        AND (p.unit_id, p.container_id, p.row, p.col, p.since, p.performer_id, p.scanned, p.scanned_place, p.seconds_out)
          = (NEW.unit_id, NEW.container_id, NEW.row, NEW.col, NEW.at, NEW.performer_id, NEW.scanned, NEW.scanned_place, NEW.seconds_out)
        AND p.witness_id IS NEW.witness_id)
    WHEN NEW.move_id IS NOT NULL THEN NEW.what = 'place' AND EXISTS (
      SELECT 1 FROM container_move m JOIN container_above a ON a.above_id = m.container_id AND a.container_id = NEW.container_id
        JOIN placement p ON p.unit_id = NEW.unit_id AND p.until IS NULL
        WHERE m.id = NEW.move_id AND (m.container_id, m.at, m.performer_id, m.seconds_out) = (NEW.carried_in, NEW.at, NEW.performer_id, NEW.seconds_out)
          AND (p.container_id, p.row, p.col) = (NEW.container_id, NEW.row, NEW.col))
    ELSE EXISTS (
      SELECT 1 FROM unit_event e WHERE e.unit_id = NEW.unit_id AND e.axis = 'life' AND e.seq = NEW.event_seq
        AND e.to_state NOT IN ('planned', 'frozen', 'fresh_ready')
        AND (e.at, e.performer_id, e.scanned) = (NEW.at, NEW.performer_id, NEW.scanned)
        AND e.witness_id IS NEW.witness_id AND e.shipment_id IS NEW.shipment_id
        AND NEW.what = CASE e.to_state WHEN 'in_transit' THEN 'way' WHEN 'at_bedside' THEN 'bedside' WHEN 'infusing' THEN 'bedside'
          WHEN 'infused' THEN 'patient' WHEN 'part_infused' THEN 'patient' WHEN 'discarded' THEN 'waste' WHEN 'transferred_out' THEN 'outside'
          WHEN 'consumed' THEN 'culture' WHEN 'missing' THEN 'lost' WHEN 'void' THEN 'void' ELSE 'hand' END)
    END
BEGIN SELECT RAISE (ABORT, 'custody-without-cause'); END;
CREATE TRIGGER custody_clock BEFORE INSERT ON custody
WHEN NEW.at < (SELECT at FROM custody WHERE unit_id = NEW.unit_id AND seq = NEW.seq - 1)
BEGIN SELECT RAISE (ABORT, 'clock-went-back'); END;
CREATE TRIGGER custody_final BEFORE INSERT ON custody
WHEN (SELECT what FROM custody WHERE unit_id = NEW.unit_id AND seq = NEW.seq - 1) IN ('patient', 'waste', 'outside', 'culture', 'void')
BEGIN SELECT RAISE (ABORT, 'final-state'); END;
CREATE TRIGGER custody_fixed BEFORE UPDATE ON custody BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER custody_kept BEFORE DELETE ON custody BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER custody_of_place AFTER INSERT ON placement
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, performer_id, witness_id, scanned, scanned_place, seconds_out,
                       placement_id)
    VALUES (NEW.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0), NEW.since, 'place',
            NEW.container_id, NEW.row, NEW.col, NEW.performer_id, NEW.witness_id, NEW.scanned, NEW.scanned_place, NEW.seconds_out, NEW.id);
END;
CREATE TRIGGER custody_of_life AFTER INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state NOT IN ('planned', 'frozen', 'fresh_ready')
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, shipment_id, performer_id, witness_id, scanned, event_seq)
    VALUES (NEW.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = NEW.unit_id), 0), NEW.at,
      CASE NEW.to_state WHEN 'in_transit' THEN 'way' WHEN 'at_bedside' THEN 'bedside' WHEN 'infusing' THEN 'bedside' WHEN 'infused' THEN 'patient'
        WHEN 'part_infused' THEN 'patient' WHEN 'discarded' THEN 'waste' WHEN 'transferred_out' THEN 'outside' WHEN 'consumed' THEN 'culture'
        WHEN 'missing' THEN 'lost' WHEN 'void' THEN 'void' ELSE 'hand' END,
      NEW.shipment_id, NEW.performer_id, NEW.witness_id, NEW.scanned, NEW.seq);
END;
-- All that stands in a container moves with it: one row for each unit, beside the one for the container.
CREATE TRIGGER custody_of_container AFTER INSERT ON container_move
BEGIN
  INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, carried_in, performer_id, witness_id, seconds_out, move_id)
    SELECT p.unit_id, 1 + COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = p.unit_id), 0), NEW.at, 'place',
           p.container_id, p.row, p.col, NEW.container_id, NEW.performer_id, NEW.witness_id, NEW.seconds_out, NEW.id
    FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL
    WHERE a.above_id = NEW.container_id;
END;

-- Out of the cold too long in all its life: held in the same breath. The clinic's number, or 120 seconds
-- (domain/desk-cell-setting.c).
CREATE TRIGGER custody_warm AFTER INSERT ON custody
WHEN NEW.seconds_out > 0 AND (SELECT kind FROM unit WHERE id = NEW.unit_id) <> 'dose_fresh'
 AND (SELECT sum (seconds_out) FROM custody WHERE unit_id = NEW.unit_id)
     > COALESCE ((SELECT value FROM cell_setting WHERE name = 'out-of-cold'), 120)
 AND NOT EXISTS (SELECT 1 FROM hold WHERE unit_id = NEW.unit_id AND kind = 'warming' AND closed_at IS NULL)
BEGIN
  INSERT INTO hold (unit_id, kind, reason, opened_at, opened_by) VALUES (NEW.unit_id, 'warming', 'out-of-cold', NEW.at, NEW.performer_id);
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

-- Thrown away only with how and why; with a paper where it rests on somebody's will; and quality agrees, by another person,
-- where it was good. What a look-back lists is kept until that is decided: 5-lookback.
CREATE TRIGGER event_discarded BEFORE INSERT ON unit_event WHEN NEW.axis = 'life' AND NEW.to_state = 'discarded'
BEGIN
  SELECT RAISE (ABORT, 'discard-needed') WHERE NOT EXISTS (SELECT 1 FROM discard WHERE unit_id = NEW.unit_id AND at <= NEW.at);
  SELECT RAISE (ABORT, 'approval-needed')
    WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) IN ('released', 'conditional')
      AND NOT EXISTS (SELECT 1 FROM discard d JOIN staff s ON s.id = d.approved_by AND s.role IN ('quality', 'manager', 'physician')
                      WHERE d.unit_id = NEW.unit_id AND d.approved_by <> NEW.performer_id);
END;
CREATE TRIGGER discard_begins BEFORE INSERT ON discard
BEGIN
  SELECT RAISE (ABORT, 'document-needed')
    WHERE NEW.code IN ('consent_ended', 'consent_withdrawn', 'patient_died')
      AND NOT EXISTS (SELECT 1 FROM document d JOIN unit u ON u.patient_id = d.patient_id AND u.id = NEW.unit_id WHERE d.id = NEW.document_id);
  SELECT RAISE (ABORT, 'final-state')
    WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) IN ('infused', 'part_infused', 'discarded', 'consumed', 'transferred_out', 'void');
  SELECT RAISE (ABORT, 'not-possible') WHERE (SELECT life FROM unit WHERE id = NEW.unit_id) IN ('new', 'planned');
  SELECT RAISE (ABORT, 'staff-not-active') WHERE (SELECT active FROM staff WHERE id = NEW.approved_by) = 0;
END;

-- Registered in error is only what nobody has touched.
CREATE TRIGGER event_void BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'void' AND EXISTS (SELECT 1 FROM custody WHERE unit_id = NEW.unit_id)
BEGIN SELECT RAISE (ABORT, 'custody-began'); END;

-- Used up: what grows on, in the lot it grew on in; what was tested, with the test in words. Never a dose.
DROP TRIGGER event_only_cultures;
CREATE TRIGGER event_consumed BEFORE INSERT ON unit_event WHEN NEW.axis = 'life' AND NEW.to_state = 'consumed'
BEGIN
  SELECT RAISE (ABORT, 'not-an-intermediate') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) IN ('dose_fresh', 'dose_frozen');
  SELECT RAISE (ABORT, 'lot-needed')
    WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) = 'intermediate' AND NOT EXISTS (SELECT 1 FROM lot_input WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'reason-needed') WHERE (SELECT kind FROM unit WHERE id = NEW.unit_id) <> 'intermediate' AND NEW.reason = '';
END;

-- On its way only on a shipment, and off it only with what was seen when it came.
CREATE TRIGGER event_shipped BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND (NEW.to_state IN ('in_transit', 'transferred_out') OR NEW.from_state = 'in_transit')
BEGIN
  SELECT RAISE (ABORT, 'shipment-needed')
    WHERE NEW.to_state = 'in_transit' AND NOT EXISTS (SELECT 1 FROM shipment WHERE id = NEW.shipment_id AND arrived_at IS NULL AND left_at <= NEW.at);
  SELECT RAISE (ABORT, 'not-arrived')
    WHERE NEW.to_state = 'at_clinic'
      AND NOT EXISTS (SELECT 1 FROM shipment s JOIN unit_event e ON e.shipment_id = s.id AND e.unit_id = NEW.unit_id AND e.axis = 'life' AND e.seq = NEW.prev_seq
                      WHERE s.id = NEW.shipment_id AND s.arrived_at IS NOT NULL);
  SELECT RAISE (ABORT, 'receiver-needed')
    WHERE NEW.to_state = 'transferred_out'
      AND NOT EXISTS (SELECT 1 FROM shipment s JOIN staff d ON d.id = s.physician_id AND d.role = 'physician'
                      WHERE s.id = NEW.shipment_id AND s.direction = 'out' AND s.other_party <> '');
END;
-- What was sent stays as it was sent; what was seen when it came is said once.
CREATE TRIGGER shipment_fixed BEFORE UPDATE ON shipment
WHEN (NEW.id, NEW.number, NEW.direction, NEW.other_party, NEW.courier, NEW.box, NEW.seal, NEW.logger, NEW.allowed_min, NEW.allowed_max,
      NEW.left_at, NEW.left_by, NEW.licence, NEW.physician_id)
     IS NOT (OLD.id, OLD.number, OLD.direction, OLD.other_party, OLD.courier, OLD.box, OLD.seal, OLD.logger, OLD.allowed_min, OLD.allowed_max,
      OLD.left_at, OLD.left_by, OLD.licence, OLD.physician_id)
  OR OLD.arrived_at IS NOT NULL OR NEW.arrived_at IS NULL
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER shipment_kept BEFORE DELETE ON shipment BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER shipment_begins BEFORE INSERT ON shipment WHEN NEW.arrived_at IS NOT NULL BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER shipment_seen BEFORE UPDATE OF arrived_at ON shipment
WHEN NEW.seal_whole IS NULL OR NEW.in_order IS NULL OR (NEW.min_seen IS NULL) <> (NEW.max_seen IS NULL) OR NEW.min_seen > NEW.max_seen
  OR (NEW.min_seen IS NULL AND (NEW.allowed_min IS NOT NULL OR NEW.allowed_max IS NOT NULL) AND NEW.in_order = 1)
BEGIN SELECT RAISE (ABORT, 'not-looked-at'); END;
-- Too warm, too cold, opened on the way, or not as it should be: each unit on it is held.
CREATE TRIGGER shipment_held AFTER UPDATE OF arrived_at ON shipment
WHEN NEW.seal_whole = 0 OR NEW.in_order = 0 OR NEW.min_seen < NEW.allowed_min OR NEW.max_seen > NEW.allowed_max
BEGIN
  INSERT INTO hold (unit_id, kind, reason, opened_at, opened_by)
    SELECT u.id, 'transport', CASE WHEN NEW.min_seen < NEW.allowed_min OR NEW.max_seen > NEW.allowed_max THEN 'shipment-temperature'
                                   WHEN NEW.seal_whole = 0 THEN 'shipment-seal' ELSE 'shipment-box' END, NEW.arrived_at, NEW.arrived_by
    FROM unit_event e JOIN unit u ON u.id = e.unit_id AND u.life = 'in_transit' AND u.life_seq = e.seq
    WHERE e.shipment_id = NEW.id AND e.axis = 'life';
END;

-- Found is what it was before; where it has been nobody knows, so somebody looks at it first.
CREATE TRIGGER event_found BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.from_state = 'missing' AND NEW.to_state <> 'discarded'
 AND NEW.to_state <> (SELECT CASE from_state WHEN 'picked' THEN 'frozen' WHEN 'in_transit' THEN 'at_clinic' ELSE from_state END
                      FROM unit_event WHERE unit_id = NEW.unit_id AND axis = 'life' AND seq = NEW.prev_seq)
BEGIN SELECT RAISE (ABORT, 'not-as-it-was'); END;
CREATE TRIGGER event_found_held AFTER INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.from_state = 'missing' AND NEW.to_state <> 'discarded'
BEGIN
  INSERT INTO hold (unit_id, kind, reason, opened_at, opened_by) VALUES (NEW.unit_id, 'deviation', 'was-missing', NEW.at, NEW.performer_id);
END;

-- After its end a unit can still turn out unsafe; nothing else is said of it.
CREATE TRIGGER event_after_end BEFORE INSERT ON unit_event
WHEN NEW.axis <> 'life' AND NEW.to_state NOT IN ('rejected', 'recalled')
 AND (SELECT life FROM unit WHERE id = NEW.unit_id) IN ('infused', 'part_infused', 'discarded', 'consumed', 'transferred_out', 'void')
BEGIN SELECT RAISE (ABORT, 'final-state'); END;

-- When it happened and when it was written are two clocks; neither goes back in the chain of a unit.
CREATE TRIGGER event_recorded BEFORE INSERT ON unit_event
WHEN NEW.recorded_at < (SELECT recorded_at FROM unit_event WHERE unit_id = NEW.unit_id AND axis = NEW.axis AND seq = NEW.prev_seq)
 AND NEW.recorded_at <> 0
BEGIN SELECT RAISE (ABORT, 'clock-went-back'); END;

CREATE TRIGGER placement_people BEFORE INSERT ON placement
WHEN EXISTS (SELECT 1 FROM staff WHERE id IN (NEW.performer_id, NEW.witness_id) AND active = 0)
BEGIN SELECT RAISE (ABORT, 'staff-not-active'); END;

-- A fresh dose is good until an hour, not a day.
CREATE TRIGGER event_fresh_until BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state = 'fresh_ready'
 AND (SELECT kind = 'dose_fresh' AND use_until_at = 0 FROM unit WHERE id = NEW.unit_id)
BEGIN SELECT RAISE (ABORT, 'use-by-needed'); END;

-- What a label carries is given once, and to one thing: units, lots, collections and
-- containers share their numbers (units beside containers: 1-bank).
CREATE TRIGGER unit_code_fixed BEFORE UPDATE OF barcode, division, use_until_at ON unit
WHEN (OLD.barcode <> '' AND NEW.barcode <> OLD.barcode) OR (OLD.division <> '' AND NEW.division <> OLD.division)
  OR (OLD.use_until_at <> 0 AND NEW.use_until_at <> OLD.use_until_at)
  OR (NEW.use_until_at <> OLD.use_until_at AND OLD.life NOT IN ('new', 'planned', 'filled'))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER unit_number BEFORE INSERT ON unit
WHEN EXISTS (SELECT 1 FROM unit WHERE barcode <> '' AND barcode IN (NEW.number, NEW.barcode)) OR EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode)
  OR EXISTS (SELECT 1 FROM lot WHERE number IN (NEW.number, NEW.barcode)) OR EXISTS (SELECT 1 FROM collection WHERE number IN (NEW.number, NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER unit_number_given BEFORE UPDATE OF barcode ON unit
WHEN NEW.barcode <> OLD.barcode
 AND (EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode AND id <> NEW.id) OR EXISTS (SELECT 1 FROM lot WHERE number = NEW.barcode)
      OR EXISTS (SELECT 1 FROM collection WHERE number = NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER lot_number BEFORE INSERT ON lot
WHEN EXISTS (SELECT 1 FROM unit WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM unit WHERE barcode = NEW.number AND barcode <> '')
  OR EXISTS (SELECT 1 FROM collection WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM container WHERE barcode = NEW.number)
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER collection_number BEFORE INSERT ON collection
WHEN EXISTS (SELECT 1 FROM unit WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM unit WHERE barcode = NEW.number AND barcode <> '')
  OR EXISTS (SELECT 1 FROM lot WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM container WHERE barcode = NEW.number)
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER container_number BEFORE INSERT ON container
WHEN NEW.barcode IS NOT NULL
 AND (EXISTS (SELECT 1 FROM lot WHERE number = NEW.barcode) OR EXISTS (SELECT 1 FROM collection WHERE number = NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER container_number_given BEFORE UPDATE OF barcode ON container
WHEN NEW.barcode IS NOT OLD.barcode AND NEW.barcode IS NOT NULL
 AND (EXISTS (SELECT 1 FROM lot WHERE number = NEW.barcode) OR EXISTS (SELECT 1 FROM collection WHERE number = NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

-- A hold is closed in words; those of a merge end with what they wait for.
CREATE TRIGGER hold_words BEFORE UPDATE OF closed_at ON hold
WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL AND NEW.closed_why = '' AND OLD.kind <> 'merge' AND OLD.reason <> 'merged-check-label'
BEGIN SELECT RAISE (ABORT, 'reason-needed'); END;

-- As in step 1, with holds of every scope.
DROP TRIGGER event_towards_patient;
CREATE TRIGGER event_towards_patient BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND NEW.to_state IN ('picked', 'thawing', 'at_bedside', 'infusing')
  AND (SELECT kind FROM unit WHERE id = NEW.unit_id) IN ('dose_fresh', 'dose_frozen')
BEGIN
  SELECT RAISE (ABORT, 'not-released') WHERE (SELECT quality FROM unit WHERE id = NEW.unit_id) NOT IN ('released', 'conditional');
  SELECT RAISE (ABORT, 'label-not-verified') WHERE (SELECT label FROM unit WHERE id = NEW.unit_id) <> 'verified';
  -- By the day in Greenwich: the program refuses by the clinic's own day, which is never behind it in Japan.
  SELECT RAISE (ABORT, 'expired')
    WHERE (SELECT use_until < date (NEW.at, 'unixepoch') OR (use_until_at <> 0 AND use_until_at < NEW.at) FROM unit WHERE id = NEW.unit_id);
  SELECT RAISE (ABORT, 'unit-held')
    WHERE EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = NEW.unit_id);
  SELECT RAISE (ABORT, 'result-failed')
    WHERE EXISTS (SELECT 1 FROM result r JOIN unit u ON u.lot_id = r.lot_id WHERE u.id = NEW.unit_id AND r.passed = 0
                  AND (r.unit_id IS NULL OR r.unit_id = u.id) AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id));
  SELECT RAISE (ABORT, 'not-reserved')
    WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE unit_id = NEW.unit_id AND closed_at IS NULL);
  -- Thawed only for a patient who is there.
  SELECT RAISE (ABORT, 'patient-not-here')
    WHERE NEW.to_state <> 'picked'
      AND (SELECT v.status FROM reservation r JOIN visit v ON v.id = r.visit_id WHERE r.unit_id = NEW.unit_id AND r.closed_at IS NULL)
          NOT IN ('arrived', 'checked_in', 'in_room');
END;
