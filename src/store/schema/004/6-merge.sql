-- What the book knows of a patient goes with a merge: windows, plans, waiting, recalls.
DROP TRIGGER merge_moved_begins;
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
      WHEN 'chase' THEN (SELECT patient_id FROM chase WHERE id = NEW.row_id)
      WHEN 'hold' THEN (SELECT patient_id FROM hold WHERE id = NEW.row_id)
      WHEN 'storage_consent' THEN (SELECT patient_id FROM storage_consent WHERE id = NEW.row_id)
      WHEN 'patient_window' THEN (SELECT patient_id FROM patient_window WHERE id = NEW.row_id)
      WHEN 'plan' THEN (SELECT patient_id FROM plan WHERE id = NEW.row_id)
      WHEN 'waiting' THEN (SELECT patient_id FROM waiting WHERE id = NEW.row_id)
      WHEN 'recall' THEN (SELECT patient_id FROM recall WHERE id = NEW.row_id) END;
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

CREATE TRIGGER plan_moves AFTER UPDATE OF patient_id ON plan WHEN NEW.patient_id <> OLD.patient_id
BEGIN
  UPDATE plan_trip SET patient_id = NEW.patient_id WHERE plan_id = NEW.id;
  UPDATE plan_visit SET patient_id = NEW.patient_id WHERE plan_id = NEW.id;
END;

CREATE TRIGGER patient_window_not_merged BEFORE INSERT ON patient_window
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER patient_window_owner BEFORE UPDATE ON patient_window
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'patient_window' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

CREATE TRIGGER plan_not_merged BEFORE INSERT ON plan
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER plan_owner BEFORE UPDATE ON plan
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'plan' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

CREATE TRIGGER waiting_not_merged BEFORE INSERT ON waiting
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER waiting_owner BEFORE UPDATE ON waiting
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'waiting' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;

CREATE TRIGGER recall_not_merged BEFORE INSERT ON recall
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER recall_owner BEFORE UPDATE ON recall
WHEN NEW.id <> OLD.id OR (NEW.patient_id <> OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'recall' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
