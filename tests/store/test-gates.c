/* Gates in the store, on Wednesday 3 June 2026 in Tokyo: the case, decisions, overrides, the clinic's rules. */
#include <string.h>

#include "desk-attention.h"
#include "desk-book.h"
#include "desk-chases.h"
#include "desk-gates.h"

#include "store-fixture.h"

#define TODAY 20607
#define AT(days, hour) ((gint64) (TODAY + (days)) * 86400 + ((hour) - 9) * 3600)

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', 'クリニック');"
              "INSERT INTO staff (id, name, role, active) VALUES (1, 'Dr Abe', 'physician', 1), (2, 'Nurse Baba', 'nurse', 1),"
              "  (3, 'Dr Chiba', 'physician', 0);"
              "INSERT INTO patient (id, chart, family, given, birth, nationality, passport, passport_until, languages, purpose, created_at, updated_at)"
              " VALUES (1, 'C1', 'NGUYEN', 'VAN AN', '1970-01-01', 'VNM', 'B1', '2030-01-01', 'vi', 'prevention', 0, 0),"
              "        (2, 'C2', 'KIM', 'MIN', '1980-01-01', 'KOR', 'M1', '2030-01-01', 'ko', 'treatment', 0, 0);"
              "INSERT INTO document (id, patient_id, kind, state, examined_on, language, received_at, due_on) VALUES"
              " (1, 1, 'bloodwork', 'accepted', '2026-05-01', 'en', 0, ''), (2, 1, 'viral', 'accepted', '2026-03-05', 'en', 0, ''),"
              " (3, 1, 'passport', 'received', '', 'vi', 0, ''), (4, 1, 'consent', 'accepted', '', 'vi', 0, ''),"
              " (5, 2, 'imaging', 'requested', '', '', 0, '2026-06-02'), (6, 2, 'bloodwork', 'requested', '', '', 0, '2026-06-03');");
}

static void
add_visit (StoreFixture *fixture, int id, int patient, const char *type, gint64 at)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
                    " VALUES ($1, $2, $3, $4, $5, $4, $5, 0)",
                    "ddtii", id, patient, type, at, at + 1800))
    g_error ("%s", error->message);
}

/* What does not stand for a patient's draw, "rule:code" each. */
static void
assert_draw (StoreFixture *fixture, gint64 patient_id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCase) case_ = desk_gates_load (fixture->db, patient_id, TODAY, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, TODAY);
  for (guint i = 0; i < checks->len; i++)
    {
      const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, i);

      if (!desk_gate_stands (check))
        g_string_append_printf (text, "%s%s:%s", text->len ? " " : "", check->rule->code, check->code);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_case (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_visit (fixture, 1, 1, "blood_draw", AT (5, 10));
  add_visit (fixture, 2, 1, "infusion", AT (6, 10));
  assert_draw (fixture, 1, "accepted:not-accepted viral:will-expire stay:no-stay");

  g_assert_true (desk_gate_decide (fixture->db, 1, FALSE, "no beds", 1, &error));
  assert_draw (fixture, 1, "accepted:declined viral:will-expire stay:no-stay");
  g_assert_true (desk_gate_decide (fixture->db, 1, TRUE, "", 1, &error));
  assert_draw (fixture, 1, "viral:will-expire stay:no-stay");

  store_exec (fixture, "INSERT INTO trip (patient_id, route, planned_entry, planned_departure) VALUES (1, 'short_visa', '2026-06-05', '2026-06-20')");
  assert_draw (fixture, 1, "viral:will-expire");

  /* Values of all agents count as a paper does; a reactive one marks. */
  store_exec (fixture,
              "INSERT INTO lab_report (id, patient_id, collected_on, came_by, entered_at) VALUES (1, 1, '2026-05-20', 'hand', 0);"
              "INSERT INTO lab_value (report_id, patient_id, test, value, outcome) VALUES (1, 1, 'hiv', '(-)', 'nonreactive'),"
              " (1, 1, 'hbsag', '(-)', 'nonreactive'), (1, 1, 'antihbc', '(+)', 'reactive'), (1, 1, 'hcvab', '(-)', 'nonreactive'),"
              " (1, 1, 'htlv', '(-)', 'nonreactive'), (1, 1, 'rpr', '(-)', 'nonreactive'), (1, 1, 'tpha', '(-)', 'nonreactive')");
  assert_draw (fixture, 1, "reactive:reactive");

  g_autoptr (DeskCase) case_ = desk_gates_load (fixture->db, 1, TODAY, &error);
  g_assert_cmpint (case_->visits[DESK_GATE_DRAW], ==, 1);
  g_assert_cmpint (case_->days[DESK_GATE_INFUSE], ==, TODAY + 6);
  g_assert_cmpstr (case_->accepted_by, ==, "Dr Abe");
  g_assert_cmpstr (case_->reactive, ==, "antihbc");

  g_assert_null (desk_gates_load (fixture->db, 99, TODAY, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_override (StoreFixture *fixture, gconstpointer data)
{
  const DeskGateRule *viral = desk_gate_rule (DESK_GATE_DRAW, "viral");
  g_autoptr (GError) error = NULL;
  gint64 id = 0, again = 0;

  add_visit (fixture, 1, 1, "blood_draw", AT (5, 10));
  store_exec (fixture, "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (1, 1, 0, 1);"
                       "UPDATE patient SET nationality = 'JPN' WHERE id = 1");
  assert_draw (fixture, 1, "viral:will-expire");
  g_assert_true (desk_gate_override_add (fixture->db, 1, viral, "tested on arrival", TODAY + 5, 1, &id, &error));
  assert_draw (fixture, 1, "");
  g_assert_false (desk_gate_override_add (fixture->db, 1, viral, "again", DESK_DAY_NONE, 1, &again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);

  g_assert_true (desk_gate_override_revoke (fixture->db, id, 2, &error));
  assert_draw (fixture, 1, "viral:will-expire");
  g_assert_false (desk_gate_override_revoke (fixture->db, id, 2, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_false (desk_gate_override_add (fixture->db, 1, viral, "nurse", DESK_DAY_NONE, 2, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (desk_gate_override_add (fixture->db, 1, viral, "left", DESK_DAY_NONE, 3, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (desk_gate_override_add (fixture->db, 1, desk_gate_rule (DESK_GATE_DRAW, "birth"), "known", DESK_DAY_NONE, 1, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

/* The file itself refuses, whatever program writes. */
static void
test_raw (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
  } refused[] = {
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'draw', 'imaging', 'why', 0, 2)", "physician-needed" },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'draw', 'imaging', 'why', 0, 3)", "physician-needed" },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'draw', 'imaging', '', 0, 1)", NULL },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'draw', 'passport', 'why', 0, 1)", NULL },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'infuse', 'birth', 'why', 0, 1)", NULL },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'infuse', 'label', 'why', 0, 1)", NULL },
    { "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (1, 'draw', 'viral', 'twice', 0, 1)", NULL },
    { "UPDATE gate_override SET reason = 'other' WHERE id = 1", "journal-only-grows" },
    { "UPDATE gate_override SET patient_id = 2 WHERE id = 1", "journal-only-grows" },
    { "UPDATE gate_override SET revoked_at = NULL, revoked_by = NULL WHERE id = 2", "journal-only-grows" },
    { "UPDATE gate_override SET revoked_at = 9 WHERE id = 1", NULL },
    { "DELETE FROM gate_override", "journal-only-grows" },
    { "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (1, 1, 0, 2)", "physician-needed" },
    { "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (1, 0, 0, 1)", NULL },
    { "UPDATE acceptance SET accepted = 0, reason = 'no' WHERE id = 1", "journal-only-grows" },
    { "UPDATE acceptance SET patient_id = 2 WHERE id = 1", "journal-only-grows" },
    { "DELETE FROM acceptance", "journal-only-grows" },
    { "INSERT INTO gate_setting (rule, months) VALUES ('draw.imaging', -2)", NULL },
    { "UPDATE chase SET body = 'other'", "journal-only-grows" },
    { "DELETE FROM chase", "journal-only-grows" },
  };

  store_exec (fixture,
              "INSERT INTO gate_override (id, patient_id, gate, rule, reason, at, by_id) VALUES (1, 1, 'draw', 'viral', 'why', 0, 1);"
              "INSERT INTO gate_override (id, patient_id, gate, rule, reason, at, by_id, revoked_at, revoked_by)"
              " VALUES (2, 1, 'draw', 'imaging', 'why', 0, 1, 5, 2);"
              "INSERT INTO acceptance (id, patient_id, accepted, at, by_id) VALUES (1, 1, 1, 0, 1);"
              "INSERT INTO chase (patient_id, at, came_by, language, items, body) VALUES (1, 0, 'mail', 'vi', 'imaging', 'text')");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_db_exec (fixture->db, refused[i].sql, &error))
        g_error ("accepted: %s", refused[i].sql);
      if (refused[i].message && !strstr (error->message, refused[i].message))
        g_error ("%s: %s", refused[i].sql, error->message);
    }

  /* Two records that become one take their decisions along (test-merge.c). */
  store_refuse (fixture, "UPDATE acceptance SET patient_id = 2 WHERE id = 1", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "UPDATE gate_override SET patient_id = 2 WHERE id = 1", DESK_ERROR_REFUSED, "journal-only-grows");
}

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  const DeskGateRule *viral = desk_gate_rule (DESK_GATE_DRAW, "viral");
  DeskGateSetting setting = { .months = 4, .active = TRUE }, stale = { .months = 1, .active = TRUE };
  g_autoptr (GError) error = NULL;

  add_visit (fixture, 1, 1, "blood_draw", AT (5, 10));
  store_exec (fixture, "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (1, 1, 0, 1);"
                       "UPDATE patient SET nationality = 'JPN' WHERE id = 1");
  assert_draw (fixture, 1, "viral:will-expire");
  g_assert_true (desk_gate_setting_save (fixture->db, viral, &setting, &error));
  g_assert_cmpint (setting.version, ==, 1);
  assert_draw (fixture, 1, "");
  setting.months = 2;
  g_assert_true (desk_gate_setting_save (fixture->db, viral, &setting, &error));
  assert_draw (fixture, 1, "viral:too-old");
  g_assert_false (desk_gate_setting_save (fixture->db, viral, &stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  setting.active = FALSE;
  g_strlcpy (setting.reason, "計画書 6.2: tested on arrival", sizeof setting.reason);
  g_assert_true (desk_gate_setting_save (fixture->db, viral, &setting, &error));
  assert_draw (fixture, 1, "");
  g_autoptr (GArray) settings = desk_gate_settings (fixture->db, &error);
  g_assert_cmpuint (settings->len, ==, 1);
  g_assert_cmpstr (g_array_index (settings, DeskGateSetting, 0).reason, ==, setting.reason);

  setting.version = 0;
  g_assert_false (desk_gate_setting_save (fixture->db, desk_gate_rule (DESK_GATE_DRAW, "birth"), &setting, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  /* Nor does the file's saying so switch identity off. */
  store_exec (fixture, "INSERT INTO gate_setting (rule, active) VALUES ('draw.birth', 0); UPDATE patient SET birth = '' WHERE id = 1");
  assert_draw (fixture, 1, "birth:missing");
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (!desk_db_value (fixture->db, &n, &error, sql, ""))
    g_error ("%s", error->message);
  return n;
}

/* What is asked for is waited for once, with the newest day; taking back takes only what was added and not touched. */
static void
test_chase (StoreFixture *fixture, gconstpointer data)
{
  const DeskChaseItem wanted[] = { { "imaging", "imaging", "missing", 3 }, { "pathology", "pathology", "missing", 0 } };
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (DeskChaseItem));
  g_autoptr (GArray) papers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  g_array_append_vals (items, wanted, G_N_ELEMENTS (wanted));
  g_assert_true (desk_chase_record (fixture->db, 2, "letter", "ko", items, "text", TODAY + 7, papers, &error));
  g_assert_cmpuint (papers->len, ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE patient_id = 2 AND due_on = '2026-06-10'"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM chase WHERE items = 'imaging,pathology' AND came_by = 'letter' AND language = 'ko'"), ==, 1);

  g_assert_true (desk_chase_take_back (fixture->db, 2, papers, &error));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE patient_id = 2 AND kind = 'pathology'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE patient_id = 2 AND kind = 'imaging'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM chase"), ==, 1);

  /* One that came meanwhile stays. */
  g_array_set_size (papers, 0);
  g_assert_true (desk_chase_record (fixture->db, 2, "mail", "ko", items, "text", TODAY + 7, papers, &error));
  store_exec (fixture, "UPDATE document SET state = 'received', version = version + 1 WHERE patient_id = 2 AND kind = 'pathology'");
  g_assert_true (desk_chase_take_back (fixture->db, 2, papers, &error));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE patient_id = 2 AND kind = 'pathology'"), ==, 1);
  g_assert_false (desk_chase_record (fixture->db, 2, "pigeon", "ko", items, "text", TODAY, papers, &error));
  g_assert_nonnull (error);
}

static void
test_worklist (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    int days, milestone;
  } draws[] = { { 0, 2 }, { 2, 2 }, { 3, 5 }, { 5, 5 }, { 6, 7 }, { 7, 7 } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (draws); i++)
    add_visit (fixture, 10 + i, 1, i % 2 ? "apheresis" : "blood_draw", AT (draws[i].days, 15));
  add_visit (fixture, 20, 2, "blood_draw", AT (8, 10)); /* not yet */
  add_visit (fixture, 21, 2, "infusion", AT (1, 10));   /* no draw */
  g_autoptr (GPtrArray) tasks = desk_gates_worklist (fixture->db, TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, G_N_ELEMENTS (draws));
  for (guint i = 0; i < tasks->len; i++)
    {
      const DeskGateTask *task = g_ptr_array_index (tasks, i);

      g_assert_cmpint (task->day, ==, TODAY + draws[i].days);
      g_assert_cmpint (task->days, ==, draws[i].milestone);
      g_assert_cmpstr (task->name, ==, "NGUYEN VAN AN");
      g_assert_cmpstr (task->rules, ==, draws[i].days > 2 ? "accepted,viral,stay" : "accepted,stay");
    }

  /* Papers asked for and overdue stand there too: the one of yesterday, not that of today; and the infusion's consent. */
  g_autoptr (GPtrArray) list = desk_today_attention (fixture->db, TODAY, &error);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (draws) + 2);
  const DeskAttention *first = g_ptr_array_index (list, 0);
  g_assert_cmpint (first->kind, ==, DESK_ATTENTION_REQUESTED);
  g_assert_cmpint (first->patient_id, ==, 2);
  g_assert_cmpstr (first->detail, ==, "imaging");
}

static void
test_marks (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_visit (fixture, 1, 1, "blood_draw", AT (1, 10));
  add_visit (fixture, 2, 2, "consultation", AT (1, 11));
  add_visit (fixture, 3, 2, "infusion", AT (1, 12));
  g_autoptr (GPtrArray) visits = desk_visit_between (fixture->db, AT (1, 0), AT (2, 0), &error);
  g_autoptr (GArray) marks = desk_gates_marks (fixture->db, visits, TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (marks->len, ==, 2);
  g_assert_cmpint (g_array_index (marks, DeskGateMark, 0).gate, ==, DESK_GATE_DRAW);
  g_assert_cmpint (g_array_index (marks, DeskGateMark, 0).summary.light, ==, DESK_LIGHT_RED);
  g_assert_cmpint (g_array_index (marks, DeskGateMark, 1).visit_id, ==, 3);
  g_assert_cmpint (g_array_index (marks, DeskGateMark, 1).gate, ==, DESK_GATE_INFUSE);
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/gates/case", test_case);
  ADD ("/gates/override", test_override);
  ADD ("/gates/raw", test_raw);
  ADD ("/gates/settings", test_settings);
  ADD ("/gates/chase", test_chase);
  ADD ("/gates/worklist", test_worklist);
  ADD ("/gates/marks", test_marks);
  return g_test_run ();
}
