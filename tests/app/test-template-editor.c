/* The editor of letters as a person uses it: a wrong field is seen at its line and keeps the letter from being saved;
 * mended it is saved, compared, taken back; a draft outlives the window. */
#include "app-fixture.h"
#include "desk-letter-edit.h"
#include "desk-letter-templates.h"
#include "desk-template-diff.h"
#include "desk-template-editor-private.h"
#include "desk-template-history.h"

#include <string.h>

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
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
  app_settle (60);
}

static DeskTemplateEditor *
open_editor (AppFixture *fixture)
{
  DeskTemplateEditor *editor = desk_template_editor_show (desk_window_get_page (fixture->window, "papers"));

  app_settle (300);
  desk_template_editor_open (editor, "treatment-schedule");
  return editor;
}

/* Until the newest text was looked at. */
static void
wait_for_preview (DeskTemplateEditor *editor)
{
  do
    app_settle (50);
  while (desk_template_preview_is_busy (editor->preview));
}

static void
type (DeskTemplateEditor *editor, const char *from, const char *to)
{
  g_autofree char *xml = desk_template_editor_get_text (editor);
  char *at = strstr (xml, from);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->text));
  GtkTextIter start, end;

  g_assert_nonnull (at);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (xml, at));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_pointer_to_offset (xml, at + strlen (from)));
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, to, -1);
  wait_for_preview (editor);
}

static GtkWindow *
find_window (GType kind)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      if (G_TYPE_CHECK_INSTANCE_TYPE (window, kind))
        return window;
    }
  return NULL;
}

static DeskLetterVersion *
newest (AppFixture *fixture)
{
  DeskLetterVersion *version = desk_letter_text_newest (reader (fixture), "treatment-schedule", NULL);

  g_assert_nonnull (version);
  return version;
}

static void
save (AppFixture *fixture, DeskTemplateEditor *editor, const char *comment)
{
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  app_settle (50);
  GtkWindow *dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  gtk_editable_set_text (g_object_get_data (G_OBJECT (dialog), "comment"), comment);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  wait_for_store (fixture);
  wait_for_preview (editor);
}

static void
test_wrong_field (AppFixture *fixture, gconstpointer data)
{
  DeskTemplateEditor *editor = open_editor (fixture);
  g_autofree char *before = NULL;

  wait_for_preview (editor);
  before = desk_template_editor_get_text (editor);
  g_assert_cmpuint (desk_template_preview_get_problems (editor->preview)->len, ==, 0);
  g_assert_cmpuint (desk_template_preview_get_n_pages (editor->preview), >, 0);
  guint line = 1;
  for (const char *p = before; p < strstr (before, "{{patient.name}}"); p++)
    line += *p == '\n';

  type (editor, "{{patient.name}}", "{{patient.nam}}");
  const DeskLetterProblems *problems = desk_template_preview_get_problems (editor->preview);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (desk_letter_problems_get (problems, 0)->code, ==, "unknown-field");
  g_assert_cmpint (desk_letter_problems_get (problems, 0)->line, ==, line);
  g_assert_nonnull (gtk_list_box_get_row_at_index (editor->problems, 0));
  g_assert_nonnull (strstr (desk_template_preview_get_note (editor->preview), "mistakes"));
  g_assert_cmpuint (desk_template_preview_get_n_pages (editor->preview), >, 0);

  /* Its row leads to the line; it is not saved, but kept. */
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (editor->problems, 0)));
  g_assert_cmpint (desk_template_text_get_line (editor->text), ==, line);
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  wait_for_store (fixture);
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_autoptr (DeskLetterVersion) version = newest (fixture);
  g_assert_cmpint (version->seq, ==, 0);

  /* The window closes, the draft is there again; given up, it is gone. */
  gtk_window_close (GTK_WINDOW (editor));
  wait_for_store (fixture);
  editor = open_editor (fixture);
  g_autofree char *kept = desk_template_editor_get_text (editor);
  g_assert_nonnull (strstr (kept, "{{patient.nam}}"));
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.discard", NULL);
  wait_for_store (fixture);
  g_autofree char *after = desk_template_editor_get_text (editor);
  g_assert_true (g_str_equal (after, before));
  DeskLetterDraft *draft = NULL;
  g_assert_true (desk_letter_draft_load (reader (fixture), "treatment-schedule", desk_session_get_actor (fixture->session), &draft, NULL));
  g_assert_null (draft);
  gtk_window_close (GTK_WINDOW (editor));
}

static void
test_save (AppFixture *fixture, gconstpointer data)
{
  DeskTemplateEditor *editor = open_editor (fixture);

  wait_for_preview (editor);
  g_autofree char *builtin = desk_template_editor_get_text (editor);
  type (editor, "{{patient.name}}", "{{patient.name}} ({{patient.chart}})");
  save (fixture, editor, "chart beside the name");
  g_autoptr (DeskLetterVersion) first = newest (fixture);
  g_assert_cmpint (first->seq, ==, 1);
  g_assert_cmpstr (first->comment, ==, "chart beside the name");
  g_assert_false (editor->draft);

  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (reader (fixture), "treatment-schedule", &error);
  g_assert_no_error (error);
  g_assert_true (source->own);
  g_assert_cmpstr (source->template_->version, ==, first->version);

  /* Compared with the built-in one, beside each other and in one. */
  DeskTemplateHistory *history = desk_template_history_show (editor);
  DeskTemplateDiff *diff = DESK_TEMPLATE_DIFF (app_find (GTK_WIDGET (history), DESK_TYPE_TEMPLATE_DIFF, 0));
  desk_template_history_compare (history, 0, 1);
  g_autofree char *both = desk_template_diff_get_text (diff);
  g_assert_nonnull (strstr (both, "({{patient.chart}})"));
  gtk_widget_activate_action (GTK_WIDGET (history), "history.both", NULL);
  g_autofree char *unified = desk_template_diff_get_text (diff);
  g_assert_nonnull (strstr (unified, "− "));
  g_assert_nonnull (strstr (unified, "+ "));

  /* The built-in text is taken back, as a version of its own. */
  desk_template_history_compare (history, 1, 0);
  gtk_widget_activate_action (GTK_WIDGET (history), "history.take", NULL);
  wait_for_preview (editor);
  GtkWindow *dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  gtk_window_destroy (dialog);
  desk_template_save_as (editor, "9", "taken back");
  wait_for_store (fixture);
  g_autoptr (DeskLetterVersion) second = newest (fixture);
  g_assert_cmpint (second->seq, ==, 2);
  g_autofree char *xml = desk_letter_text_by_digest (reader (fixture), second->digest, NULL);
  g_assert_null (strstr (xml, "({{patient.chart}})"));
  gtk_window_close (GTK_WINDOW (editor));
}

static gboolean
save_elsewhere (DeskDb *db, gpointer data, GError **error)
{
  gint64 seq = 0;

  return desk_letter_template_save (db, "treatment-schedule", data, &seq, "elsewhere", error);
}

/* Somebody saves while another writes: who comes second is told, and keeps a draft. */
static void
test_conflict (AppFixture *fixture, gconstpointer data)
{
  DeskTemplateEditor *editor = open_editor (fixture);

  wait_for_preview (editor);
  g_autofree char *xml = desk_template_editor_get_text (editor);
  g_autofree char *theirs = desk_letter_edit_set (xml, "version", "5");
  g_assert_true (desk_session_run (fixture->session, save_elsewhere, theirs, NULL));
  app_settle (50);
  type (editor, "{{patient.name}}", "{{patient.name}} ({{patient.chart}})");
  desk_template_save_as (editor, "6", "mine");
  wait_for_store (fixture);
  wait_for_store (fixture);
  g_assert_nonnull (find_window (ADW_TYPE_MESSAGE_DIALOG));
  gtk_window_destroy (find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_autoptr (DeskLetterVersion) still = newest (fixture);
  g_assert_cmpint (still->seq, ==, 1);
  g_assert_true (editor->draft);
  gtk_window_close (GTK_WINDOW (editor));
  wait_for_store (fixture);
}

static void
test_copy_and_language (AppFixture *fixture, gconstpointer data)
{
  DeskTemplateEditor *editor = open_editor (fixture);

  wait_for_preview (editor);
  g_assert_false (desk_template_copy (editor, "consent"));
  g_assert_false (desk_template_copy (editor, "Not a name"));
  g_assert_true (desk_template_copy (editor, "schedule-short"));
  wait_for_store (fixture);
  g_assert_cmpstr (editor->version->name, ==, "schedule-short");
  g_autofree char *xml = desk_template_editor_get_text (editor);
  g_assert_nonnull (strstr (xml, "name=\"schedule-short\""));

  guint n = desk_template_add_language (editor, "de");
  g_assert_cmpuint (n, >, 0);
  wait_for_preview (editor);
  const DeskLetterProblems *problems = desk_template_preview_get_problems (editor->preview);
  g_assert_cmpuint (problems->len, ==, n);
  g_assert_cmpstr (desk_letter_problems_get (problems, 0)->code, ==, "text-empty");
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.problem", NULL);
  gtk_window_close (GTK_WINDOW (editor));
  wait_for_store (fixture);
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/template-editor/wrong-field", AppFixture, NULL, app_fixture_set_up, test_wrong_field, app_fixture_tear_down);
  g_test_add ("/template-editor/save", AppFixture, NULL, app_fixture_set_up, test_save, app_fixture_tear_down);
  g_test_add ("/template-editor/conflict", AppFixture, NULL, app_fixture_set_up, test_conflict, app_fixture_tear_down);
  g_test_add ("/template-editor/copy-and-language", AppFixture, NULL, app_fixture_set_up, test_copy_and_language, app_fixture_tear_down);
  return g_test_run ();
}
