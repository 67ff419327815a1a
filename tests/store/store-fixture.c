#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("uketsuke-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "clinic.uketsuke", NULL);
  fixture->db = desk_store_create (fixture->path, &error);
  g_assert_no_error (error);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  const char *name;

  g_clear_pointer (&fixture->db, desk_db_close);
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Raw SQL past the program, as a careless tool would send it. */
void
store_exec (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_exec (fixture->db, sql, &error))
    g_error ("%s\n%s", error->message, sql);
}

/* Raw SQL that the file itself must refuse; message NULL accepts any. */
void
store_refuse (StoreFixture *fixture, const char *sql, DeskError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  if (desk_db_exec (fixture->db, sql, &error))
    g_error ("accepted: %s", sql);
  g_assert_error (error, DESK_ERROR, (int) code);
  if (message && !strstr (error->message, message))
    g_error ("«%s» instead of «%s»: %s", error->message, message, sql);
}
