/* The print dialog: what comes out, and what is said when it does not. */
#include <glib/gstdio.h>
#include <string.h>

#include "app-fixture.h"
#include "desk-print-dialog.h"
#include "desk-print-run.h"
#include "desk-settings.h"
#include "desk-words.h"
#include "fake-printers.h"

/* A paper of five pages whose register is a string: "b" begun, then how it ended. */
typedef struct
{
  GString *journal;
  GString *drawn; /* "1 2c": pages and copies as they were drawn */
  gboolean refuses, forgets; /* nothing begins, no end can be written */
  guint ends;
} Paper;

static guint
n_pages (gpointer data)
{
  return 5;
}

static void
draw (gpointer data, cairo_t *cr, guint page, guint copy)
{
  Paper *paper = data;

  g_string_append_printf (paper->drawn, "%s%u", paper->drawn->len ? " " : "", page + 1);
  if (copy)
    g_string_append_printf (paper->drawn, "c%u", copy);
}

static gboolean
begin (DeskDb *db, gpointer data, const DeskPrintOut *out, GArray *tokens, GError **error)
{
  Paper *paper = data;
  gint64 token = (gint64) (gsize) paper;

  if (paper->refuses)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_REFUSED, "issued-void");
      return FALSE;
    }
  g_string_append_printf (paper->journal, "b %s %s %s %d;", out->how, out->target, out->pages, out->copies);
  g_array_append_val (tokens, token);
  return TRUE;
}

static gboolean
end (DeskDb *db, const GArray *tokens, const char *state, const char *reason, GError **error)
{
  Paper *paper = (Paper *) (gsize) g_array_index (tokens, gint64, 0);

  if (paper->forgets)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_FULL, "the register");
      return FALSE;
    }
  g_string_append_printf (paper->journal, "%s %s;", state, reason);
  paper->ends++;
  return TRUE;
}

static const DeskPrintPages pages = { .n_pages = n_pages, .draw = draw, .begin = begin, .end = end };

typedef struct
{
  AppFixture app; /* one clinic for all tests */
  Paper paper;
  DeskPrintPaper *printed;
  DeskPrintDialog *dialog;
} Fixture;

static AppFixture shared;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  if (!shared.window)
    app_fixture_set_up (&shared, NULL);
  fixture->app = shared;
  fake_printers_install ();
  desk_settings_set ("printer-test", "");
  desk_settings_set ("printer-paper", "");
  fixture->paper = (Paper){ g_string_new (NULL), g_string_new (NULL), FALSE, FALSE, 0 };
  fixture->printed = desk_print_paper_new ("Paper of a test", "test", "test.pdf", &pages, &fixture->paper);
  fixture->printed->marked = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fake_printers_remove ();
  app_settle (50);
  if (fixture->dialog)
    gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  app_settle (50);
  g_assert_null (fixture->dialog);
  desk_print_paper_unref (fixture->printed);
  g_string_free (fixture->paper.journal, TRUE);
  g_string_free (fixture->paper.drawn, TRUE);
}

static void
show (Fixture *fixture)
{
  fixture->dialog = desk_print_dialog_show (GTK_WIDGET (fixture->app.window), fixture->app.session, fixture->printed);
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  app_settle (100);
}

static const char *
label (Fixture *fixture, const char *id)
{
  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), DESK_TYPE_PRINT_DIALOG, id)));
}

static GObject *
child (Fixture *fixture, const char *id)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), DESK_TYPE_PRINT_DIALOG, id);
}

static gboolean
can (Fixture *fixture, const char *button)
{
  return gtk_widget_is_sensitive (GTK_WIDGET (child (fixture, button)));
}

static void
print (Fixture *fixture)
{
  g_string_truncate (fixture->paper.drawn, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.print", NULL);
  app_settle (200);
}

/* What was typed is what goes out: pages, copies, marks; the register knows it before the printer. */
static void
test_done (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "range")), "1-2,5");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child (fixture, "copies")), 2);
  print (fixture);
  g_assert_true (g_str_has_prefix (fixture->paper.drawn->str, "1 2 5 1c1 2c1 5c1")); /* then the preview */
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser 1-2,5 2;");
  g_assert_cmpuint (fake_printers_n_prints (), ==, 1);
  g_assert_true (memcmp (fake_printers_print (0)->pdf->data, "%PDF-", 5) == 0);
  g_assert_cmpstr (fake_printers_print (0)->title, ==, "Paper of a test");
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 1);
  g_assert_false (can (fixture, "print"));

  fake_printers_say (0, DESK_PRINT_PRINTING, NULL);
  g_assert_nonnull (strstr (label (fixture, "stage"), "Laser"));
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (200);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser 1-2,5 2;done ;");
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 0);
  g_assert_null (fixture->dialog);
}

/* Half-way: the register says so, and what comes after is a copy. */
static void
test_half_way (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  print (fixture);
  fake_printers_say (0, DESK_PRINT_PRINTING, NULL);
  fake_printers_say (0, DESK_PRINT_FAILED, "paper jam");
  app_settle (200);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser  1;failed paper jam;");
  g_assert_nonnull (fixture->dialog);
  g_assert_nonnull (strstr (label (fixture, "stage"), "paper jam"));
  g_assert_true (can (fixture, "print"));

  print (fixture);
  g_assert_true (g_str_has_prefix (fixture->paper.drawn->str, "1c1 2c1 3c1 4c1 5c1")); /* then the preview */
  fake_printers_say (1, DESK_PRINT_DONE, NULL);
  app_settle (200);
  g_assert_cmpuint (fixture->paper.ends, ==, 2);
}

/* Many printers stop without a word: that it failed is in the register all the same. */
static void
test_wordless (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  print (fixture);
  fake_printers_say (0, DESK_PRINT_PRINTING, NULL);
  fake_printers_say (0, DESK_PRINT_FAILED, NULL);
  app_settle (200);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser  1;failed The printer gave no reason.;");
}

/* Never taken: nothing came out, so it is still the original. */
static void
test_not_given (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  print (fixture);
  fake_printers_say (0, DESK_PRINT_NOT_GIVEN, "no route to host");
  app_settle (200);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser  1;failed not-sent;");
  print (fixture);
  g_assert_true (g_str_has_prefix (fixture->paper.drawn->str, "1 2 3 4 5")); /* then the preview */
}

/* What the register refuses does not reach the printer. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  fixture->paper.refuses = TRUE;
  show (fixture);
  print (fixture);
  g_assert_cmpuint (fake_printers_n_prints (), ==, 0);
  g_assert_cmpuint (fixture->paper.ends, ==, 0);
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 0);
  g_assert_true (can (fixture, "print"));
  g_assert_cmpstr (label (fixture, "stage"), ==, desk_words ("refused", "issued-void"));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  g_assert_true (desk_print_save_finish (source, result, error) == (*error == NULL));
  if (!*error)
    g_set_error (error, DESK_ERROR, DESK_ERROR_EXISTS, "saved");
}

static void
assert_saved (Fixture *fixture, const char *path, int code)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    g_array_append_val (all, i);
  desk_print_save (fixture->app.session, fixture->printed, all, 1, path, on_saved, &error);
  for (guint i = 0; i < 100 && !error; i++)
    app_settle (50);
  g_assert_error (error, DESK_ERROR, code);
}

/* Where neither the file nor its end can be written, why there is no file is said; where only the end cannot, that is. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "uketsuke-test-print.pdf", NULL);

  assert_saved (fixture, path, DESK_ERROR_EXISTS); /* that is: well */
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b pdf   1;done ;");
  assert_saved (fixture, "/nowhere/at/all.pdf", DESK_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_suffix (fixture->paper.journal->str, ";b pdf   1;failed not-sent;"));
  fixture->paper.forgets = TRUE;
  assert_saved (fixture, "/nowhere/at/all.pdf", DESK_ERROR_NOT_FOUND);
  assert_saved (fixture, path, DESK_ERROR_FULL);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* The dialog is closed, the print goes on; the program ends first: nobody knows. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  print (fixture);
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  app_settle (50);
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 1);
  desk_print_runs_give_up (fixture->app.session);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser  1;unknown ;");
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 0);
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (100);
  g_assert_cmpuint (fixture->paper.ends, ==, 1);
}

static void
find_dialog (GtkWidget **found)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  *found = NULL;
  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      *found = l->data;
}

/* Closing the program asks first. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *question;

  fake_printers_add ("Laser", "ready");
  show (fixture);
  print (fixture);
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  gtk_window_close (GTK_WINDOW (fixture->app.window));
  app_settle (50);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->app.window)));
  find_dialog (&question);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "wait");
  gtk_window_destroy (GTK_WINDOW (question));
  app_settle (50);
  g_assert_cmpuint (desk_print_runs_open (fixture->app.session), ==, 1);
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (200);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b printer Laser  1;done ;");
  g_assert_null (fixture->dialog);
}

/* Pages are checked as they are typed, and a misread range prints nothing. */
static void
test_range (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  g_assert_true (can (fixture, "print"));
  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "range")), "4-9");
  g_assert_nonnull (strstr (label (fixture, "problem"), "9"));
  g_assert_false (can (fixture, "print"));
  print (fixture);
  g_assert_cmpuint (fake_printers_n_prints (), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "range")), "4-5");
  g_assert_true (can (fixture, "print"));
  g_assert_cmpstr (label (fixture, "problem"), ==, "");
}

/* Without a printer it says so, and a PDF can be made all the same. */
static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->app.folder, "test.pdf", NULL), *content = NULL;
  gsize length;

  show (fixture);
  g_assert_cmpstr (label (fixture, "problem"), !=, "");
  g_assert_false (can (fixture, "print"));
  desk_print_dialog_save (fixture->dialog, path);
  app_settle (300);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b pdf   1;done ;");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_null (fixture->dialog);
}

/* A file that cannot be written: the register says that it never went out. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->app.folder, "not-there", "test.pdf", NULL);

  show (fixture);
  desk_print_dialog_save (fixture->dialog, path);
  app_settle (300);
  g_assert_cmpstr (fixture->paper.journal->str, ==, "b pdf   1;failed not-sent;");
  g_assert_nonnull (fixture->dialog);
  g_assert_cmpstr (label (fixture, "stage"), !=, "");
}

/* The printer that had the last paper of the kind has the next one; one that takes nothing is not used. */
static void
test_printers (Fixture *fixture, gconstpointer data)
{
  DeskPrinter *usual = fake_printers_add ("Usual", "ready"), *other;

  usual->usual = TRUE;
  other = fake_printers_add ("Other", "ready");
  show (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (child (fixture, "printer"))), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (fixture, "printer")), 1);
  print (fixture);
  g_assert_cmpstr (fake_printers_print (0)->printer->name, ==, "Other");
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (200);

  show (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (child (fixture, "printer"))), ==, 1);
  other->state = "refuses";
  desk_printer_changed (other);
  g_assert_false (can (fixture, "print"));
  g_assert_cmpstr (label (fixture, "problem"), !=, "");
  other->state = "paused";
  desk_printer_changed (other);
  g_assert_true (can (fixture, "print"));
}

/* Page by page, as they will come out. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  fake_printers_add ("Laser", "ready");
  show (fixture);
  g_assert_true (g_str_has_prefix (label (fixture, "number"), "1 of 5"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.later", NULL);
  g_assert_true (g_str_has_prefix (label (fixture, "number"), "2 of 5"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child (fixture, "copies")), 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.last", NULL);
  g_assert_true (g_str_has_prefix (label (fixture, "number"), "15 of 15"));
  gtk_editable_set_text (GTK_EDITABLE (child (fixture, "range")), "3");
  g_assert_true (g_str_has_prefix (label (fixture, "number"), "3 of 3"));
  gtk_switch_set_active (GTK_SWITCH (child (fixture, "both")), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.last", NULL);
  g_assert_true (g_str_has_prefix (label (fixture, "number"), "5 of 5")); /* each on a sheet of its own */
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.zoom", "s", "width");
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "print.zoom-in", NULL);
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  app_settle (50);
  g_assert_null (fixture->dialog);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/print/done", test_done },         { "/print/half-way", test_half_way }, { "/print/not-given", test_not_given },
    { "/print/wordless", test_wordless },
    { "/print/refused", test_refused },   { "/print/left", test_left },         { "/print/range", test_range },
    { "/print/none", test_none },         { "/print/no-file", test_no_file },   { "/print/printers", test_printers },
    { "/print/pages", test_pages },       { "/print/asked", test_asked },
    { "/print/save", test_save },
  };

  app_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  int failed = g_test_run ();
  app_fixture_tear_down (&shared, NULL);
  return failed;
}
