/* What must never be true cannot be said to the file, whatever program tries: raw SQL past all of ours. */
#include "bedside-fixture.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  const char *sql;
  DeskError code;
  const char *message; /* the rule's code, or what the key says */
} Refusal;

#define TAKEN DESK_ERROR_TAKEN, "UNIQUE constraint failed"
#define FOREIGN DESK_ERROR_REFUSED, "FOREIGN KEY constraint failed"
#define CHECKED DESK_ERROR_REFUSED, "CHECK constraint failed"
#define RULE(code) DESK_ERROR_REFUSED, code

/* Two patients, each with cells, visits and a chair; the clock of the events stands at 1000. */
static const char people[]
    = "INSERT INTO staff (id, name, role, active) VALUES (1, 'Culture', 'culture', 1), (2, 'Second', 'culture', 1),"
      " (3, 'Quality', 'quality', 1), (4, 'Nurse', 'nurse', 1), (5, 'Gone', 'nurse', 0), (6, 'New', 'nurse', 1);"
      "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0), (2, 'P2', 'Two', 0, 0);"
      "INSERT INTO container (id, parent_id, kind, name, rows, cols, in_service) VALUES (1, NULL, 'tank', 'Tank', 0, 0, 1),"
      " (2, 1, 'rack', 'Rack', 0, 0, 1), (3, 2, 'box', 'Box', 9, 9, 1), (4, NULL, 'tank', 'Broken', 0, 0, 0), (5, 4, 'box', 'Box', 9, 9, 1);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1), (2, 'I2', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
      " VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 1, 1), (2, 2, 'C2', 'blood_draw', 0, 50, 1, 2);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01'),"
      " (2, 2, 2, 'L2', '2026-01-01'), (3, 1, 1, 'L3', '2026-01-01'), (4, 1, 1, 'L4', '2026-01-01'), (5, 1, 1, 'L5', '2026-01-01');"
      "UPDATE lot SET status = 'failed' WHERE id = 5;"
      "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
      " SELECT l.id, t.column1, 'ok', 'ok', 1, 'final', '2026-01-02', 0, 1 FROM lot l, (VALUES ('viability'), ('count'), ('purity'),"
      " ('endotoxin'), ('mycoplasma'), ('sterility')) t WHERE l.id IN (1, 2);"
      "INSERT INTO result (id, lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by) VALUES"
      " (31, 3, 'viability', 'ok', 'ok', 1, 'final', '2026-01-02', 0, 1), (32, 3, 'sterility', 'ok', 'ok', 1, 'preliminary', '2026-01-02', 0, 1),"
      " (41, 4, 'sterility', 'growth', 'ok', 0, 'final', '2026-01-02', 0, 1);"
      "INSERT INTO result_check (result_id, checked_at, checked_by) SELECT id, 0, 2 FROM result WHERE passed = 1;";

static const char book[]
    = "INSERT INTO resource (id, kind, name) VALUES (1, 'chair', 'Chair 1'), (2, 'chair', 'Chair 2');"
      "INSERT INTO course (id, patient_id, template, started_on) VALUES (1, 1, 'six', '2026-01-01');"
      "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
      " (1, 1, 'infusion', 'booked', 3000, 6000, 2700, 6300, 0), (2, 2, 'infusion', 'booked', 3000, 6000, 2700, 6300, 0),"
      " (3, 1, 'infusion', 'booked', 90000, 93600, 90000, 93600, 0), (4, 2, 'infusion', 'proposed', 90000, 93600, 90000, 93600, 0);"
      "INSERT INTO visit_resource (visit_id, resource_id) VALUES (1, 1), (2, 2), (3, 1), (4, 1);"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 1, 'booked', 'arrived', 0);"
      "UPDATE visit SET status = 'arrived' WHERE id = 1;"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (2, 1, 'booked', 'arrived', 0);"
      "UPDATE visit SET status = 'arrived' WHERE id = 2;";

static void
step (StoreFixture *fixture, int unit, const char *axis, const char *to_state)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
      " SELECT id, '%s', %s_seq + 1, NULLIF (%s_seq, 0), %s, '%s', 1000, 3, 4, 'why' FROM unit WHERE id = %d",
      axis, axis, axis, axis, to_state, unit);

  store_exec (fixture, sql);
}

/* A dose is thawed and checked with all that belongs to it. */
static gboolean
bedside_of (StoreFixture *fixture, int id, const char *kind, const char *to_state)
{
  return g_str_equal (to_state, "infusing") || !g_str_has_prefix (kind, "dose")
         || bedside_before (fixture->db, id, to_state, 1000, 3, 4);
}

/* A unit taken along its way: "fLPRSptbi" is filled, label, placed and frozen, released, reserved, picked … */
static void
make_unit (StoreFixture *fixture, int id, int lot, int patient, const char *kind, const char *way)
{
  static const struct
  {
    char letter;
    const char *axis, *to_state;
  } steps[] = {
    { 'L', "label", "printed" },   { 'L', "label", "verified" }, { 'P', "life", "frozen" },    { 'R', "quality", "released" },
    { 'p', "life", "picked" },     { 't', "life", "thawing" },   { 't', "life", "thawed" },    { 'b', "life", "at_bedside" },
    { 'i', "life", "infusing" },   { 'd', "life", "discarded" }, { 'm', "life", "missing" },   { 'X', "quality", "rejected" },
    { 'C', "quality", "recalled" }, { 'r', "life", "fresh_ready" },
  };
  g_autofree char *insert = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, use_until_at, created_at)"
      " VALUES (%d, %d, %d, '%s', 'U%d', 50, 1000000000, '2030-01-01', 1893456000, 0)", id, lot, patient, kind, id);

  store_exec (fixture, insert);
  step (fixture, id, "life", "planned");
  step (fixture, id, "quality", "quarantine");
  step (fixture, id, "label", "none");
  step (fixture, id, "life", "filled");
  for (const char *p = way; *p; p++)
    {
      g_autofree char *first
          = *p == 'P' ? g_strdup_printf ("INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
                                         " VALUES (%d, 3, %d, %d, 1000, 1, 4)", id, id / 10 % 10, id % 10)
            : *p == 'S' ? g_strdup_printf ("INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by)"
                                           " VALUES (%d, %d, %d, 0, 1)", id, patient, patient)
            : *p == 'i' ? g_strdup_printf ("INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id)"
                                           " VALUES (%d, %d, %d, 1000, 3, 4)", id, patient, patient)
            : *p == 'd' ? g_strdup_printf ("INSERT INTO discard (unit_id, code, method, at) VALUES (%d, 'damaged', 'autoclave', 1000);"
                                           "UPDATE placement SET until = 1000, ended_by = 1 WHERE unit_id = %d AND until IS NULL", id, id)
            : strchr ("pm", *p) ? g_strdup_printf ("UPDATE placement SET until = 1000, ended_by = 1 WHERE unit_id = %d AND until IS NULL", id)
                                 : NULL;
      if (*p == 'i')
        bedside_before (fixture->db, id, "infusing", 1000, 3, 4);
      if (first)
        store_exec (fixture, first);
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (steps[i].letter == *p && bedside_of (fixture, id, kind, steps[i].to_state))
          step (fixture, id, steps[i].axis, steps[i].to_state);
    }
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  store_exec (fixture, "BEGIN"); /* one commit for all of it */
  store_exec (fixture, people);
  store_exec (fixture, book);
  make_unit (fixture, 111, 1, 1, "dose_frozen", "");       /* filled */
  make_unit (fixture, 112, 1, 1, "dose_frozen", "LPR");    /* available */
  make_unit (fixture, 113, 1, 1, "dose_frozen", "LPRS");   /* reserved */
  make_unit (fixture, 114, 1, 1, "dose_frozen", "LPRSp");  /* in hand */
  make_unit (fixture, 115, 1, 1, "dose_frozen", "LPRSpt"); /* thawed */
  make_unit (fixture, 116, 1, 1, "dose_frozen", "LPRSptb");
  make_unit (fixture, 117, 1, 1, "dose_frozen", "LPRSptbi");
  make_unit (fixture, 118, 1, 1, "dose_frozen", "LPd");
  make_unit (fixture, 119, 1, 1, "qc", "LPRpt");
  make_unit (fixture, 121, 3, 1, "dose_frozen", "LPS");    /* quarantined, results not final */
  make_unit (fixture, 122, 4, 1, "dose_frozen", "LP");     /* a result failed */
  make_unit (fixture, 123, 1, 1, "dose_frozen", "LPX");
  make_unit (fixture, 124, 1, 1, "dose_frozen", "LPRC");
  make_unit (fixture, 125, 1, 1, "dose_frozen", "LPRm");
  make_unit (fixture, 126, 1, 1, "dose_fresh", "LRSr");
  make_unit (fixture, 127, 1, 1, "dose_frozen", "LRSr");
  make_unit (fixture, 128, 1, 1, "dose_frozen", "LPRSptb"); /* held at the bedside */
  /* What else is asked for is there, so that it is not what refuses. */
  bedside_before (fixture->db, 114, "thawing", 1000, 3, 4);
  bedside_before (fixture->db, 116, "infusing", 2000, 3, 4);
  bedside_before (fixture->db, 116, "infusing", 2000, 3, 3);
  bedside_before (fixture->db, 117, "infused", 1000, 3, 4);
  store_exec (fixture, "INSERT INTO hold (id, unit_id, reason, opened_at, opened_by) VALUES (1, 128, 'drop', 0, 1)");
  bedside_before (fixture->db, 127, "at_bedside", 1000, 3, 4);
  make_unit (fixture, 129, 1, 1, "dose_frozen", "LPRS");    /* unlabelled: printed anew */
  step (fixture, 129, "label", "printed");
  make_unit (fixture, 211, 2, 2, "dose_frozen", "LPRS");
  store_exec (fixture, "COMMIT");
}

static gint64
fingerprint (DeskDb *db)
{
  gint64 sum = 0;

  g_assert_true (desk_db_value (db, &sum, NULL,
                                "SELECT (SELECT sum (life_seq + quality_seq + label_seq) FROM unit) * 1000003"
                                " + (SELECT count (*) FROM unit_event) * 10007 + (SELECT sum (id * (until IS NULL)) FROM placement) * 101"
                                " + (SELECT sum (id * (closed_at IS NULL)) FROM reservation) + (SELECT count (*) FROM infusion)"
                                " + (SELECT sum (resource_id * slot * visit_id) FROM visit_slot)"
                                " + (SELECT sum (slot * visit_id) FROM patient_slot) + (SELECT sum (starts_at * id) FROM visit)"
                                " + (SELECT count (*) FROM unit) + (SELECT count (*) FROM container) + (SELECT sum (next) FROM counter)",
                                ""));
  return sum;
}

static void
refuse_all (StoreFixture *fixture, const Refusal *refusals, guint n)
{
  gint64 before = fingerprint (fixture->db);

  for (guint i = 0; i < n; i++)
    {
      store_refuse (fixture, refusals[i].sql, refusals[i].code, refusals[i].message);
      if (fingerprint (fixture->db) != before)
        g_error ("left something behind: %s", refusals[i].sql);
    }
}

/* One event appended by hand. */
#define EVENT(unit, axis, seq, prev, from, to, performer, witness) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason) VALUES (" unit ", '" axis \
  "', " seq ", " prev ", '" from "', '" to "', 2000, " performer ", " witness ", 'why')"
#define LIFE(unit, seq, prev, from, to) EVENT (unit, "life", seq, prev, from, to, "3", "4")

static void
test_owner (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 2, 1, 2000, 3, 4)", RULE ("not-reserved") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 2, 2, 2000, 3, 4)", RULE ("not-reserved") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 1, 2, 2000, 3, 4)", FOREIGN },
    { "INSERT OR IGNORE INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 1, 2, 2000, 3, 4)", FOREIGN },
    { "INSERT INTO lot (patient_id, collection_id, number, started_on) VALUES (2, 1, 'L9', '2026-01-01')", FOREIGN },
    { "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES (1, 2, 'dose_frozen', 'X', 5, 5, '2030-01-01', 0)", FOREIGN },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (112, 2, 1, 0, 1)", FOREIGN },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (112, 2, 2, 0, 1)", FOREIGN },
    { "INSERT INTO visit (patient_id, type, starts_at, ends_at, busy_from, busy_until, course_id, created_at)"
      " VALUES (2, 'infusion', 180000, 180300, 180000, 180300, 1, 0)", FOREIGN },
    { "UPDATE unit SET patient_id = 2 WHERE id = 112", RULE ("owner-is-fixed") },
    { "UPDATE unit SET lot_id = 2, patient_id = 2 WHERE id = 112", RULE ("owner-is-fixed") },
    { "UPDATE unit SET number = 'U999' WHERE id = 112", RULE ("owner-is-fixed") },
    { "UPDATE unit SET use_until = '2040-01-01' WHERE id = 112", RULE ("owner-is-fixed") },
    { "UPDATE OR REPLACE unit SET id = 113 WHERE id = 112", RULE ("owner-is-fixed") },
    { "UPDATE lot SET patient_id = 2 WHERE id = 1", RULE ("owner-is-fixed") },
    { "UPDATE collection SET patient_id = 2 WHERE id = 1", RULE ("journal-only-grows") },
    { "UPDATE visit SET patient_id = 1 WHERE id = 2", RULE ("owner-is-fixed") },
    { "DELETE FROM unit WHERE id = 111", RULE ("owner-is-fixed") },
    { "DELETE FROM lot WHERE id = 3", RULE ("owner-is-fixed") },
    { "DELETE FROM visit WHERE id = 3", RULE ("owner-is-fixed") },
    { "DELETE FROM patient WHERE id = 1", RULE ("patient-kept") },
    { "DELETE FROM staff WHERE id = 6", RULE ("staff-kept") },
    { "UPDATE staff SET id = 7 WHERE id = 6", RULE ("staff-kept") },
    { "INSERT OR REPLACE INTO staff (id, name, role) VALUES (6, 'Other', 'quality')", RULE ("staff-kept") },
    { "INSERT OR REPLACE INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " VALUES (112, 2, 2, 'dose_frozen', 'U112', 5, 5, '2030-01-01', 0)", RULE ("owner-is-fixed") },
    { "INSERT OR REPLACE INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " VALUES (2, 2, 'dose_frozen', 'U112', 5, 5, '2030-01-01', 0)", RULE ("owner-is-fixed") },
    { "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " VALUES (112, 2, 2, 'dose_frozen', 'U112', 5, 5, '2030-01-01', 0) ON CONFLICT (id) DO UPDATE SET patient_id = 2", RULE ("owner-is-fixed") },
    { "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES (1, 1, 'dose_frozen', 'U112', 5, 5, '2030-01-01', 0)", TAKEN },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { LIFE ("111", "4", "3", "filled", "fresh_ready"), RULE ("state-without-event") }, /* skips one */
    { LIFE ("111", "3", "1", "planned", "filled"), CHECKED },                /* does not follow on */
    { LIFE ("111", "3", "NULL", "filled", "fresh_ready"), CHECKED },         /* begins in the middle */
    { LIFE ("111", "1", "NULL", "new", "planned"), TAKEN },                  /* begins again */
    { LIFE ("111", "2", "1", "planned", "void"), RULE ("custody-began") },                    /* another past */
    { LIFE ("112", "4", "3", "filled", "fresh_ready"), FOREIGN },            /* from where it is not */
    { LIFE ("111", "3", "2", "filled", "transferred_out"), RULE ("receiver-needed") },                /* no such step */
    { LIFE ("111", "3", "2", "filled", "beamed_up"), FOREIGN },
    { LIFE ("118", "5", "4", "discarded", "missing"), RULE ("final-state") },             /* after the end */
    { LIFE ("118", "5", "4", "discarded", "frozen"), RULE ("place-needed") },
    { LIFE ("115", "7", "6", "thawed", "frozen"), RULE ("place-needed") },   /* frozen again: it gets no place */
    { LIFE ("119", "7", "6", "thawed", "picked"), FOREIGN },
    { LIFE ("119", "7", "6", "thawed", "transferred_out"), RULE ("receiver-needed") },
    { LIFE ("115", "7", "6", "thawed", "thawing"), RULE ("thaw-needed") },
    { EVENT ("111", "mood", "1", "NULL", "new", "planned", "3", "4"), FOREIGN },
    { EVENT ("112", "quality", "3", "2", "released", "quarantine", "3", "4"), FOREIGN },
    { EVENT ("123", "quality", "3", "2", "rejected", "released", "3", "4"), FOREIGN },
    { EVENT ("124", "quality", "4", "3", "recalled", "released", "3", "4"), FOREIGN },
    { EVENT ("112", "life", "4", "3", "frozen", "missing", "3", "3"), RULE ("still-in-place") },
    { "UPDATE unit SET life = 'infused' WHERE id = 112", RULE ("state-without-event") },
    { "UPDATE unit SET life = 'infused', life_seq = life_seq + 1 WHERE id = 112", RULE ("state-without-event") },
    { "UPDATE unit SET life = 'filled', life_seq = 2 WHERE id = 112", RULE ("state-without-event") },
    { "UPDATE unit SET quality = 'released', quality_seq = 2 WHERE id = 121", RULE ("state-without-event") },
    { "UPDATE unit SET quality = 'quarantine', quality_seq = 1 WHERE id = 112", RULE ("state-without-event") },
    { "UPDATE unit SET label = 'verified' WHERE id = 111", RULE ("state-without-event") },
    { "UPDATE OR IGNORE unit SET label = 'verified', label_seq = 2 WHERE id = 111", RULE ("state-without-event") },
    { "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, life, created_at) VALUES (1, 1, 'dose_frozen', 'X', 5, 5, '2030-01-01', 'frozen', 0)", RULE ("unit-begins-new") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (111, 'life', 3, 2, 'filled', 'fresh_ready', 999, 3, 4)", RULE ("clock-went-back") },
    { EVENT ("111", "life", "3", "2", "filled", "fresh_ready", "3", "3"), CHECKED },
    { EVENT ("111", "label", "2", "1", "none", "printed", "99", "NULL"), FOREIGN },
    { EVENT ("111", "label", "2", "1", "none", "printed", "5", "NULL"), RULE ("staff-not-active") },
    { EVENT ("129", "label", "5", "4", "printed", "verified", "3", "5"), RULE ("staff-not-active") },
    { EVENT ("129", "label", "5", "4", "printed", "verified", "3", "NULL"), RULE ("second-person-needed") },
    { EVENT ("129", "label", "5", "4", "printed", "verified", "3", "3"), CHECKED },
    { EVENT ("114", "life", "5", "4", "picked", "thawing", "3", "NULL"), RULE ("second-person-needed") },
    { "INSERT INTO axis_step (axis, from_state, to_state, witnessed) VALUES ('life', 'filled', 'infused', 0)", RULE ("rule-is-fixed") },
    { "UPDATE axis_step SET witnessed = 0", RULE ("rule-is-fixed") },
    { "DELETE FROM axis_step", RULE ("rule-is-fixed") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_guards (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { LIFE ("111", "3", "2", "filled", "frozen"), RULE ("place-needed") },
    { LIFE ("112", "4", "3", "frozen", "picked"), RULE ("not-reserved") },
    { LIFE ("113", "4", "3", "frozen", "picked"), RULE ("still-in-place") },
    { LIFE ("126", "4", "3", "fresh_ready", "thawing"), RULE ("thaw-needed") },
    { LIFE ("127", "4", "3", "fresh_ready", "at_bedside"), RULE ("not-thawed") },
    { LIFE ("119", "7", "6", "thawed", "at_bedside"), RULE ("not-a-dose") },
    { LIFE ("115", "7", "6", "thawed", "consumed"), RULE ("not-an-intermediate") },
    { LIFE ("116", "8", "7", "at_bedside", "infusing"), RULE ("infusion-needed") },
    { LIFE ("117", "9", "8", "infusing", "infused"), RULE ("still-reserved") },
    { LIFE ("114", "5", "4", "picked", "discarded"), RULE ("discard-needed") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (111, 'life', 3, 2, 'filled', 'discarded', 2000, 3, 4)", RULE ("discard-needed") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id)"
      " VALUES (112, 'quality', 3, 2, 'released', 'recalled', 2000, 3)", RULE ("reason-needed") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
      " VALUES (114, 'life', 5, 4, 'picked', 'thawing', 4102444800, 3, 4, '')", RULE ("expired") }, /* 2100-01-01 */
    { EVENT ("111", "quality", "2", "1", "quarantine", "released", "1", "4"), RULE ("released-by-tester") },
    { EVENT ("121", "quality", "2", "1", "quarantine", "released", "3", "4"), RULE ("result-not-final") },
    { EVENT ("122", "quality", "2", "1", "quarantine", "released", "3", "4"), RULE ("result-") },
    { EVENT ("122", "quality", "2", "1", "quarantine", "conditional", "3", "4"), RULE ("result-failed") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (121, 'quality', 2, 1, 'quarantine', 'conditional', 2000, 3, 4)", RULE ("reason-needed") },
        { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (128, 1, 1, 2000, 3, 4)", RULE ("unit-held") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (121, 1, 1, 2000, 3, 4)", RULE ("not-released") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (129, 1, 1, 2000, 3, 4)", RULE ("label-not-verified") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (119, 1, 1, 2000, 3, 4)", RULE ("not-a-dose") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (113, 1, 1, 2000, 3, 4)", RULE ("not-at-bedside") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 3, 1, 2000, 3, 4)", RULE ("not-reserved") },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 1, 1, 2000, 3, 3)", CHECKED },
    { "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (116, 1, 1, 2000, 3, NULL)", RULE ("signature-needed") },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (113, 3, 1, 0, 1)", TAKEN },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (119, 3, 1, 0, 1)", RULE ("not-a-dose") },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (118, 3, 1, 0, 1)", RULE ("not-reservable") },
    { "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (123, 3, 1, 0, 1)", RULE ("not-reservable") },
    { "INSERT OR REPLACE INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (113, 3, 1, 0, 1)", RULE ("journal-only-grows") },
    { "UPDATE reservation SET visit_id = 3 WHERE unit_id = 113", RULE ("journal-only-grows") },
    { "UPDATE OR REPLACE reservation SET unit_id = 113 WHERE unit_id = 211", RULE ("journal-only-grows") },
    { "UPDATE reservation SET closed_at = -1 WHERE unit_id = 113", CHECKED },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes, why)"
      " VALUES (1, 'sterility', 'ok', 'ok', 1, 'final', '2026-01-03', 0, 1, 41, 'why')", RULE ("supersedes-another") },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes, why)"
      " VALUES (4, 'count', 'ok', 'ok', 1, 'final', '2026-01-03', 0, 1, 41, 'why')", RULE ("supersedes-another") },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes, why)"
      " VALUES (4, 'sterility', 'ok', 'ok', 1, 'preliminary', '2026-01-03', 0, 1, 41, 'why')", RULE ("supersedes-another") },
    { "UPDATE lot SET status = 'harvested' WHERE id = 5", RULE ("lot-step") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));

  /* A late positive result stops what was released before it, without anybody's doing. */
  store_exec (fixture, "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
                       " VALUES (1, 'sterility', 'growth', 'ok', 0, 'final', '2026-01-20', 0, 1)");
  store_refuse (fixture, LIFE ("114", "5", "4", "picked", "thawing"), RULE ("result-failed"));
  /* And nobody leaves the chair while a dose is under way. */
  store_exec (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 4, 'in_room', 'checked_in', 0)");
  store_refuse (fixture, "UPDATE visit SET status = 'checked_in' WHERE id = 1", RULE ("dose-under-way"));
}

static void
test_places (StoreFixture *fixture, gconstpointer data)
{
#define PLACE(unit, container, row, col) \
  "INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (" unit ", " container ", " row ", " col ", 2000, 1, 4)"
  static const Refusal refusals[] = {
    { "INSERT " PLACE ("111", "3", "1", "2"), TAKEN },   /* two in one place */
    { "INSERT " PLACE ("112", "3", "9", "9"), TAKEN },   /* one in two places */
    { "INSERT OR REPLACE " PLACE ("111", "3", "1", "2"), RULE ("journal-only-grows") },
    { "INSERT OR REPLACE " PLACE ("112", "3", "9", "9"), RULE ("journal-only-grows") },
    { "INSERT " PLACE ("111", "3", "10", "1"), RULE ("no-such-place") },
    { "INSERT " PLACE ("111", "3", "1", "10"), RULE ("no-such-place") },
    { "INSERT " PLACE ("111", "3", "0", "1"), CHECKED },
    { "INSERT " PLACE ("111", "1", "1", "1"), RULE ("no-such-place") },
    { "INSERT " PLACE ("111", "99", "1", "1"), RULE ("no-such-place") },
    { "INSERT " PLACE ("111", "5", "1", "1"), RULE ("out-of-service") }, /* the tank around the box is */
    { "INSERT " PLACE ("118", "3", "9", "9"), RULE ("not-storable") },
    { "INSERT " PLACE ("115", "3", "9", "9"), RULE ("not-storable") },
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id, until, ended_by) VALUES (111, 3, 9, 9, 2000, 1, 4, 3000, 1)", RULE ("journal-only-grows") },
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (114, 3, 9, 9, 999, 1, 4)", RULE ("clock-went-back") },
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (111, 3, 9, 9, 2000, 1, 1)", CHECKED },
    { "UPDATE placement SET row = 9 WHERE unit_id = 112", RULE ("journal-only-grows") },
    { "UPDATE placement SET until = 5, ended_by = 1 WHERE unit_id = 112", RULE ("clock-went-back") },
    { "UPDATE placement SET until = 5000 WHERE unit_id = 112", CHECKED },
    { "UPDATE placement SET until = NULL, ended_by = NULL WHERE unit_id = 114", RULE ("journal-only-grows") },
    { "UPDATE OR REPLACE placement SET unit_id = 113 WHERE unit_id = 112", RULE ("journal-only-grows") },
    { "DELETE FROM placement", RULE ("journal-only-grows") },
    { "UPDATE container SET parent_id = 3 WHERE id = 1", RULE ("container-in-itself") },
    { "UPDATE container SET parent_id = 1 WHERE id = 1", RULE ("container-in-itself") },
    { "UPDATE container SET parent_id = 2 WHERE id = 2", RULE ("container-in-itself") },
    { "INSERT INTO container (id, parent_id, kind, name) VALUES (50, 50, 'box', 'Self')", RULE ("no-such-container") },
    { "UPDATE container SET rows = 1 WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET cols = 1 WHERE id = 3", RULE ("container-not-empty") },
    { "DELETE FROM container WHERE id = 5", RULE ("container-kept") },
    { "INSERT OR REPLACE INTO container (id, parent_id, kind, name) VALUES (5, 2, 'box', 'Moved')", RULE ("container-kept") },
    { "UPDATE OR REPLACE container SET id = 5 WHERE id = 4", RULE ("container-kept") },
    { "INSERT INTO container (parent_id, kind, name) VALUES (NULL, 'tank', 'Tank')", TAKEN },
    { "INSERT INTO container (parent_id, kind, name) VALUES (2, 'box', 'Box')", TAKEN },
    { "INSERT INTO container (parent_id, kind, name) VALUES (2, 'shoe', 'Other')", CHECKED },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_journals (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "UPDATE unit_event SET reason = 'x'", RULE ("journal-only-grows") },
    { "DELETE FROM unit_event", RULE ("journal-only-grows") },
    { "INSERT OR REPLACE INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (111, 'life', 2, 1, 'planned', 'filled', 2000, 2, 1)", RULE ("journal-only-grows") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (111, 'life', 2, 1, 'planned', 'filled', 2000, 2, 1) ON CONFLICT DO UPDATE SET performer_id = 2", RULE ("journal-only-grows") },
    { "UPDATE result SET passed = 1", RULE ("journal-only-grows") },
    { "DELETE FROM result", RULE ("journal-only-grows") },
    { "UPDATE infusion SET visit_id = 3", RULE ("journal-only-grows") },
    { "DELETE FROM infusion", RULE ("journal-only-grows") },
    { "INSERT OR REPLACE INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (117, 1, 1, 2000, 1, 2)", RULE ("not-at-bedside") },
    { "DELETE FROM reservation", RULE ("journal-only-grows") },
    { "DELETE FROM hold", RULE ("journal-only-grows") },
    { "UPDATE hold SET reason = 'x' WHERE id = 1", RULE ("journal-only-grows") },
    { "UPDATE hold SET unit_id = 112, closed_at = 1, closed_by = 1, closed_why = 'x' WHERE id = 1", RULE ("journal-only-grows") },
    { "INSERT OR REPLACE INTO hold (id, unit_id, reason, opened_at, opened_by) VALUES (1, 112, 'x', 0, 1)", RULE ("journal-only-grows") },
    { "UPDATE visit_stamp SET at = 5", RULE ("journal-only-grows") },
    { "DELETE FROM visit_stamp", RULE ("journal-only-grows") },
    { "DELETE FROM collection", RULE ("journal-only-grows") },
    { "INSERT INTO audit (seq, at, actor, desk, action, kind, object_id, hash) VALUES (7, 0, 0, '', '', '', 0, '')", RULE ("journal-only-grows") },
    { "UPDATE counter SET next = 1 WHERE name = 'lot'", RULE ("number-reuse") },
    { "UPDATE counter SET name = 'x', next = 9 WHERE name = 'lot'", RULE ("number-reuse") },
    { "DELETE FROM counter", RULE ("number-reuse") },
    { "INSERT OR REPLACE INTO counter (name, next) VALUES ('lot', 1)", RULE ("number-reuse") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_book (StoreFixture *fixture, gconstpointer data)
{
#define VISIT(patient, from, until) \
  "INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at) VALUES (9, " patient ", 'infusion', " from ", " until \
  ", " from ", " until ", 0)"
  static const Refusal refusals[] = {
    { "INSERT " VISIT ("1", "5700", "6600"), TAKEN }, /* the patient is elsewhere */
    { "INSERT OR IGNORE " VISIT ("1", "5700", "6600"), RULE ("slot-taken") },
    { "INSERT OR REPLACE " VISIT ("1", "5700", "6600"), RULE ("slot-taken") },
    { "INSERT INTO visit_resource (visit_id, resource_id) VALUES (2, 1)", TAKEN },
    { "INSERT OR IGNORE INTO visit_resource (visit_id, resource_id) VALUES (2, 1)", RULE ("slot-taken") },
    { "INSERT OR REPLACE INTO visit_resource (visit_id, resource_id) VALUES (2, 1)", RULE ("slot-taken") },
    { "UPDATE visit_resource SET resource_id = 1 WHERE visit_id = 2", RULE ("owner-is-fixed") },
    { "UPDATE visit SET starts_at = 6000, ends_at = 9000, busy_from = 6000, busy_until = 9000 WHERE id = 3", TAKEN },
    { "UPDATE OR IGNORE visit SET starts_at = 6000, ends_at = 9000, busy_from = 6000, busy_until = 9000 WHERE id = 3", RULE ("slot-taken") },
    { "UPDATE OR REPLACE visit SET starts_at = 6000, ends_at = 9000, busy_from = 6000, busy_until = 9000 WHERE id = 3", RULE ("slot-taken") },
    { "DELETE FROM visit_slot WHERE visit_id = 1", RULE ("slot-taken") },
    { "DELETE FROM patient_slot WHERE visit_id = 1", RULE ("slot-taken") },
    { "UPDATE visit_slot SET slot = slot + 1000 WHERE visit_id = 1", RULE ("slot-without-visit") },
    { "UPDATE patient_slot SET slot = slot + 1000 WHERE visit_id = 1", RULE ("slot-without-visit") },
    { "INSERT INTO visit_slot (resource_id, slot, visit_id) VALUES (2, 5, 1)", RULE ("slot-without-visit") },
    { "INSERT INTO patient_slot (patient_id, slot, visit_id) VALUES (1, 5, 1)", RULE ("slot-without-visit") },
    { "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (1, 'infusion', 'done', 180000, 180300, 180000, 180300, 0)", RULE ("visit-step") },
    { "UPDATE visit SET status = 'done' WHERE id = 3", RULE ("visit-step") },
    { "UPDATE visit SET status = 'booked' WHERE id = 1", RULE ("dose-under-way") },
    { "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 1, 'booked', 'done', 0)", FOREIGN },
    { "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 1, 'in_room', 'done', 0)", RULE ("visit-step") },
    { "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 5, 'booked', 'arrived', 0)", RULE ("visit-step") },
    { "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 1, 'booked', 'held', 0)", RULE ("visit-step") }, /* undo of nothing */
    { "INSERT INTO visit (patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at) VALUES (1, 'infusion', 180000, 180000, 180000, 180300, 0)", CHECKED },
    { "INSERT INTO visit (patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at) VALUES (1, 'infusion', 180001, 180300, 180000, 180300, 0)", CHECKED },
    { "DELETE FROM tick WHERE n = 5", RULE ("rule-is-fixed") },
    { "UPDATE tick SET n = 999 WHERE n = 287", RULE ("rule-is-fixed") },
    { "INSERT INTO tick (n) VALUES (288)", RULE ("rule-is-fixed") },
    { "UPDATE visit_status SET takes = 0", RULE ("rule-is-fixed") },
    { "DELETE FROM visit_status WHERE status = 'held'", RULE ("rule-is-fixed") },
    { "INSERT INTO visit_step (from_status, to_status, undo) VALUES ('booked', 'done', 0)", RULE ("rule-is-fixed") },
    { "UPDATE visit_step SET undo = 0", RULE ("rule-is-fixed") },
    { "DELETE FROM visit_step", RULE ("rule-is-fixed") },
    { "DELETE FROM visit_type WHERE code = 'infusion'", FOREIGN },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));

  /* A proposal takes nothing; booking it does, and is refused where the chair is taken. */
  store_exec (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (4, 1, 'proposed', 'booked', 0)");
  store_refuse (fixture, "UPDATE visit SET status = 'booked' WHERE id = 4", TAKEN);
  store_refuse (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (4, 2, 'proposed', 'held', 0)", RULE ("visit-step"));
  /* What moved away or gave up its chair left its slots. */
  store_exec (fixture, "UPDATE visit SET starts_at = 91200, ends_at = 94800, busy_from = 91200, busy_until = 94800 WHERE id = 3;"
                       "DELETE FROM visit_resource WHERE visit_id = 3; UPDATE visit SET status = 'booked' WHERE id = 4");
  store_refuse (fixture, "INSERT INTO visit_resource (visit_id, resource_id) VALUES (3, 1)", TAKEN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/schema/owner", test_owner);
  ADD ("/schema/chain", test_chain);
  ADD ("/schema/guards", test_guards);
  ADD ("/schema/places", test_places);
  ADD ("/schema/journals", test_journals);
  ADD ("/schema/book", test_book);
  return g_test_run ();
}
