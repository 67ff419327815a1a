-- Schema step 3, part 8: ISBT 128, written only for a clinic that entered the facility code ICCBBA gave it. A donation
-- number, and a unit's donation, product and division together, are given once and never again.

CREATE TABLE isbt_facility (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  code       TEXT    NOT NULL CHECK (length (code) = 5),
  entered_at INTEGER NOT NULL,
  entered_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- The product code the clinic has for each kind of unit; typed, for the codes' data base is not free.
CREATE TABLE isbt_product (
  kind  TEXT PRIMARY KEY,
  code  TEXT NOT NULL CHECK (length (code) = 8 AND code GLOB '*00'), -- the division is the unit's
  words TEXT NOT NULL DEFAULT '' -- what stands on the label for the eye
) STRICT;

CREATE TABLE isbt_collection (
  collection_id INTEGER PRIMARY KEY REFERENCES collection (id),
  din           TEXT    NOT NULL UNIQUE CHECK (length (din) = 13)
) STRICT;

CREATE TRIGGER isbt_collection_fixed BEFORE UPDATE ON isbt_collection BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER isbt_collection_kept BEFORE DELETE ON isbt_collection BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;

CREATE TABLE isbt_unit (
  unit_id  INTEGER PRIMARY KEY REFERENCES unit (id),
  din      TEXT    NOT NULL CHECK (length (din) = 13),
  product  TEXT    NOT NULL CHECK (length (product) = 8),
  division TEXT    NOT NULL DEFAULT '',
  UNIQUE (din, product, division),
  CHECK (product NOT GLOB '*99' OR length (division) = 6)
) STRICT;

CREATE TRIGGER isbt_unit_fixed BEFORE UPDATE ON isbt_unit BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
CREATE TRIGGER isbt_unit_kept BEFORE DELETE ON isbt_unit BEGIN SELECT RAISE (ABORT, 'number-reuse'); END;
-- The donation is that of the unit's own lot, or of what went into it.
CREATE TRIGGER isbt_unit_own BEFORE INSERT ON isbt_unit
WHEN NOT EXISTS (SELECT 1 FROM unit u JOIN lot l ON l.id = u.lot_id JOIN isbt_collection c ON c.collection_id = l.collection_id
                 WHERE u.id = NEW.unit_id AND c.din = NEW.din)
 AND NOT EXISTS (SELECT 1 FROM unit u JOIN lot_input i ON i.lot_id = u.lot_id JOIN isbt_collection c ON c.collection_id = i.collection_id
                 WHERE u.id = NEW.unit_id AND c.din = NEW.din)
BEGIN SELECT RAISE (ABORT, 'isbt-not-own'); END;

-- A code is one thing's alone, whatever kind of thing (rule 19: no number twice, ever).
CREATE TRIGGER container_code_taken BEFORE INSERT ON container
WHEN NEW.barcode IS NOT NULL
 AND (EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode) OR EXISTS (SELECT 1 FROM unit WHERE barcode = NEW.barcode AND barcode <> '')
      OR EXISTS (SELECT 1 FROM patient WHERE chart = NEW.barcode) OR EXISTS (SELECT 1 FROM device WHERE barcode = NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'code-taken'); END;
CREATE TRIGGER container_code_given BEFORE UPDATE OF barcode ON container
WHEN NEW.barcode IS NOT NULL AND NEW.barcode IS NOT OLD.barcode
 AND (EXISTS (SELECT 1 FROM unit WHERE number = NEW.barcode) OR EXISTS (SELECT 1 FROM unit WHERE barcode = NEW.barcode AND barcode <> '')
      OR EXISTS (SELECT 1 FROM patient WHERE chart = NEW.barcode) OR EXISTS (SELECT 1 FROM device WHERE barcode = NEW.barcode))
BEGIN SELECT RAISE (ABORT, 'code-taken'); END;
