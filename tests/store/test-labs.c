#include "desk-labs.h"

#include "store-fixture.h"

static void
set_up (StoreFixture *f, gconstpointer data)
{
  store_fixture_set_up (f, NULL);
  store_exec (f, "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, '1', 'A', 0, 0), (2, '2', 'B', 0, 0);"
                 "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Mori', 'physician'), (2, 'Sato', 'nurse')");
}

static DeskLabReport *
report_of (const char *came_by, const char *number, const char *day, const char *source)
{
  DeskLabReport *report = desk_lab_report_new ();

  report->patient_id = 1;
  report->came_by = g_strdup (came_by);
  report->laboratory = g_strdup ("LAB");
  report->number = g_strdup (number);
  report->collected_on = g_strdup (day);
  report->source_id = g_strdup (source);
  return report;
}

static DeskLabValue *
add (DeskLabReport *report, const char *test, const char *value, const char *unit, const char *range, const char *status)
{
  DeskLabValue *v = desk_lab_report_add (report);

  v->test = g_strdup (test);
  v->value = g_strdup (value);
  v->unit = g_strdup (unit);
  v->range_text = g_strdup (range);
  v->status = g_strdup (status);
  return v;
}

static void
save (StoreFixture *f, DeskLabReport *report)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (reports, report);
  gboolean saved = desk_lab_save (f->db, reports, &error);
  g_assert_no_error (error);
  g_assert_true (saved);
}

static GPtrArray *
points_of (StoreFixture *f, const char *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *points = desk_lab_points (f->db, 1, test, &error);

  g_assert_no_error (error);
  return points;
}

static const DeskLabValue *
value_at (GPtrArray *points, guint i)
{
  g_assert_cmpuint (i, <, points->len);
  return ((DeskLabPoint *) points->pdata[i])->value;
}

static void
test_round_trip (StoreFixture *f, gconstpointer data)
{
  g_autoptr (DeskLabReport) report = report_of ("hl7", "A100", "2026-01-10", "LAB:1");
  g_autoptr (GError) error = NULL;

  add (report, "cea", "<0.50", "ng/mL", "0-5.0", "F");
  add (report, "", "12", "", "", "F")->name = g_strdup ("Ferritin");
  save (f, report);
  g_assert_cmpint (report->id, >, 0);

  g_autoptr (GPtrArray) reports = desk_lab_reports (f->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reports->len, ==, 1);
  const DeskLabReport *back = reports->pdata[0];
  const DeskLabValue *cea = back->values->pdata[0], *ferritin = back->values->pdata[1];
  g_assert_cmpstr (back->number, ==, "A100");
  g_assert_cmpstr (cea->comparator, ==, "<");
  g_assert_cmpstr (cea->value, ==, "0.50");
  g_assert_cmpstr (cea->flag, ==, "N");
  g_assert_cmpstr (ferritin->test, ==, "");
  g_assert_cmpstr (ferritin->name, ==, "Ferritin");

  /* The same message again. */
  g_autoptr (DeskLabReport) again = report_of ("hl7", "A100", "2026-01-10", "LAB:1");
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  add (again, "cea", "1", "", "", "F");
  g_ptr_array_add (both, again);
  g_assert_false (desk_lab_save (f->db, both, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  g_clear_error (&error);

  /* Taken back, and then imported once more. */
  g_assert_true (desk_lab_withdraw (f->db, &report->id, 1, &error));
  g_autoptr (GPtrArray) none = points_of (f, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (desk_lab_withdraw (f->db, &report->id, 1, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_lab_save (f->db, both, &error));
}

static void
test_all_or_none (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);
  g_autoptr (GError) error = NULL;
  DeskLabReport *good = report_of ("csv", "", "2026-01-10", "file"), *bad = report_of ("csv", "", "10.1.2026", "file");

  add (good, "cea", "1", "", "", "F");
  add (bad, "cea", "1", "", "", "F");
  g_ptr_array_add (reports, good);
  g_ptr_array_add (reports, bad);
  g_assert_false (desk_lab_save (f->db, reports, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_autoptr (GPtrArray) none = points_of (f, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_corrections (StoreFixture *f, gconstpointer data)
{
  g_autoptr (DeskLabReport) first = report_of ("hl7", "A1", "2026-01-10", "1"), second = report_of ("hl7", "A1", "2026-01-10", "2"),
                            third = report_of ("hl7", "A1", "2026-01-10", "3"), hand = report_of ("hand", "", "2026-01-10", "");
  g_autoptr (GError) error = NULL;

  add (first, "ca199", "41", "U/mL", "0-37", "P");
  add (first, "cea", "2", "ng/mL", "0-5", "F");
  save (f, first);
  add (second, "ca199", "31", "U/mL", "0-37", "C");
  save (f, second);
  g_autoptr (GPtrArray) corrected = points_of (f, "ca199");
  g_assert_cmpuint (corrected->len, ==, 1);
  g_assert_cmpstr (value_at (corrected, 0)->value, ==, "31");
  g_assert_cmpint (value_at (corrected, 0)->supersedes, ==, ((DeskLabValue *) first->values->pdata[0])->id);

  add (third, "ca199", "", "", "", "D");
  save (f, third);
  g_autoptr (GPtrArray) deleted = points_of (f, "ca199"), other = points_of (f, "cea");
  g_assert_cmpuint (deleted->len, ==, 0);
  g_assert_cmpuint (other->len, ==, 1);

  /* Undo: what was replaced counts again, and may be corrected again. */
  g_assert_true (desk_lab_withdraw (f->db, &third->id, 1, &error));
  g_autoptr (GPtrArray) again = points_of (f, "ca199");
  g_assert_cmpstr (value_at (again, 0)->value, ==, "31");
  g_autoptr (DeskLabReport) fourth = report_of ("hl7", "A1", "2026-01-10", "4");
  add (fourth, "ca199", "33", "U/mL", "0-37", "C");
  save (f, fourth);

  /* Typed by hand: a value of its own. */
  add (hand, "ca199", "35", "U/mL", "", "F");
  save (f, hand);
  g_autoptr (GPtrArray) both = points_of (f, "ca199");
  g_assert_cmpuint (both->len, ==, 2);
}

static void
test_series (StoreFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *day, *value, *unit, *shown;
    gboolean breaks;
  } rows[] = {
    { "2026-01-10", "21.5", "万/μL", "215", TRUE }, { "2026-02-10", "190", "10*9/L", "190", FALSE }, { "2026-03-10", "aggregated", "", NULL, TRUE },
    { "2026-04-10", "18", "%", NULL, TRUE }, { "2026-05-10", "201", "10*3/uL", "201", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskLabReport) report = report_of ("hand", "", rows[i].day, "");

      add (report, "plt", rows[i].value, rows[i].unit, "", "F");
      save (f, report);
    }
  g_autoptr (GPtrArray) points = points_of (f, "plt");
  g_autofree char *unit = desk_lab_series_align (points);
  g_assert_cmpstr (unit, ==, "10*3/uL");
  for (guint i = 0; i < points->len; i++)
    {
      g_assert_cmpstr (((DeskLabPoint *) points->pdata[i])->shown, ==, rows[i].shown);
      g_assert_cmpint (((DeskLabPoint *) points->pdata[i])->breaks, ==, rows[i].breaks);
    }
}

static void
test_kit_breaks (StoreFixture *f, gconstpointer data)
{
  g_autoptr (DeskLabReport) a = report_of ("hand", "", "2026-01-10", ""), b = report_of ("hand", "", "2026-02-10", ""),
                            c = report_of ("hand", "", "2026-03-10", "");

  add (a, "cea", "<0.5", "ng/mL", "0-5", "F");
  add (b, "cea", "2.1", "ng/ml", "0-5", "F");
  add (c, "cea", "2.6", "ng/mL", "0-3.4", "F");
  save (f, a);
  save (f, b);
  save (f, c);
  g_autoptr (GPtrArray) points = points_of (f, "cea");
  g_autofree char *unit = desk_lab_series_align (points);
  g_assert_false (((DeskLabPoint *) points->pdata[1])->breaks);
  g_assert_true (((DeskLabPoint *) points->pdata[2])->breaks);
}

static void
test_viral (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) empty = desk_lab_viral_summary (f->db, 1, &error);
  g_autoptr (DeskLabReport) old = report_of ("hand", "", "2026-01-10", ""), new = report_of ("hand", "", "2026-02-10", "");

  g_assert_cmpuint (empty->len, ==, 6);
  g_assert_cmpstr (((DeskLabViral *) empty->pdata[0])->outcome, ==, "");
  add (old, "hiv", "(-)", "", "", "F");
  add (old, "rpr", "(-)", "", "", "F");
  add (old, "tpha", "(-)", "", "", "F");
  add (old, "antihbs", "120", "mIU/mL", "<10", "F");
  save (f, old);
  add (new, "hiv", "判定保留", "", "", "P");
  add (new, "rpr", "(-)", "", "", "F");
  add (new, "hcvab", "0.3", "COI", "<1.0", "F");
  save (f, new);

  g_autoptr (GPtrArray) now = desk_lab_viral_summary (f->db, 1, &error);
  const DeskLabViral *hiv = now->pdata[0], *hbsag = now->pdata[1], *hcv = now->pdata[3], *syphilis = now->pdata[5];
  g_assert_cmpstr (hiv->outcome, ==, "indeterminate");
  g_assert_cmpstr (hiv->collected_on, ==, "2026-02-10");
  g_assert_false (hiv->final);
  g_assert_cmpstr (hbsag->outcome, ==, "");
  g_assert_cmpint (hbsag->report_id, ==, 0);
  g_assert_cmpstr (hcv->outcome, ==, "nonreactive");
  g_assert_cmpint (hcv->report_id, ==, new->id);
  g_assert_cmpstr (syphilis->outcome, ==, "nonreactive");
  g_assert_cmpstr (syphilis->collected_on, ==, "2026-01-10");
  g_assert_cmpint (syphilis->report_id, ==, old->id);

  /* anti-HBs is the good one. */
  g_autoptr (GPtrArray) marks = desk_biohazard_list (f->db, 1, &error);
  g_assert_cmpuint (marks->len, ==, 0);
}

static void
test_biohazard (StoreFixture *f, gconstpointer data)
{
  g_autoptr (DeskLabReport) report = report_of ("csv", "", "2026-01-10", "x"), later = report_of ("hand", "", "2026-02-10", "");
  g_autoptr (GError) error = NULL;
  g_autofree char *agents = NULL;

  add (report, "hbsag", "Reactive", "", "", "F");
  add (report, "rpr", "陽性", "", "", "F");
  save (f, report);
  add (later, "hbsag", "Negative", "", "", "F");
  save (f, later);
  g_assert_true (desk_lab_withdraw (f->db, &report->id, 1, &error));
  g_assert_true (desk_biohazard_agents (f->db, 1, &agents, &error));
  g_assert_cmpstr (agents, ==, "hbsag,rpr"); /* neither a later negative nor an undo takes the mark away */

  g_autoptr (GPtrArray) marks = desk_biohazard_list (f->db, 1, &error);
  gint64 id = ((DeskBiohazard *) marks->pdata[0])->id;
  g_assert_false (desk_biohazard_clear (f->db, id, 2, "negative", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (desk_biohazard_clear (f->db, id, 1, "  ", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (desk_biohazard_clear (f->db, id, 1, "Wrong tube, repeated", &error));
  g_assert_no_error (error);
  g_assert_false (desk_biohazard_clear (f->db, id, 1, "again", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);

  g_autoptr (GPtrArray) after = desk_biohazard_list (f->db, 1, NULL);
  const DeskBiohazard *last = after->pdata[1];
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (last->cleared_by, ==, "Dr Mori");
  g_assert_cmpstr (last->reason, ==, "Wrong tube, repeated");
}

/* Past the program: what the file itself refuses. */
static void
add_unit (StoreFixture *f, int id, int patient)
{
  g_autofree char *rows = g_strdup_printf (
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (%d, 'I%d', 0, 2);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (%d, %d, 'K%d', 'blood_draw', 0, 50, 2, %d);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (%d, %d, %d, 'L%d', '2026-01-01');"
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " VALUES (%d, %d, %d, 'dose_frozen', 'D%d', 100, 1000, '2030-01-01', 0);"
      "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id) VALUES (%d, 'life', 1, 'new', 'planned', 0, 1);"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (%d, 'life', 2, 1, 'planned', 'filled', 0, 1, 2)",
      id, id, id, patient, id, id, id, patient, id, id, id, id, patient, id, id, id);

  store_exec (f, rows);
}

/* Marked beside unmarked is told, either way round; marked beside marked, and a mark that was cleared, is not. */
static void
test_beside (StoreFixture *f, gconstpointer data)
{
  static const struct
  {
    gint64 unit, container, others;
  } marked[] = { { 1, 1, 1 }, { 2, 1, 1 }, { 1, 2, 0 }, { 2, 2, 1 }, { 3, 2, 0 }, { 3, 1, 1 }, { 4, 1, 1 }, { 4, 2, 1 } };
  g_autoptr (GError) error = NULL;
  gint64 others;

  add_unit (f, 1, 1);
  add_unit (f, 2, 2);
  add_unit (f, 3, 1);
  add_unit (f, 4, 2);
  store_exec (f, "INSERT INTO container (id, kind, name, rows, cols) VALUES (1, 'box', 'B1', 9, 9), (2, 'box', 'B2', 9, 9)");
  store_exec (f, "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES"
                 " (1, 1, 1, 1, 0, 1, 2), (2, 1, 1, 2, 0, 1, 2), (3, 2, 1, 1, 0, 1, 2)");
  for (guint i = 0; i < G_N_ELEMENTS (marked); i++)
    {
      g_assert_true (desk_biohazard_beside (f->db, marked[i].unit, marked[i].container, &others, &error));
      g_assert_cmpint (others, ==, 0);
    }
  store_exec (f, "INSERT INTO biohazard (id, patient_id, agent, since) VALUES (1, 1, 'hbsag', 0), (2, 1, 'rpr', 0)");
  for (guint i = 0; i < G_N_ELEMENTS (marked); i++)
    {
      g_test_message ("unit %d in box %d", (int) marked[i].unit, (int) marked[i].container);
      g_assert_true (desk_biohazard_beside (f->db, marked[i].unit, marked[i].container, &others, &error));
      g_assert_cmpint (others, ==, marked[i].others);
    }
  g_assert_true (desk_biohazard_clear (f->db, 1, 1, "Wrong tube", &error));
  g_assert_true (desk_biohazard_beside (f->db, 1, 1, &others, &error)); /* one mark is left */
  g_assert_cmpint (others, ==, 1);
  g_assert_true (desk_biohazard_clear (f->db, 2, 1, "Wrong tube", &error));
  g_assert_true (desk_biohazard_beside (f->db, 1, 1, &others, &error));
  g_assert_cmpint (others, ==, 0);
}

/* Whoever saves results of a file that names another person leaves a line that says who and what. */
static void
test_accepted (StoreFixture *f, gconstpointer data)
{
  g_autoptr (DeskLabReport) report = report_of ("hl7", "A1", "2026-01-10", "1"), same = report_of ("hl7", "A2", "2026-01-10", "2");
  gint64 n;

  desk_db_set_actor (f->db, 2, "desk");
  report->accepted = g_strdup ("birth: file 1901-01-01, chart 1954-10-02");
  add (report, "cea", "1", "", "", "F");
  add (same, "cea", "1", "", "", "F");
  save (f, report);
  save (f, same);
  g_assert_true (desk_db_value (f->db, &n, NULL, "SELECT count (*) FROM audit WHERE action = 'lab.accept-identity'", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (desk_db_value (f->db, &n, NULL,
                                "SELECT actor FROM audit WHERE action = 'lab.accept-identity' AND object_id = $1 AND detail = $2", "it",
                                report->id, report->accepted));
  g_assert_cmpint (n, ==, 2);
}

static void
test_refusals (StoreFixture *f, gconstpointer data)
{
  store_exec (f, "INSERT INTO lab_report (id, patient_id, collected_on, came_by, entered_at) VALUES (1, 1, '2026-01-10', 'hand', 5), (2, 2, '2026-01-10', 'hand', 5);"
                 "INSERT INTO lab_value (id, report_id, patient_id, test, value) VALUES (1, 1, 1, 'cea', '2'), (2, 2, 2, 'cea', '3'), (3, 1, 1, 'afp', '3')");
  store_refuse (f, "UPDATE lab_value SET value = '1' WHERE id = 1", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (f, "DELETE FROM lab_value", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (f, "UPDATE lab_report SET collected_on = '2026-02-10'", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (f, "DELETE FROM lab_report", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (f, "INSERT INTO lab_value (report_id, patient_id, value) VALUES (1, 2, 'x')", DESK_ERROR_REFUSED, NULL);
  store_refuse (f, "INSERT INTO lab_value (report_id, patient_id, value, comparator) VALUES (1, 1, 'x', '~')", DESK_ERROR_REFUSED, NULL);
  store_refuse (f, "INSERT INTO lab_value (report_id, patient_id, test, value, supersedes) VALUES (1, 1, 'cea', 'x', 2)", DESK_ERROR_REFUSED, "wrong-patient");
  store_refuse (f, "INSERT INTO lab_value (report_id, patient_id, test, value, supersedes) VALUES (1, 1, 'cea', 'x', 3)", DESK_ERROR_REFUSED, "another-test");
  store_exec (f, "INSERT INTO lab_value (report_id, patient_id, test, value, supersedes) VALUES (1, 1, 'cea', '4', 1)");
  store_refuse (f, "INSERT INTO lab_value (report_id, patient_id, test, value, supersedes) VALUES (1, 1, 'cea', '5', 1)", DESK_ERROR_REFUSED, "superseded");
  store_exec (f, "UPDATE lab_report SET withdrawn_at = 9 WHERE id = 2");
  store_refuse (f, "UPDATE lab_report SET withdrawn_at = NULL WHERE id = 2", DESK_ERROR_REFUSED, "journal-only-grows");

  /* However a reactive result comes in, the mark is there. */
  store_exec (f, "INSERT INTO lab_value (report_id, patient_id, test, value, outcome) VALUES (1, 1, 'hcvab', '+', 'reactive'), (1, 1, 'antihbs', '+', 'reactive')");
  store_refuse (f, "UPDATE biohazard SET cleared_at = 9, cleared_by = 2, reason = 'x'", DESK_ERROR_REFUSED, "physician-needed");
  store_refuse (f, "UPDATE biohazard SET cleared_at = 9, cleared_by = 1", DESK_ERROR_REFUSED, NULL);
  store_refuse (f, "UPDATE biohazard SET cleared_at = 9, cleared_by = 1, reason = ' '", DESK_ERROR_REFUSED, NULL);
  store_refuse (f, "UPDATE biohazard SET agent = 'hiv'", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (f, "DELETE FROM biohazard", DESK_ERROR_REFUSED, "journal-only-grows");
  store_exec (f, "UPDATE biohazard SET cleared_at = 9, cleared_by = 1, reason = 'x'");
  store_refuse (f, "UPDATE biohazard SET cleared_at = 10, cleared_by = 1, reason = 'y'", DESK_ERROR_REFUSED, "journal-only-grows");

  /* Values go with their report; a mark of the material only by a merge (test-merge.c). */
  store_exec (f, "UPDATE lab_report SET patient_id = 2 WHERE id = 1");
  store_refuse (f, "UPDATE biohazard SET patient_id = 2", DESK_ERROR_REFUSED, "journal-only-grows");
  g_autoptr (GPtrArray) moved = points_of (f, NULL);
  g_assert_cmpuint (moved->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/labs/round-trip", test_round_trip);
  ADD ("/labs/all-or-none", test_all_or_none);
  ADD ("/labs/corrections", test_corrections);
  ADD ("/labs/series", test_series);
  ADD ("/labs/kit-breaks", test_kit_breaks);
  ADD ("/labs/viral", test_viral);
  ADD ("/labs/biohazard", test_biohazard);
  ADD ("/labs/beside", test_beside);
  ADD ("/labs/accepted", test_accepted);
  ADD ("/labs/refusals", test_refusals);
  return g_test_run ();
}
