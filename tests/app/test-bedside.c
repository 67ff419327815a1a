/* The bedside through its window: a whole infusion, and everything that must stop it. */
#include "app-fixture.h"
#include "desk-bedside-private.h"
#include "desk-cells.h"
#include "desk-scan.h"

#include <string.h>

#define PIN "246810" /* of everybody in the sample */

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static gint64
value (AppFixture *fixture, const char *sql)
{
  gint64 n = -1;

  g_assert_true (desk_db_value (reader (fixture), &n, NULL, g_intern_string (sql), ""));
  return n;
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
wait_for_store (AppFixture *fixture)
{
  g_assert_true (desk_session_run (fixture->session, nothing, NULL, NULL));
  app_settle (30);
}

static gboolean
exec (DeskDb *db, gpointer sql, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_exec (db, sql, error) && desk_txn_log (txn, "test", DESK_KIND_CLINIC, 1, "", error) && desk_txn_commit (txn, error);
}

static gint64
staff (AppFixture *fixture, const char *role, gint64 but)
{
  gint64 id = 0;

  g_assert_true (desk_db_value (reader (fixture), &id, NULL, "SELECT min (id) FROM staff WHERE role = $1 AND id <> $2", "ti", role, but));
  return id;
}

/* A visit to come whose patient has a frozen, released dose, led into the chair now. */
static gint64
find_visit (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 visit = value (fixture, "SELECT COALESCE (min (v.id), 0) FROM visit v JOIN reservation r ON r.visit_id = v.id AND r.closed_at IS NULL"
                                 " JOIN unit u ON u.id = r.unit_id AND u.life = 'frozen' AND u.kind = 'dose_frozen' AND u.quality = 'released'"
                                 " AND u.label = 'verified' WHERE v.status IN ('booked', 'confirmed')"
                                 " AND NOT EXISTS (SELECT 1 FROM unit_hold h WHERE h.unit_id = u.id)"
                                 " AND EXISTS (SELECT 1 FROM document d WHERE d.patient_id = v.patient_id AND d.kind = 'consent' AND d.state = 'accepted')");
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = visit.id),"
      " status, 'arrived', 0 FROM visit WHERE id = %1$d; UPDATE visit SET status = 'arrived' WHERE id = %1$d;"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = visit.id),"
      " status, 'checked_in', 0 FROM visit WHERE id = %1$d; UPDATE visit SET status = 'checked_in' WHERE id = %1$d;"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = visit.id),"
      " status, 'in_room', 0 FROM visit WHERE id = %1$d; UPDATE visit SET status = 'in_room' WHERE id = %1$d", (int) visit);

  g_assert_cmpint (visit, >, 0);
  if (!desk_session_run (fixture->session, exec, sql, &error))
    g_error ("%s", error->message);
  return visit;
}

static void
go (AppFixture *fixture, DeskBedsideWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.go", NULL);
  wait_for_store (fixture);
  wait_for_store (fixture);
}

static void
tick (DeskBedsideWindow *window, const char *key)
{
  gtk_check_button_set_active (g_object_get_data (G_OBJECT (desk_bedside_fields_row (window, key)), "check"), TRUE);
}

static void
assert_step (DeskBedsideWindow *window, DeskBedsideStep step)
{
  if (desk_bedside_step (window->bedside) != step)
    g_error ("at step %d, not %d: %s", desk_bedside_step (window->bedside), step, gtk_label_get_text (window->problem));
}

static gboolean
is_stopped (DeskBedsideWindow *window)
{
  return strcmp (gtk_stack_get_visible_child_name (window->stack), "stop") == 0;
}

static void
choose_witness (AppFixture *fixture, DeskBedsideWindow *window)
{
  desk_bedside_fields_choose (window, "witness", staff (fixture, "nurse", desk_bedside_window_performer (window)));
}

static DeskBedsideWindow *
begin (AppFixture *fixture)
{
  gint64 visit = find_visit (fixture);
  DeskBedsideWindow *window = desk_bedside_window_show (fixture->window, visit);

  app_settle (50);
  return window;
}

static void
order (AppFixture *fixture, DeskBedsideWindow *window)
{
  if (desk_bedside_step (window->bedside) != DESK_BEDSIDE_ORDER)
    return;
  desk_bedside_fields_set (window, "low", "1e8");
  desk_bedside_fields_set (window, "high", "1,0 × 10^10");
  desk_bedside_fields_set (window, "weight", "61,5");
  desk_bedside_fields_choose (window, "physician", staff (fixture, "physician", 0));
  desk_bedside_fields_set (window, "pin", PIN);
  go (fixture, window);
}

static void
into_bath (AppFixture *fixture, DeskBedsideWindow *window)
{
  order (fixture, window);
  assert_step (window, DESK_BEDSIDE_PICK);
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->bedside->unit->number));
  choose_witness (fixture, window);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_BATH);
  tick (window, "clean");
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_BATH); /* the water is read, not taken for granted */
  desk_bedside_fields_set (window, "warmth", "37.0");
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_THAW);
  choose_witness (fixture, window);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_THAW);
  g_assert_cmpint (window->bedside->thaw_started, !=, 0);
}

static void
out_of_bath (AppFixture *fixture, DeskBedsideWindow *window)
{
  into_bath (fixture, window);
  choose_witness (fixture, window);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_THAW); /* whether the bag is whole is said, not left out */
  desk_bedside_fields_choose (window, "whole", 1);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_CHECK);
}

static void
check (AppFixture *fixture, DeskBedsideWindow *window)
{
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->patient->chart));
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->bedside->unit->number));
  tick (window, "said");
  tick (window, "birth");
  choose_witness (fixture, window);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_START);
}

static void
start (AppFixture *fixture, DeskBedsideWindow *window, const char *pin)
{
  choose_witness (fixture, window);
  desk_bedside_fields_set (window, "pin", pin);
  go (fixture, window);
}

static void
test_whole (AppFixture *fixture, gconstpointer data)
{
  DeskBedsideWindow *window = begin (fixture);

  out_of_bath (fixture, window);
  g_assert_cmpstr (gtk_label_get_text (window->birth), ==, "Birth date: to be said");
  check (fixture, window);
  start (fixture, window, PIN);
  assert_step (window, DESK_BEDSIDE_RUN);
  desk_bedside_fields_set (window, "systolic", "121");
  desk_bedside_fields_set (window, "diastolic", "78");
  desk_bedside_fields_set (window, "temperature", "36,7");
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.vitals", NULL);
  wait_for_store (fixture);
  g_assert_cmpint (window->bedside->vitals[1], ==, 1);
  gint64 unit = window->bedside->unit->id;
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_DONE);
  g_autoptr (DeskUnit) given = desk_unit_load (reader (fixture), unit, NULL);
  g_assert_cmpstr (given->life, ==, "infused");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is read wrong stops all, is written down, and changes nothing. */
static void
test_wrong (AppFixture *fixture, gconstpointer data)
{
  DeskBedsideWindow *window = begin (fixture);
  gint64 checks = value (fixture, "SELECT count (*) FROM bedside_check");

  out_of_bath (fixture, window);
  g_autoptr (GArray) frozen = desk_unit_ids (reader (fixture), "frozen", NULL);
  g_autoptr (DeskUnit) wrong = desk_unit_load (reader (fixture), g_array_index (frozen, gint64, 0), NULL);
  g_assert_cmpint (wrong->id, !=, window->bedside->unit->id);

  g_assert_true (desk_scan_give (GTK_WIDGET (window), wrong->number));
  wait_for_store (fixture);
  g_assert_true (is_stopped (window));
  /* A right scan does not lift the stop. */
  desk_scan_give (GTK_WIDGET (window), window->bedside->unit->number);
  g_assert_true (is_stopped (window));
  g_assert_null (window->read_unit);
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.understood", NULL);
  g_assert_false (is_stopped (window));

  g_autofree char *chart = g_strdup (wrong->patient_id == window->bedside->patient_id ? "" : wrong->patient_chart);
  if (*chart)
    {
      g_assert_true (desk_scan_give (GTK_WIDGET (window), chart));
      wait_for_store (fixture);
      g_assert_true (is_stopped (window));
      gtk_widget_activate_action (GTK_WIDGET (window), "bedside.understood", NULL);
    }
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit WHERE action = 'bedside.stop'"), ==, *chart ? 2 : 1);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_CHECK);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM bedside_check"), ==, checks);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_wrong_pin (AppFixture *fixture, gconstpointer data)
{
  DeskBedsideWindow *window = begin (fixture);

  out_of_bath (fixture, window);
  /* Nothing is left out of the check. */
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->patient->chart));
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->bedside->unit->number));
  choose_witness (fixture, window);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_CHECK);
  check (fixture, window);
  start (fixture, window, "999999");
  assert_step (window, DESK_BEDSIDE_START);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->problem)));
  g_assert_cmpstr (desk_bedside_fields_get (window, "pin"), ==, "");
  g_assert_cmpint (value (fixture, "SELECT max (failures) FROM staff_secret"), ==, 1);
  start (fixture, window, PIN);
  assert_step (window, DESK_BEDSIDE_RUN);

  /* Stopped: why and what of the rest is asked, and a part is recorded. */
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.part", NULL);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_RUN);
  desk_bedside_fields_set (window, "volume", "40");
  desk_bedside_fields_set (window, "reason", "chills");
  desk_bedside_fields_choose (window, "rest", 1);
  desk_bedside_fields_choose (window, "reaction", 2);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_RUN); /* a reaction has a grade */
  desk_bedside_fields_choose (window, "grade", 2);
  go (fixture, window);
  assert_step (window, DESK_BEDSIDE_DONE);
  g_assert_cmpstr (window->bedside->reaction, ==, "Chills");
  g_assert_cmpint (window->bedside->given_ml, ==, 40);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Too late: a physician passes over it in words, with a PIN. Closed meanwhile, it opens where it was. */
static void
test_late (AppFixture *fixture, gconstpointer data)
{
  DeskBedsideWindow *window = begin (fixture);

  out_of_bath (fixture, window);
  check (fixture, window);
  gint64 visit = window->visit_id;
  gtk_window_destroy (GTK_WINDOW (window));
  app_settle (30);
  window = desk_bedside_window_show (fixture->window, visit);
  app_settle (50);
  assert_step (window, DESK_BEDSIDE_START);

  window->wall += 31 * 60;
  desk_bedside_steps_build (window);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (window->go)));
  g_assert_nonnull (desk_bedside_fields_row (window, "why"));
  desk_bedside_fields_set (window, "why", "the line had to be laid again");
  desk_bedside_fields_choose (window, "over", staff (fixture, "physician", 0));
  desk_bedside_fields_set (window, "over-pin", "999999");
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.override", NULL);
  wait_for_store (fixture);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (window->go)));
  desk_bedside_fields_set (window, "why", "the line had to be laid again");
  desk_bedside_fields_choose (window, "over", staff (fixture, "physician", 0));
  desk_bedside_fields_set (window, "over-pin", PIN);
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.override", NULL);
  wait_for_store (fixture);
  wait_for_store (fixture);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (window->go)));
  start (fixture, window, PIN);
  assert_step (window, DESK_BEDSIDE_RUN);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is typed stays when the store changes under it; a check is one person's; closing asks. */
static void
test_kept (AppFixture *fixture, gconstpointer data)
{
  DeskBedsideWindow *window = begin (fixture);
  g_autoptr (GError) error = NULL;

  out_of_bath (fixture, window);
  g_assert_true (desk_scan_give (GTK_WIDGET (window), window->patient->chart));
  tick (window, "said");
  choose_witness (fixture, window);
  gint64 witness = desk_bedside_fields_chosen (window, "witness");
  window->wall += 31 * 60; /* a limit comes */
  desk_bedside_steps_build (window);
  g_assert_nonnull (desk_bedside_fields_row (window, "why"));
  g_assert_nonnull (window->read_patient);
  g_assert_true (desk_bedside_fields_ticked (window, "said"));
  g_assert_cmpint (desk_bedside_fields_chosen (window, "witness"), ==, witness);
  window->wall -= 31 * 60;
  desk_bedside_steps_build (window);
  g_assert_cmpstr (desk_bedside_fields_get (window, "wristband"), ==, window->patient->chart);

  gtk_window_close (GTK_WINDOW (window));
  app_settle (30);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));

  guint other = gtk_drop_down_get_selected (window->performer) == 0 ? 1 : 0;
  gtk_drop_down_set_selected (window->performer, other);
  g_assert_null (window->read_patient);
  g_assert_false (desk_bedside_fields_ticked (window, "said"));

  check (fixture, window);
  desk_bedside_fields_set (window, "pulse", "71");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO vitals (visit_id, phase, at, pulse, by_id) SELECT %d, 'before', 1, 70, min (id) FROM staff",
                                          (int) window->visit_id);
  if (!desk_session_run (fixture->session, exec, sql, &error))
    g_error ("%s", error->message);
  wait_for_store (fixture);
  g_assert_cmpint (window->bedside->vitals[0], ==, 1);
  g_assert_cmpstr (desk_bedside_fields_get (window, "pulse"), ==, "71");
  gtk_widget_activate_action (GTK_WIDGET (window), "bedside.vitals", NULL);
  wait_for_store (fixture);
  g_assert_cmpint (window->bedside->vitals[0], ==, 2);
  g_assert_cmpstr (desk_bedside_fields_get (window, "pulse"), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/bedside/whole", test_whole);
  ADD ("/bedside/wrong", test_wrong);
  ADD ("/bedside/wrong-pin", test_wrong_pin);
  ADD ("/bedside/late", test_late);
  ADD ("/bedside/kept", test_kept);
  return g_test_run ();
}
