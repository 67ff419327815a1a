#include "app-fixture.h"

#include <string.h>

#include "desk-application.h"
#include "desk-commands.h"
#include "desk-merge.h"
#include "desk-one-stop.h"
#include "desk-palette.h"
#include "desk-patients.h"
#include "desk-patient-form.h"
#include "desk-words.h"

static void
test_places (AppFixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "today", "book", "patients", "cells", "papers" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", places[i]);
      app_settle (50);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (desk_window_get_page (fixture->window, places[i]))));
      g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (fixture->window)));
    }

  /* Shown for the first time, the bank shows its tanks at once. */
  desk_window_go (fixture->window, "cells");
  DeskPage *cells = desk_window_get_page (fixture->window, "cells");
  g_assert_true (gtk_widget_get_mapped (app_find (GTK_WIDGET (cells), g_type_from_name ("DeskCellsMap"), 0)));
}

static gboolean
same_place (const DeskCommand *a, const DeskCommand *b)
{
  return a->scope == DESK_SCOPE_EVERYWHERE || b->scope == DESK_SCOPE_EVERYWHERE || g_strcmp0 (a->place, b->place) == 0;
}

/* No key means two things where it can be pressed. */
static void
test_keys (void)
{
  guint n;
  const DeskCommand *commands = desk_commands (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      if (commands[i].key && commands[j].key && same_place (&commands[i], &commands[j])
          && g_ascii_strcasecmp (commands[i].key, commands[j].key) == 0)
        g_error ("%s is both %s and %s", commands[i].key, commands[i].action, commands[j].action);
}

/* Every command of the table leads to an action that exists. */
static void
test_commands (AppFixture *fixture, gconstpointer data)
{
  guint n;
  const DeskCommand *commands = desk_commands (&n);

  /* Sections of a patient's page have actions of their own, while a patient is shown. */
  desk_window_show (fixture->window, DESK_KIND_PATIENT, 1);
  for (guint i = 0; i < n; i++)
    {
      DeskPage *page = commands[i].place ? desk_window_get_page (fixture->window, commands[i].place) : NULL;
      GtkWidget *part = page ? desk_page_part (page, commands[i].action) : NULL;
      GType type = part ? G_OBJECT_TYPE (part) : page ? G_OBJECT_TYPE (page) : DESK_TYPE_WINDOW;
      GtkWidgetClass *klass = g_type_class_peek (type);
      GType owner;
      const char *property;
      const char *action;
      const GVariantType *parameter;
      gboolean found = FALSE;

      for (guint a = 0; gtk_widget_class_query_action (klass, a, &owner, &action, &parameter, &property); a++)
        if (g_str_equal (action, commands[i].action))
          {
            found = TRUE;
            g_assert_cmpint (parameter != NULL, ==, commands[i].target != NULL);
          }
      if (!found)
        g_error ("no action %s", commands[i].action);
    }
}

static void
test_palette (AppFixture *fixture, gconstpointer data)
{
  DeskPalette *palette = desk_palette_show (fixture->window);
  GtkWidget *entry = app_find (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), "tank");
  app_settle (50);
  g_signal_emit_by_name (entry, "activate");
  app_settle (100);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (desk_window_get_page (fixture->window, "cells"))));
}

/* What the palette finds for the text, its rows' titles one a line. The caller frees it. */
static char *
palette_finds (AppFixture *fixture, const char *text)
{
  DeskPalette *palette = desk_palette_show (fixture->window);
  GtkWidget *entry = app_find (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY, 0);
  GtkWidget *list = app_find (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX, 0);
  GString *found = g_string_new (NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  app_settle (20);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (found, "%s\n", gtk_label_get_text (GTK_LABEL (app_find (row, GTK_TYPE_LABEL, 0))));
  gtk_window_destroy (GTK_WINDOW (palette));
  app_settle (20);
  return g_string_free (found, FALSE);
}

static gint64
save_somebody (DeskDb *db, const char *family, const char *given)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (GError) error = NULL;

  g_free (patient->family);
  patient->family = g_strdup (family);
  g_free (patient->given);
  patient->given = g_strdup (given);
  if (!desk_patient_save (db, patient, &error))
    g_error ("%s", error->message);
  return patient->id;
}

typedef struct
{
  gint64 winner, loser;
} Pair;

static gboolean
merge_two (DeskDb *db, gpointer data, GError **error)
{
  Pair *pair = data;
  gint64 merge_id;

  pair->winner = save_somebody (db, "Quigleysmith", "Anna");
  pair->loser = save_somebody (db, "Zwingenberger", "Hanna");
  g_autoptr (DeskPatient) winner = desk_patient_load (db, pair->winner, error);
  g_autoptr (DeskPatient) loser = desk_patient_load (db, pair->loser, error);
  DeskMerge merge = { .loser_id = pair->loser, .loser_version = loser->version, .winner = winner };
  return desk_merge (db, &merge, &merge_id, error);
}

/* People by a part of their name, whoever was merged away as the record that is left, doses by their number as it is
 * read from the label. */
static void
test_palette_finds (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Pair pair;

  g_assert_true (desk_session_run (fixture->session, merge_two, &pair, &error));
  static const char *const parts[] = { "quigley", "igleysm", "zwingen", "wingenb", "hanna zwing", "annA quigl" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *found = palette_finds (fixture, parts[i]);

      g_assert_true (g_str_has_prefix (found, "Quigleysmith"));
      g_assert_null (strstr (found, "Zwingenberger"));
    }

  g_autoptr (DeskStmt) stmt = desk_db_query (desk_session_reader (fixture->session), &error,
                                             "SELECT number FROM unit ORDER BY number DESC LIMIT 1", "");
  g_assert_true (stmt && desk_stmt_step (stmt, &error) == DESK_STEP_ROW);
  g_autofree char *number = desk_stmt_dup_text (stmt, 0), *small = g_ascii_strdown (number, -1);
  g_clear_pointer (&stmt, desk_stmt_release);
  g_autofree char *line = g_strconcat (number, "\n", NULL);
  g_autofree char *scanned = palette_finds (fixture, number), *typed = palette_finds (fixture, small);
  g_assert_true (g_str_has_prefix (scanned, line));
  g_assert_cmpstr (scanned, ==, typed);
}

static void
set_field (DeskPatientForm *form, const char *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_patient_form_input (form, field)), text);
}

static gint64
find_one (AppFixture *fixture, const char *text)
{
  g_autoptr (GArray) ids = desk_patient_search (desk_session_reader (fixture->session), text, 5, NULL);

  g_assert_nonnull (ids);
  return ids->len == 1 ? g_array_index (ids, gint64, 0) : 0;
}

static void
test_register (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  DeskPatientForm *form = DESK_PATIENT_FORM (app_find (GTK_WIDGET (page), DESK_TYPE_PATIENT_FORM, 0));

  desk_window_run (fixture->window, "patients", "patients.new", NULL);
  set_field (form, "family", "Xylander <b>&");
  set_field (form, "birth", "1985-02-31");
  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL);
  app_settle (150);
  g_assert_cmpint (find_one (fixture, "xylander"), ==, 0); /* 31 February is refused */

  set_field (form, "birth", "1985-02-28");
  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL); /* a double Enter */
  app_settle (300);
  g_assert_cmpint (find_one (fixture, "xylander"), !=, 0);
}

static gboolean
rename_elsewhere (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, *(gint64 *) data, error);

  g_free (patient->preferred);
  patient->preferred = g_strdup ("Changed elsewhere");
  return desk_patient_save (db, patient, error);
}

/* How many questions stood open; closes them unanswered. */
static guint
close_dialogs (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_dialogs = 0;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          n_dialogs++;
          gtk_window_destroy (GTK_WINDOW (window));
        }
    }
  return n_dialogs;
}

static guint
count_shown (GtkWidget *list)
{
  app_settle (150);
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* Typed, typed over and emptied: the list follows. */
static void
test_search (AppFixture *fixture, gconstpointer data)
{
  desk_window_go (fixture->window, "patients");
  GtkWidget *page = GTK_WIDGET (desk_window_get_page (fixture->window, "patients"));
  GtkEditable *entry = GTK_EDITABLE (app_find (page, GTK_TYPE_SEARCH_ENTRY, 0));
  GtkWidget *list = app_find (app_find (page, DESK_TYPE_ONE_STOP, 0), GTK_TYPE_LIST_VIEW, 0);
  g_autoptr (GArray) all = desk_patient_ids (desk_session_reader (fixture->session), DESK_PATIENT_SORT_NAME, NULL);
  g_autoptr (GArray) found = desk_patient_search (desk_session_reader (fixture->session), "a", 100, NULL);

  g_assert_cmpuint (count_shown (list), ==, all->len);
  gtk_editable_set_text (entry, "qqqq");
  g_assert_cmpuint (count_shown (list), ==, 0);
  gtk_editable_set_text (entry, "a");
  g_assert_cmpuint (count_shown (list), ==, found->len);
  gtk_editable_set_text (entry, "");
  g_assert_cmpuint (count_shown (list), ==, all->len);
}

/* Somebody else saves while the form is open: nothing is overwritten. */
static void
test_conflict (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  DeskPatientForm *form = DESK_PATIENT_FORM (app_find (GTK_WIDGET (page), DESK_TYPE_PATIENT_FORM, 0));
  g_autoptr (GArray) ids = desk_patient_ids (desk_session_reader (fixture->session), DESK_PATIENT_SORT_CHART, NULL);
  gint64 id = g_array_index (ids, gint64, 0);
  g_autoptr (GError) error = NULL;

  desk_window_show (fixture->window, DESK_KIND_PATIENT, id);
  desk_window_run (fixture->window, "patients", "patients.edit", NULL);
  set_field (form, "preferred", "Mine");
  g_assert_true (desk_session_run (fixture->session, rename_elsewhere, &id, &error));
  gtk_widget_activate_action (GTK_WIDGET (page), "patients.save", NULL);
  app_settle (300);

  g_autoptr (DeskPatient) saved = desk_patient_load (desk_session_reader (fixture->session), id, &error);
  g_assert_cmpstr (saved->preferred, ==, "Changed elsewhere");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_patient_form_input (form, "preferred"))), ==, "Mine");

  g_assert_cmpint (close_dialogs (), ==, 1);
}

/* Closing the window with a half-filled form asks first. */
static void
test_close_unsaved (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  DeskPatientForm *form = DESK_PATIENT_FORM (app_find (GTK_WIDGET (page), DESK_TYPE_PATIENT_FORM, 0));

  desk_window_run (fixture->window, "patients", "patients.new", NULL);
  g_assert_false (desk_page_unsaved (page));
  set_field (form, "family", "Halfway");
  g_assert_true (desk_page_unsaved (page));
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle (100);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  g_assert_cmpint (close_dialogs (), ==, 1);
}

/* Enter on a row of the list, and keys of the search; what is not known leaves no gap. */
static void
test_list_keys (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  GtkWidget *list = app_find (GTK_WIDGET (page), GTK_TYPE_LIST_VIEW, 1); /* the first is that of the order */
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  const char *facts[] = { "P-1", "", NULL, "Female" };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

  desk_window_run (fixture->window, "patients", "patients.search", NULL);
  app_settle (100);
  g_signal_emit_by_name (list, "activate", 1);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 1);

  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));
  g_assert_cmpstr (line, ==, "P-1  ·  Female");
}

static void
test_japanese (AppFixture *fixture, gconstpointer data)
{
  desk_application_set_language ("ja");
  g_assert_cmpstr (desk_words ("life", "frozen"), !=, "Frozen");
  g_assert_cmpstr (desk_words_language (), ==, "ja");
  DeskWindow *window = desk_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (window));
  app_settle (100);
  gtk_window_destroy (GTK_WINDOW (window));
  desk_application_set_language ("en");
  g_assert_cmpstr (desk_words ("life", "frozen"), ==, "Frozen");
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/window/places", test_places);
  ADD ("/window/commands", test_commands);
  g_test_add_func ("/window/keys", test_keys);
  ADD ("/window/palette", test_palette);
  ADD ("/window/palette-finds", test_palette_finds);
  ADD ("/window/register", test_register);
  ADD ("/window/search", test_search);
  ADD ("/window/conflict", test_conflict);
  ADD ("/window/close-unsaved", test_close_unsaved);
  ADD ("/window/list-keys", test_list_keys);
  ADD ("/window/japanese", test_japanese);
  return g_test_run ();
}
