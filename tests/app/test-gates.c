/* The readiness tab: what it says of a patient, and what its buttons do. */
#include "app-fixture.h"

#include "desk-gates.h"
#include "desk-patient-gates.h"
#include "desk-patients.h"

typedef struct
{
  AppFixture app;
  gint64 patient_id, physician;
  DeskPatientGates *section;
} Gates;

static gint64
physician_of (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  g_assert_true (desk_db_value (db, &id, &error, "SELECT min (id) FROM staff WHERE role = 'physician' AND active = 1", ""));
  return id;
}

static void
set_up (Gates *gates, gconstpointer data)
{
  app_fixture_set_up (&gates->app, data);
  gates->physician = physician_of (desk_session_reader (gates->app.session));
  gates->patient_id = 1;
  desk_window_show (gates->app.window, DESK_KIND_PATIENT, gates->patient_id);
  desk_window_run (gates->app.window, "patients", "gates.show", NULL);
  app_settle (50);
  gates->section = DESK_PATIENT_GATES (app_find (GTK_WIDGET (gates->app.window), DESK_TYPE_PATIENT_GATES, 0));
  g_assert_nonnull (gates->section);
}

static void
tear_down (Gates *gates, gconstpointer data)
{
  app_fixture_tear_down (&gates->app, data);
}

static GtkWidget *
named (GtkWidget *root, const char *name)
{
  GtkWidget *found = g_str_equal (gtk_widget_get_name (root), name) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found; child = gtk_widget_get_next_sibling (child))
    found = named (child, name);
  return found;
}

typedef struct
{
  gint64 patient_id, physician, id;
} Override;

static gboolean
override_work (DeskDb *db, gpointer data, GError **error)
{
  Override *override = data;

  return desk_gate_override_add (db, override->patient_id, desk_gate_rule (DESK_GATE_DRAW, "stay"), "known to the desk",
                                 DESK_DAY_NONE, override->physician, &override->id, error);
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
test_rows (Gates *gates, gconstpointer data)
{
  guint n_rules;
  const DeskGateRule *rules = desk_gate_rules (&n_rules);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_session_reader (gates->app.session), gates->patient_id, &error);
  guint purpose = g_str_equal (patient->purpose, "prevention") ? DESK_FOR_PREVENTION : DESK_FOR_TREATMENT;

  for (guint i = 0; i < n_rules; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", desk_gate_code (rules[i].gate), rules[i].code);

      g_assert_cmpint (named (GTK_WIDGET (gates->section), name) != NULL, ==, (rules[i].purposes & purpose) != 0);
    }
}

/* An override stays visible with who and why, and is taken back from its row. */
static void
test_override (Gates *gates, gconstpointer data)
{
  Override override = { gates->patient_id, gates->physician, 0 };
  g_autoptr (GError) error = NULL;
  DeskPage *page = desk_window_get_page (gates->app.window, "patients");
  DeskDay today = desk_page_get_today (page);

  g_assert_true (desk_session_run (gates->app.session, override_work, &override, &error));
  app_settle (50);
  g_autoptr (DeskCase) case_ = desk_gates_load (desk_session_reader (gates->app.session), gates->patient_id, today, &error);
  g_assert_cmpuint (case_->overrides->len, ==, 1);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (gates->section), "gates.revoke", "x", override.id));
  g_assert_true (desk_session_run (gates->app.session, nothing, NULL, &error));
  app_settle (50);
  g_autoptr (DeskCase) after = desk_gates_load (desk_session_reader (gates->app.session), gates->patient_id, today, &error);
  g_assert_cmpuint (after->overrides->len, ==, 0);
}

static GtkWidget *
message_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Closing the question, as Escape does, decides nothing, whatever was typed; the button does. data: what is answered. */
static void
test_answer (Gates *gates, gconstpointer data)
{
  const char *answer = data;
  gboolean does = g_str_equal (answer, "override");
  g_autoptr (GError) error = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (gates->section), "gates.override", "(ss)", "draw", "stay"));
  GtkWidget *dialog = message_dialog ();
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_ENTRY, 0)), "typed and thought better of");
  if (g_str_equal (answer, "escape"))
    gtk_window_close (GTK_WINDOW (dialog));
  else
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), answer);
  g_assert_true (desk_session_run (gates->app.session, nothing, NULL, &error));
  app_settle (50);
  g_autoptr (DeskCase) case_ = desk_gates_load (desk_session_reader (gates->app.session), gates->patient_id,
                                                desk_page_get_today (desk_window_get_page (gates->app.window, "patients")), &error);
  g_assert_cmpuint (case_->overrides->len, ==, does ? 1 : 0);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
  g_test_add ("/gates/rows", Gates, NULL, set_up, test_rows, tear_down);
  g_test_add ("/gates/override", Gates, NULL, set_up, test_override, tear_down);
  g_test_add ("/gates/answer/escape", Gates, "escape", set_up, test_answer, tear_down);
  g_test_add ("/gates/answer/cancel", Gates, "cancel", set_up, test_answer, tear_down);
  g_test_add ("/gates/answer/override", Gates, "override", set_up, test_answer, tear_down);
  return g_test_run ();
}
