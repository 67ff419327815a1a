/* Registration of somebody on file, the list of pairs, and two records made one and two again from the window. */
#include "app-fixture.h"

#include "desk-cells-dialog.h"
#include "desk-duplicate-list.h"
#include "desk-duplicates-window.h"
#include "desk-merge-dialog.h"
#include "desk-merge.h"
#include "desk-patient-form.h"
#include "desk-patients.h"

static gint64
value (AppFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (!desk_db_value (desk_session_reader (fixture->session), &n, &error, sql, ""))
    g_error ("%s: %s", error->message, sql);
  return n;
}

static DeskPage *
patients_page (AppFixture *fixture)
{
  desk_window_go (fixture->window, "patients");
  app_settle (300);
  return desk_window_get_page (fixture->window, "patients");
}

static void
type (GtkWidget *form, const char *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_patient_form_input (DESK_PATIENT_FORM (form), field)), text);
}

/* A new patient with the birth, name and passport of the first of the sample. */
static GtkWidget *
fill_form (AppFixture *fixture, DeskPage *page, gboolean same_passport)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) first = desk_patient_load (desk_session_reader (fixture->session), 1, &error);

  gtk_widget_activate_action (GTK_WIDGET (page), "patients.new", NULL);
  app_settle (200);
  GtkWidget *form = app_find (GTK_WIDGET (page), DESK_TYPE_PATIENT_FORM, 0);
  type (form, "birth", first->birth);
  type (form, "family", first->given);
  type (form, "given", first->family);
  type (form, "nationality", first->nationality);
  type (form, "passport", same_passport ? first->passport : "");
  app_settle (400);
  return form;
}

static guint
rows_shown (DeskPage *page)
{
  GtkWidget *list = app_find (app_find (GTK_WIDGET (page), DESK_TYPE_DUPLICATE_LIST, 0), GTK_TYPE_LIST_BOX, 0);
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

static AdwMessageDialog *
message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static DeskCellsDialog *
dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_CELLS_DIALOG (window) && gtk_widget_get_visible (window))
        return DESK_CELLS_DIALOG (window);
    }
  return NULL;
}

static void
test_register (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = patients_page (fixture);
  GtkWidget *form = fill_form (fixture, page, FALSE);

  g_assert_cmpuint (rows_shown (page), >=, 1);
  /* Another date: who was born that day is gone again. */
  type (form, "birth", "1901-01-01");
  type (form, "family", "QQQ");
  app_settle (400);
  g_assert_cmpuint (rows_shown (page), ==, 0);

}

static void
test_save (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = patients_page (fixture);
  gint64 before = value (fixture, "SELECT count (*) FROM patient");

  fill_form (fixture, page, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL);
  app_settle (500);
  AdwMessageDialog *asked = message ();
  g_assert_nonnull (asked);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, before);
  adw_message_dialog_response (asked, "back");
  gtk_window_close (GTK_WINDOW (asked));
  app_settle (200);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, before);

  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL);
  app_settle (500);
  asked = message ();
  g_assert_nonnull (asked);
  adw_message_dialog_response (asked, "save");
  gtk_window_close (GTK_WINDOW (asked));
  app_settle (500);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, before + 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM not_same WHERE a_id = 1"), ==, 1);
}

static void
test_pairs (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = patients_page (fixture);

  gtk_widget_activate_action (GTK_WIDGET (page), "patients.duplicates", NULL);
  app_settle (800);
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean found = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (DESK_IS_DUPLICATES_WINDOW (window))
        {
          found = TRUE;
          gtk_window_close (window);
          break;
        }
    }
  g_assert_true (found);
}

/* Patients without cells, so that one person is enough. */
#define WITHOUT_CELLS \
  "FROM patient p WHERE NOT EXISTS (SELECT 1 FROM collection c WHERE c.patient_id = p.id)" \
  " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.patient_id = p.id)"

static void
test_merge (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskPage *page = patients_page (fixture);
  gint64 loser = value (fixture, "SELECT max (p.id) " WITHOUT_CELLS), kept = value (fixture, "SELECT min (p.id) " WITHOUT_CELLS);
  gint64 winner = 0;

  desk_session_set_actor (fixture->session, 1);
  g_assert_cmpint (kept, <, loser);
  desk_merge_dialog_open (page, loser, kept);
  app_settle (300);
  DeskCellsDialog *merging = dialog ();
  g_assert_nonnull (merging);
  gtk_widget_activate_action (GTK_WIDGET (merging), "dialog.submit", NULL);
  app_settle (800);
  g_assert_true (desk_merge_winner (desk_session_reader (fixture->session), loser, &winner, &error));
  g_assert_cmpint (winner, ==, kept);

  g_autoptr (DeskMergeRecord) record = desk_merge_of (desk_session_reader (fixture->session), loser, &error);
  g_assert_no_error (error);
  desk_unmerge_dialog_open (page, record->id);
  app_settle (300);
  DeskCellsDialog *separating = dialog ();
  g_assert_nonnull (separating);
  gtk_widget_activate_action (GTK_WIDGET (separating), "dialog.submit", NULL);
  app_settle (800);
  g_assert_true (desk_merge_winner (desk_session_reader (fixture->session), loser, &winner, &error));
  g_assert_cmpint (winner, ==, loser);
}

#define TEST(name, func) g_test_add (name, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
  TEST ("/merge/register", test_register);
  TEST ("/merge/save", test_save);
  TEST ("/merge/pairs", test_pairs);
  TEST ("/merge/merge", test_merge);
  return g_test_run ();
}
