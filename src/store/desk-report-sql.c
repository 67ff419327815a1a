/* Every ORDER BY here is one that an index already has, so that nothing is sorted in memory, and a child's
 * begins with the whole order of its parent (tests/store/test-report.c looks at the plans). */
#include "desk-report-sql.h"

const DeskReportSource desk_report_sources[DESK_REPORT_BLOCK] = {
  [DESK_REPORT_SETTINGS]
  = { "settings", FALSE,
      COLUMNS (CODE ("uuid"), CODE ("approval"), CODE ("plan_number"), CODE ("facility"), CODE ("zone"), INT ("opens"),
               INT ("closes"), CODE ("closed_weekdays"), CODE ("tax_number"), CODE ("tax_round"), FLAG ("is_sample"), INT ("version"), TEXT ("name"),
               TEXT ("name_ja"), TEXT ("address"), TEXT ("address_ja"), TEXT ("phone"), TEXT ("fax"), TEXT ("email"),
               TEXT ("director"), TEXT ("director_ja"), TEXT ("contact"), TEXT ("contact_ja"), TEXT ("department"),
               TEXT ("department_ja"), TEXT ("bank"), TEXT ("bank_ja")),
      "SELECT 0, uuid, approval, plan_number, facility, zone, opens, closes, closed_weekdays, tax_number, tax_round, is_sample, version, name,"
      " name_ja, address, address_ja, phone, fax, email, director, director_ja, contact, contact_ja, department, department_ja, bank, bank_ja FROM clinic" },
  [DESK_REPORT_STAFF]
  = { "staff", FALSE, COLUMNS (INT ("id"), CODE ("role"), FLAG ("active"), TEXT ("name"), TEXT ("name_ja")),
      "SELECT 0, id, role, active, name, name_ja FROM staff ORDER BY id" },
  [DESK_REPORT_RESOURCE]
  = { "resource", FALSE,
      COLUMNS (INT ("id"), CODE ("kind"), INT ("staff_id"), INT ("position"), FLAG ("active"), TEXT ("name"), TEXT ("name_ja")),
      "SELECT 0, id, kind, staff_id, position, active, name, name_ja FROM resource ORDER BY id" },
  [DESK_REPORT_VISIT_TYPE]
  = { "visit_type", FALSE,
      COLUMNS (CODE ("code"), INT ("minutes"), INT ("before"), INT ("after"), CODE ("needs"), FLAG ("remote"),
               INT ("position"), INT ("per_day"), INT ("at_once"), FLAG ("active"), TEXT ("name"), TEXT ("name_ja")),
      "SELECT 0, code, minutes, before, after, needs, remote, position, per_day, at_once, active, name, name_ja"
      " FROM visit_type ORDER BY code" },
  [DESK_REPORT_CLOSED_DAY]
  = { "closed_day", FALSE, COLUMNS (CODE ("day"), TEXT ("reason")), "SELECT 0, day, reason FROM closed_day ORDER BY day" },
  [DESK_REPORT_OPENING]
  = { "opening", FALSE, COLUMNS (INT ("weekday"), INT ("opens"), INT ("closes")),
      "SELECT 0, weekday, opens, closes FROM opening ORDER BY weekday" },
  [DESK_REPORT_OPEN_DAY]
  = { "open_day", FALSE, COLUMNS (CODE ("day"), TEXT ("reason")), "SELECT 0, day, reason FROM open_day ORDER BY day" },
  [DESK_REPORT_TIME_BLOCK]
  = { "time_block", FALSE,
      COLUMNS (INT ("id"), INT ("resource_id"), CODE ("kind"), CODE ("first_day"), CODE ("last_day"), CODE ("weekdays"),
               INT ("from_minute"), INT ("until_minute"), INSTANT ("removed_at"), INT ("version"), TEXT ("reason")),
      "SELECT 0, id, resource_id, kind, first_day, last_day, weekdays, from_minute, until_minute, removed_at, version, reason"
      " FROM block ORDER BY id" },
  [DESK_REPORT_DAY_NOTE]
  = { "day_note", FALSE, COLUMNS (CODE ("day"), INT ("version"), TEXT ("text")),
      "SELECT 0, day, version, text FROM day_note ORDER BY day" },
  [DESK_REPORT_TEMPLATE]
  = { "course_template", FALSE,
      COLUMNS (CODE ("code"), CODE ("strategy"), FLAG ("active"), INT ("position"), INT ("version"), TEXT ("name"), TEXT ("name_ja")),
      "SELECT 0, code, strategy, active, position, version, name, name_ja FROM course_template ORDER BY code" },
  [DESK_REPORT_STEP]
  = { "template_step", FALSE,
      COLUMNS (CODE ("template"), INT ("seq"), CODE ("type"), INT ("after"), INT ("min_days"), INT ("max_days"), INT ("minutes"),
               INT ("doses"), TEXT ("note")),
      "SELECT 0, template, seq, type, after, min_days, max_days, minutes, doses, note FROM course_template_step"
      " ORDER BY template, seq" },
  [DESK_REPORT_CONTAINER]
  = { "container", FALSE,
      COLUMNS (INT ("id"), INT ("parent_id"), CODE ("kind"), INT ("rows"), INT ("cols"), INT ("row"), INT ("col"),
               FLAG ("in_service"), INT ("version"), CODE ("layout"), INT ("levels"), CODE ("row_scheme"), CODE ("col_scheme"),
               CODE ("fill_order"), CODE ("cold_class"), CODE ("allowed_kinds"), FLAG ("quarantine_only"), FLAG ("biohazard_only"),
               FLAG ("retired"), CODE ("barcode"), TEXT ("name")),
      "SELECT 0, id, parent_id, kind, rows, cols, row, col, in_service, version, layout, levels, row_scheme, col_scheme, fill_order,"
      " cold_class, allowed_kinds, quarantine_only, biohazard_only, retired, barcode, name FROM container ORDER BY id" },

  [DESK_REPORT_PERSON]
  = { "person", TRUE,
      COLUMNS (INT ("id"), CODE ("chart"), CODE ("sex"), CODE ("birth"), CODE ("nationality"), CODE ("passport"),
               CODE ("passport_until"), CODE ("languages"), FLAG ("interpreter"), CODE ("zone"), CODE ("purpose"),
               CODE ("icd10"), CODE ("diagnosed_on"), INT ("version"), INSTANT ("created_at"), INSTANT ("updated_at"),
               TEXT ("family"), TEXT ("given"), TEXT ("family_native"), TEXT ("given_native"), TEXT ("kana"),
               TEXT ("preferred"), TEXT ("phone"), TEXT ("email"), TEXT ("address"), TEXT ("emergency"),
               TEXT ("referrer"), TEXT ("agency"), TEXT ("allergies"), TEXT ("medication"), TEXT ("diagnosis"),
               TEXT ("stage"), TEXT ("note"), TEXT ("former"), TEXT ("occupation")),
      "SELECT 0, id, chart, sex, birth, nationality, passport, passport_until, languages, interpreter, zone, purpose,"
      " icd10, diagnosed_on, version, created_at, updated_at, family, given, family_native, given_native, kana,"
      " preferred, phone, email, address, emergency, referrer, agency, allergies, medication, diagnosis, stage, note,"
      " former, occupation FROM patient WHERE id BETWEEN $1 AND $2 ORDER BY id" },
  [DESK_REPORT_COMPANION]
  = { "companion", TRUE,
      COLUMNS (INT ("id"), CODE ("relation"), CODE ("sex"), CODE ("birth"), CODE ("nationality"), CODE ("passport"),
               CODE ("passport_until"), CODE ("languages"), FLAG ("may_be_told"), INSTANT ("removed_at"), INT ("version"),
               TEXT ("family"), TEXT ("given"), TEXT ("native"), TEXT ("phone"), TEXT ("email"), TEXT ("note")),
      "SELECT patient_id, id, relation, sex, birth, nationality, passport, passport_until, languages, may_be_told,"
      " removed_at, version, family, given, native, phone, email, note"
      " FROM companion WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_TRIP]
  = { "trip", TRUE,
      COLUMNS (INT ("id"), CODE ("route"), CODE ("planned_entry"), CODE ("planned_departure"), CODE ("entered_on"),
               CODE ("departed_on"), CODE ("departure_reported_on"), INT ("exempt_days"), FLAG ("condition_met"),
               INT ("permitted_days"), CODE ("permitted_until"), CODE ("visa_number"), CODE ("visa_issued_on"),
               CODE ("visa_until"), CODE ("visa_entries"), INT ("visa_days"), CODE ("coe_number"), FLAG ("hospitalised"),
               CODE ("guarantor_list"), CODE ("guarantor_number"), CODE ("guarantor_checked_on"), INSTANT ("cancelled_at"),
               INT ("version"), TEXT ("mission"), TEXT ("guarantor"), TEXT ("guarantor_address"),
               TEXT ("guarantor_contact"), TEXT ("note")),
      "SELECT patient_id, id, route, planned_entry, planned_departure, entered_on, departed_on, departure_reported_on,"
      " exempt_days, condition_met, permitted_days, permitted_until, visa_number, visa_issued_on, visa_until, visa_entries,"
      " visa_days, coe_number, hospitalised, guarantor_list, guarantor_number, guarantor_checked_on, cancelled_at, version,"
      " mission, guarantor, guarantor_address, guarantor_contact, note"
      " FROM trip WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, planned_entry, id" },
  [DESK_REPORT_TRAVELLER]
  = { "traveller", TRUE, COLUMNS (INT ("companion_id")),
      "SELECT t.id, c.companion_id FROM trip t JOIN trip_companion c ON c.trip_id = t.id"
      " WHERE t.patient_id BETWEEN $1 AND $2 ORDER BY t.patient_id, t.planned_entry, t.id, c.companion_id" },
  [DESK_REPORT_DOCUMENT]
  = { "document", TRUE,
      COLUMNS (INT ("id"), CODE ("kind"), CODE ("state"), CODE ("examined_on"), CODE ("language"), INSTANT ("received_at"),
               CODE ("media_type"), CODE ("digest"), INT ("bytes"), INT ("version"), INT ("part_of"), CODE ("part"),
               INT ("supersedes"), CODE ("due_on"), INT ("pages"), TEXT ("title"), TEXT ("note"), TEXT ("reason"),
               TEXT ("source"), TEXT ("translator"), TEXT ("link")),
      "SELECT patient_id, id, kind, state, examined_on, language, received_at, media_type, digest, bytes, version,"
      " part_of, part, supersedes, due_on, pages, title, note, reason, source, translator, link"
      " FROM document WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, kind, id" },
  [DESK_REPORT_LAB_REPORT]
  = { "lab_report", TRUE,
      COLUMNS (INT ("id"), CODE ("collected_on"), CODE ("came_by"), INSTANT ("entered_at"), INSTANT ("withdrawn_at"), INT ("version"),
               TEXT ("laboratory"), TEXT ("number"), TEXT ("source_id")),
      "SELECT patient_id, id, collected_on, came_by, entered_at, withdrawn_at, version, laboratory, number, source_id"
      " FROM lab_report WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, collected_on, id" },
  [DESK_REPORT_LAB_VALUE]
  = { "lab_value", TRUE,
      COLUMNS (INT ("id"), CODE ("test"), CODE ("comparator"), CODE ("status"), CODE ("outcome"), INT ("supersedes"), TEXT ("loinc"),
               TEXT ("local_code"), TEXT ("name"), TEXT ("value"), TEXT ("unit"), TEXT ("range_text"), TEXT ("flag"), TEXT ("note")),
      "SELECT r.id, v.id, v.test, v.comparator, v.status, v.outcome, v.supersedes, v.loinc, v.local_code, v.name, v.value, v.unit,"
      " v.range_text, v.flag, v.note FROM lab_report r JOIN lab_value v ON v.report_id = r.id"
      " WHERE r.patient_id BETWEEN $1 AND $2 ORDER BY r.patient_id, r.collected_on, r.id, v.id" },
  [DESK_REPORT_BIOHAZARD]
  = { "biohazard", TRUE,
      COLUMNS (INT ("id"), CODE ("agent"), INT ("value_id"), INSTANT ("since"), INSTANT ("cleared_at"), INT ("cleared_by"), TEXT ("reason")),
      "SELECT patient_id, id, agent, value_id, since, cleared_at, cleared_by, reason FROM biohazard"
      " WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_COLLECTION]
  = { "collection", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("method"), INSTANT ("collected_at"), INT ("volume_ml"), INT ("operator_id")),
      "SELECT patient_id, id, number, method, collected_at, volume_ml, operator_id"
      " FROM collection WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_LOT]
  = { "lot", TRUE,
      COLUMNS (INT ("id"), INT ("collection_id"), CODE ("number"), CODE ("facility"), CODE ("plan_number"), CODE ("status"),
               CODE ("started_on"), CODE ("expected_on"), CODE ("harvested_on"), INT ("version"), TEXT ("note")),
      "SELECT patient_id, id, collection_id, number, facility, plan_number, status, started_on, expected_on, harvested_on,"
      " version, note FROM lot WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_RESULT]
  = { "result", TRUE,
      COLUMNS (INT ("id"), CODE ("test"), CODE ("value"), CODE ("unit"), CODE ("limit_text"), FLAG ("passed"), CODE ("stage"),
               CODE ("reported_on"), INSTANT ("entered_at"), INT ("entered_by"), INT ("supersedes")),
      "SELECT l.id, r.id, r.test, r.value, r.unit, r.limit_text, r.passed, r.stage, r.reported_on, r.entered_at, r.entered_by,"
      " r.supersedes FROM lot l JOIN result r ON r.lot_id = l.id WHERE l.patient_id BETWEEN $1 AND $2"
      " ORDER BY l.patient_id, l.id, r.test, r.id" },
  [DESK_REPORT_LOT_HOLD]
  = { "hold", TRUE,
      COLUMNS (INT ("id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at"), INT ("closed_by"), TEXT ("reason")),
      "SELECT l.id, h.id, h.opened_at, h.opened_by, h.closed_at, h.closed_by, h.reason FROM lot l JOIN hold h ON h.lot_id = l.id"
      " WHERE l.patient_id BETWEEN $1 AND $2 ORDER BY l.patient_id, l.id, h.id" },
  [DESK_REPORT_UNIT]
  = { "unit", TRUE,
      COLUMNS (INT ("id"), INT ("lot_id"), CODE ("kind"), CODE ("number"), INT ("volume_ml"), INT ("cells"), CODE ("use_until"),
               CODE ("life"), CODE ("quality"), CODE ("label"), INSTANT ("created_at")),
      "SELECT patient_id, id, lot_id, kind, number, volume_ml, cells, use_until, life, quality, label, created_at"
      " FROM unit WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, life, id" },
  [DESK_REPORT_EVENT]
  = { "event", TRUE,
      COLUMNS (CODE ("axis"), INT ("seq"), CODE ("from_state"), CODE ("to_state"), INSTANT ("at"), INT ("performer_id"),
               INT ("witness_id"), CODE ("scanned"), TEXT ("reason")),
      "SELECT u.id, e.axis, e.seq, e.from_state, e.to_state, e.at, e.performer_id, e.witness_id, e.scanned, e.reason"
      " FROM unit u JOIN unit_event e ON e.unit_id = u.id WHERE u.patient_id BETWEEN $1 AND $2"
      " ORDER BY u.patient_id, u.life, u.id, e.axis, e.seq" },
  [DESK_REPORT_PLACEMENT]
  = { "placement", TRUE,
      COLUMNS (INT ("id"), INT ("container_id"), INT ("row"), INT ("col"), INSTANT ("since"), INT ("performer_id"),
               INT ("witness_id"), INSTANT ("until"), INT ("ended_by")),
      "SELECT u.id, p.id, p.container_id, p.row, p.col, p.since, p.performer_id, p.witness_id, p.until, p.ended_by"
      " FROM unit u JOIN placement p ON p.unit_id = u.id WHERE u.patient_id BETWEEN $1 AND $2"
      " ORDER BY u.patient_id, u.life, u.id, p.since, p.id" },
  [DESK_REPORT_UNIT_HOLD]
  = { "hold", TRUE,
      COLUMNS (INT ("id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at"), INT ("closed_by"), TEXT ("reason")),
      "SELECT u.id, h.id, h.opened_at, h.opened_by, h.closed_at, h.closed_by, h.reason FROM unit u JOIN hold h ON h.unit_id = u.id"
      " WHERE u.patient_id BETWEEN $1 AND $2 ORDER BY u.patient_id, u.life, u.id, h.id" },
  [DESK_REPORT_COURSE]
  = { "course", TRUE,
      COLUMNS (INT ("id"), CODE ("template"), CODE ("started_on"), CODE ("status"), INT ("version")),
      "SELECT patient_id, id, template, started_on, status, version"
      " FROM course WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_VISIT]
  = { "visit", TRUE,
      COLUMNS (INT ("id"), CODE ("type"), CODE ("status"), INSTANT ("starts_at"), INSTANT ("ends_at"), INSTANT ("busy_from"),
               INSTANT ("busy_until"), INT ("course_id"), INT ("course_step"), INT ("version"), INSTANT ("created_at"),
               INSTANT ("held_until"), CODE ("wall"), CODE ("wall_zone"), CODE ("their_zone"), TEXT ("override"), TEXT ("note")),
      "SELECT patient_id, id, type, status, starts_at, ends_at, busy_from, busy_until, course_id, course_step, version,"
      " created_at, held_until, wall, wall_zone, their_zone, override, note FROM visit WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, starts_at, id" },
  [DESK_REPORT_BOOKED]
  = { "booked", TRUE, COLUMNS (INT ("resource_id")),
      "SELECT v.id, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.patient_id BETWEEN $1 AND $2 ORDER BY v.patient_id, v.starts_at, v.id, r.resource_id" },
  [DESK_REPORT_STAMP]
  = { "stamp", TRUE,
      COLUMNS (INT ("seq"), CODE ("from_status"), CODE ("to_status"), INSTANT ("at"), INT ("by_id")),
      "SELECT v.id, s.seq, s.from_status, s.to_status, s.at, s.by_id FROM visit v JOIN visit_stamp s ON s.visit_id = v.id"
      " WHERE v.patient_id BETWEEN $1 AND $2 ORDER BY v.patient_id, v.starts_at, v.id, s.seq" },
  [DESK_REPORT_RESERVATION]
  = { "reservation", TRUE,
      COLUMNS (INT ("id"), INT ("unit_id"), INT ("visit_id"), INSTANT ("opened_at"), INT ("opened_by"), INSTANT ("closed_at")),
      "SELECT patient_id, id, unit_id, visit_id, opened_at, opened_by, closed_at"
      " FROM reservation WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_INFUSION]
  = { "infusion", TRUE,
      COLUMNS (INT ("id"), INT ("unit_id"), INT ("visit_id"), INSTANT ("started_at"), INT ("performer_id"), INT ("witness_id")),
      "SELECT patient_id, id, unit_id, visit_id, started_at, performer_id, witness_id"
      " FROM infusion WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },

  [DESK_REPORT_WINDOW]
  = { "window", TRUE,
      COLUMNS (INT ("id"), CODE ("kind"), CODE ("first_day"), CODE ("last_day"), INT ("days_before"), INT ("days_after"),
               INSTANT ("removed_at"), INT ("version"), TEXT ("note")),
      "SELECT patient_id, id, kind, first_day, last_day, days_before, days_after, removed_at, version, note"
      " FROM patient_window WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, first_day, id" },
  [DESK_REPORT_PLAN]
  = { "plan", TRUE,
      COLUMNS (INT ("id"), INT ("course_id"), CODE ("template"), CODE ("strategy"), CODE ("status"), INT ("trips"), INT ("days"),
               CODE ("ends_on"), INSTANT ("made_at"), INT ("by_id"), INT ("version"), TEXT ("problem")),
      "SELECT patient_id, id, course_id, template, strategy, status, trips, days, ends_on, made_at, by_id, version, problem"
      " FROM plan WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, made_at, id" },
  [DESK_REPORT_PLAN_TRIP]
  = { "plan_trip", TRUE, COLUMNS (INT ("seq"), CODE ("arrival"), CODE ("departure"), INT ("trip_id")),
      "SELECT p.id, i.seq, i.arrival, i.departure, i.trip_id FROM plan p JOIN plan_trip i ON i.plan_id = p.id"
      " WHERE p.patient_id BETWEEN $1 AND $2 ORDER BY p.patient_id, p.made_at, p.id, i.seq" },
  [DESK_REPORT_PLAN_VISIT]
  = { "plan_visit", TRUE,
      COLUMNS (INT ("seq"), CODE ("day"), CODE ("type"), CODE ("source"), INT ("draw_seq"), INT ("unit_id"), INT ("visit_id")),
      "SELECT p.id, v.seq, v.day, v.type, v.source, v.draw_seq, v.unit_id, v.visit_id FROM plan p JOIN plan_visit v ON v.plan_id = p.id"
      " WHERE p.patient_id BETWEEN $1 AND $2 ORDER BY p.patient_id, p.made_at, p.id, v.seq" },
  [DESK_REPORT_PLAN_HANG]
  = { "plan_hang", TRUE, COLUMNS (CODE ("what"), INT ("row_id"), CODE ("day")),
      "SELECT p.id, h.what, h.row_id, h.day FROM plan p JOIN plan_hang h ON h.plan_id = p.id"
      " WHERE p.patient_id BETWEEN $1 AND $2 ORDER BY p.patient_id, p.made_at, p.id, h.what, h.row_id, h.day" },
  [DESK_REPORT_WAITING]
  = { "waiting", TRUE,
      COLUMNS (INT ("id"), CODE ("type"), INT ("visit_id"), CODE ("first_day"), CODE ("last_day"), INT ("from_minute"),
               INT ("until_minute"), CODE ("weekdays"), INT ("notice_days"), INT ("priority"), INSTANT ("added_at"), INT ("by_id"),
               INSTANT ("closed_at"), CODE ("outcome"), INT ("version"), TEXT ("note")),
      "SELECT patient_id, id, type, visit_id, first_day, last_day, from_minute, until_minute, weekdays, notice_days, priority,"
      " added_at, by_id, closed_at, outcome, version, note FROM waiting WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_RECALL]
  = { "recall", TRUE,
      COLUMNS (INT ("id"), CODE ("kind"), CODE ("due_on"), CODE ("next_on"), CODE ("source"), INSTANT ("made_at"), INT ("by_id"),
               INSTANT ("closed_at"), CODE ("outcome"), INT ("version"), TEXT ("note")),
      "SELECT patient_id, id, kind, due_on, next_on, source, made_at, by_id, closed_at, outcome, version, note"
      " FROM recall WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, id" },
  [DESK_REPORT_ATTEMPT]
  = { "attempt", TRUE, COLUMNS (INT ("seq"), INSTANT ("at"), INT ("by_id"), CODE ("way"), CODE ("result"), TEXT ("note")),
      "SELECT r.id, a.seq, a.at, a.by_id, a.way, a.result, a.note FROM recall r JOIN recall_attempt a ON a.recall_id = r.id"
      " WHERE r.patient_id BETWEEN $1 AND $2 ORDER BY r.patient_id, r.id, a.seq" },

  [DESK_REPORT_STOCK]
  = { "stock", FALSE,
      COLUMNS (INT ("id"), CODE ("kind"), CODE ("number"), INT ("volume_ml"), INT ("cells"), CODE ("use_until"), CODE ("life"),
               CODE ("quality"), CODE ("label"), CODE ("lot_number"), CODE ("chart"), INT ("container_id"), INT ("row"),
               INT ("col"), INT ("holds"), INT ("reserved_visit"), TEXT ("family"), TEXT ("given")),
      "SELECT 0, u.id, u.kind, u.number, u.volume_ml, u.cells, u.use_until, u.life, u.quality, u.label, l.number, p.chart,"
      " q.container_id, q.row, q.col,"
      " (SELECT count (*) FROM hold WHERE id IN (SELECT hold_id FROM unit_hold h WHERE h.unit_id = u.id)), r.visit_id, p.family, p.given"
      " FROM unit u JOIN lot l ON l.id = u.lot_id JOIN patient p ON p.id = u.patient_id"
      " LEFT JOIN placement q ON q.unit_id = u.id AND q.until IS NULL"
      " LEFT JOIN reservation r ON r.unit_id = u.id AND r.closed_at IS NULL"
      " WHERE u.life IN ('at_bedside', 'at_clinic', 'filled', 'fresh_ready', 'frozen', 'in_transit', 'infusing', 'missing',"
      " 'picked', 'thawed', 'thawing') ORDER BY u.life, u.use_until, u.id" },
  [DESK_REPORT_APPOINTMENT]
  = { "appointment", TRUE,
      COLUMNS (INT ("id"), CODE ("type"), CODE ("status"), INSTANT ("starts_at"), INSTANT ("ends_at"), CODE ("chart"),
               CODE ("sex"), CODE ("birth"), CODE ("languages"), FLAG ("interpreter"), TEXT ("family"), TEXT ("given"),
               TEXT ("family_native"), TEXT ("given_native"), TEXT ("allergies"), TEXT ("override"), TEXT ("note")),
      "SELECT 0, v.id, v.type, v.status, v.starts_at, v.ends_at, p.chart, p.sex, p.birth, p.languages, p.interpreter, p.family,"
      " p.given, p.family_native, p.given_native, p.allergies, v.override, v.note FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.starts_at BETWEEN $1 AND $2 ORDER BY v.starts_at, v.id" },
  [DESK_REPORT_APPOINTMENT_RESOURCE]
  = { "booked", TRUE, COLUMNS (INT ("resource_id")),
      "SELECT v.id, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.starts_at BETWEEN $1 AND $2 ORDER BY v.starts_at, v.id, r.resource_id" },
  [DESK_REPORT_DOSE]
  = { "dose", TRUE,
      COLUMNS (CODE ("number"), CODE ("kind"), CODE ("life"), CODE ("quality"), CODE ("label"), CODE ("use_until"),
               INT ("container_id"), INT ("row"), INT ("col"), INSTANT ("infused_at")),
      "SELECT v.id, u.number, u.kind, u.life, u.quality, u.label, u.use_until, q.container_id, q.row, q.col, i.started_at"
      " FROM visit v JOIN unit u ON u.patient_id = v.patient_id"
      " LEFT JOIN placement q ON q.unit_id = u.id AND q.until IS NULL"
      " LEFT JOIN infusion i ON i.unit_id = u.id AND i.visit_id = v.id"
      " LEFT JOIN reservation r ON r.unit_id = u.id AND r.visit_id = v.id AND r.closed_at IS NULL"
      " WHERE v.starts_at BETWEEN $1 AND $2 AND (i.id IS NOT NULL OR r.id IS NOT NULL)"
      " ORDER BY v.starts_at, v.id, u.life, u.id" },
};
