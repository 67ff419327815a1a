/* The readers of the bank: blocked places and open holds, and one thing each with all that belongs to it – a lot, a unit's
 * custody, a look-back, a stocktake. As in desk-report-sql.c. */
#include "desk-report-sql.h"

const DeskReportSource desk_report_cell_sources[DESK_REPORT_FEE_SCHEDULE - DESK_REPORT_BLOCK] = {
  [DESK_REPORT_BLOCK - DESK_REPORT_BLOCK]
  = { "block", FALSE,
      COLUMNS (INT ("id"), INT ("container_id"), INT ("row"), INT ("col"), INSTANT ("opened_at"), INT ("opened_by"),
               TEXT ("reason")),
      "SELECT 0, id, container_id, row, col, opened_at, opened_by, reason FROM place_block WHERE closed_at IS NULL"
      " ORDER BY id" },
  [DESK_REPORT_HELD - DESK_REPORT_BLOCK]
  = { "held", FALSE,
      COLUMNS (INT ("id"), CODE ("scope"), INT ("of_id"), CODE ("of"), CODE ("kind"), INSTANT ("opened_at"), INT
               ("opened_by"), INT ("lookback_id"), TEXT ("reason")),
      "SELECT 0, h.id, CASE WHEN h.unit_id IS NOT NULL THEN 'unit' WHEN h.lot_id IS NOT NULL THEN 'lot' WHEN"
      " h.patient_id IS NOT NULL THEN 'patient' WHEN h.container_id IS NOT NULL THEN 'container' WHEN h.plan_number"
      " IS NOT NULL THEN 'plan' WHEN h.facility IS NOT NULL THEN 'facility' ELSE 'reagent' END, COALESCE"
      " (h.unit_id, h.lot_id, h.patient_id, h.container_id, h.reagent_id), COALESCE (u.number, l.number, p.chart,"
      " c.name, h.plan_number, h.facility, g.name || ' ' || g.lot_number), h.kind, h.opened_at, h.opened_by,"
      " h.lookback_id, h.reason FROM hold h LEFT JOIN unit u ON u.id = h.unit_id LEFT JOIN lot l ON l.id = h.lot_id"
      " LEFT JOIN patient p ON p.id = h.patient_id LEFT JOIN container c ON c.id = h.container_id LEFT JOIN"
      " reagent_lot g ON g.id = h.reagent_id WHERE h.closed_at IS NULL ORDER BY h.id" },
  [DESK_REPORT_CULTURE - DESK_REPORT_BLOCK]
  = { "culture", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("chart"), CODE ("coi"), CODE ("facility"), CODE ("plan_number"),
               CODE ("status"), CODE ("started_on"), CODE ("expected_on"), CODE ("harvested_on"), INT
               ("expected_doses"), INT ("expected_cells"), INT ("version"), TEXT ("family"), TEXT ("given"), TEXT
               ("note")),
      "SELECT 0, l.id, l.number, p.chart, o.number, l.facility, l.plan_number, l.status, l.started_on,"
      " l.expected_on, l.harvested_on, l.expected_doses, l.expected_cells, l.version, p.family, p.given, l.note"
      " FROM lot l JOIN patient p ON p.id = l.patient_id JOIN collection k ON k.id = l.collection_id LEFT JOIN coi"
      " o ON o.id = k.coi_id WHERE l.id BETWEEN $1 AND $2 ORDER BY l.id" },
  [DESK_REPORT_SOURCE - DESK_REPORT_BLOCK]
  = { "source", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("method"), INSTANT ("collected_at"), INSTANT ("ended_at"), INT
               ("volume_ml"), INT ("operator_id"), TEXT ("container"), TEXT ("note")),
      "SELECT l.id, k.id, k.number, k.method, k.collected_at, k.ended_at, k.volume_ml, k.operator_id, k.container,"
      " k.note FROM lot l JOIN collection k ON k.id = l.collection_id WHERE l.id BETWEEN $1 AND $2 ORDER BY l.id" },
  [DESK_REPORT_INPUT - DESK_REPORT_BLOCK]
  = { "input", TRUE,
      COLUMNS (INT ("id"), CODE ("collection"), CODE ("unit"), INSTANT ("at"), INT ("by_id")),
      "SELECT i.lot_id, i.id, k.number, u.number, i.at, i.by_id FROM lot_input i LEFT JOIN collection k ON k.id ="
      " i.collection_id LEFT JOIN unit u ON u.id = i.unit_id WHERE i.lot_id BETWEEN $1 AND $2 ORDER BY i.lot_id,"
      " i.collection_id" },
  [DESK_REPORT_REAGENT - DESK_REPORT_BLOCK]
  = { "reagent", TRUE,
      COLUMNS (INT ("id"), INSTANT ("at"), INT ("by_id"), CODE ("expires_on"), TEXT ("name"), TEXT ("maker"), TEXT
               ("lot_number")),
      "SELECT r.lot_id, g.id, r.at, r.by_id, g.expires_on, g.name, g.maker, g.lot_number FROM lot_reagent r JOIN"
      " reagent_lot g ON g.id = r.reagent_id WHERE r.lot_id BETWEEN $1 AND $2 ORDER BY r.lot_id, r.reagent_id" },
  [DESK_REPORT_USED - DESK_REPORT_BLOCK]
  = { "used", TRUE,
      COLUMNS (INT ("id"), INT ("device_id"), CODE ("kind"), INSTANT ("started_at"), INSTANT ("ended_at"), INT
               ("by_id"), TEXT ("name"), TEXT ("what")),
      "SELECT d.lot_id, d.id, d.device_id, v.kind, d.started_at, d.ended_at, d.by_id, v.name, d.what FROM"
      " device_use d JOIN device v ON v.id = d.device_id WHERE d.lot_id BETWEEN $1 AND $2 ORDER BY d.lot_id, d.id" },
  [DESK_REPORT_FINDING - DESK_REPORT_BLOCK]
  = { "finding", TRUE,
      COLUMNS (INT ("id"), CODE ("test"), CODE ("value"), CODE ("measured_in"), CODE ("limit_text"), FLAG ("passed"),
               CODE ("stage"), CODE ("sampled_on"), CODE ("reported_on"), INSTANT ("entered_at"), INT ("entered_by"),
               INSTANT ("checked_at"), INT ("checked_by"), INT ("supersedes"), CODE ("unit"), TEXT ("method"), TEXT
               ("why")),
      "SELECT r.lot_id, r.id, r.test, r.value, r.unit, r.limit_text, r.passed, r.stage, r.sampled_on,"
      " r.reported_on, r.entered_at, r.entered_by, c.checked_at, c.checked_by, r.supersedes, u.number, r.method,"
      " r.why FROM result r LEFT JOIN result_check c ON c.result_id = r.id LEFT JOIN unit u ON u.id = r.unit_id"
      " WHERE r.lot_id BETWEEN $1 AND $2 ORDER BY r.lot_id, r.test, r.id" },
  [DESK_REPORT_CULTURE_HOLD - DESK_REPORT_BLOCK]
  = { "hold", TRUE,
      COLUMNS (INT ("id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at"), INT ("closed_by"), TEXT
               ("reason")),
      "SELECT lot_id, id, opened_at, opened_by, closed_at, closed_by, reason FROM hold WHERE lot_id BETWEEN $1 AND"
      " $2 ORDER BY lot_id, id" },
  [DESK_REPORT_MADE - DESK_REPORT_BLOCK]
  = { "made", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("kind"), INT ("volume_ml"), INT ("cells"), CODE ("use_until"), CODE
               ("life"), CODE ("quality"), CODE ("label"), INSTANT ("created_at")),
      "SELECT lot_id, id, number, kind, volume_ml, cells, use_until, life, quality, label, created_at FROM unit"
      " WHERE lot_id BETWEEN $1 AND $2 ORDER BY lot_id, id" },
  [DESK_REPORT_JUDGED - DESK_REPORT_BLOCK]
  = { "judged", TRUE,
      COLUMNS (INT ("seq"), CODE ("to_state"), INSTANT ("at"), INT ("performer_id"), INT ("witness_id"), TEXT
               ("reason")),
      "SELECT u.id, e.seq, e.to_state, e.at, e.performer_id, e.witness_id, e.reason FROM unit u JOIN unit_event e"
      " ON e.unit_id = u.id AND e.axis = 'quality' WHERE u.lot_id BETWEEN $1 AND $2 ORDER BY u.lot_id, u.id, e.seq" },
  [DESK_REPORT_CONDITION - DESK_REPORT_BLOCK]
  = { "condition", TRUE,
      COLUMNS (INT ("visit_id"), CODE ("pending"), INT ("physician_id"), INSTANT ("told_at"), CODE ("due_on"), INSTANT
               ("at"), INT ("by_id"), TEXT ("reason")),
      "SELECT u.id, c.visit_id, c.pending, c.physician_id, c.told_at, c.due_on, c.at, c.by_id, c.reason FROM unit u"
      " JOIN release_condition c ON c.unit_id = u.id WHERE u.lot_id BETWEEN $1 AND $2 ORDER BY u.lot_id, u.id" },
  [DESK_REPORT_KEPT - DESK_REPORT_BLOCK]
  = { "kept", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("lot_number"), CODE ("chart"), CODE ("kind"), INT ("volume_ml"), INT
               ("cells"), CODE ("use_until"), CODE ("life"), CODE ("quality"), CODE ("label"), INSTANT ("created_at")),
      "SELECT 0, u.id, u.number, l.number, p.chart, u.kind, u.volume_ml, u.cells, u.use_until, u.life, u.quality,"
      " u.label, u.created_at FROM unit u JOIN lot l ON l.id = u.lot_id JOIN patient p ON p.id = u.patient_id WHERE"
      " u.id BETWEEN $1 AND $2 ORDER BY u.id" },
  [DESK_REPORT_CUSTODY - DESK_REPORT_BLOCK]
  = { "custody", TRUE,
      COLUMNS (INT ("seq"), INSTANT ("at"), CODE ("what"), INT ("container_id"), INT ("row"), INT ("col"), INT
               ("carried_in"), CODE ("shipment"), INT ("performer_id"), INT ("witness_id"), CODE ("scanned"), CODE
               ("scanned_place"), INT ("seconds_out")),
      "SELECT k.unit_id, k.seq, k.at, k.what, k.container_id, k.row, k.col, k.carried_in, s.number, k.performer_id,"
      " k.witness_id, k.scanned, k.scanned_place, k.seconds_out FROM custody k LEFT JOIN shipment s ON s.id ="
      " k.shipment_id WHERE k.unit_id BETWEEN $1 AND $2 ORDER BY k.unit_id, k.seq" },
  [DESK_REPORT_KEPT_EVENT - DESK_REPORT_BLOCK]
  = { "event", TRUE,
      COLUMNS (CODE ("axis"), INT ("seq"), CODE ("from_state"), CODE ("to_state"), INSTANT ("at"), INT
               ("performer_id"), INT ("witness_id"), CODE ("scanned"), TEXT ("reason")),
      "SELECT unit_id, axis, seq, from_state, to_state, at, performer_id, witness_id, scanned, reason FROM"
      " unit_event WHERE unit_id BETWEEN $1 AND $2 ORDER BY unit_id, axis, seq" },
  [DESK_REPORT_LOOKBACK - DESK_REPORT_BLOCK]
  = { "lookback", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("cause"), INT ("cause_id"), CODE ("from_on"), CODE ("until_on"),
               CODE ("known_on"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at"), INT ("closed_by"),
               TEXT ("words"), TEXT ("conclusion")),
      "SELECT 0, id, number, cause, cause_id, from_on, until_on, known_on, opened_at, opened_by, closed_at,"
      " closed_by, words, conclusion FROM lookback WHERE id BETWEEN $1 AND $2 ORDER BY id" },
  [DESK_REPORT_LOOKBACK_ITEM - DESK_REPORT_BLOCK]
  = { "item", TRUE,
      COLUMNS (INT ("id"), CODE ("what"), INT ("row_id"), CODE ("number"), INSTANT ("reviewed_at"), INT
               ("reviewed_by"), CODE ("decision"), TEXT ("note")),
      "SELECT i.lookback_id, i.id, i.what, i.row_id, COALESCE (l.number, u.number, p.chart), i.reviewed_at,"
      " i.reviewed_by, i.decision, i.note FROM lookback_item i LEFT JOIN lot l ON i.what = 'lot' AND l.id ="
      " i.row_id LEFT JOIN unit u ON i.what IN ('unit', 'sample') AND u.id = i.row_id LEFT JOIN patient p ON i.what"
      " = 'patient' AND p.id = i.row_id WHERE i.lookback_id BETWEEN $1 AND $2 ORDER BY i.lookback_id, i.what,"
      " i.row_id" },
  [DESK_REPORT_LOOKBACK_ROAD - DESK_REPORT_BLOCK]
  = { "road", TRUE,
      COLUMNS (CODE ("road"), INT ("ref_id"), CODE ("day"), INT ("via_id")),
      "SELECT i.id, r.road, r.ref_id, r.day, r.via_id FROM lookback_item i JOIN lookback_road r ON r.item_id = i.id"
      " WHERE i.lookback_id BETWEEN $1 AND $2 ORDER BY i.lookback_id, i.what, i.row_id, r.road, r.ref_id, r.day,"
      " r.via_id" },
  [DESK_REPORT_LOOKBACK_CONTACT - DESK_REPORT_BLOCK]
  = { "contact", TRUE,
      COLUMNS (INT ("id"), INSTANT ("at"), INT ("by_id"), CODE ("how"), FLAG ("reached"), TEXT ("note")),
      "SELECT i.id, c.id, c.at, c.by_id, c.how, c.reached, c.note FROM lookback_item i JOIN lookback_contact c ON"
      " c.item_id = i.id WHERE i.lookback_id BETWEEN $1 AND $2 ORDER BY i.lookback_id, i.what, i.row_id, c.id" },
  [DESK_REPORT_LOOKBACK_CLOCK - DESK_REPORT_BLOCK]
  = { "clock", TRUE,
      COLUMNS (INT ("id"), CODE ("rule"), CODE ("due_on"), INSTANT ("done_at"), INT ("done_by"), CODE ("outcome"),
               TEXT ("note")),
      "SELECT lookback_id, id, rule, due_on, done_at, done_by, outcome, note FROM legal_clock WHERE lookback_id"
      " BETWEEN $1 AND $2 ORDER BY lookback_id, rule" },
  [DESK_REPORT_LOOKBACK_HOLD - DESK_REPORT_BLOCK]
  = { "hold", TRUE,
      COLUMNS (INT ("id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at"), INT ("closed_by"), TEXT
               ("reason")),
      "SELECT lookback_id, id, opened_at, opened_by, closed_at, closed_by, reason FROM hold WHERE lookback_id"
      " BETWEEN $1 AND $2 ORDER BY lookback_id, id" },
  [DESK_REPORT_COUNT - DESK_REPORT_BLOCK]
  = { "stock_count", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), INT ("container_id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT
               ("counted_at"), INT ("counted_by"), INSTANT ("closed_at"), INT ("closed_by"), INT ("closed_with"), FLAG
               ("abandoned"), TEXT ("note")),
      "SELECT 0, id, number, container_id, opened_at, opened_by, counted_at, counted_by, closed_at, closed_by,"
      " closed_with, abandoned, note FROM stock_count WHERE id BETWEEN $1 AND $2 ORDER BY id" },
  [DESK_REPORT_COUNT_BOX - DESK_REPORT_BLOCK]
  = { "stock_box", TRUE,
      COLUMNS (INT ("container_id"), INSTANT ("done_at"), INT ("by_id")),
      "SELECT count_id, container_id, done_at, by_id FROM stock_box WHERE count_id BETWEEN $1 AND $2 ORDER BY"
      " count_id, container_id" },
  [DESK_REPORT_COUNT_SCAN - DESK_REPORT_BLOCK]
  = { "stock_scan", TRUE,
      COLUMNS (INT ("seq"), INT ("container_id"), INT ("row"), INT ("col"), CODE ("unit"), INSTANT ("at"), INT
               ("by_id"), TEXT ("code")),
      "SELECT s.count_id, s.seq, s.container_id, s.row, s.col, u.number, s.at, s.by_id, s.code FROM stock_scan s"
      " LEFT JOIN unit u ON u.id = s.unit_id WHERE s.count_id BETWEEN $1 AND $2 ORDER BY s.count_id, s.seq" },
  [DESK_REPORT_COUNT_DIFFERENCE - DESK_REPORT_BLOCK]
  = { "stock_difference", TRUE,
      COLUMNS (INT ("id"), CODE ("kind"), CODE ("unit"), INT ("container_id"), INT ("row"), INT ("col"), CODE
               ("resolution"), INSTANT ("resolved_at"), INT ("resolved_by"), INT ("witness_id"), TEXT ("code"), TEXT
               ("cause"), TEXT ("scanned")),
      "SELECT d.count_id, d.id, d.kind, u.number, d.container_id, d.row, d.col, d.resolution, d.resolved_at,"
      " d.resolved_by, d.witness_id, d.code, d.cause, d.scanned FROM stock_difference d LEFT JOIN unit u ON u.id ="
      " d.unit_id WHERE d.count_id BETWEEN $1 AND $2 ORDER BY d.count_id, d.id" },
};
