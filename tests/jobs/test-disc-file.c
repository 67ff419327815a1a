/* The files of a study among real contents: put, filed, and taken back only while nothing names them. */
#include <glib/gstdio.h>
#include <string.h>

#include "../store/store-fixture.h"
#include "desk-disc-file.h"

#define ADD_PATIENT \
  "INSERT INTO patient (id, chart, family, given, sex, birth, sort_name, created_at, updated_at)" \
  " VALUES (1, 'C-1', 'YAMADA', 'TARO', 'M', '1961-03-04', 'yamada', 0, 0)"
#define ONE(file) \
  "path\t" file "\nbytes\t200\nuid\t1.1." file "\nname\tYamada^Taro\nbirth\t1961-03-04\nsex\tM\nstudy-uid\t1\nseries-uid\t1.1\nmodality\tCT\n"

/* A disc of two files, the first of which begins as a program does. */
static DeskDisc *
make_disc (const char *folder)
{
  static const char answer[] = "files\t2\n" ONE ("a") ONE ("b") "end\t2\n";
  DeskDisc *disc = desk_disc_parse (answer, strlen (answer), NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (folder, i == 0 ? "a" : "b", NULL);
      char file[200] = "";

      memcpy (file, "\177ELF", 4);
      memcpy (file + 128, i == 0 ? "DICM one" : "DICM two", 8);
      g_assert_true (g_file_set_contents (path, file, sizeof file, NULL));
    }
  g_free (disc->folder);
  disc->folder = g_strdup (folder);
  return disc;
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
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_store (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("disc-XXXXXX", NULL), *files = g_build_filename (folder, "files", NULL);
  g_autofree char *second = g_build_filename (folder, "b", NULL);
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (DeskContents) contents = desk_contents_open (files, key);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_disc_stored_free);
  DeskDisc *disc = make_disc (folder);
  const DeskDiscPatient *patient = g_ptr_array_index (disc->patients, 0);
  const DeskDiscStudy *study = g_ptr_array_index (patient->studies, 0);
  DeskDiscStored *stored = desk_disc_stored_new ();
  gint64 id = 0;

  store_exec (fixture, ADD_PATIENT);
  g_ptr_array_add (all, stored);
  g_assert_true (desk_disc_store (stored, contents, disc, study, NULL, NULL, NULL, &error));
  g_assert_cmpuint (count_files (files), ==, 2);
  g_assert_true (desk_disc_file (fixture->db, patient, study, stored, 1, "", FALSE, &id, &error));
  g_assert_true (desk_disc_take_back (fixture->db, contents, all, &error));
  g_assert_cmpuint (count_files (files), ==, 2); /* the paper names them */
  g_assert_true (desk_study_unfile (fixture->db, id, &error));
  g_assert_true (desk_disc_take_back (fixture->db, contents, all, &error));
  g_assert_cmpuint (count_files (files), ==, 0);

  /* The second file cannot be read: the first is known all the same. */
  g_ptr_array_set_size (all, 0);
  stored = desk_disc_stored_new ();
  g_ptr_array_add (all, stored);
  g_assert_cmpint (g_unlink (second), ==, 0);
  g_assert_false (desk_disc_store (stored, contents, disc, study, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (files), ==, 1);
  g_assert_true (desk_disc_take_back (fixture->db, contents, all, &error));
  g_assert_cmpuint (count_files (files), ==, 0);

  remove_all (files);
  remove_all (folder);
  desk_disc_unref (disc);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/disc-file/store", StoreFixture, NULL, store_fixture_set_up, test_store, store_fixture_tear_down);
  return g_test_run ();
}
