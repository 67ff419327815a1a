/* The laboratory section: what it shows, results typed by hand and taken back, a file of another patient not taken
 * silently, the mark. */
#include <string.h>

#include "app-fixture.h"
#include "desk-lab-import.h"
#include "desk-lab-preview.h"
#include "desk-labs.h"
#include "desk-patients.h"
#include "desk-toast.h"

#define PATIENT 7 /* of the sample: hepatitis B is reactive */

static DeskPage *
patients (AppFixture *f)
{
  return desk_window_get_page (f->window, "patients");
}

static GtkWidget *
section (AppFixture *f)
{
  desk_window_show (f->window, DESK_KIND_PATIENT, PATIENT);
  app_settle (100);
  GtkWidget *part = desk_page_part (patients (f), "labs.add");
  g_assert_nonnull (part);
  app_settle (100);
  return part;
}

static GtkWindow *
dialog_with (const char *data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_object_get_data (l->data, data))
      return l->data;
  return NULL;
}

static guint
count_points (AppFixture *f, const char *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) points = desk_lab_points (desk_session_reader (f->session), PATIENT, test, &error);

  g_assert_no_error (error);
  return points->len;
}

static GtkWidget *
find_suggested (GtkWidget *root)
{
  GtkWidget *button;

  for (guint i = 0; (button = app_find (root, GTK_TYPE_BUTTON, i)); i++)
    if (gtk_widget_has_css_class (button, "suggested-action"))
      return button;
  g_assert_not_reached ();
}

static void
type (GtkWindow *dialog, guint entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, entry)), text);
}

static void
test_shown (AppFixture *f, gconstpointer data)
{
  GtkWidget *labs = section (f);
  GtkListBox *list = GTK_LIST_BOX (app_find (labs, GTK_TYPE_LIST_BOX, 0));
  g_autofree char *agents = NULL;

  g_assert_nonnull (gtk_list_box_get_row_at_index (list, 10));
  g_assert_nonnull (gtk_list_box_get_selected_row (list));
  g_assert_true (desk_biohazard_agents (desk_session_reader (f->session), PATIENT, &agents, NULL));
  g_assert_cmpstr (agents, ==, "hbsag");
}

static void
test_by_hand (AppFixture *f, gconstpointer data)
{
  GtkWidget *labs = section (f);
  guint before = count_points (f, "ca153");

  gtk_widget_activate_action (labs, "labs.add", NULL);
  app_settle (100);
  GtkWindow *dialog = dialog_with ("entry");
  g_assert_nonnull (dialog);
  GtkWidget *save = find_suggested (GTK_WIDGET (dialog));
  g_assert_false (gtk_widget_get_sensitive (save));
  type (dialog, 0, "2026-01-10");
  type (dialog, 2, "CA15-3");
  type (dialog, 3, "＜3.0");
  g_assert_true (gtk_widget_get_sensitive (save));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "window.close", NULL); /* the window minds no Esc here: nothing is saved */
  app_settle (100);
  g_assert_cmpuint (count_points (f, "ca153"), ==, before);

  gtk_widget_activate_action (labs, "labs.add", NULL);
  app_settle (100);
  dialog = dialog_with ("entry");
  type (dialog, 0, "2026-01-10");
  type (dialog, 2, "CA15-3");
  type (dialog, 3, "＜3.0");
  g_signal_emit_by_name (find_suggested (GTK_WIDGET (dialog)), "clicked");
  app_settle (600);
  g_assert_cmpuint (count_points (f, "ca153"), ==, before + 1);
  g_autoptr (GPtrArray) points = desk_lab_points (desk_session_reader (f->session), PATIENT, "ca153", NULL);
  const DeskLabValue *value = ((DeskLabPoint *) points->pdata[0])->value;
  g_assert_cmpstr (value->comparator, ==, "<");
  g_assert_cmpstr (value->value, ==, "3.0");

  g_assert_true (desk_toast_take_back (GTK_WIDGET (f->window)));
  app_settle (600);
  g_assert_cmpuint (count_points (f, "ca153"), ==, before);
}

static DeskLabImport *
import_of (const char *birth)
{
  g_autofree char *lines = g_strdup_printf ("message\t7\nsender\tLAB\npatient\t5\nname-code\tA\nfamily\tNOBODY\ngiven\tAT ALL\nbirth\t%s\nsex\tF\n"
                                            "report\tA1\nvalue\t4\nloinc\t6875-9\nname\tCA15-3\nresult\t12\nunit\tU/mL\nstatus\tF\nproblem\t9:OBX no-test 5\n", birth);
  g_autoptr (GError) error = NULL;
  DeskLabImport *import = desk_lab_import_parse (lines, strlen (lines), "file:x", TRUE, &error);

  g_assert_no_error (error);
  import->name = g_strdup ("result.hl7");
  return import;
}

static gint64
audited (AppFixture *f, const char *action)
{
  gint64 n = -1;

  g_assert_true (desk_db_value (desk_session_reader (f->session), &n, NULL, "SELECT count (*) FROM audit WHERE action = $1", "t", action));
  return n;
}

/* A panel: one word, then a value and Enter for each test; what has no value is not saved. */
static void
test_panel (AppFixture *f, gconstpointer data)
{
  GtkWidget *labs = section (f);
  guint before = count_points (f, "wbc"), hct = count_points (f, "hct");

  gtk_widget_activate_action (labs, "labs.add", NULL);
  app_settle (100);
  GtkWindow *dialog = dialog_with ("entry");
  type (dialog, 0, "2026-01-10");
  type (dialog, 2, "CBC");
  g_signal_emit_by_name (app_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, 2), "activate");
  type (dialog, 3, "5.4");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (app_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, 8))), ==, "10^4/µL");
  type (dialog, 7, "432");
  g_signal_emit_by_name (find_suggested (GTK_WIDGET (dialog)), "clicked");
  app_settle (600);
  g_assert_cmpuint (count_points (f, "wbc"), ==, before + 1);
  g_assert_cmpuint (count_points (f, "hct"), ==, hct);
}

static void
test_another_patient (AppFixture *f, gconstpointer data)
{
  g_autoptr (DeskPatient) patient = NULL;
  guint before;

  section (f);
  before = count_points (f, "ca153");
  patient = desk_patient_load (desk_session_reader (f->session), PATIENT, NULL);
  desk_lab_preview_open (patients (f), patient, import_of ("1901-01-01"));
  app_settle (100);
  GtkWindow *dialog = dialog_with ("preview");
  GtkWidget *save = find_suggested (GTK_WIDGET (dialog)), *tick = app_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, 0);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)));
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  g_assert_false (gtk_widget_get_sensitive (save)); /* the day is missing */
  type (dialog, 0, "2026-01-11");
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  app_settle (600);
  g_assert_cmpuint (count_points (f, "ca153"), ==, before + 1);
  g_assert_cmpint (audited (f, "lab.accept-identity"), ==, 1);

  /* The same message once more is not even offered. */
  desk_lab_preview_open (patients (f), patient, import_of ("1901-01-01"));
  app_settle (100);
  dialog = dialog_with ("preview");
  g_assert_false (gtk_widget_get_sensitive (app_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, 0)));
  gtk_window_destroy (dialog);
}

/* Whose results: by any group of the name, in any order of words. */
static void
test_compare (AppFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *family, *given, *birth, *sex;
    DeskLabIdentity identity;
  } cases[] = {
    { "ERIKSSON", "ANNA MARIA", "1974-08-12", "F", DESK_LAB_SAME_PERSON }, { "Eriksson", "Anna", "1974-08-12", "F", DESK_LAB_SAME_PERSON },
    { "Anna Maria Eriksson", "", "", "", DESK_LAB_SAME_PERSON },           { "エリクソン", "アンナ", "1974-08-12", "f", DESK_LAB_SAME_PERSON },
    { "ERIKSSON", "ANNA", "1974-08-13", "F", DESK_LAB_DIFFERS },           { "ERIKSSON", "ANNA", "1974-08-12", "M", DESK_LAB_DIFFERS },
    { "ERIKSSON", "LARS", "1974-08-12", "F", DESK_LAB_DIFFERS },           { NULL, NULL, "", "", DESK_LAB_NOT_TOLD },
    { NULL, NULL, "1974-08-12", "U", DESK_LAB_SAME_PERSON },
  };
  g_autoptr (DeskPatient) patient = desk_patient_new ();

  g_free (patient->family);
  patient->family = g_strdup ("ERIKSSON");
  g_free (patient->given);
  patient->given = g_strdup ("ANNA MARIA");
  g_free (patient->kana);
  patient->kana = g_strdup ("えりくそん あんな まりあ");
  g_free (patient->birth);
  patient->birth = g_strdup ("1974-08-12");
  g_free (patient->sex);
  patient->sex = g_strdup ("F");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) lines = g_string_new ("message\t1\npatient\t\n");
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      if (cases[i].family)
        g_string_append_printf (lines, "name-code\t\nfamily\t%s\ngiven\t%s\n", cases[i].family, cases[i].given);
      g_string_append_printf (lines, "birth\t%s\nsex\t%s\nvalue\t1\nname\tCEA\nresult\t1\n", cases[i].birth, cases[i].sex);
      g_autoptr (DeskLabImport) import = desk_lab_import_parse (lines->str, lines->len, "x", TRUE, NULL);
      g_test_message ("case %u", i);
      g_assert_cmpint (desk_lab_message_compare (import->messages->pdata[0], patient, problems), ==, cases[i].identity);
    }
  g_assert_null (desk_lab_import_parse ("no line", 7, "x", TRUE, NULL));
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/labs/shown", test_shown);
  ADD ("/labs/by-hand", test_by_hand);
  ADD ("/labs/panel", test_panel);
  ADD ("/labs/another-patient", test_another_patient);
  ADD ("/labs/compare", test_compare);
  return g_test_run ();
}
