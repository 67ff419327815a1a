/* Stays and companions as a receptionist records them: the dialog, the card, what is told, and what is taken back. */
#include <string.h>

#include "app-fixture.h"

#include "desk-companions.h"
#include "desk-patient-companions.h"
#include "desk-patient-trips.h"
#include "desk-patients.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-trips.h"

#define WHO 10 /* of the sample: registered, and nothing more */

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

static void
type (DeskRecordDialog *window, const char *name, const char *value)
{
  DeskRecordForm *form = desk_record_dialog_get_form (window);

  desk_record_form_set (form, name, value);
  g_signal_emit_by_name (form, "edited");
}

/* Whether a label with that text is to be seen in the widget. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
set_nationality (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, WHO, error);

  g_free (patient->nationality);
  patient->nationality = g_strdup (data);
  g_free (patient->passport_until);
  patient->passport_until = g_strdup ("2040-01-01");
  return desk_patient_save (db, patient, error);
}

static GtkWidget *
section (AppFixture *fixture, const char *action)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");

  desk_window_show (fixture->window, DESK_KIND_PATIENT, WHO);
  app_settle (100);
  return desk_page_part (page, action);
}

static char *
in_days (AppFixture *fixture, int days)
{
  return desk_day_format (desk_page_get_today (desk_window_get_page (fixture->window, "today")) + days);
}

static void
test_stay (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *entry = in_days (fixture, 10), *departure = in_days (fixture, 30), *today = in_days (fixture, 0);

  g_assert_true (desk_session_run (fixture->session, set_nationality, (gpointer) "THA", &error));
  GtkWidget *trips = section (fixture, "trips.add");
  g_assert_true (DESK_IS_PATIENT_TRIPS (trips));
  gtk_widget_activate_action (trips, "trips.add", NULL);
  app_settle (150);
  DeskRecordDialog *window = dialog ();
  g_assert_nonnull (window);
  g_assert_true (says (GTK_WIDGET (window), "up to 15 days without a visa"));
  type (window, "route", "exempt");
  g_autofree char *days = desk_record_form_dup (desk_record_dialog_get_form (window), "exempt_days");
  g_assert_cmpstr (days, ==, "15");
  type (window, "planned_entry", entry);
  type (window, "planned_departure", "soon");
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (150);
  g_assert_nonnull (dialog ()); /* not a date: nothing is lost */

  type (window, "planned_departure", departure);
  g_assert_true (says (GTK_WIDGET (window), "longer than the 15 days"));
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_assert_null (dialog ());
  g_autoptr (GPtrArray) saved = desk_trip_list (desk_session_reader (fixture->session), WHO, FALSE, &error);
  g_assert_cmpuint (saved->len, ==, 1);
  const DeskTrip *trip = saved->pdata[0];
  g_assert_cmpstr (trip->route, ==, "exempt");
  g_assert_cmpint (trip->exempt_days, ==, 15);
  g_assert_true (says (trips, "21 days of at most 15"));
  g_assert_true (says (trips, "longer than the 15 days"));
  g_assert_true (says (trips, "ePassport"));

  gtk_widget_activate_action (trips, "trips.enter", "x", trip->id);
  app_settle (150);
  window = dialog ();
  type (window, "permitted_days", "90");
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_autoptr (DeskTrip) entered = desk_trip_load (desk_session_reader (fixture->session), trip->id, &error);
  g_assert_cmpstr (entered->entered_on, ==, today);
  g_assert_true (says (trips, "Day 1 of 90, until"));

  gtk_widget_activate_action (trips, "trips.remove", "x", trip->id);
  app_settle (300);
  g_assert_false (says (trips, "Day 1 of 90"));
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (300);
  g_assert_true (says (trips, "Day 1 of 90"));
}

static void
test_companion (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *companions = section (fixture, "companions.add");

  g_assert_true (DESK_IS_PATIENT_COMPANIONS (companions));
  gtk_widget_activate_action (companions, "companions.add", NULL);
  app_settle (150);
  DeskRecordDialog *window = dialog ();
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (150);
  g_assert_true (says (GTK_WIDGET (window), "Please fill this in"));
  type (window, "family", "TRAN <b>");
  type (window, "nationality", "Vietnam");
  type (window, "relation", "parent");
  type (window, "may_be_told", "1");
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_autoptr (GPtrArray) saved = desk_companion_list (desk_session_reader (fixture->session), WHO, FALSE, &error);
  g_assert_cmpuint (saved->len, ==, 1);
  const DeskCompanion *companion = saved->pdata[0];
  g_assert_cmpstr (companion->relation, ==, "parent");
  g_assert_true (companion->may_be_told);
  g_assert_true (says (companions, "TRAN <b>"));
  g_assert_true (says (companions, "passport number is missing"));

  gtk_widget_activate_action (companions, "companions.remove", "x", companion->id);
  app_settle (300);
  g_assert_false (says (companions, "TRAN"));
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  app_settle (300);
  g_assert_true (says (companions, "TRAN <b>"));
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/stay/stay", test_stay);
  ADD ("/stay/companion", test_companion);
  return g_test_run ();
}
