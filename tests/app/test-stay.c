/* Stays and companions as a receptionist records them: the dialog, the card, what is told, and what is taken back. */
#include <string.h>

#include "app-fixture.h"

#include "desk-book.h"
#include "desk-companions.h"
#include "desk-patient-companions.h"
#include "desk-patient-trips.h"
#include "desk-mrz-entry.h"
#include "desk-passports.h"
#include "desk-exemption-page.h"
#include "desk-exemption-preview.h"
#include "desk-patients.h"
#include "desk-record-dialog.h"
#include "desk-setup-window.h"
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

static GtkWidget *
widget_of (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = widget_of (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
holds (DeskRecordDialog *window, const char *name, const char *expected)
{
  g_autofree char *text = desk_record_form_dup (desk_record_dialog_get_form (window), name);

  g_assert_cmpstr (text, ==, expected);
}

static void
paste (DeskRecordDialog *window, const char *lines)
{
  GtkWidget *entry = widget_of (GTK_WIDGET (window), DESK_TYPE_MRZ_ENTRY);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget_of (entry, GTK_TYPE_TEXT_VIEW))), lines, -1);
  app_settle (1200);
}

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"

static gboolean
set_passport (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, *(gint64 *) data, error);

  g_free (patient->passport);
  patient->passport = g_strdup ("L898902C3");
  g_free (patient->nationality);
  patient->nationality = g_strdup ("SWE");
  return desk_patient_save (db, patient, error);
}

/* A companion from the lines of the passport: what they say, what is wrong with them, whose passport it is. */
static void
test_lines (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *companions = section (fixture, "companions.add");
  gint64 other = WHO + 1, own = WHO;

  gtk_widget_activate_action (companions, "companions.add", NULL);
  app_settle (150);
  DeskRecordDialog *window = dialog ();
  type (window, "given", "Anna-Maria");
  paste (window, LINE_1 "L898902C36UTO7408122F3204150ZE184226B<<<<<14"); /* expiry: a wrong digit */
  holds (window, "family", "ERIKSSON");
  holds (window, "given", "Anna-Maria"); /* the same but for what lines cannot print */
  holds (window, "passport", "L898902C3");
  holds (window, "passport_until", "2032-04-15");
  holds (window, "birth", "1974-08-12");
  holds (window, "sex", "F");
  g_assert_true (says (GTK_WIDGET (window), "check digit does not agree"));
  type (window, "nationality", "SWE");
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_assert_nonnull (dialog ()); /* once: somebody has to compare */
  g_assert_true (says (GTK_WIDGET (window), "compare with the passport"));

  g_assert_true (desk_session_run (fixture->session, set_passport, &other, &error));
  type (window, "note", "x");
  g_assert_true (says (GTK_WIDGET (window), "A patient on file has this passport"));
  g_assert_true (desk_session_run (fixture->session, set_passport, &own, &error));
  type (window, "note", "y");
  g_assert_true (says (GTK_WIDGET (window), "patient’s own passport"));
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_assert_nonnull (dialog ());
  type (window, "passport", "X1234567");
  gtk_widget_activate_action (GTK_WIDGET (window), "record.save", NULL);
  app_settle (300);
  g_assert_null (dialog ());
  g_autoptr (GPtrArray) readings = desk_passport_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpuint (readings->len, ==, 1);
  g_assert_cmpint (((DeskPassportReading *) readings->pdata[0])->companion_id, >, 0);
  g_assert_cmpstr (((DeskPassportReading *) readings->pdata[0])->given, ==, "ANNA MARIA");
  g_autoptr (GPtrArray) saved = desk_companion_list (desk_session_reader (fixture->session), WHO, FALSE, &error);
  g_assert_cmpuint (saved->len, ==, 1);
  g_assert_cmpstr (((DeskCompanion *) saved->pdata[0])->family, ==, "ERIKSSON");
}

static GtkWidget *
toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

#define HEAD "nationality,mrz,days,extension_months,requires,confidence,as_of,note\n"

/* NULL, and the test is skipped, where no sandbox can be made. */
static GtkWidget *
offer (AppFixture *fixture, DeskExemptionPage *page, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "our <b>.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  desk_exemption_page_read (page, path);
  for (guint i = 0; i < 50 && !toplevel (DESK_TYPE_EXEMPTION_PREVIEW); i++)
    app_settle (100);
  if (!toplevel (DESK_TYPE_EXEMPTION_PREVIEW))
    g_test_skip ("no sandbox here");
  return toplevel (DESK_TYPE_EXEMPTION_PREVIEW);
}

static guint
lines_in_use (AppFixture *fixture, char **source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) table = desk_exemption_load (desk_session_reader (fixture->session), source, &error);

  return table->len;
}

/* The table of exemptions: looked at, replaced, taken back. */
static void
test_exemptions (AppFixture *fixture, gconstpointer data)
{
  g_autofree char *source = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.set-up", "s", "exemptions");
  app_settle (300);
  GtkWidget *settings = toplevel (DESK_TYPE_SETUP_WINDOW);
  GtkWidget *page = desk_setup_window_get_page (DESK_SETUP_WINDOW (settings), "exemptions");
  g_assert_true (says (page, "The table that comes with Uketsuke"));
  g_assert_true (says (page, "74 nationalities"));
  g_assert_true (says (page, "not verified"));

  GtkWidget *preview = offer (fixture, DESK_EXEMPTION_PAGE (page), HEAD "USA,USA,ninety,,,high,2026-01-01,\n\nXXQ,XXQ,90,,,high,2026-01-01,\n");
  if (!preview)
    {
      gtk_window_destroy (GTK_WINDOW (settings));
      return;
    }
  g_assert_true (says (preview, "Line 2, column “days”"));
  g_assert_true (says (preview, "ninety"));
  g_assert_true (says (preview, "Line 4, column “nationality”"));
  gtk_widget_activate_action (preview, "exemption.accept", NULL);
  g_assert_cmpuint (lines_in_use (fixture, &source), ==, 74);
  gtk_window_destroy (GTK_WINDOW (preview));
  app_settle (100);

  preview = offer (fixture, DESK_EXEMPTION_PAGE (page), HEAD "THA,THA,30,,epassport,high,2026-01-01,\nCHN,CHN,15,,,low,2026-01-01,<i>asked</i>\n");
  g_assert_true (says (preview, "New: 1 · Gone: 73 · Different: 1"));
  g_assert_cmpuint (lines_in_use (fixture, &source), ==, 74);
  gtk_widget_activate_action (preview, "exemption.accept", NULL);
  app_settle (400);
  g_assert_null (toplevel (DESK_TYPE_EXEMPTION_PREVIEW));
  g_assert_cmpuint (lines_in_use (fixture, &source), ==, 2);
  g_assert_cmpstr (source, ==, "our <b>.csv");
  g_assert_true (says (page, "The clinic’s own: our <b>.csv"));
  g_assert_true (says (page, "<i>asked</i>"));

  gtk_widget_activate_action (page, "exemption.back", NULL);
  app_settle (400);
  g_clear_pointer (&source, g_free);
  g_assert_cmpuint (lines_in_use (fixture, &source), ==, 74);
  g_assert_true (desk_toast_take_back (settings));
  app_settle (400);
  g_assert_cmpuint (lines_in_use (fixture, &source), ==, 2);
  gtk_window_destroy (GTK_WINDOW (settings));
  app_settle (200);
}

static gboolean
end_passport (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, *(gint64 *) data, error);

  g_free (patient->passport_until);
  patient->passport_until = g_strdup ("2020-01-31");
  return desk_patient_save (db, patient, error);
}

/* A patient of the sample who will come, and of whom no stay is planned. */
static gint64
somebody_expected (DeskPage *page, gint64 *visit_id)
{
  DeskDb *db = desk_page_get_reader (page);

  for (gint64 id = 1; id <= 200; id++)
    {
      g_autoptr (GPtrArray) visits = desk_visit_of_patient (db, id, NULL), trips = desk_trip_list (db, id, TRUE, NULL);

      for (guint i = 0; trips->len == 0 && i < visits->len; i++)
        {
          const DeskVisit *visit = visits->pdata[i];

          *visit_id = visit->id;
          if (desk_instant_day (visit->starts_at, desk_page_get_zone (page)) > desk_page_get_today (page)
              && !desk_visit_is_final (visit->status) && !g_str_equal (visit->type, "remote"))
            return id;
        }
    }
  g_assert_not_reached ();
}

/* A visit on a day the patient may not be here is told, and one click away. */
static void
test_misfits (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  gint64 visit_id, id = somebody_expected (page, &visit_id);

  desk_window_show (fixture->window, DESK_KIND_PATIENT, id);
  app_settle (100);
  GtkWidget *trips = desk_page_part (page, "trips.add");
  app_settle (100);
  g_assert_false (says (trips, "The passport has expired by then"));
  g_assert_true (desk_session_run (fixture->session, end_passport, &id, &error));
  app_settle (300);
  g_assert_true (says (trips, "Visits that do not fit"));
  g_assert_true (says (trips, "The passport has expired by then: "));
  gtk_widget_activate_action (trips, "trips.visit", "x", visit_id);
  app_settle (300);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (desk_window_get_page (fixture->window, "book"))));
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/stay/stay", test_stay);
  ADD ("/stay/companion", test_companion);
  ADD ("/stay/lines", test_lines);
  ADD ("/stay/misfits", test_misfits);
  ADD ("/stay/exemptions", test_exemptions);
  return g_test_run ();
}
