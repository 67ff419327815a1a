/* The questions of the proof that one look over the rows can answer: each row of an answer is a violation, as the
 * number of the thing and what is wrong. None of them trusts a trigger, a partial index or a check of the file. */
#include "desk-bank-verify-private.h"

#define OPEN_PLACES " FROM placement p JOIN unit u ON u.id = p.unit_id JOIN container c ON c.id = p.container_id WHERE p.until IS NULL AND "

#define NEW_INFUSIONS \
  " FROM infusion i JOIN unit u ON u.id = i.unit_id WHERE i.id >= (SELECT next FROM counter WHERE name = 'infusion-step-3') AND "

const DeskBankCheck desk_bank_checks[] = {
  /* Whose cells they are: the same patient from the draw to the arm. */
  { "other-patient", "SELECT u.number, 'its lot ' || l.number || ' is of another patient' FROM unit u JOIN lot l ON l.id = u.lot_id"
                     " WHERE l.patient_id <> u.patient_id" },
  { "other-patient", "SELECT l.number, 'its collection ' || c.number || ' is of another patient' FROM lot l"
                     " JOIN collection c ON c.id = l.collection_id WHERE c.patient_id <> l.patient_id" },
  { "other-patient", "SELECT l.number, 'made from the collection ' || c.number || ' of another patient' FROM lot_input i"
                     " JOIN lot l ON l.id = i.lot_id JOIN collection c ON c.id = i.collection_id WHERE c.patient_id <> l.patient_id" },
  { "other-patient", "SELECT l.number, 'made from the unit ' || u.number || ' of another patient' FROM lot_input i"
                     " JOIN lot l ON l.id = i.lot_id JOIN unit u ON u.id = i.unit_id WHERE u.patient_id <> l.patient_id" },
  { "other-patient", "SELECT o.number, 'its collection ' || c.number || ' is of another patient than its first' FROM collection c"
                     " JOIN coi o ON o.id = c.coi_id JOIN collection f ON f.id = (SELECT min (id) FROM collection WHERE coi_id = o.id)"
                     " WHERE c.patient_id <> f.patient_id" },
  { "other-patient", "SELECT u.number, 'reserved for a visit of another patient' FROM reservation r JOIN unit u ON u.id = r.unit_id"
                     " LEFT JOIN visit v ON v.id = r.visit_id WHERE r.patient_id <> u.patient_id OR v.id IS NULL"
                     " OR v.patient_id <> r.patient_id" },
  { "other-patient", "SELECT u.number, 'given to another patient than it came from' FROM infusion i JOIN unit u ON u.id = i.unit_id"
                     " JOIN lot l ON l.id = u.lot_id JOIN collection c ON c.id = l.collection_id LEFT JOIN visit v ON v.id = i.visit_id"
                     " WHERE v.id IS NULL OR i.patient_id <> v.patient_id OR i.patient_id <> u.patient_id OR i.patient_id <> l.patient_id"
                     " OR i.patient_id <> c.patient_id" },
  { "bath-of-another", "SELECT u.number, 'thawed in the bath of another patient' FROM thaw t JOIN unit u ON u.id = t.unit_id"
                       " LEFT JOIN thaw_session s ON s.id = t.session_id LEFT JOIN visit v ON v.id = s.visit_id"
                       " WHERE s.id IS NULL OR v.patient_id <> u.patient_id OR (v.id IS NULL AND u.kind = 'dose_frozen')" },
  { "bath-of-another", "SELECT u.number, 'thawed in one bath with cells of another patient' FROM thaw t JOIN unit u ON u.id = t.unit_id"
                       " WHERE EXISTS (SELECT 1 FROM thaw s JOIN unit o ON o.id = s.unit_id WHERE s.session_id = t.session_id"
                       " AND o.id < u.id AND o.patient_id <> u.patient_id)" },
  { "wrong-patient", "SELECT u.number, 'the card scanned at the bedside was that of ' || b.scanned_patient FROM bedside_check b"
                     " JOIN unit u ON u.id = b.unit_id WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.chart = b.scanned_patient"
                     " AND (p.id = u.patient_id OR EXISTS (SELECT 1 FROM merge m WHERE m.loser_id = p.id AND m.winner_id = u.patient_id)"
                     " OR EXISTS (SELECT 1 FROM merge m WHERE m.winner_id = p.id AND m.loser_id = u.patient_id)))" },
  { "wrong-patient", "SELECT u.number, 'the check at the bedside was for another visit' FROM bedside_check b JOIN infusion i ON i.unit_id = b.unit_id"
                     " JOIN unit u ON u.id = b.unit_id WHERE b.visit_id <> i.visit_id" },
  { "dose-range", "SELECT u.number, 'its cells are not what was ordered, and no physician said so' FROM infusion i JOIN unit u ON u.id = i.unit_id"
                  " JOIN infusion_order o ON o.visit_id = i.visit_id AND o.at <= i.started_at"
                  " AND (o.withdrawn_at IS NULL OR o.withdrawn_at > i.started_at) JOIN unit_viable d ON d.unit_id = u.id"
                  " WHERE (d.cells < o.cells_min OR d.cells > o.cells_max)"
                  " AND NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = u.id AND rule = 'dose-range')" },
  { "more-than-there-was", "SELECT u.number, 'more was given of it than it held' FROM infusion_end e JOIN unit u ON u.id = e.unit_id"
                           " WHERE e.volume_ml > u.volume_ml OR e.cells > u.cells" },
  { "bag-broken", "SELECT u.number, 'given, and its bag was not whole after the thaw' FROM infusion i JOIN thaw t ON t.unit_id = i.unit_id"
                  " JOIN unit u ON u.id = i.unit_id WHERE t.bag_whole = 0" },
  { "other-patient", "SELECT u.number, 'checked at the bedside of another patient' FROM bedside_check b JOIN unit u ON u.id = b.unit_id"
                     " LEFT JOIN visit v ON v.id = b.visit_id WHERE v.id IS NULL OR v.patient_id <> u.patient_id" },
  { "other-patient", "SELECT u.number, 'released for a visit of another patient' FROM release_condition r JOIN unit u ON u.id = r.unit_id"
                     " LEFT JOIN visit v ON v.id = r.visit_id WHERE v.id IS NULL OR v.patient_id <> u.patient_id" },
  { "other-patient", "SELECT u.number, 'thrown away on a paper of another patient' FROM discard d JOIN unit u ON u.id = d.unit_id"
                     " JOIN document p ON p.id = d.document_id WHERE p.patient_id <> u.patient_id" },

  /* The infusion and what must stand before it. */
  { "not-a-dose", "SELECT u.number, 'a ' || u.kind || ' was given' FROM infusion i JOIN unit u ON u.id = i.unit_id"
                  " WHERE u.kind NOT IN ('dose_fresh', 'dose_frozen')" },
  { "infusion-needed", "SELECT u.number, 'it became infusing, but no infusion is written down' FROM unit u"
                       " WHERE u.life IN ('infusing', 'infused', 'part_infused')"
                       " AND NOT EXISTS (SELECT 1 FROM infusion WHERE unit_id = u.id)" },
  { "state-without-event", "SELECT u.number, 'an infusion is written down, but it is ' || u.life FROM infusion i JOIN unit u ON u.id = i.unit_id"
                           " WHERE NOT EXISTS (SELECT 1 FROM unit_event WHERE unit_id = u.id AND axis = 'life' AND to_state = 'infusing')" },
  { "wrong-dose", "SELECT u.number, 'what was scanned at the bedside is ' || b.scanned_unit FROM bedside_check b"
                      " JOIN unit u ON u.id = b.unit_id WHERE b.scanned_unit <> u.number AND b.scanned_unit <> u.barcode" },
  { "clock-went-back", "SELECT u.number, 'the infusion ended before it began' FROM infusion i JOIN infusion_end e ON e.unit_id = i.unit_id"
                       " JOIN unit u ON u.id = i.unit_id WHERE e.ended_at < i.started_at" },
  { "clock-went-back", "SELECT u.number, 'given before it was thawed' FROM infusion i JOIN thaw t ON t.unit_id = i.unit_id"
                       " JOIN unit u ON u.id = i.unit_id WHERE t.ended_at IS NULL OR t.ended_at > i.started_at OR t.started_at > t.ended_at" },
  { "clock-went-back", "SELECT u.number, 'thawed outside the time of its bath' FROM thaw t JOIN thaw_session s ON s.id = t.session_id"
                       " JOIN unit u ON u.id = t.unit_id WHERE t.started_at < s.opened_at OR COALESCE (t.ended_at, t.started_at) > s.closed_at" },
  { "thaw-limit", "SELECT u.number, 'given after the time a thawed dose is good for, and no physician said so' FROM infusion i"
                       " JOIN thaw t ON t.unit_id = i.unit_id JOIN unit u ON u.id = i.unit_id WHERE i.started_at > t.use_until"
                       " AND NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = u.id AND rule IN ('thaw-limit', 'use-until'))" },
  { "use-until", "SELECT u.number, 'given after its last hour, and no physician said so' FROM infusion i JOIN unit u ON u.id = i.unit_id"
               " WHERE u.use_until_at > 0 AND i.started_at > u.use_until_at"
               " AND NOT EXISTS (SELECT 1 FROM dose_override WHERE unit_id = u.id AND rule = 'use-until')" },
  { "bath-in-use", "SELECT d.name, 'two baths at once' FROM thaw_session a JOIN thaw_session b ON b.device_id = a.device_id AND b.id <> a.id"
                     " AND b.opened_at >= a.opened_at AND (b.opened_at > a.opened_at OR b.id > a.id)"
                     " AND (a.closed_at IS NULL OR a.closed_at > b.opened_at) JOIN device d ON d.id = a.device_id" },
  { "unit-held", "SELECT u.number, 'given while it was held: ' || h.reason FROM infusion i JOIN unit u ON u.id = i.unit_id"
                 " JOIN lot l ON l.id = u.lot_id JOIN hold h ON h.unit_id = u.id OR h.lot_id = u.lot_id OR h.patient_id = u.patient_id"
                 " OR h.plan_number = l.plan_number OR h.facility = l.facility"
                 " OR h.reagent_id IN (SELECT reagent_id FROM lot_reagent WHERE lot_id = l.id)"
                 " WHERE h.opened_at < i.started_at AND (h.closed_at IS NULL OR h.closed_at > i.started_at)" },
  { "result-failed", "SELECT u.number, 'given when a failed ' || r.test || ' was known' FROM infusion i JOIN unit u ON u.id = i.unit_id"
                     " JOIN result r ON r.lot_id = u.lot_id AND (r.unit_id IS NULL OR r.unit_id = u.id) AND r.passed = 0"
                     " AND r.entered_at < i.started_at"
                     " WHERE NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id AND s.entered_at <= i.started_at)" },
  { "check-needed", "SELECT u.number, 'given, and nobody scanned it and asked the patient'" NEW_INFUSIONS
                    "NOT EXISTS (SELECT 1 FROM bedside_check b WHERE b.unit_id = i.unit_id AND b.at <= i.started_at)" },
  { "order-needed", "SELECT u.number, 'given without an order in force'" NEW_INFUSIONS
                    "NOT EXISTS (SELECT 1 FROM infusion_order o WHERE o.visit_id = i.visit_id AND o.at <= i.started_at"
                    " AND (o.withdrawn_at IS NULL OR o.withdrawn_at > i.started_at))" },
  { "signature-needed", "SELECT u.number, 'given, and the second person did not sign'" NEW_INFUSIONS
                        "NOT EXISTS (SELECT 1 FROM signature s WHERE s.unit_id = i.unit_id AND s.staff_id = i.witness_id AND s.purpose = 'infuse'"
                        " AND s.at = i.started_at)" },
  { "thaw-needed", "SELECT u.number, 'frozen, given, and never thawed in a bath'" NEW_INFUSIONS
                   "u.kind = 'dose_frozen' AND NOT EXISTS (SELECT 1 FROM thaw t WHERE t.unit_id = i.unit_id)" },
  { "end-needed", "SELECT u.number, 'given, and nobody wrote down how it ended'" NEW_INFUSIONS
                  "u.life IN ('infused', 'part_infused') AND NOT EXISTS (SELECT 1 FROM infusion_end e WHERE e.unit_id = i.unit_id"
                  " AND CASE WHEN e.reason = '' THEN 'infused' ELSE 'part_infused' END = u.life)" },
  { "conditional-other-visit", "SELECT u.number, 'given at another visit than the one it was released for' FROM infusion i"
                             " JOIN release_condition r ON r.unit_id = i.unit_id JOIN unit u ON u.id = i.unit_id WHERE r.visit_id <> i.visit_id"
                             " AND NOT EXISTS (SELECT 1 FROM unit_event WHERE unit_id = u.id AND axis = 'quality' AND to_state = 'released'"
                             " AND at <= i.started_at)" },

  /* Release: all of it final and passed by then, and by another person than who entered it. */
  { "result-not-final", "SELECT u.number, 'released without a final ' || t.code FROM unit_event e JOIN unit u ON u.id = e.unit_id"
                        " JOIN lot_test t ON t.required = 1 WHERE e.axis = 'quality' AND e.to_state = 'released'"
                        " AND t.code IN ('viability', 'count', 'purity', 'endotoxin', 'mycoplasma', 'sterility')"
                        " AND NOT EXISTS (SELECT 1 FROM result r WHERE r.lot_id = u.lot_id AND r.test = t.code AND r.stage = 'final'"
                        " AND r.passed = 1 AND (r.entered_at <= e.at OR r.entered_at <= e.recorded_at)"
                        " AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id AND s.entered_at < e.at))" },
  { "result-failed", "SELECT u.number, 'released when a failed ' || r.test || ' was known' FROM unit_event e JOIN unit u ON u.id = e.unit_id"
                     " JOIN result r ON r.lot_id = u.lot_id AND (r.unit_id IS NULL OR r.unit_id = u.id) AND r.passed = 0 AND r.entered_at < e.at"
                     " WHERE e.axis = 'quality' AND e.to_state IN ('released', 'conditional')"
                     " AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id AND (s.entered_at <= e.at OR s.entered_at <= e.recorded_at))" },
  { "result-not-checked", "SELECT u.number, 'released, and nobody had read its ' || r.test || ' a second time' FROM unit_event e"
                          " JOIN unit u ON u.id = e.unit_id AND u.id >= (SELECT next FROM counter WHERE name = 'unit-step-3')"
                          " JOIN lot_test t ON t.required = 1 JOIN result r ON r.lot_id = u.lot_id AND r.test = t.code AND r.unit_id IS NULL"
                          " AND r.stage = 'final' AND r.entered_at < e.at WHERE e.axis = 'quality' AND e.to_state = 'released'"
                          " AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)"
                          " AND NOT EXISTS (SELECT 1 FROM result_check c WHERE c.result_id = r.id AND (c.checked_at <= e.at OR c.checked_at <= e.recorded_at))" },
  { "same-person", "SELECT l.number, 'who entered its ' || r.test || ' read it a second time' FROM result_check c JOIN result r ON r.id = c.result_id"
                   " JOIN lot l ON l.id = r.lot_id WHERE c.checked_by = r.entered_by" },
  { "released-by-tester", "SELECT u.number, 'released by who entered its ' || r.test FROM unit_event e JOIN unit u ON u.id = e.unit_id"
                          " JOIN result r ON r.lot_id = u.lot_id AND r.entered_by = e.performer_id AND r.entered_at <= e.at"
                          " WHERE e.axis = 'quality' AND e.to_state IN ('released', 'conditional')" },
  { "supersedes-another", "SELECT l.number, 'a ' || r.test || ' takes the place of what is another test, lot or unit, or of a final one'"
                          " FROM result r JOIN lot l ON l.id = r.lot_id LEFT JOIN result o ON o.id = r.supersedes WHERE r.supersedes IS NOT NULL"
                          " AND (o.id IS NULL OR o.lot_id <> r.lot_id OR o.test <> r.test OR COALESCE (o.unit_id, 0) <> COALESCE (r.unit_id, 0)"
                          " OR (o.stage = 'final' AND r.stage <> 'final'))" },
  { "superseded-twice", "SELECT l.number, 'two results take the place of one ' || r.test FROM result r JOIN lot l ON l.id = r.lot_id"
                        " WHERE r.supersedes IS NOT NULL AND EXISTS (SELECT 1 FROM result o WHERE o.supersedes = r.supersedes AND o.id < r.id)" },
  { "result-of-another-lot", "SELECT u.number, 'a ' || r.test || ' of it stands at another lot' FROM result r JOIN unit u ON u.id = r.unit_id"
                             " WHERE u.lot_id <> r.lot_id" },
  { "not-an-intermediate", "SELECT u.number, 'grown on in ' || l.number || ', and is a ' || u.kind || ', ' || u.life FROM lot_input i"
                           " JOIN unit u ON u.id = i.unit_id JOIN lot l ON l.id = i.lot_id WHERE u.kind <> 'intermediate' OR u.life <> 'consumed'" },

  /* Places. */
  { "no-such-place", "SELECT u.number, 'row ' || p.row || ', column ' || p.col || ' is not in ' || c.name" OPEN_PLACES
                     "(c.layout = 'none' OR c.allowed_kinds = 'none' OR p.row < 1 OR p.col < 1 OR p.row > c.rows OR p.col > c.cols)" },
  { "place-blocked", "SELECT u.number, 'it stands in a blocked place of ' || c.name" OPEN_PLACES
                     "EXISTS (SELECT 1 FROM place_block b WHERE b.container_id = p.container_id AND b.row = p.row AND b.col = p.col"
                     " AND b.closed_at IS NULL AND b.opened_at < p.since)" },
  { "place-taken", "SELECT u.number, 'another unit has its place in ' || c.name" OPEN_PLACES
                   "EXISTS (SELECT 1 FROM placement o WHERE o.container_id = p.container_id AND o.row = p.row AND o.col = p.col"
                   " AND o.until IS NULL AND o.id < p.id)" },
  { "kind-not-allowed", "SELECT u.number, c.name || ' is not for a ' || u.kind FROM placement p JOIN unit u ON u.id = p.unit_id"
                        " JOIN container_above a ON a.container_id = p.container_id JOIN container c ON c.id = a.above_id WHERE p.until IS NULL AND "
                        "c.allowed_kinds NOT IN ('', 'none') AND replace (',' || c.allowed_kinds || ',', ',' || u.kind || ',', '') = ',' || c.allowed_kinds || ','" },
  { "wrong-cold", "SELECT u.number, 'frozen, and it stands in ' || c.name || ', where it is not cold enough'" OPEN_PLACES
                  "u.life = 'frozen' AND (SELECT k.cold_class FROM container_above a JOIN container k ON k.id = a.above_id"
                  " WHERE a.container_id = c.id AND k.cold_class <> '' ORDER BY a.depth LIMIT 1) NOT IN ('minus80', 'vapour', 'liquid')" },
  { "place-taken", "SELECT c.name, 'it stands where ' || u.number || ' is' FROM container c JOIN placement p ON p.container_id = c.parent_id"
                   " AND p.row = c.row AND p.col = c.col AND p.until IS NULL JOIN unit u ON u.id = p.unit_id WHERE c.retired = 0" },
  { "place-taken", "SELECT c.name, 'it stands where ' || o.name || ' is' FROM container c JOIN container p ON p.id = c.parent_id AND p.rows > 0 AND p.cols > 0"
                   " JOIN container o ON o.parent_id = c.parent_id AND o.row = c.row AND o.col = c.col AND o.id < c.id AND o.retired = 0 WHERE c.retired = 0" },
  { "move-without-event", "SELECT c.name, 'it does not stand where it was last moved to' FROM container c JOIN container_move m"
                          " ON m.id = (SELECT max (id) FROM container_move WHERE container_id = c.id)"
                          " WHERE COALESCE (m.to_parent, 0) <> COALESCE (c.parent_id, 0) OR m.to_row <> c.row OR m.to_col <> c.col" },
  { "container-sum", "SELECT c.name, 'its sums of places and units are not those of what stands in it' FROM container c"
                     " JOIN container_own o ON o.container_id = c.id LEFT JOIN container_sum s ON s.container_id = c.id"
                     " WHERE s.container_id IS NULL OR s.own <> o.places"
                     " OR s.used <> (SELECT count (*) FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL"
                     " WHERE a.above_id = c.id)"
                     " OR s.places <> (SELECT sum (i.own) FROM container_above a JOIN container_sum i ON i.container_id = a.container_id"
                     " WHERE a.above_id = c.id)" },
  { "container-full", "SELECT c.name, 'it holds more than it has places for' FROM container c WHERE c.layout <> 'none'"
                      " AND (SELECT count (*) FROM placement p WHERE p.container_id = c.id AND p.until IS NULL) > c.rows * c.cols" },
  { "container-retired", "SELECT c.name, 'retired, and ' || u.number || ' stands in it'" OPEN_PLACES "c.retired = 1" },
  { "container-retired", "SELECT a.name, 'retired, and ' || c.name || ' stands in it' FROM container c JOIN container a ON a.id = c.parent_id"
                         " WHERE a.retired = 1 AND c.retired = 0" },
  { "container-in-itself", "WITH RECURSIVE up (id, above) AS (SELECT id, parent_id FROM container WHERE parent_id IS NOT NULL"
                           " UNION SELECT up.id, c.parent_id FROM up JOIN container c ON c.id = up.above WHERE c.parent_id IS NOT NULL)"
                           " SELECT c.name, 'it stands in itself' FROM up JOIN container c ON c.id = up.id WHERE up.above = up.id" },
  /* Nothing but itself, and what its parent stands in one deeper: by induction the whole of it. */
  { "container-above", "SELECT c.name, 'it does not know itself' FROM container c"
                       " WHERE NOT EXISTS (SELECT 1 FROM container_above WHERE container_id = c.id AND above_id = c.id AND depth = 0)" },
  { "container-above", "SELECT c.name, 'it does not know what it stands in' FROM container c JOIN container_above p ON p.container_id = c.parent_id"
                       " WHERE NOT EXISTS (SELECT 1 FROM container_above a WHERE a.container_id = c.id AND a.above_id = p.above_id"
                       " AND a.depth = p.depth + 1)" },
  { "container-above", "SELECT COALESCE (c.name, '?'), 'it knows itself in what it does not stand in' FROM container_above a"
                       " LEFT JOIN container c ON c.id = a.container_id WHERE c.id IS NULL OR (a.depth = 0 AND a.above_id <> a.container_id)"
                       " OR (a.depth > 0 AND NOT EXISTS (SELECT 1 FROM container_above p WHERE p.container_id = c.parent_id"
                       " AND p.above_id = a.above_id AND p.depth = a.depth - 1))" },
  { "custody-gap", "SELECT u.number, 'it stood in ' || c.name || ', which was moved, and its custody does not say so' FROM container_move m"
                   " JOIN placement p ON p.container_id = m.container_id AND p.since < m.at AND (p.until IS NULL OR p.until > m.at)"
                   " JOIN unit u ON u.id = p.unit_id JOIN container c ON c.id = m.container_id"
                   " WHERE NOT EXISTS (SELECT 1 FROM custody WHERE unit_id = u.id AND carried_in = m.container_id AND at = m.at)" },
  { "custody-differs", "SELECT u.number, 'it was carried in a container that did not move then' FROM custody k JOIN unit u ON u.id = k.unit_id"
                       " WHERE k.carried_in IS NOT NULL AND NOT EXISTS (SELECT 1 FROM container_move m WHERE m.container_id = k.carried_in"
                       " AND m.at = k.at AND m.performer_id = k.performer_id)" },

  /* Promises. */
  { "two-reservations", "SELECT u.number, 'reserved twice' FROM reservation r JOIN unit u ON u.id = r.unit_id WHERE r.closed_at IS NULL"
                        " AND EXISTS (SELECT 1 FROM reservation o WHERE o.unit_id = r.unit_id AND o.closed_at IS NULL AND o.id < r.id)" },
  { "not-a-dose", "SELECT u.number, 'a ' || u.kind || ' is reserved' FROM reservation r JOIN unit u ON u.id = r.unit_id"
                  " WHERE u.kind NOT IN ('dose_fresh', 'dose_frozen')" },
  { "still-reserved", "SELECT u.number, u.life || ', and still reserved' FROM reservation r JOIN unit u ON u.id = r.unit_id WHERE r.closed_at IS NULL"
                      " AND u.life IN ('infused', 'part_infused', 'discarded', 'consumed', 'transferred_out', 'void')" },
  { "still-reserved", "SELECT u.number, u.quality || ', and still reserved' FROM reservation r JOIN unit u ON u.id = r.unit_id"
                      " WHERE r.closed_at IS NULL AND u.quality IN ('rejected', 'recalled') AND u.life <> 'infusing'" },
  { "still-reserved", "SELECT u.number, 'reserved for a visit that will not be' FROM reservation r JOIN unit u ON u.id = r.unit_id"
                      " JOIN visit v ON v.id = r.visit_id JOIN visit_status s ON s.status = v.status WHERE r.closed_at IS NULL"
                      " AND s.final = 1 AND s.takes = 0" },
  { "not-reserved", "SELECT u.number, 'given at a visit it was not reserved for' FROM infusion i JOIN unit u ON u.id = i.unit_id"
                    " WHERE NOT EXISTS (SELECT 1 FROM reservation r WHERE r.unit_id = i.unit_id AND r.visit_id = i.visit_id"
                    " AND r.opened_at <= i.started_at AND (r.closed_at IS NULL OR r.closed_at >= i.started_at))" },

  /* Holds. */
  { "hold-malformed", "SELECT 'hold ' || h.id, 'it is of no one thing, has no reason, or ends before it begins or by nobody' FROM hold h"
                      " WHERE CASE WHEN h.unit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN h.lot_id IS NULL THEN 0 ELSE 1 END"
                      " + CASE WHEN h.patient_id IS NULL THEN 0 ELSE 1 END + CASE WHEN h.container_id IS NULL THEN 0 ELSE 1 END"
                      " + CASE WHEN h.plan_number IS NULL THEN 0 ELSE 1 END + CASE WHEN h.facility IS NULL THEN 0 ELSE 1 END"
                      " + CASE WHEN h.reagent_id IS NULL THEN 0 ELSE 1 END <> 1 OR h.reason = '' OR h.closed_at < h.opened_at"
                      " OR (h.closed_at IS NULL) <> (h.closed_by IS NULL)" },

  /* Look-back and stocktake. */
  { "items-unreviewed", "SELECT b.number, 'closed, and ' || i.what || ' ' || i.row_id || ' was not looked at' FROM lookback b"
                    " JOIN lookback_item i ON i.lookback_id = b.id WHERE b.closed_at IS NOT NULL AND i.reviewed_at IS NULL" },
  { "clock-open", "SELECT b.number, 'closed, and the clock ' || k.rule || ' runs on' FROM lookback b JOIN legal_clock k ON k.lookback_id = b.id"
                  " WHERE b.closed_at IS NOT NULL AND k.done_at IS NULL" },
  { "decision-needed", "SELECT b.number, i.what || ' ' || i.row_id || ' was looked at, and nothing of what can be decided was decided'"
                       " FROM lookback b JOIN lookback_item i ON i.lookback_id = b.id WHERE i.reviewed_at IS NOT NULL"
                       " AND NOT EXISTS (SELECT 1 FROM lookback_decision d WHERE d.what = i.what AND d.decision = i.decision)" },
  { "told-first", "SELECT b.number, 'a patient is said to be told, and nobody wrote down that it was so' FROM lookback b"
                  " JOIN lookback_item i ON i.lookback_id = b.id WHERE i.decision IN ('told', 'companion-told')"
                  " AND NOT EXISTS (SELECT 1 FROM lookback_contact c WHERE c.item_id = i.id AND c.reached = 1)" },
  { "count-unresolved", "SELECT c.number, 'closed, and a difference (' || d.kind || ') is not resolved' FROM stock_count c"
                    " JOIN stock_difference d ON d.count_id = c.id WHERE c.closed_at IS NOT NULL AND c.abandoned = 0 AND d.resolved_at IS NULL" },
  { "count-not-ended", "SELECT number, 'closed, and was never counted' FROM stock_count WHERE closed_at IS NOT NULL AND abandoned = 0"
                   " AND counted_at IS NULL" },

  /* Two people are two. */
  { "same-person", "SELECT u.number, 'who gave it saw it given' FROM infusion i JOIN unit u ON u.id = i.unit_id WHERE i.witness_id = i.performer_id" },
  { "same-person", "SELECT u.number, 'who checked it at the bedside saw it checked' FROM bedside_check b JOIN unit u ON u.id = b.unit_id"
                   " WHERE b.witness_id = b.performer_id" },
  { "same-person", "SELECT c.name, 'who moved it saw it moved' FROM container_move m JOIN container c ON c.id = m.container_id"
                   " WHERE m.witness_id = m.performer_id" },
  { "same-person", "SELECT u.number, 'the physician of its conditional release wrote it down alone' FROM release_condition r"
                   " JOIN unit u ON u.id = r.unit_id WHERE r.physician_id = r.by_id" },
  { "same-person", "SELECT s.number, 'who took it in saw it taken in' FROM shipment s WHERE s.arrived_with = s.arrived_by" },
  { "same-person", "SELECT c.number, 'who closed it saw it closed' FROM stock_count c WHERE c.closed_with = c.closed_by" },
  { "same-person", "SELECT c.number, 'who resolved a difference saw it resolved' FROM stock_difference d JOIN stock_count c ON c.id = d.count_id"
                   " WHERE d.witness_id = d.resolved_by" },

  /* Numbers are given once. */
  { "number-reuse", "SELECT a.number, 'two units have its code' FROM unit a WHERE a.barcode <> ''"
                    " AND EXISTS (SELECT 1 FROM unit b WHERE b.barcode = a.barcode AND b.id < a.id)" },
  { "number-reuse", "SELECT number, 'two units have this number' FROM unit GROUP BY number HAVING count (*) > 1" },
  { "number-reuse", "SELECT number, 'two lots have this number' FROM lot GROUP BY number HAVING count (*) > 1" },
  { "number-reuse", "SELECT number, 'two collections have this number' FROM collection GROUP BY number HAVING count (*) > 1" },
  { "number-reuse", "SELECT number, 'two courses have this chain of identity' FROM coi GROUP BY number HAVING count (*) > 1" },
  { "number-reuse", "SELECT c.name, 'its code is that of a unit' FROM container c JOIN unit u ON u.number = c.barcode" },
};

const guint desk_bank_n_checks = G_N_ELEMENTS (desk_bank_checks);
