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
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE); /* what this computer knows of the file's numbers ends with it */
  fixture->db = desk_store_create (fixture->path, &error);
  g_assert_no_error (error);
}

/* The folder and all in it. */
void
store_remove (const char *folder)
{
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) < 0)
        store_remove (path);
    }
  g_rmdir (folder);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->db, desk_db_close);
  store_remove (fixture->folder);
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
