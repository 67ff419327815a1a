-- Schema step 5, part 4: what was issued, agreed and paid goes with a merge.
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
      WHEN 'recall' THEN (SELECT patient_id FROM recall WHERE id = NEW.row_id)
      WHEN 'issued' THEN (SELECT patient_id FROM issued WHERE id = NEW.row_id)
      WHEN 'consent' THEN (SELECT patient_id FROM consent WHERE id = NEW.row_id)
      WHEN 'quote' THEN (SELECT patient_id FROM quote WHERE id = NEW.row_id)
      WHEN 'invoice' THEN (SELECT patient_id FROM invoice WHERE id = NEW.row_id)
      WHEN 'payment' THEN (SELECT patient_id FROM payment WHERE id = NEW.row_id)
      WHEN 'refund' THEN (SELECT patient_id FROM refund WHERE id = NEW.row_id)
      WHEN 'package' THEN (SELECT patient_id FROM package WHERE id = NEW.row_id)
      WHEN 'passport_reading' THEN (SELECT patient_id FROM passport_reading WHERE id = NEW.row_id) END;
  SELECT RAISE (ABORT, 'merge-step')
    WHERE (SELECT undone_at FROM merge WHERE id = NEW.merge_id) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM merge_moved d WHERE d.merge_id = NEW.merge_id AND (d.what, d.row_id) = (CASE NEW.what
        WHEN 'lot' THEN 'collection' WHEN 'unit' THEN 'lot' WHEN 'reservation' THEN 'unit' WHEN 'visit' THEN 'course'
        WHEN 'document' THEN 'document' WHEN 'biohazard' THEN 'lab_report' WHEN 'consent' THEN 'issued' WHEN 'invoice' THEN 'quote'
        WHEN 'payment' THEN 'quote' WHEN 'refund' THEN 'payment' WHEN 'package' THEN 'invoice'
        WHEN 'passport_reading' THEN 'companion' END, CASE NEW.what
        WHEN 'lot' THEN (SELECT collection_id FROM lot WHERE id = NEW.row_id)
        WHEN 'unit' THEN (SELECT lot_id FROM unit WHERE id = NEW.row_id)
        WHEN 'reservation' THEN (SELECT unit_id FROM reservation WHERE id = NEW.row_id)
        WHEN 'visit' THEN (SELECT course_id FROM visit WHERE id = NEW.row_id)
        WHEN 'document' THEN (SELECT part_of FROM document WHERE id = NEW.row_id)
        WHEN 'biohazard' THEN (SELECT v.report_id FROM biohazard b JOIN lab_value v ON v.id = b.value_id WHERE b.id = NEW.row_id)
        WHEN 'consent' THEN (SELECT issued_id FROM consent WHERE id = NEW.row_id)
        WHEN 'invoice' THEN (SELECT quote_id FROM invoice WHERE id = NEW.row_id)
        WHEN 'payment' THEN (SELECT quote_id FROM payment WHERE id = NEW.row_id)
        WHEN 'refund' THEN (SELECT payment_id FROM refund WHERE id = NEW.row_id)
        WHEN 'package' THEN (SELECT invoice_id FROM package WHERE id = NEW.row_id)
        WHEN 'passport_reading' THEN (SELECT companion_id FROM passport_reading WHERE id = NEW.row_id) END));
END;

CREATE TRIGGER payment_moves AFTER UPDATE OF patient_id ON payment WHEN NEW.patient_id <> OLD.patient_id
BEGIN UPDATE payment_part SET patient_id = NEW.patient_id WHERE payment_id = NEW.id; END;
CREATE TRIGGER package_moves AFTER UPDATE OF patient_id ON package WHEN NEW.patient_id <> OLD.patient_id
BEGIN UPDATE package_use SET patient_id = NEW.patient_id WHERE package_id = NEW.id; END;

CREATE TRIGGER payment_part_fixed BEFORE UPDATE ON payment_part
WHEN (NEW.id, NEW.payment_id, NEW.invoice_id, NEW.amount, NEW.at, NEW.by_id) IS NOT (OLD.id, OLD.payment_id, OLD.invoice_id, OLD.amount, OLD.at, OLD.by_id)
  OR NEW.patient_id <> (SELECT patient_id FROM payment WHERE id = NEW.payment_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER package_use_fixed BEFORE UPDATE ON package_use
WHEN (NEW.id, NEW.package_id, NEW.visit_id, NEW.reason, NEW.at, NEW.by_id) IS NOT (OLD.id, OLD.package_id, OLD.visit_id, OLD.reason, OLD.at, OLD.by_id)
  OR NEW.patient_id <> (SELECT patient_id FROM package WHERE id = NEW.package_id)
  OR (OLD.ended_at IS NOT NULL AND NEW.patient_id = OLD.patient_id)
  OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES ('reserved', 'used'), ('used', 'reserved')))
  OR (OLD.state = 'void' AND NEW.ended_at IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER invoice_fixed BEFORE UPDATE ON invoice
WHEN (NEW.number, NEW.kind, NEW.quote_id, NEW.credits, NEW.issued_on, NEW.due_on, NEW.recipient, NEW.tax_number, NEW.with_tax, NEW.tax_round, NEW.rate_id, NEW.net, NEW.tax, NEW.total, NEW.reason, NEW.at, NEW.by_id)
     IS NOT (OLD.number, OLD.kind, OLD.quote_id, OLD.credits, OLD.issued_on, OLD.due_on, OLD.recipient, OLD.tax_number, OLD.with_tax, OLD.tax_round, OLD.rate_id, OLD.net, OLD.tax, OLD.total, OLD.reason, OLD.at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER payment_fixed BEFORE UPDATE ON payment
WHEN (NEW.number, NEW.quote_id, NEW.amount, NEW.method, NEW.currency, NEW.foreign_amount, NEW.rate_id, NEW.received_on, NEW.payer, NEW.note, NEW.at, NEW.by_id)
     IS NOT (OLD.number, OLD.quote_id, OLD.amount, OLD.method, OLD.currency, OLD.foreign_amount, OLD.rate_id, OLD.received_on, OLD.payer, OLD.note, OLD.at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER refund_fixed BEFORE UPDATE ON refund
WHEN (NEW.number, NEW.payment_id, NEW.amount, NEW.method, NEW.currency, NEW.foreign_amount, NEW.rate_id, NEW.paid_on, NEW.reason, NEW.at, NEW.by_id)
     IS NOT (OLD.number, OLD.payment_id, OLD.amount, OLD.method, OLD.currency, OLD.foreign_amount, OLD.rate_id, OLD.paid_on, OLD.reason, OLD.at, OLD.by_id)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER package_fixed BEFORE UPDATE ON package
WHEN (NEW.invoice_id, NEW.code, NEW.words, NEW.words_ja, NEW.visit_type, NEW.sessions, NEW.at)
     IS NOT (OLD.invoice_id, OLD.code, OLD.words, OLD.words_ja, OLD.visit_type, OLD.sessions, OLD.at)
BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

CREATE TRIGGER issued_not_merged BEFORE INSERT ON issued
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER issued_owner BEFORE UPDATE ON issued
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'issued' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER consent_not_merged BEFORE INSERT ON consent
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER consent_owner BEFORE UPDATE ON consent
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'consent' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER quote_not_merged BEFORE INSERT ON quote
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER quote_owner BEFORE UPDATE ON quote
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'quote' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER invoice_not_merged BEFORE INSERT ON invoice
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER invoice_owner BEFORE UPDATE ON invoice
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'invoice' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER payment_not_merged BEFORE INSERT ON payment
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER payment_owner BEFORE UPDATE ON payment
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'payment' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER refund_not_merged BEFORE INSERT ON refund
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER refund_owner BEFORE UPDATE ON refund
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'refund' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER package_not_merged BEFORE INSERT ON package
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER package_owner BEFORE UPDATE ON package
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'package' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
CREATE TRIGGER passport_reading_not_merged BEFORE INSERT ON passport_reading
WHEN (SELECT merged_into FROM patient WHERE id = NEW.patient_id) IS NOT NULL BEGIN SELECT RAISE (ABORT, 'patient-merged'); END;
CREATE TRIGGER passport_reading_owner BEFORE UPDATE ON passport_reading
WHEN NEW.id <> OLD.id OR (NEW.patient_id IS NOT OLD.patient_id
 AND NOT EXISTS (SELECT 1 FROM merge_move WHERE what = 'passport_reading' AND row_id = OLD.id AND from_id = OLD.patient_id AND to_id = NEW.patient_id))
BEGIN SELECT RAISE (ABORT, 'owner-is-fixed'); END;
