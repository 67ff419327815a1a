/* A disc is read, its studies are filed to a patient and taken back; somebody else's only with a reason; all or none. */
#include <glib/gstdio.h>
#include <string.h>

#include "app-fixture.h"
#include "desk-disc-dialog.h"
#include "desk-documents.h"
#include "desk-inbox.h"
#include "desk-patients.h"
#include "desk-studies.h"
#include "desk-toast.h"

#define PATIENT 1 /* of the sample */
#define STUDY_A "1.2.826.0.1.1"
#define STUDY_B "1.2.826.0.1.2"
#define OTHERS "1.2.826.0.1.3"

static void
put (GByteArray *out, guint group, guint number, const char *vr, const char *value)
{
  gsize length = strlen (value), even = length + (length & 1);
  guint8 head[8] = { group & 255, group >> 8, number & 255, number >> 8, vr[0], vr[1], even & 255, even >> 8 };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, (const guint8 *) value, length);
  if (length & 1)
    g_byte_array_append (out, (const guint8 *) " ", 1);
}

/* A report without pixels: nothing of it needs a tool to be shown. */
static void
make_file (const char *folder, const char *file, const char *study, const char *name, const char *birth)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *path = g_build_filename (folder, file, NULL), *uid = g_strdup_printf ("%s.1.%s", study, file);
  g_auto (GStrv) day = g_strsplit (birth, "-", -1);
  g_autofree char *plain = g_strjoinv ("", day);
  g_autoptr (GError) error = NULL;

  g_byte_array_set_size (out, 128);
  memset (out->data, 0, out->len);
  memcpy (out->data, "MZ", 2);
  g_byte_array_append (out, (const guint8 *) "DICM", 4);
  put (out, 2, 0x10, "UI", "1.2.840.10008.1.2.1");
  put (out, 8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.2");
  put (out, 8, 0x18, "UI", uid);
  put (out, 8, 0x20, "DA", "20260517");
  put (out, 8, 0x60, "CS", "CT");
  put (out, 0x10, 0x10, "PN", name);
  put (out, 0x10, 0x30, "DA", plain);
  put (out, 0x20, 0x0d, "UI", study);
  put (out, 0x20, 0x0e, "UI", uid);
  g_file_set_contents (path, (const char *) out->data, out->len, &error);
  g_assert_no_error (error);
}

/* Two studies of a patient of the clinic, and one of her on another day of birth. */
static char *
make_disc (AppFixture *f)
{
  char *folder = g_build_filename (f->folder, "disc", NULL);
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_session_reader (f->session), PATIENT, NULL);
  g_autofree char *name = g_strdup_printf ("%s^%s", patient->family, patient->given);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  make_file (folder, "1", STUDY_A, name, patient->birth);
  make_file (folder, "2", STUDY_A, name, patient->birth);
  make_file (folder, "3", STUDY_B, name, patient->birth);
  make_file (folder, "4", OTHERS, name, "1901-01-01");
  return folder;
}

static gboolean
sandbox_here (void)
{
  const char *argv[] = { "bwrap", "--unshare-all", "--ro-bind", "/", "/", "true", NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                       NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (DESK_IS_DISC_DIALOG (l->data))
      return l->data;
  return NULL;
}

/* The dialog with the disc read. */
static GtkWidget *
open_disc (AppFixture *f, const char *folder)
{
  desk_window_go (f->window, "papers");
  desk_disc_dialog_show (desk_window_get_page (f->window, "papers"), folder);
  GtkWidget *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  GtkStack *stack = GTK_STACK (app_find (dialog, GTK_TYPE_STACK, 0));
  for (guint i = 0; i < 200 && g_str_equal (gtk_stack_get_visible_child_name (stack), "busy"); i++)
    app_settle (50);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "found");
  return dialog;
}

static void
tick (GtkWidget *dialog, guint study)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (app_find (dialog, GTK_TYPE_CHECK_BUTTON, study)), TRUE);
}

static GtkWidget *
file_button (GtkWidget *dialog)
{
  GtkWidget *button;

  for (guint i = 0; (button = app_find (dialog, GTK_TYPE_BUTTON, i)); i++)
    if (gtk_widget_has_css_class (button, "suggested-action"))
      return button;
  g_assert_not_reached ();
}

static void
wait_gone (void)
{
  for (guint i = 0; i < 200 && find_dialog (); i++)
    app_settle (50);
  g_assert_null (find_dialog ());
}

static gint64
filed (AppFixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  gint64 document = 0, patient = 0;

  g_assert_true (desk_study_find (desk_session_reader (f->session), uid, &document, &patient, &error));
  g_assert_true (document == 0 || patient == PATIENT);
  return document;
}

static guint
count_contents (AppFixture *f)
{
  g_autofree char *path = g_strconcat (f->path, ".files", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder && g_dir_read_name (folder))
    n++;
  return n;
}

static void
check_contents (AppFixture *f, gint64 document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) digests = desk_document_digests (desk_session_reader (f->session), document, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (digests->len, ==, 2);
  for (guint i = 0; i < digests->len; i++)
    {
      g_autoptr (GBytes) bytes = desk_contents_get (desk_page_get_contents (desk_window_get_page (f->window, "papers")),
                                                    g_ptr_array_index (digests, i), NULL, &error);
      g_assert_no_error (error);
      const guint8 *data = g_bytes_get_data (bytes, NULL);
      for (guint j = 0; j < 128; j++)
        g_assert_cmpuint (data[j], ==, 0);
    }
}

static void
test_file (AppFixture *f, gconstpointer data)
{
  g_autofree char *folder = make_disc (f);
  guint before = count_contents (f);
  GtkWidget *dialog;

  if (!sandbox_here ())
    {
      g_test_skip ("no sandbox can be made here");
      return;
    }
  dialog = open_disc (f, folder);
  g_assert_false (gtk_widget_get_sensitive (file_button (dialog)));
  tick (dialog, 0);
  tick (dialog, 1);
  g_assert_true (gtk_widget_get_sensitive (file_button (dialog))); /* the patient was found, and nothing differs */
  gtk_widget_activate_action (dialog, "disc.file", NULL);
  wait_gone ();
  g_assert_cmpint (filed (f, STUDY_A), !=, 0);
  g_assert_cmpint (filed (f, STUDY_B), !=, 0);
  g_assert_cmpint (filed (f, OTHERS), ==, 0);
  check_contents (f, filed (f, STUDY_A));
  g_assert_cmpuint (count_contents (f), ==, before + 3);

  g_assert_true (desk_toast_take_back (GTK_WIDGET (f->window)));
  for (guint i = 0; i < 100 && filed (f, STUDY_A); i++)
    app_settle (50);
  g_assert_cmpint (filed (f, STUDY_A), ==, 0);
  g_assert_cmpint (filed (f, STUDY_B), ==, 0);
  app_settle (300);
  g_assert_cmpuint (count_contents (f), ==, before);
}

static void
test_difference (AppFixture *f, gconstpointer data)
{
  g_autofree char *folder = make_disc (f);
  GtkWidget *dialog;

  if (!sandbox_here ())
    {
      g_test_skip ("no sandbox can be made here");
      return;
    }
  dialog = open_disc (f, folder);
  tick (dialog, 0);
  tick (dialog, 2);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (app_find (dialog, GTK_TYPE_CHECK_BUTTON, 0)))); /* another patient */
  g_assert_false (gtk_widget_get_sensitive (file_button (dialog)));
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, ADW_TYPE_ENTRY_ROW, 0)), "  ");
  g_assert_false (gtk_widget_get_sensitive (file_button (dialog)));
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, ADW_TYPE_ENTRY_ROW, 0)), "seen on the passport");
  g_assert_true (gtk_widget_get_sensitive (file_button (dialog)));
  gtk_widget_activate_action (dialog, "disc.file", NULL);
  wait_gone ();
  g_assert_cmpint (filed (f, OTHERS), !=, 0);
  g_assert_cmpint (filed (f, STUDY_A), ==, 0);
}

/* A file is gone when it is copied: no study is filed, nothing is left, and what was chosen still is. */
static void
test_all_or_none (AppFixture *f, gconstpointer data)
{
  g_autofree char *folder = make_disc (f), *last = g_build_filename (folder, "3", NULL);
  guint before = count_contents (f);
  GtkWidget *dialog;

  if (!sandbox_here ())
    {
      g_test_skip ("no sandbox can be made here");
      return;
    }
  dialog = open_disc (f, folder);
  tick (dialog, 0);
  tick (dialog, 1);
  g_assert_cmpint (g_unlink (last), ==, 0);
  gtk_widget_activate_action (dialog, "disc.file", NULL);
  GtkStack *stack = GTK_STACK (app_find (dialog, GTK_TYPE_STACK, 0));
  for (guint i = 0; i < 200 && g_str_equal (gtk_stack_get_visible_child_name (stack), "busy"); i++)
    app_settle (50);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (app_find (dialog, GTK_TYPE_CHECK_BUTTON, 0))));
  g_assert_true (gtk_widget_get_sensitive (file_button (dialog)));
  g_assert_cmpint (filed (f, STUDY_A), ==, 0);
  g_assert_cmpuint (count_contents (f), ==, before);
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_settle (100);
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/disc/file", test_file);
  ADD ("/disc/difference", test_difference);
  ADD ("/disc/all-or-none", test_all_or_none);
  return g_test_run ();
}
