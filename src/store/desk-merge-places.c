#include "desk-merge-private.h"

#define TAKE(table) \
  "INSERT INTO merge_moved (merge_id, what, row_id) SELECT $1, '" table "', id FROM " table " WHERE patient_id = $2"

#define OF_MERGE(table) "id IN (SELECT row_id FROM merge_moved WHERE merge_id = $1 AND what = '" table "')"

#define MOVE(table) "UPDATE " table " SET patient_id = $3 WHERE patient_id = $2 AND " OF_MERGE (table)

/* Another desk that still shows the row under its old owner must load it again before it can save. */
#define MOVE_VERSION(table) \
  "UPDATE " table " SET patient_id = $3, version = version + 1 WHERE patient_id = $2 AND " OF_MERGE (table)

/* What the winner has already comes beside it, marked by the merge, and loses the mark on the way back. */
#define MARK(table, same) \
  ", by_merge = CASE WHEN " table ".by_merge = $1 THEN 0" \
  " WHEN EXISTS (SELECT 1 FROM " table " o WHERE o.patient_id = $3 AND o.by_merge = " table ".by_merge AND " same ") THEN $1" \
  " ELSE " table ".by_merge END WHERE patient_id = $2 AND " OF_MERGE (table)

#define LIST(columns, table) \
  "SELECT t.id, " columns " FROM " table " t WHERE t.patient_id = $1" \
  " AND ($2 = 0 OR t.id IN (SELECT row_id FROM merge_moved WHERE merge_id = $2 AND what = '" table "')) ORDER BY 4, 1"

#define FOLLOW(table, parent, column) \
  "INSERT INTO merge_moved (merge_id, what, row_id) SELECT $1, '" table "', t.id FROM merge_moved d" \
  " JOIN " table " t ON t." column " = d.row_id WHERE d.merge_id = $1 AND d.what = '" parent "'" \
  " AND NOT EXISTS (SELECT 1 FROM merge_moved e WHERE e.merge_id = $1 AND e.what = '" table "' AND e.row_id = t.id)"

/* In the order in which the preview tells them, and in which what was made since is found: parents first. */
static const DeskMergePlace places[] = {
  { "collection", "patient_id", DESK_MERGE_MOVES, DESK_KIND_LOT, TAKE ("collection"), NULL, MOVE ("collection"),
    LIST ("t.number, t.method, t.collected_at", "collection") },
  { "lot", "patient_id", DESK_MERGE_MOVES, DESK_KIND_LOT, TAKE ("lot"), FOLLOW ("lot", "collection", "collection_id"),
    MOVE_VERSION ("lot"), LIST ("t.number, t.status, 0", "lot") },
  { "unit", "patient_id", DESK_MERGE_MOVES, DESK_KIND_UNIT, TAKE ("unit"), FOLLOW ("unit", "lot", "lot_id"), MOVE ("unit"),
    LIST ("t.number, t.life, 0", "unit") },
  { "course", "patient_id", DESK_MERGE_MOVES, DESK_KIND_COURSE, TAKE ("course"), NULL, MOVE_VERSION ("course"),
    LIST ("t.started_on, t.template, 0", "course") },
  { "visit", "patient_id", DESK_MERGE_MOVES, DESK_KIND_VISIT, TAKE ("visit"), FOLLOW ("visit", "course", "course_id"),
    MOVE_VERSION ("visit"), LIST ("'', t.type, t.starts_at", "visit") },
  { "patient_slot", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_VISIT, NULL, NULL, NULL, NULL },
  { "reservation", "patient_id", DESK_MERGE_MOVES, DESK_KIND_UNIT, TAKE ("reservation"),
    FOLLOW ("reservation", "unit", "unit_id"), MOVE ("reservation"),
    "SELECT t.id, u.number, CASE WHEN t.closed_at IS NULL THEN 'open' ELSE 'closed' END, t.opened_at"
    " FROM reservation t JOIN unit u ON u.id = t.unit_id WHERE t.patient_id = $1"
    " AND ($2 = 0 OR t.id IN (SELECT row_id FROM merge_moved WHERE merge_id = $2 AND what = 'reservation')) ORDER BY 4, 1" },
  { "infusion", "patient_id", DESK_MERGE_MOVES, DESK_KIND_UNIT, TAKE ("infusion"), NULL, MOVE ("infusion"),
    "SELECT t.id, u.number, '', t.started_at FROM infusion t JOIN unit u ON u.id = t.unit_id WHERE t.patient_id = $1"
    " AND ($2 = 0 OR t.id IN (SELECT row_id FROM merge_moved WHERE merge_id = $2 AND what = 'infusion')) ORDER BY 4, 1" },
  { "document", "patient_id", DESK_MERGE_MOVES, DESK_KIND_DOCUMENT, TAKE ("document"), FOLLOW ("document", "document", "part_of"),
    "UPDATE document SET patient_id = $3, version = version + 1"
    MARK ("document", "o.digest = document.digest AND document.digest <> ''"),
    LIST ("t.title, t.kind, t.received_at", "document") },
  { "lab_report", "patient_id", DESK_MERGE_MOVES, DESK_KIND_LAB, TAKE ("lab_report"), NULL, MOVE_VERSION ("lab_report"),
    LIST ("t.collected_on, t.laboratory, 0", "lab_report") },
  { "lab_value", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_LAB, NULL, NULL, NULL, NULL },
  { "biohazard", "patient_id", DESK_MERGE_MOVES, DESK_KIND_LAB, TAKE ("biohazard"),
    "INSERT INTO merge_moved (merge_id, what, row_id) SELECT $1, 'biohazard', b.id FROM merge_moved d"
    " JOIN lab_value v ON v.report_id = d.row_id JOIN biohazard b ON b.value_id = v.id"
    " WHERE d.merge_id = $1 AND d.what = 'lab_report'"
    " AND NOT EXISTS (SELECT 1 FROM merge_moved e WHERE e.merge_id = $1 AND e.what = 'biohazard' AND e.row_id = b.id)",
    "UPDATE biohazard SET patient_id = $3" MARK ("biohazard", "o.agent = biohazard.agent AND o.cleared_at IS NULL"),
    LIST ("t.agent, CASE WHEN t.cleared_at IS NULL THEN 'open' ELSE 'closed' END, t.since", "biohazard") },
  { "companion", "patient_id", DESK_MERGE_MOVES, DESK_KIND_TRIP, TAKE ("companion"), NULL, MOVE_VERSION ("companion"),
    LIST ("t.family || ' ' || t.given, t.relation, 0", "companion") },
  { "trip", "patient_id", DESK_MERGE_MOVES, DESK_KIND_TRIP, TAKE ("trip"), NULL, MOVE_VERSION ("trip"),
    LIST ("t.planned_entry, t.route, 0", "trip") },
  { "trip_companion", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_TRIP, NULL, NULL, NULL, NULL },
  { "acceptance", "patient_id", DESK_MERGE_MOVES, DESK_KIND_PATIENT, TAKE ("acceptance"), NULL, MOVE ("acceptance"),
    LIST ("t.reason, CASE WHEN t.accepted = 1 THEN 'accepted' ELSE 'declined' END, t.at", "acceptance") },
  { "gate_override", "patient_id", DESK_MERGE_MOVES, DESK_KIND_PATIENT, TAKE ("gate_override"), NULL,
    "UPDATE gate_override SET patient_id = $3"
    MARK ("gate_override", "o.gate = gate_override.gate AND o.rule = gate_override.rule AND o.revoked_at IS NULL"),
    LIST ("t.reason, t.rule, t.at", "gate_override") },
  { "chase", "patient_id", DESK_MERGE_MOVES, DESK_KIND_PATIENT, TAKE ("chase"), NULL, MOVE ("chase"),
    LIST ("t.language, t.came_by, t.at", "chase") },
  { "hold", "patient_id", DESK_MERGE_MOVES, DESK_KIND_UNIT, TAKE ("hold"), NULL, MOVE ("hold"),
    LIST ("t.reason, CASE WHEN t.closed_at IS NULL THEN 'open' ELSE 'closed' END, t.opened_at", "hold") },
  { "storage_consent", "patient_id", DESK_MERGE_MOVES, DESK_KIND_UNIT, TAKE ("storage_consent"), NULL, MOVE ("storage_consent"),
    LIST ("t.until_on, CASE WHEN t.withdrawn_at IS NULL THEN 'open' ELSE 'closed' END, t.at", "storage_consent") },
  { "patient_window", "patient_id", DESK_MERGE_MOVES, DESK_KIND_PLAN, TAKE ("patient_window"), NULL, MOVE_VERSION ("patient_window"),
    LIST ("t.first_day, t.kind, 0", "patient_window") },
  { "plan", "patient_id", DESK_MERGE_MOVES, DESK_KIND_PLAN, TAKE ("plan"), FOLLOW ("plan", "course", "course_id"),
    MOVE_VERSION ("plan"), LIST ("t.template, t.status, t.made_at", "plan") },
  { "plan_trip", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_PLAN, NULL, NULL, NULL, NULL },
  { "plan_visit", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_PLAN, NULL, NULL, NULL, NULL },
  { "waiting", "patient_id", DESK_MERGE_MOVES, DESK_KIND_WAIT, TAKE ("waiting"), FOLLOW ("waiting", "visit", "visit_id"),
    MOVE_VERSION ("waiting"), LIST ("t.note, t.type, t.added_at", "waiting") },
  { "recall", "patient_id", DESK_MERGE_MOVES, DESK_KIND_WAIT, TAKE ("recall"), NULL, MOVE_VERSION ("recall"),
    LIST ("t.due_on, t.kind, 0", "recall") },
  { "issued", "patient_id", DESK_MERGE_MOVES, DESK_KIND_LETTER, TAKE ("issued"), NULL, MOVE ("issued"),
    LIST ("t.number, t.name, t.at", "issued") },
  { "consent", "patient_id", DESK_MERGE_MOVES, DESK_KIND_CONSENT, TAKE ("consent"), FOLLOW ("consent", "issued", "issued_id"),
    MOVE ("consent"), LIST ("t.name || ' ' || t.version, t.status, t.at", "consent") },
  { "quote", "patient_id", DESK_MERGE_MOVES, DESK_KIND_MONEY, TAKE ("quote"), NULL, MOVE_VERSION ("quote"),
    LIST ("t.number, t.status, t.at", "quote") },
  { "invoice", "patient_id", DESK_MERGE_MOVES, DESK_KIND_MONEY, TAKE ("invoice"), FOLLOW ("invoice", "quote", "quote_id"), MOVE ("invoice"),
    LIST ("t.number, t.kind, t.at", "invoice") },
  { "payment", "patient_id", DESK_MERGE_MOVES, DESK_KIND_MONEY, TAKE ("payment"), FOLLOW ("payment", "quote", "quote_id"), MOVE ("payment"),
    LIST ("t.number, t.method, t.at", "payment") },
  { "payment_part", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_MONEY, NULL, NULL, NULL, NULL },
  { "refund", "patient_id", DESK_MERGE_MOVES, DESK_KIND_MONEY, TAKE ("refund"), FOLLOW ("refund", "payment", "payment_id"), MOVE ("refund"),
    LIST ("t.number, t.method, t.at", "refund") },
  { "package", "patient_id", DESK_MERGE_MOVES, DESK_KIND_MONEY, TAKE ("package"), FOLLOW ("package", "invoice", "invoice_id"),
    MOVE ("package"), LIST ("t.words, t.code, t.at", "package") },
  { "passport_reading", "patient_id", DESK_MERGE_MOVES, DESK_KIND_TRIP, TAKE ("passport_reading"),
    FOLLOW ("passport_reading", "companion", "companion_id"), MOVE ("passport_reading"),
    LIST ("t.family || ' ' || t.given, t.number, t.read_at", "passport_reading") },
  { "package_use", "patient_id", DESK_MERGE_FOLLOWS, DESK_KIND_MONEY, NULL, NULL, NULL, NULL },
  { "patient_word", "patient_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL }, /* written anew */
  { "import_row", "patient_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
  { "not_same", "a_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
  { "not_same", "b_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
  { "merge", "loser_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
  { "merge", "winner_id", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
  { "patient", "merged_into", DESK_MERGE_STAYS, DESK_KIND_PATIENT, NULL, NULL, NULL, NULL },
};

/* The table; static. */
const DeskMergePlace *
desk_merge_places (guint *n_places)
{
  *n_places = G_N_ELEMENTS (places);
  return places;
}
