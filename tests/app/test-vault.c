/* The clinic's passphrase: asked at opening, chosen, changed; papers of an older version encrypted. */
#include <glib/gstdio.h>

#include "app-fixture.h"
#include "desk-clinic-contents.h"
#include "desk-passphrase-fields.h"
#include "desk-passphrase.h"
#include "desk-setup.h"
#include "desk-store.h"
#include "desk-strength.h"
#include "desk-vault-bar.h"

#define GOOD "violet kettle harbour ninety"
#define OTHER "copper window thirteen lamps"

static const char clear_text[] = "%PDF-1.4 left in clear by an older version";

/* A clinic as an older version left it: no key, and a paper in clear. */
static void
set_up (AppFixture *fixture, gconstpointer data)
{
  DeskClinic *clinic = g_new0 (DeskClinic, 1);
  DeskStaff first = { .name = (char *) "Sato", .role = (char *) "manager", .active = TRUE };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("uketsuke-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "clinic.uketsuke", NULL);
  clinic->name = g_strdup ("Sakura Clinic");
  clinic->opens = 540;
  clinic->closes = 1080;
  g_assert_true (desk_clinic_create (fixture->path, clinic, &first, NULL, &error));
  desk_clinic_free (clinic);

  g_autofree char *files = desk_store_files_folder (fixture->path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, clear_text, -1);
  g_autofree char *path = g_build_filename (files, digest, NULL);
  g_mkdir (files, 0700);
  g_assert_true (g_file_set_contents (path, clear_text, -1, NULL));

  fixture->session = desk_session_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->window = desk_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static DeskPassphrase *
dialog_now (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_PASSPHRASE (window))
        return DESK_PASSPHRASE (window);
    }
  return NULL;
}

static void
type (GtkWidget *dialog, guint field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, field)), text);
}

static void
ok (DeskPassphrase *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "passphrase.ok", NULL);
}

static void
wait_until_gone (void)
{
  for (guint i = 0; dialog_now () && i < 300; i++)
    app_settle (50);
  g_assert_null (dialog_now ());
}

static GtkWidget *
bar_of (AppFixture *fixture)
{
  return app_find (GTK_WIDGET (fixture->window), DESK_TYPE_VAULT_BAR, 0);
}

static void
choose (AppFixture *fixture)
{
  DeskPassphrase *dialog;

  desk_window_ask_passphrase (fixture->window);
  dialog = dialog_now ();
  g_assert_nonnull (dialog);
  type (GTK_WIDGET (dialog), 1, "short");
  type (GTK_WIDGET (dialog), 2, "short");
  ok (dialog);
  type (GTK_WIDGET (dialog), 1, GOOD);
  type (GTK_WIDGET (dialog), 2, OTHER);
  ok (dialog);
  g_assert_true (desk_contents_is_closed (desk_clinic_contents (fixture->session)));
  type (GTK_WIDGET (dialog), 2, GOOD);
  ok (dialog);
  wait_until_gone ();
}

static void
test_choose (AppFixture *fixture, gconstpointer data)
{
  DeskContents *contents = desk_clinic_contents (fixture->session);
  g_autoptr (GError) error = NULL;

  g_assert_true (gtk_widget_get_visible (bar_of (fixture)));
  choose (fixture);
  g_assert_false (desk_contents_is_closed (contents));
  for (guint i = 0; desk_contents_count_clear (contents) && i < 200; i++)
    app_settle (50);
  app_settle (200);
  g_assert_cmpuint (desk_contents_count_clear (contents), ==, 0);
  g_assert_false (gtk_widget_get_visible (bar_of (fixture)));

  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, clear_text, -1);
  g_autoptr (GBytes) back = desk_contents_get (contents, digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), clear_text, sizeof clear_text - 1);
}

/* Opened again: records are there, papers only after the passphrase. */
static void
test_ask (AppFixture *fixture, gconstpointer data)
{
  choose (fixture);
  app_settle (300);

  g_autoptr (DeskSession) second = desk_session_new (fixture->path, NULL);
  DeskWindow *window = desk_window_new (NULL, second);
  gtk_window_present (GTK_WINDOW (window));
  desk_window_ask_passphrase (window);
  DeskPassphrase *dialog = dialog_now ();
  GtkWidget *bar = app_find (GTK_WIDGET (window), DESK_TYPE_VAULT_BAR, 0);

  g_assert_nonnull (dialog);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpint (desk_clinic_contents_protection (second), ==, DESK_PROTECTION_PASSPHRASE);
  type (GTK_WIDGET (dialog), 0, OTHER);
  ok (dialog);
  GtkWidget *row = app_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, 0);
  for (guint i = 0; !gtk_widget_has_css_class (row, "error") && i < 200; i++)
    app_settle (50);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (desk_contents_is_closed (desk_clinic_contents (second)));
  type (GTK_WIDGET (dialog), 0, GOOD);
  ok (dialog);
  wait_until_gone ();
  g_assert_false (desk_contents_is_closed (desk_clinic_contents (second)));
  g_assert_false (gtk_widget_get_visible (bar));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_change (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  choose (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.passphrase", NULL);
  DeskPassphrase *dialog = dialog_now ();
  type (GTK_WIDGET (dialog), 0, GOOD);
  type (GTK_WIDGET (dialog), 1, OTHER);
  type (GTK_WIDGET (dialog), 2, OTHER);
  ok (dialog);
  wait_until_gone ();

  DeskDb *db = desk_session_reader (fixture->session);
  g_assert_null (desk_clinic_contents_open (db, fixture->path, GOOD, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (DeskContents) contents = desk_clinic_contents_open (db, fixture->path, OTHER, &error);
  g_assert_no_error (error);
  g_assert_false (desk_contents_is_closed (contents));
}

static void
test_strength (void)
{
  static const struct
  {
    const char *passphrase;
    gboolean accepted;
  } rows[] = {
    { "", FALSE }, { "Xq7!bv9", FALSE }, { "aaaaaaaaaaaa", FALSE }, { "abcdefghijkl", FALSE }, { GOOD, TRUE }, { OTHER, TRUE },
    { "さくら並木と白い自転車", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((desk_strength (rows[i].passphrase) >= DESK_STRENGTH_FAIR) != rows[i].accepted)
      g_error ("%s", rows[i].passphrase);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, set_up, func, app_fixture_tear_down)
  g_test_add_func ("/vault/strength", test_strength);
  ADD ("/vault/choose", test_choose);
  ADD ("/vault/ask", test_ask);
  ADD ("/vault/change", test_change);
  return g_test_run ();
}
