/* The planner as a receptionist meets it: the patient's days change the alternatives, what cannot be is told in words,
 * and a plan is kept, booked, taken back. */
#include <string.h>

#include "app-fixture.h"

#include "desk-book.h"
#include "desk-patient-plan.h"
#include "desk-plan-all-window.h"
#include "desk-plan-picture.h"
#include "desk-plans.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-windows.h"

#define WHO 10 /* of the sample: registered, and nothing more */

static GtkWidget *
section (AppFixture *fixture)
{
  desk_window_show (fixture->window, DESK_KIND_PATIENT, WHO);
  app_settle (100);
  GtkWidget *widget = desk_page_part (desk_window_get_page (fixture->window, "patients"), "plan.show");
  app_settle (200);
  g_assert_true (DESK_IS_PATIENT_PLAN (widget));
  return widget;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static DeskDay
today (AppFixture *fixture)
{
  return desk_page_get_today (desk_window_get_page (fixture->window, "patients"));
}

static gboolean
save_window (DeskDb *db, gpointer data, GError **error)
{
  return desk_patient_window_save (db, data, error);
}

static void
add_window (AppFixture *fixture, int from, int until)
{
  g_autoptr (DeskPatientWindow) window = desk_patient_window_new (WHO);
  g_autoptr (GError) error = NULL;

  g_free (window->first_day);
  window->first_day = desk_day_format (today (fixture) + from);
  g_free (window->last_day);
  window->last_day = desk_day_format (today (fixture) + until);
  g_assert_true (desk_session_run (fixture->session, save_window, window, &error));
  app_settle (200);
}

static DeskRecordDialog *
dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_RECORD_DIALOG (window))
        return DESK_RECORD_DIALOG (window);
    }
  return NULL;
}

/* Every trip of every alternative lies in the days the patient has, as the record says now. */
static void
test_windows (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));

  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
  g_assert_true (says (plan, "Any day suits the patient."));
  DeskDay before = desk_plan_results_get_plan (results)->end;
  add_window (fixture, 120, 200);
  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
  const DeskPlan *one = desk_plan_results_get_plan (results);
  g_assert_cmpint (one->end, >, before);
  for (guint i = 0; i < one->trips->len; i++)
    {
      g_assert_cmpint (g_array_index (one->trips, DeskPlanTrip, i).arrival, >=, today (fixture) + 120);
      g_assert_cmpint (g_array_index (one->trips, DeskPlanTrip, i).departure, <=, today (fixture) + 200);
    }
}

/* By hand: the dialog refuses what is no window, takes a day as people write it, and Undo puts one back. */
static void
test_window_dialog (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *plan = section (fixture);
  DeskDb *reader = desk_session_reader (fixture->session);

  gtk_widget_activate_action (plan, "plan.add-window", NULL);
  app_settle (150);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog ());
  desk_record_form_set (form, "kind", "chemotherapy");
  desk_record_form_set (form, "first_day", "5 Mar 2027");
  desk_record_form_set (form, "last_day", "4 Mar 2027");
  desk_record_form_set (form, "days_after", "14");
  gtk_widget_activate_action (GTK_WIDGET (dialog ()), "record.save", NULL);
  app_settle (150);
  g_assert_nonnull (dialog ());
  g_assert_true (says (GTK_WIDGET (dialog ()), "The last day is before the first."));
  desk_record_form_set (form, "last_day", "");
  gtk_widget_activate_action (GTK_WIDGET (dialog ()), "record.save", NULL);
  app_settle (300);
  g_assert_null (dialog ());
  g_autoptr (GPtrArray) saved = desk_patient_window_list (reader, WHO, FALSE, &error);
  g_assert_cmpuint (saved->len, ==, 1);
  const DeskPatientWindow *window = saved->pdata[0];
  g_assert_cmpstr (window->first_day, ==, "2027-03-05");
  g_assert_cmpstr (window->last_day, ==, "2027-03-05");
  g_assert_cmpint (window->days_after, ==, 14);
  g_assert_true (says (plan, "Chemotherapy"));

  gtk_widget_activate_action (plan, "plan.remove-window", "x", window->id);
  app_settle (300);
  g_assert_false (says (plan, "Chemotherapy"));
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (300);
  g_assert_true (says (plan, "Chemotherapy"));
}

/* Three weeks are too short for six infusions: which rules, and what giving one up would do. */
static void
test_conflict (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));
  DeskPlanQuestion *question = desk_patient_plan_get_question (DESK_PATIENT_PLAN (plan));

  add_window (fixture, 30, 50);
  g_assert_cmpuint (desk_plan_results_count (results), ==, 0);
  g_assert_null (desk_plan_results_get_plan (results));
  g_assert_true (says (plan, "No plan fits"));
  g_assert_true (says (plan, "The days the patient can come"));
  g_assert_true (says (plan, "The patient comes on any day: "));
  /* From here to where it can be changed. */
  gtk_widget_activate_action (plan, "plan.change", "s", "gap");
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window)), *gap = desk_plan_question_input (question, "gap_max");
  g_assert_true (gtk_widget_is_ancestor (focus, gap));
  /* One infusion fits. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_plan_question_input (question, "infusions")), 1);
  app_settle (100);
  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
  g_assert_cmpuint (desk_plan_results_get_plan (results)->visits->len, ==, 2);
  /* Numbers that contradict each other are told, and a better number is all it takes. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_plan_question_input (question, "gap_min")), 60);
  app_settle (100);
  g_assert_true (says (plan, "The numbers contradict each other."));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_plan_question_input (question, "gap_min")), 7);
  app_settle (100);
  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
}

static DeskKeptPlan *
the_plan (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = desk_plan_of_patient (desk_session_reader (fixture->session), WHO, FALSE, &error);

  g_assert_no_error (error);
  return plans->len ? g_ptr_array_steal_index (plans, 0) : NULL;
}

static guint
booked (const DeskKeptPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->visits->len; i++)
    n += ((const DeskKeptVisit *) plan->visits->pdata[i])->booked ? 1 : 0;
  return n;
}

static void
test_keep (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));
  guint n = desk_plan_results_get_plan (results)->visits->len;

  gtk_widget_activate_action (plan, "plan.keep", NULL);
  app_settle (500);
  g_autoptr (DeskKeptPlan) kept = the_plan (fixture);
  g_assert_nonnull (kept);
  g_assert_cmpstr (kept->status, ==, "proposed");
  g_assert_cmpuint (kept->visits->len, ==, n);
  g_assert_true (says (plan, "Proposal"));
  gtk_widget_activate_action (plan, "plan.book-kept", "x", kept->id);
  app_settle (800);
  g_autoptr (DeskKeptPlan) all = the_plan (fixture);
  g_assert_cmpuint (booked (all), ==, n);
  g_assert_cmpstr (all->status, ==, "booked");
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (800);
  g_autoptr (DeskKeptPlan) back = the_plan (fixture);
  g_assert_cmpuint (booked (back), ==, 0);

  /* Dropped, and there again. */
  gtk_widget_activate_action (plan, "plan.drop", "x", kept->id);
  app_settle (800);
  g_autoptr (DeskKeptPlan) dropped = the_plan (fixture);
  g_assert_null (dropped);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (800);
  g_autoptr (DeskKeptPlan) there = the_plan (fixture);
  g_assert_nonnull (there);
  g_assert_cmpstr (there->status, ==, "proposed");
  g_assert_true (says (plan, "Proposal"));
}

/* Only what is ticked is booked; taking that back leaves nothing. */
static void
test_part (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));
  guint n = desk_plan_results_get_plan (results)->visits->len;

  for (guint i = 2; i < n; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_plan_results_check (results, i)), FALSE);
  gtk_widget_activate_action (plan, "plan.book-selected", NULL);
  app_settle (800);
  g_autoptr (DeskKeptPlan) kept = the_plan (fixture);
  g_assert_nonnull (kept);
  g_assert_cmpstr (kept->status, ==, "part");
  g_assert_cmpuint (booked (kept), ==, 2);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (800);
  g_autoptr (DeskKeptPlan) gone = the_plan (fixture);
  g_assert_null (gone);
}

static void
test_rest (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));
  guint n = desk_plan_results_get_plan (results)->visits->len;

  for (guint i = 2; i < n; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_plan_results_check (results, i)), FALSE);
  gtk_widget_activate_action (plan, "plan.book-selected", NULL);
  app_settle (800);
  g_autoptr (DeskKeptPlan) kept = the_plan (fixture);

  /* The rest is booked later; taking that back leaves the first two. */
  gtk_widget_activate_action (plan, "plan.book-kept", "x", kept->id);
  app_settle (800);
  g_autoptr (DeskKeptPlan) whole = the_plan (fixture);
  g_assert_cmpstr (whole->status, ==, "booked");
  g_assert_cmpuint (booked (whole), ==, n);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (800);
  g_autoptr (DeskKeptPlan) part = the_plan (fixture);
  g_assert_cmpstr (part->status, ==, "part");
  g_assert_cmpuint (booked (part), ==, 2);
}

/* The question changes what is asked; doses from everywhere are looked for beside the window. */
static void
test_strategies (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanResults *results = desk_patient_plan_get_results (DESK_PATIENT_PLAN (plan));
  DeskPlanQuestion *question = desk_patient_plan_get_question (DESK_PATIENT_PLAN (plan));
  GtkDropDown *strategy = GTK_DROP_DOWN (desk_plan_question_input (question, "strategy"));

  g_assert_cmpint (desk_plan_results_get_plan (results)->n_draws, ==, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_plan_question_input (question, "gap_max")), 28);
  gtk_drop_down_set_selected (strategy, DESK_PLAN_DRAW_EACH);
  app_settle (150);
  g_assert_cmpint (desk_plan_results_get_plan (results)->n_draws, ==, 6);
  gtk_drop_down_set_selected (strategy, DESK_PLAN_BANKED);
  app_settle (150);
  g_assert_cmpuint (desk_plan_results_count (results), ==, 0); /* nothing is banked */
  g_assert_true (says (plan, "No banked dose counts."));
  gtk_drop_down_set_selected (strategy, DESK_PLAN_MIXED);
  for (int i = 0; i < 100 && desk_plan_results_count (results) == 0; i++)
    app_settle (50);
  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
  /* A day half typed leaves the answer alone. */
  gtk_editable_set_text (GTK_EDITABLE (desk_plan_question_input (question, "first")), "2027-0");
  app_settle (100);
  g_assert_cmpuint (desk_plan_results_count (results), >, 0);
}

/* The window goes while doses from everywhere are still looked for: the fixture closes it, and waits until the session is
 * gone too. */
static void
test_closed (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *plan = section (fixture);
  DeskPlanQuestion *question = desk_patient_plan_get_question (DESK_PATIENT_PLAN (plan));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_plan_question_input (question, "gap_max")), 28);
  app_settle (150);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_plan_question_input (question, "strategy")), DESK_PLAN_MIXED);
  desk_patient_plan_ask (DESK_PATIENT_PLAN (plan));
}

static GtkWidget *
all_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_PLAN_ALL_WINDOW (window))
        return window;
    }
  return NULL;
}

/* Everybody who waits gets a proposal; stopping early shows what was found until then. */
static void
test_all (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskDb *reader = desk_session_reader (fixture->session);
  g_autoptr (GPtrArray) before = desk_plan_open_list (reader, &error);

  gtk_widget_activate_action (GTK_WIDGET (desk_window_get_page (fixture->window, "patients")), "patients.plan-all", NULL);
  GtkWidget *window = all_window ();
  g_assert_nonnull (window);
  app_settle (300);
  gtk_widget_activate_action (window, "plan-all.stop", NULL);
  for (int i = 0; i < 100 && !says (window, "patients have a plan"); i++)
    app_settle (100);
  g_assert_true (says (window, "patients have a plan"));
  gtk_widget_activate_action (window, "plan-all.keep", NULL);
  for (int i = 0; i < 100 && all_window (); i++)
    app_settle (100);
  g_assert_null (all_window ());
  g_autoptr (GPtrArray) after = desk_plan_open_list (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, >, before->len);

  /* All of them are one act. */
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (1500);
  g_autoptr (GPtrArray) back = desk_plan_open_list (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, before->len);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/plan/windows", test_windows);
  ADD ("/plan/window-dialog", test_window_dialog);
  ADD ("/plan/conflict", test_conflict);
  ADD ("/plan/keep", test_keep);
  ADD ("/plan/part", test_part);
  ADD ("/plan/rest", test_rest);
  ADD ("/plan/strategies", test_strategies);
  ADD ("/plan/closed", test_closed);
  ADD ("/plan/all", test_all);
  return g_test_run ();
}
