/* A wrong-patient infusion cannot be recorded, on any road: raw SQL past the program. */
#include "chair-fixture.h"
#include "desk-cells.h"

#include <string.h>

typedef struct
{
  const char *sql, *message;
} Refusal;

static void
refuse_all (StoreFixture *fixture, const Refusal *refusals, guint n)
{
  for (guint i = 0; i < n; i++)
    store_refuse (fixture, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
}
#define REFUSE(fixture, table) refuse_all (fixture, table, G_N_ELEMENTS (table))

/* The clock of these tests is ahead of that of the fixture's events. */
#define T0 "4000000000"

#define SESSION(device, visit, cleaned, temperature) \
  "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned) VALUES (" device ", " visit ", " T0 ", 4, " temperature \
  ", " cleaned ")"
#define THAW(unit, session) "INSERT INTO thaw (unit_id, session_id, started_at) VALUES (" unit ", " session ", " T0 " + 10)"
#define EVENT(unit, from, to, at) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)" \
  " SELECT id, 'life', life_seq + 1, life_seq, '" from "', '" to "', " T0 " + " at ", 4, 2, 'why' FROM unit WHERE id = " unit
#define CHECK(unit, visit, label, chart) \
  "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id) VALUES (" \
  unit ", " visit ", " label ", " chart ", 1, 1, " T0 " + 300, 4, 2)"
#define NUMBER(unit) "(SELECT number FROM unit WHERE id = " unit ")"
#define CHART(patient) "(SELECT chart FROM patient WHERE id = " patient ")"
#define INFUSE(unit, visit, patient, at, performer, witness) \
  "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (" unit ", " visit ", " patient ", " T0 \
  " + " at ", " performer ", " witness ")"
#define SIGN(staff, purpose, unit, at) \
  "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES (" staff ", '" purpose "', " unit ", " T0 " + " at ")"
#define END(unit, at, volume, reason, rest) \
  "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reason, rest, performer_id) VALUES (" unit ", " T0 " + " at ", " volume \
  ", 1, " reason ", " rest ", 4)"
#define UNRESERVE(unit) "UPDATE reservation SET closed_at = " T0 " + 9000 WHERE unit_id = " unit " AND closed_at IS NULL"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  chair_fixture_set_up (fixture, data);
  chair_fixture_order (fixture, 1, 500000, 5000000, 60000);
  chair_fixture_order (fixture, 2, 500000, 5000000, 0);
  for (int unit = 1; unit <= 2; unit++)
    merge_fixture_act (fixture, unit, DESK_STEP_PICK, 0);
}

static void
into_bath (StoreFixture *fixture)
{
  store_exec (fixture, SESSION ("1", "1", "1", "370"));
  store_exec (fixture, THAW ("1", "1"));
  store_exec (fixture, EVENT ("1", "picked", "thawing", "10"));
}

static void
out_of_bath (StoreFixture *fixture)
{
  into_bath (fixture);
  store_exec (fixture, "UPDATE thaw SET ended_at = " T0 " + 200, bag_whole = 1, use_until = " T0 " + 2000 WHERE unit_id = 1");
  store_exec (fixture, EVENT ("1", "thawing", "thawed", "200"));
}

static void
to_bedside (StoreFixture *fixture)
{
  out_of_bath (fixture);
  store_exec (fixture, CHECK ("1", "1", NUMBER ("1"), CHART ("1")));
  store_exec (fixture, EVENT ("1", "thawed", "at_bedside", "300"));
}

static void
running (StoreFixture *fixture)
{
  to_bedside (fixture);
  store_exec (fixture, SIGN ("2", "infuse", "1", "400"));
  store_exec (fixture, INFUSE ("1", "1", "1", "400", "4", "2"));
  store_exec (fixture, EVENT ("1", "at_bedside", "infusing", "400"));
}

static void
test_bath (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { SESSION ("4", "1", "1", "370"), "not-a-bath" },
    { SESSION ("3", "1", "1", "370"), "out-of-service" },
    { SESSION ("1", "1", "0", "370"), "bath-not-clean" },
    { SESSION ("1", "1", "1", "450"), "bath-temperature" },
    { SESSION ("1", "1", "1", "200"), "bath-temperature" },
    { SESSION ("1", "3", "1", "370"), "patient-not-here" },
    { "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned) VALUES (1, 1, 0, 6, 370, 1)", "staff-not-active" },
    { "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned, closed_at, closed_by) VALUES (1, 1, 0, 4, 370, 1, 5, 4)",
      "journal-only-grows" },
    { THAW ("1", "99"), "session-closed" },
  };
  static const Refusal open[] = {
    { THAW ("2", "1"), "bath-of-another" },
    { THAW ("3", "1"), "not-possible" }, /* still in the tank */
    { "INSERT INTO thaw (unit_id, session_id, started_at) VALUES (1, 1, 5)", "session-closed" }, /* before it was opened */
    { "INSERT INTO thaw (unit_id, session_id, started_at, ended_at, bag_whole, use_until) VALUES (1, 1, " T0 ", " T0 " + 1, 1, " T0 " + 2)",
      "journal-only-grows" },
    { "UPDATE thaw_session SET visit_id = 2", "journal-only-grows" },
    { "UPDATE thaw_session SET cleaned = 0, closed_at = " T0 " + 5, closed_by = 4", "journal-only-grows" },
    { "UPDATE thaw_session SET closed_at = 5, closed_by = 4", "CHECK" },
    { "DELETE FROM thaw_session", "journal-only-grows" },
    { EVENT ("1", "picked", "thawing", "10"), "thaw-needed" },
  };

  REFUSE (fixture, refusals);
  store_exec (fixture, SESSION ("1", "1", "1", "370"));
  store_refuse (fixture, SESSION ("1", "1", "1", "370"), DESK_ERROR_TAKEN, NULL);
  store_refuse (fixture, SESSION ("1", "2", "1", "370"), DESK_ERROR_TAKEN, NULL);
  REFUSE (fixture, open);
  /* Whatever the session says it is for, one patient's is what lies in it. */
  store_exec (fixture, SESSION ("2", "NULL", "1", "370"));
  store_refuse (fixture, THAW ("1", "2"), DESK_ERROR_REFUSED, "not-reserved");
}

static void
test_thaw (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { THAW ("1", "1"), "thawed-already" },
    { EVENT ("1", "thawing", "thawed", "20"), "thaw-needed" },
    { "UPDATE thaw SET ended_at = " T0 " + 200, bag_whole = 1, use_until = " T0 " + 2001", "thaw-limit" },
    { "UPDATE thaw SET ended_at = " T0 " + 200, use_until = " T0 " + 2000", "CHECK" },
    { "UPDATE thaw SET ended_at = " T0 " + 200, bag_whole = 1", "CHECK" },
    { "UPDATE thaw SET ended_at = 5, bag_whole = 1, use_until = 6", "CHECK" },
    { "UPDATE thaw SET unit_id = 3", "journal-only-grows" },
    { "DELETE FROM thaw", "journal-only-grows" },
    { "UPDATE thaw_session SET closed_at = " T0 " + 500, closed_by = 4", "still-thawing" },
    { "INSERT OR REPLACE INTO thaw (unit_id, session_id, started_at) VALUES (1, 1, " T0 ")", "thawed-already" },
    { "UPDATE visit SET status = 'done' WHERE id = 1", "dose-under-way" },
  };

  into_bath (fixture);
  REFUSE (fixture, refusals);
  store_exec (fixture, "UPDATE thaw SET ended_at = " T0 " + 200, bag_whole = 1, use_until = " T0 " + 2000 WHERE unit_id = 1");
  store_exec (fixture, EVENT ("1", "thawing", "thawed", "200"));
  store_refuse (fixture, "UPDATE thaw SET use_until = " T0 " + 1900", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, EVENT ("1", "thawed", "thawing", "210"), DESK_ERROR_REFUSED, "thaw-needed");
  store_exec (fixture, "UPDATE thaw_session SET closed_at = " T0 " + 200, closed_by = 4 WHERE id = 1");
  store_refuse (fixture, "UPDATE thaw_session SET closed_at = NULL, closed_by = NULL", DESK_ERROR_REFUSED, "journal-only-grows");
  /* The next patient's, in the bath as it was then. */
  store_refuse (fixture, SESSION ("1", "2", "1", "370"), DESK_ERROR_REFUSED, "bath-in-use");
}

static void
test_order (StoreFixture *fixture, gconstpointer data)
{
#define ORDER(visit, physician, low, high, at) \
  "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, at) VALUES (" visit ", " physician ", " low ", " high ", " at ")"
  static const Refusal refusals[] = {
    { ORDER ("3", "4", "1", "2", "1"), "not-a-physician" },
    { ORDER ("3", "5", "1", "2", "2"), "signature-needed" },
    { ORDER ("3", "5", "3", "2", "1"), "CHECK" },
    { "UPDATE infusion_order SET cells_min = 0 WHERE visit_id = 1", "journal-only-grows" },
    { "UPDATE infusion_order SET visit_id = 3, withdrawn_at = 5, withdrawn_by = 5 WHERE visit_id = 1", "journal-only-grows" },
    { "DELETE FROM infusion_order", "journal-only-grows" },
    { SIGN ("6", "order", "NULL", "0"), "staff-not-active" },
    { SIGN ("3", "order", "NULL", "0"), "no-secret" },
    { SIGN ("5", "because", "NULL", "0"), "CHECK" },
    { "UPDATE signature SET staff_id = 1", "journal-only-grows" },
    { "DELETE FROM signature", "journal-only-grows" },
    { "DELETE FROM staff_secret", "staff-kept" },
    { "UPDATE staff_secret SET staff_id = 3 WHERE staff_id = 4", "staff-kept" },
    { "UPDATE staff_secret SET hash = '' WHERE staff_id = 4", "CHECK" },
  };

  REFUSE (fixture, refusals);
  store_refuse (fixture, ORDER ("1", "5", "1", "2", "1"), DESK_ERROR_TAKEN, NULL);
  store_exec (fixture, "UPDATE staff_secret SET locked_until = " T0 " + 100 WHERE staff_id = 5");
  store_refuse (fixture, SIGN ("5", "order", "NULL", "99"), DESK_ERROR_REFUSED, "secret-locked");
  store_exec (fixture, SIGN ("5", "order", "NULL", "100"));
  /* Without an order in force nothing is thawed. */
  store_exec (fixture, "UPDATE infusion_order SET withdrawn_at = 5, withdrawn_by = 5 WHERE visit_id = 1");
  store_refuse (fixture, "UPDATE infusion_order SET withdrawn_at = NULL, withdrawn_by = NULL WHERE visit_id = 1", DESK_ERROR_REFUSED,
                "journal-only-grows");
  store_exec (fixture, SESSION ("1", "1", "1", "370"));
  store_refuse (fixture, THAW ("1", "1"), DESK_ERROR_REFUSED, "order-needed");
}

static void
test_chair (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SESSION ("1", "1", "1", "370"));
  store_exec (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at)"
                       " SELECT 1, 1 + max (seq), 'in_room', 'checked_in', " T0 " FROM visit_stamp WHERE visit_id = 1;"
                       "UPDATE visit SET status = 'checked_in' WHERE id = 1");
  store_refuse (fixture, THAW ("1", "1"), DESK_ERROR_REFUSED, "patient-not-in-chair");
}

static void
test_check (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { CHECK ("1", "1", NUMBER ("2"), CHART ("1")), "wrong-dose" },
    { CHECK ("1", "1", NUMBER ("3"), CHART ("1")), "wrong-dose" }, /* of the right patient */
    { CHECK ("1", "1", "''", CHART ("1")), "wrong-dose" },
    { CHECK ("1", "1", NUMBER ("1"), CHART ("2")), "wrong-patient" },
    { CHECK ("1", "1", NUMBER ("1"), "''"), "wrong-patient" },
    { CHECK ("1", "2", NUMBER ("1"), CHART ("1")), "wrong-patient" },
    { CHECK ("1", "2", NUMBER ("1"), CHART ("2")), "wrong-patient" },
    { CHECK ("1", "4", NUMBER ("1"), CHART ("1")), "not-reserved" }, /* another visit of the same patient */
    { CHECK ("3", "1", NUMBER ("3"), CHART ("1")), "not-reserved" },
    { "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id)"
      " VALUES (1, 1, " NUMBER ("1") ", " CHART ("1") ", 0, 1, " T0 ", 4, 2)", "CHECK" },
    { "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id)"
      " VALUES (1, 1, " NUMBER ("1") ", " CHART ("1") ", 1, 1, " T0 ", 4, 4)", "CHECK" },
    { "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id)"
      " VALUES (1, 1, " NUMBER ("1") ", " CHART ("1") ", 1, 1, " T0 ", 4, 6)", "staff-not-active" },
    { EVENT ("1", "thawed", "at_bedside", "300"), "check-needed" },
    { INFUSE ("1", "1", "1", "400", "4", "2"), "not-at-bedside" },
  };

  out_of_bath (fixture);
  REFUSE (fixture, refusals);
  store_exec (fixture, CHECK ("1", "1", NUMBER ("1"), CHART ("1")));
  store_refuse (fixture, "UPDATE bedside_check SET scanned_patient = ''", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "DELETE FROM bedside_check", DESK_ERROR_REFUSED, "journal-only-grows");
  /* The promise may go to another visit only before the check is of use. */
  store_exec (fixture, UNRESERVE ("1"));
  store_refuse (fixture, EVENT ("1", "thawed", "at_bedside", "300"), DESK_ERROR_REFUSED, NULL);
}

static void
test_barcode (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE unit SET barcode = '=A99991712345600' WHERE id = 1");
  out_of_bath (fixture);
  store_exec (fixture, CHECK ("1", "1", "'=A99991712345600'", CHART ("1")));
}

static void
test_broken_bag (StoreFixture *fixture, gconstpointer data)
{
  into_bath (fixture);
  store_exec (fixture, "UPDATE thaw SET ended_at = " T0 " + 200, bag_whole = 0, use_until = " T0 " + 2000 WHERE unit_id = 1");
  store_exec (fixture, EVENT ("1", "thawing", "thawed", "200"));
  store_refuse (fixture, CHECK ("1", "1", NUMBER ("1"), CHART ("1")), DESK_ERROR_REFUSED, "bag-broken");
}

static void
test_infusion (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { INFUSE ("1", "1", "1", "400", "4", "2"), "signature-needed" },
    { INFUSE ("1", "2", "2", "400", "4", "2"), "not-reserved" },
    { INFUSE ("1", "1", "1", "100", "4", "2"), "check-needed" }, /* before the check */
    { EVENT ("1", "at_bedside", "infusing", "400"), "infusion-needed" },
  };
  static const Refusal signed_for[] = {
    { INFUSE ("1", "1", "1", "401", "4", "2"), "signature-needed" }, /* another moment */
    { INFUSE ("1", "1", "1", "400", "4", "1"), "signature-needed" }, /* another person */
    { INFUSE ("1", "1", "1", "400", "2", "2"), "CHECK" },
    { INFUSE ("1", "1", "2", "400", "4", "2"), "FOREIGN" },
    { INFUSE ("1", "1", "1", "400", "6", "2"), "staff-not-active" },
  };

  to_bedside (fixture);
  REFUSE (fixture, refusals);
  store_exec (fixture, SIGN ("2", "infuse", "2", "400"));
  store_exec (fixture, SIGN ("2", "bedside", "1", "400"));
  store_refuse (fixture, INFUSE ("1", "1", "1", "400", "4", "2"), DESK_ERROR_REFUSED, "signature-needed"); /* for another dose, another thing */
  store_exec (fixture, SIGN ("2", "infuse", "1", "400"));
  REFUSE (fixture, signed_for);
  store_exec (fixture, "UPDATE infusion_order SET withdrawn_at = 5, withdrawn_by = 5 WHERE visit_id = 1");
  store_refuse (fixture, INFUSE ("1", "1", "1", "400", "4", "2"), DESK_ERROR_REFUSED, "order-needed");
}

static void
test_limits (StoreFixture *fixture, gconstpointer data)
{
#define OVERRIDE(rule, physician, at) \
  "INSERT INTO dose_override (unit_id, rule, physician_id, reason, at) VALUES (1, '" rule "', " physician ", 'waited for the line', " T0 " + " at ")"
  static const Refusal refusals[] = {
    { OVERRIDE ("thaw-limit", "5", "2002"), "signature-needed" },
    { OVERRIDE ("thaw-limit", "4", "2001"), "not-a-physician" },
    { OVERRIDE ("identity", "5", "2001"), "CHECK" },
    { OVERRIDE ("wrong-patient", "5", "2001"), "CHECK" },
    { "INSERT INTO dose_override (unit_id, rule, physician_id, reason, at) VALUES (1, 'thaw-limit', 5, '  ', " T0 " + 2001)", "reason-needed" },
  };

  to_bedside (fixture);
  store_exec (fixture, SIGN ("2", "infuse", "1", "2000"));
  store_exec (fixture, SIGN ("2", "infuse", "1", "2001"));
  store_refuse (fixture, INFUSE ("1", "1", "1", "2001", "4", "2"), DESK_ERROR_REFUSED, "thaw-limit");
  store_exec (fixture, SIGN ("5", "override", "1", "2001"));
  REFUSE (fixture, refusals);
  store_exec (fixture, OVERRIDE ("thaw-limit", "5", "2001"));
  store_refuse (fixture, "UPDATE dose_override SET reason = 'x'", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "DELETE FROM dose_override", DESK_ERROR_REFUSED, "journal-only-grows");
  /* One limit passed over is not the others. */
  store_exec (fixture, "INSERT INTO result (lot_id, unit_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at, entered_by)"
                       " SELECT lot_id, id, 'viability', '40', '%', '≥ 40 %', 1, 'final', '2026-01-01', 0, 1 FROM unit WHERE id = 1");
  store_refuse (fixture, INFUSE ("1", "1", "1", "2001", "4", "2"), DESK_ERROR_REFUSED, "dose-range");
  store_exec (fixture, OVERRIDE ("dose-range", "5", "2001"));
  store_exec (fixture, "INSERT INTO cell_setting (name, value) VALUES ('dmso-limit', 91)"); /* 50 mL, 10 %, 60 kg: 91.7 */
  store_refuse (fixture, INFUSE ("1", "1", "1", "2001", "4", "2"), DESK_ERROR_REFUSED, "dmso");
  store_exec (fixture, "UPDATE cell_setting SET value = 92 WHERE name = 'dmso-limit'");
  /* As it would be had it been filled with an hour. */
  store_exec (fixture, "DROP TRIGGER unit_code_fixed; UPDATE unit SET use_until_at = " T0 " + 1000 WHERE id = 1");
  store_refuse (fixture, INFUSE ("1", "1", "1", "2001", "4", "2"), DESK_ERROR_REFUSED, "use-until");
  store_exec (fixture, OVERRIDE ("use-until", "5", "2001"));
  store_exec (fixture, INFUSE ("1", "1", "1", "2001", "4", "2"));
}

/* The last instant is still good. */
static void
test_last_instant (StoreFixture *fixture, gconstpointer data)
{
  to_bedside (fixture);
  store_exec (fixture, SIGN ("2", "infuse", "1", "2000"));
  store_exec (fixture, INFUSE ("1", "1", "1", "2000", "4", "2"));
}

static void
test_end (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { EVENT ("1", "infusing", "infused", "4000"), "end-needed" },
    { EVENT ("1", "infusing", "part_infused", "4000"), "end-needed" },
    { END ("1", "399", "50", "''", "''"), "clock-went-back" },
    { END ("1", "4000", "51", "''", "''"), "more-than-there-was" },
    { END ("1", "4000", "49", "''", "''"), "reason-needed" },
    { END ("1", "4000", "-1", "'x'", "'autoclave'"), "CHECK" },
    { END ("1", "4000", "20", "'fever'", "''"), "CHECK" },
    { END ("1", "4000", "20", "'fever'", "'river'"), "CHECK" },
    { END ("4", "4000", "20", "'fever'", "'autoclave'"), "not-possible" },
    { "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reaction, grade, performer_id) VALUES (1, " T0 " + 4000, 50, 1, 'Chills', 6, 4)", "CHECK" },
    { "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reaction, grade, performer_id) VALUES (1, " T0 " + 4000, 50, 1, 'Chills', 0, 4)", "CHECK" },
    { "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, performer_id) VALUES (1, " T0 " + 4000, 50, 99999999999, 4)", "more-than-there-was" },
    { "UPDATE visit SET status = 'done' WHERE id = 1", "dose-under-way" },
  };

  running (fixture);
  REFUSE (fixture, refusals);
  store_exec (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at)"
                       " SELECT 1, 1 + max (seq), 'in_room', 'done', " T0 " FROM visit_stamp WHERE visit_id = 1");
  store_refuse (fixture, "UPDATE visit SET status = 'done' WHERE id = 1", DESK_ERROR_REFUSED, "dose-under-way");
  store_exec (fixture, END ("1", "4000", "20", "'fever'", "'autoclave'"));
  store_exec (fixture, UNRESERVE ("1"));
  store_refuse (fixture, EVENT ("1", "infusing", "infused", "4000"), DESK_ERROR_REFUSED, "end-needed"); /* it was a part */
  store_exec (fixture, EVENT ("1", "infusing", "part_infused", "4000"));
  store_refuse (fixture, "UPDATE infusion_end SET volume_ml = 50", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "DELETE FROM infusion_end", DESK_ERROR_REFUSED, "journal-only-grows");
  /* Another dose still waits for this visit: it is given, or given back. */
  store_refuse (fixture, "UPDATE visit SET status = 'done' WHERE id = 1", DESK_ERROR_REFUSED, "dose-not-given");
  store_exec (fixture, "UPDATE reservation SET closed_at = " T0 " + 5000 WHERE visit_id = 1 AND closed_at IS NULL");
  store_exec (fixture, "UPDATE visit SET status = 'done' WHERE id = 1");
}

static void
test_vitals (StoreFixture *fixture, gconstpointer data)
{
#define VITALS(phase, systolic, diastolic) \
  "INSERT INTO vitals (visit_id, phase, at, systolic, diastolic, by_id) VALUES (1, '" phase "', 5, " systolic ", " diastolic ", 4)"
  static const Refusal refusals[] = {
    { VITALS ("before", "NULL", "NULL"), "CHECK" },
    { VITALS ("before", "70", "120"), "CHECK" },
    { VITALS ("before", "500", "80"), "CHECK" },
    { VITALS ("yesterday", "120", "80"), "CHECK" },
    { "UPDATE vitals SET systolic = 100", "journal-only-grows" },
    { "DELETE FROM vitals", "journal-only-grows" },
  };

  store_exec (fixture, VITALS ("before", "120", "80"));
  REFUSE (fixture, refusals);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/schema-bedside/bath", test_bath);
  ADD ("/schema-bedside/thaw", test_thaw);
  ADD ("/schema-bedside/order", test_order);
  ADD ("/schema-bedside/chair", test_chair);
  ADD ("/schema-bedside/check", test_check);
  ADD ("/schema-bedside/barcode", test_barcode);
  ADD ("/schema-bedside/broken-bag", test_broken_bag);
  ADD ("/schema-bedside/infusion", test_infusion);
  ADD ("/schema-bedside/limits", test_limits);
  ADD ("/schema-bedside/last-instant", test_last_instant);
  ADD ("/schema-bedside/end", test_end);
  ADD ("/schema-bedside/vitals", test_vitals);
  return g_test_run ();
}
