/* The black-out pack: once an evening, the last seven kept, whole or not there. */
#include "desk-blackout.h"
#include "desk-clinics.h"
#include "small-clinic.h"
#include "store-fixture.h"

#include <glib/gstdio.h>

#define NIGHT (20000 * (gint64) 86400 + 11 * 3600) /* 20:00 in Tokyo */

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, small_clinic);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static void
test_nightly (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "blackout", NULL);
  g_autofree char *first = g_build_filename (folder, "blackout-2024-10-04.pdf", NULL);
  g_autofree char *last = g_build_filename (folder, "blackout-2024-10-13.pdf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean written;

  g_assert_true (desk_blackout_nightly (fixture->db, folder, NIGHT - 60, &written, &error));
  g_assert_false (written); /* too early */
  g_assert_cmpuint (count_files (folder), ==, 0);
  for (int day = 0; day < 10; day++)
    {
      g_assert_true (desk_blackout_nightly (fixture->db, folder, NIGHT + day * 86400, &written, &error));
      g_assert_no_error (error);
      g_assert_true (written);
      g_assert_true (desk_blackout_nightly (fixture->db, folder, NIGHT + day * 86400 + 600, &written, &error));
      g_assert_false (written); /* once an evening */
    }
  g_assert_cmpuint (count_files (folder), ==, DESK_BLACKOUT_KEPT);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (last, &text, NULL, &error));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pack.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_blackout_write (fixture->db, path, FALSE, &error));
  g_assert_false (desk_blackout_write (fixture->db, path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (desk_blackout_write (fixture->db, path, TRUE, &error));
  g_assert_false (desk_blackout_write (fixture->db, "/nowhere/pack.pdf", FALSE, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/blackout/nightly", StoreFixture, NULL, set_up, test_nightly, store_fixture_tear_down);
  g_test_add ("/blackout/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  return g_test_run ();
}
