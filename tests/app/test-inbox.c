/* The inbox: what comes in by drop, file and link, filing by keys, undo, what is odd about a file. */
#include "app-fixture.h"
#include "desk-documents.h"
#include "desk-inbox-view.h"
#include "desk-inbox.h"
#include "desk-inbox-parts.h"
#include "desk-paper-form.h"
#include "desk-papers-page.h"
#include "desk-patient-picker.h"
#include "desk-toast.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static gint64
count (AppFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (reader (fixture), &n, &error, sql, ""));
  return n;
}

static gint64
waiting (AppFixture *fixture)
{
  return count (fixture, "SELECT count (*) FROM inbox WHERE document_id IS NULL AND put_aside_at IS NULL");
}

static GtkWidget *
view (AppFixture *fixture)
{
  desk_window_run (fixture->window, "papers", "papers.view", "inbox");
  app_settle (60);
  return app_find (GTK_WIDGET (desk_window_get_page (fixture->window, "papers")), DESK_TYPE_INBOX_VIEW, 0);
}

/* Drop-downs have lists in them too. */
static GtkListView *
list_of (GtkWidget *inbox)
{
  for (guint i = 0;; i++)
    {
      GtkListView *list = GTK_LIST_VIEW (app_find (inbox, GTK_TYPE_LIST_VIEW, i));

      if (GTK_IS_MULTI_SELECTION (gtk_list_view_get_model (list)))
        return list;
    }
}

/* Waits until as many items wait, with some patience for the worker. */
static void
wait_for (AppFixture *fixture, gint64 n)
{
  for (guint i = 0; i < 200 && waiting (fixture) != n; i++)
    app_settle (25);
  g_assert_cmpint (waiting (fixture), ==, n);
  app_settle (50);
}

static GFile *
make_file (AppFixture *fixture, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return g_file_new_for_path (path);
}

static GtkDropTarget *
drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

/* As the desktop does when files are let go over the window. */
static gboolean
drop (AppFixture *fixture, GSList *files)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_signal_emit_by_name (drop_target (GTK_WIDGET (fixture->window)), "drop", &value, 10.0, 10.0, &taken);
  g_slist_free_full (files, g_object_unref);
  return taken;
}

static void
dismiss_dialogs (AppFixture *fixture)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        gtk_window_destroy (window);
    }
  app_settle (20);
}

static void
test_drop (AppFixture *fixture, gconstpointer data)
{
  gint64 before = waiting (fixture);

  g_assert_true (drop (fixture, g_slist_append (g_slist_append (NULL, make_file (fixture, "a.pdf", "%PDF-1.4 a")),
                                                make_file (fixture, "b.pdf", "%PDF-1.4 b"))));
  wait_for (fixture, before + 2);

  /* The same again, under another name: nothing more waits. */
  drop (fixture, g_slist_append (NULL, make_file (fixture, "copy.pdf", "%PDF-1.4 a")));
  app_settle (400);
  g_assert_cmpint (waiting (fixture), ==, before + 2);

  /* A name that lies is told. */
  drop (fixture, g_slist_append (NULL, make_file (fixture, "photo.jpg", "%PDF-1.4 c")));
  wait_for (fixture, before + 3);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM inbox WHERE warning = 'extension-differs'"), ==, 1);
}

static void
test_refused (AppFixture *fixture, gconstpointer data)
{
  gint64 before = waiting (fixture);
  g_autofree char *link = g_build_filename (fixture->folder, "link.pdf", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.pdf", NULL);
  GSList *files = NULL;

  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  files = g_slist_append (files, g_file_new_for_path (link));
  files = g_slist_append (files, g_file_new_for_path (pipe));
  files = g_slist_append (files, g_file_new_for_path ("/nonexistent/x.pdf"));
  files = g_slist_append (files, make_file (fixture, "empty.pdf", ""));
  files = g_slist_append (files, make_file (fixture, "odd.bin", "\x01\x02\x03\x7f"));
  files = g_slist_append (files, make_file (fixture, "good\n\xe2\x80\xae" "name.pdf", "%PDF-1.4 good"));
  drop (fixture, files);
  wait_for (fixture, before + 1);
  for (guint i = 0; i < 100 && g_list_model_get_n_items (gtk_window_get_toplevels ()) < 2; i++)
    app_settle (25);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM inbox WHERE name = 'good name.pdf'"), ==, 1);
  dismiss_dialogs (fixture);
}

static void
choose (AppFixture *fixture, guint kind, const char *examined_on)
{
  DeskPaperForm *form = DESK_PAPER_FORM (app_find (view (fixture), DESK_TYPE_PAPER_FORM, 0));

  desk_paper_form_choose_kind (form, kind);
  gtk_editable_set_text (GTK_EDITABLE (desk_paper_form_get_input (form, "examined_on")), examined_on);
}

/* Enter in the list: the first takes the patient that the name suggests, the second files. */
static void
test_file_by_keys (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  GtkListView *list = list_of (inbox);
  DeskPatientPicker *picker = DESK_PATIENT_PICKER (app_find (inbox, DESK_TYPE_PATIENT_PICKER, 0));
  gint64 before = waiting (fixture);

  g_assert_cmpint (before, ==, 3); /* of the sample */
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 0);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 1);

  /* Without a kind nothing is filed, and with a day that could be two neither. */
  g_signal_emit_by_name (list, "activate", 0);
  app_settle (100);
  g_assert_cmpint (waiting (fixture), ==, before);
  choose (fixture, 3, "3/4/2026");
  g_signal_emit_by_name (list, "activate", 0);
  app_settle (100);
  g_assert_cmpint (waiting (fixture), ==, before);

  choose (fixture, 3, "令和8年4月3日");
  g_signal_emit_by_name (list, "activate", 0);
  wait_for (fixture, before - 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document d JOIN inbox i ON i.document_id = d.id WHERE d.patient_id = 1"
                                   " AND d.kind = 'bloodwork' AND d.examined_on = '2026-04-03' AND d.state = 'received'"), ==, 1);

  /* The next is there, and the same patient is offered; but Enter takes only whom the file names. */
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 0);
  g_signal_emit_by_name (list, "activate", 0);
  app_settle (50);
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 0);
  gtk_widget_activate_action (inbox, "inbox.before", NULL);
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 1);

  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  wait_for (fixture, before);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE examined_on = '2026-04-03'"), ==, 0);
}

static void
test_together (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  GtkListView *list = list_of (inbox);
  DeskPatientPicker *picker = DESK_PATIENT_PICKER (app_find (inbox, DESK_TYPE_PATIENT_PICKER, 0));
  gint64 documents = count (fixture, "SELECT count (*) FROM document");

  gtk_selection_model_select_all (gtk_list_view_get_model (list));
  desk_inbox_parts_set_part (DESK_INBOX_PARTS (app_find (inbox, DESK_TYPE_INBOX_PARTS, 0)), 2, "translation");
  desk_patient_picker_set_id (picker, 2);
  choose (fixture, 0, "2026-03");
  gtk_widget_activate_action (inbox, "inbox.file", NULL);
  wait_for (fixture, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document"), ==, documents + 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document_file"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM document WHERE part = 'translation' AND examined_on = '2026-03'"), ==, 1);
}

static void
test_aside (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);

  gtk_widget_activate_action (inbox, "inbox.aside", NULL);
  wait_for (fixture, 2);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (fixture->window)));
  wait_for (fixture, 3);
}

/* What was begun for one item is there again after a look at another. */
static void
test_draft (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  GtkSelectionModel *selection = gtk_list_view_get_model (list_of (inbox));
  DeskPaperForm *form = DESK_PAPER_FORM (app_find (inbox, DESK_TYPE_PAPER_FORM, 0));
  GtkEditable *examined = GTK_EDITABLE (desk_paper_form_get_input (form, "examined_on"));

  choose (fixture, 4, "2026-02-01");
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (examined), ==, "");
  g_assert_null (desk_paper_form_get_kind (form));
  gtk_selection_model_select_item (selection, 0, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (examined), ==, "2026-02-01");
  g_assert_cmpstr (desk_paper_form_get_kind (form), ==, "viral");
  g_assert_true (desk_inbox_view_unsaved (DESK_INBOX_VIEW (inbox)));
}

static void
test_many (AppFixture *fixture, gconstpointer data)
{
  gint64 before = waiting (fixture);
  GSList *files = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("page %u.pdf", i + 1), *content = g_strdup_printf ("%%PDF-1.4 %u", i);
      files = g_slist_prepend (files, make_file (fixture, name, content));
    }
  drop (fixture, files);
  wait_for (fixture, before + 60);

  /* In the order of their names, the second before the tenth. */
  g_autoptr (GArray) ids = desk_inbox_ids (reader (fixture), FALSE, NULL);
  g_autoptr (DeskInboxItem) second = desk_inbox_load (reader (fixture), g_array_index (ids, gint64, 1), NULL);
  g_assert_cmpstr (second->name, ==, "page 2.pdf");
}

/* Files added for a patient begin with that patient; the next that come in do not. */
static void
test_for_patient (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  DeskPatientPicker *picker = DESK_PATIENT_PICKER (app_find (inbox, DESK_TYPE_PATIENT_PICKER, 0));
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = make_file (fixture, "one.pdf", "%PDF-1.4 for");
  gint64 before = waiting (fixture);

  g_list_store_append (files, file);
  desk_inbox_view_add_files_for (DESK_INBOX_VIEW (inbox), G_LIST_MODEL (files), 2);
  wait_for (fixture, before + 1);
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 2);
  drop (fixture, g_slist_append (NULL, make_file (fixture, "two.pdf", "%PDF-1.4 nobody")));
  wait_for (fixture, before + 2);
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 0);
}

/* Date, language and source of the paper before: not by themselves, and never over what was typed. */
static void
test_repeat (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  DeskPaperForm *form = DESK_PAPER_FORM (app_find (inbox, DESK_TYPE_PAPER_FORM, 0));
  GtkEditable *day = GTK_EDITABLE (desk_paper_form_get_input (form, "examined_on"));
  GtkEditable *language = GTK_EDITABLE (desk_paper_form_get_input (form, "language"));
  GtkEditable *source = GTK_EDITABLE (desk_paper_form_get_input (form, "source"));

  desk_patient_picker_set_id (DESK_PATIENT_PICKER (app_find (inbox, DESK_TYPE_PATIENT_PICKER, 0)), 1);
  choose (fixture, 3, "2026-02-01");
  gtk_editable_set_text (language, "ja");
  gtk_editable_set_text (source, "Keio");
  gtk_widget_activate_action (inbox, "inbox.file", NULL);
  wait_for (fixture, 2);
  g_assert_cmpstr (gtk_editable_get_text (day), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (source), ==, "");
  gtk_editable_set_text (language, "en");
  gtk_widget_activate_action (inbox, "inbox.repeat", NULL);
  g_assert_cmpstr (gtk_editable_get_text (day), ==, "2026-02-01");
  g_assert_cmpstr (gtk_editable_get_text (language), ==, "en");
  g_assert_cmpstr (gtk_editable_get_text (source), ==, "Keio");
}

static void
paste (AppFixture *fixture, GdkContentProvider *content, gint64 expected)
{
  GtkWidget *inbox = view (fixture);

  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (inbox), content));
  gtk_widget_activate_action (inbox, "inbox.paste", NULL);
  wait_for (fixture, expected);
}

/* A picture as it is, files, and a link, which is written down and nothing more. */
static void
test_paste (AppFixture *fixture, gconstpointer data)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  gint64 before = waiting (fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static (png, sizeof png);
  g_autoptr (GdkContentProvider) picture = gdk_content_provider_new_for_bytes ("image/png", bytes);
  g_autoptr (GFile) file = make_file (fixture, "pasted.pdf", "%PDF-1.4 pasted");
  GSList one = { file, NULL };
  GdkFileList *list = gdk_file_list_new_from_list (&one);
  g_autoptr (GdkContentProvider) files = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_autoptr (GdkContentProvider) link = gdk_content_provider_new_typed (G_TYPE_STRING, "https://203.0.113.1/study?x=1");

  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  paste (fixture, picture, before + 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM inbox WHERE came_by = 'paste' AND media_type = 'image/png'"), ==, 1);
  paste (fixture, files, before + 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM inbox WHERE came_by = 'paste' AND name = 'pasted.pdf'"), ==, 1);
  paste (fixture, link, before + 3);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM inbox WHERE link = 'https://203.0.113.1/study?x=1' AND digest = '' AND bytes = 0"), ==, 1);
}

static gboolean
says (GtkWidget *inbox, const char *words)
{
  GtkWidget *label;

  for (guint i = 0; (label = app_find (inbox, GTK_TYPE_LABEL, i)); i++)
    if (gtk_widget_get_mapped (label) && strstr (gtk_label_get_label (GTK_LABEL (label)), words))
      return TRUE;
  return FALSE;
}

/* The form says whose paper the same content is already, and that a name is wrong. */
static void
test_odd (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *inbox = view (fixture);
  gint64 before = waiting (fixture);

  drop (fixture, g_slist_append (NULL, make_file (fixture, "lies.jpg", "%PDF-1.4 lies")));
  wait_for (fixture, before + 1);
  g_assert_true (says (inbox, "The name says otherwise"));

  desk_patient_picker_set_id (DESK_PATIENT_PICKER (app_find (inbox, DESK_TYPE_PATIENT_PICKER, 0)), 2);
  choose (fixture, 3, "2026-02-01");
  gtk_widget_activate_action (inbox, "inbox.file", NULL);
  wait_for (fixture, before);
  drop (fixture, g_slist_append (NULL, make_file (fixture, "again.pdf", "%PDF-1.4 lies")));
  wait_for (fixture, before + 1);
  g_assert_true (says (inbox, "already among the papers of"));
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/inbox/drop", test_drop);
  ADD ("/inbox/refused", test_refused);
  ADD ("/inbox/file-by-keys", test_file_by_keys);
  ADD ("/inbox/together", test_together);
  ADD ("/inbox/aside", test_aside);
  ADD ("/inbox/draft", test_draft);
  ADD ("/inbox/many", test_many);
  ADD ("/inbox/for-patient", test_for_patient);
  ADD ("/inbox/repeat", test_repeat);
  ADD ("/inbox/paste", test_paste);
  ADD ("/inbox/odd", test_odd);
  return g_test_run ();
}
