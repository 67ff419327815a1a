/* A clinic file that a medium, a program or a person has damaged: cut, zeroed, with bytes changed. Whatever is read of
 * it is right or an error in words; opening and reading never changes it.
 *
 * DESK_TEST_FLIPS sets how many damaged files are tried. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk-attention.h"
#include "desk-audit.h"
#include "desk-book.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-documents.h"
#include "desk-export.h"
#include "desk-letters.h"
#include "desk-patients.h"
#include "desk-sample.h"
#include "desk-store.h"

#define PAGE 4096
#define TODAY 20777 /* 2026-11-20 */

static char *folder, *path, *out;
static char *whole;
static gsize length;

static void
note (GError *error)
{
  /* An error has words; which ones, the damage decides. */
  if (error && (!*error->message || !g_utf8_validate (error->message, -1, NULL)))
    g_error ("%s %d: no words", g_quark_to_string (error->domain), error->code);
  g_clear_error (&error);
}

/* A list or record that may be damaged: freed when there, explained when not. */
#define LOOK(type, expression) \
  do \
    { \
      GError *error = NULL; \
      g_autoptr (type) got = expression; \
      g_assert_true ((got == NULL) == (error != NULL)); \
      note (error); \
    } \
  while (0)

static void
look_at_patients (DeskDb *db)
{
  static const char *const texts[] = { "a", "kim", "P-0000", "さ" };

  for (int sort = DESK_PATIENT_SORT_NAME; sort <= DESK_PATIENT_SORT_SEEN; sort++)
    LOOK (GArray, desk_patient_ids (db, sort, &error));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    LOOK (GArray, desk_patient_search (db, texts[i], 50, &error));
  for (gint64 id = 1; id <= 3; id++)
    {
      LOOK (DeskPatient, desk_patient_load (db, id, &error));
      LOOK (GPtrArray, desk_patient_rows (db, &id, 1, &error));
      LOOK (GPtrArray, desk_document_list (db, id, &error));
      LOOK (GPtrArray, desk_visit_of_patient (db, id, &error));
      LOOK (GPtrArray, desk_unit_of_patient (db, id, &error));
      DeskLetterWanted wanted = { .name = "consent", .language = "en", .patient_id = id };
      LOOK (DeskLetter, desk_letter_compose (db, &wanted, TODAY, &error));
    }
}

static void
look_at_cells (DeskDb *db)
{
  LOOK (GArray, desk_unit_ids (db, NULL, &error));
  LOOK (GArray, desk_unit_search (db, "L26", 50, &error));
  LOOK (GPtrArray, desk_lot_list (db, 0, &error));
  LOOK (GPtrArray, desk_container_children (db, 0, &error));
  for (gint64 id = 1; id <= 4; id++)
    {
      LOOK (DeskUnit, desk_unit_load (db, id, &error));
      LOOK (GPtrArray, desk_unit_history (db, id, &error));
      LOOK (GPtrArray, desk_unit_in_container (db, id, &error));
      LOOK (GPtrArray, desk_container_path (db, id, &error));
      LOOK (GPtrArray, desk_lot_results (db, id, &error));
      LOOK (GPtrArray, desk_hold_list (db, id, &error));
    }
}

static void
look_at_book (DeskDb *db)
{
  gint64 from = (gint64) (TODAY - 3) * 86400;

  LOOK (GPtrArray, desk_visit_between (db, from, from + 7 * 86400, &error));
  LOOK (GPtrArray, desk_visit_type_list (db, &error));
  LOOK (GPtrArray, desk_resource_list (db, &error));
  LOOK (GPtrArray, desk_today_attention (db, TODAY, &error));
  LOOK (DeskClinic, desk_clinic_load (db, &error));
  LOOK (GPtrArray, desk_staff_list (db, FALSE, &error));
  LOOK (GArray, desk_document_ids (db, NULL, &error));
}

static void
look_at_all (DeskDb *db)
{
  GError *error = NULL;
  gint64 bad;

  g_assert_true (desk_store_check (db, &error) == (error == NULL));
  note (g_steal_pointer (&error));
  g_assert_true (desk_audit_verify (db, &bad, &error) == (error == NULL));
  note (g_steal_pointer (&error));
  look_at_patients (db);
  look_at_cells (db);
  look_at_book (db);
  g_assert_true (desk_export (db, DESK_EXPORT_CLINIC, 0, TODAY, out, TRUE, NULL, NULL, NULL, &error) == (error == NULL));
  note (error);
}

/* A damaged file is opened to be written, all of it is read, and it is the same afterwards. */
static void
try_bytes (const char *bytes, gsize n)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL), *shared = g_strconcat (path, "-shm", NULL), *after = NULL;
  GError *error = NULL;
  gsize n_after;

  unlink (path);
  g_assert_true (g_file_set_contents_full (path, bytes, n, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  DeskDb *db = desk_store_open (path, FALSE, &error);
  g_assert_true ((db == NULL) == (error != NULL));
  note (error);
  if (db)
    {
      look_at_all (db);
      desk_db_close (db);
    }
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (after, n_after, bytes, n);
  unlink (log);
  unlink (shared);
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;

  try_bytes (whole, length);
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (desk_store_check (db, &error));
  unlink (out);
  g_assert_true (desk_export (db, DESK_EXPORT_CLINIC, 0, TODAY, out, FALSE, NULL, NULL, NULL, &error));
}

static void
test_cut (void)
{
  for (gsize n = 0; n < length; n += PAGE)
    {
      DeskError code = n < 100 ? DESK_ERROR_FOREIGN : DESK_ERROR_CORRUPT;
      g_autoptr (GError) error = NULL;

      try_bytes (whole, n);
      g_assert_null (desk_store_open (path, FALSE, &error));
      g_assert_error (error, DESK_ERROR, (int) code);
    }
}

static void
test_zeroed (void)
{
  for (gsize at = 0; at < length; at += PAGE)
    {
      g_autofree char *bytes = g_memdup2 (whole, length);

      memset (bytes + at, 0, MIN (PAGE, length - at));
      try_bytes (bytes, length);
    }
}

/* From one changed byte to many; half of the time only in texts, which no check of the pages can notice. */
static void
test_flipped (void)
{
  const char *wanted = g_getenv ("DESK_TEST_FLIPS");
  int n = wanted ? atoi (wanted) : 200;

  for (int seed = 0; seed < n; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *bytes = g_memdup2 (whole, length);
      int flips = 1 << g_rand_int_range (random, 0, 9);

      g_test_message ("seed %d: %d bytes", seed, flips);
      for (int i = 0; i < flips; i++)
        {
          gsize at = g_rand_int_range (random, 0, (int) length);

          if (seed % 2 && !g_ascii_isalpha (bytes[at]))
            continue;
          bytes[at] = (char) g_rand_int_range (random, 0, 256);
        }
      try_bytes (bytes, length);
    }
}

static void
remove_all (const char *dir_path)
{
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (dir_path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_all (child);
      else
        unlink (child);
    }
  rmdir (dir_path);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("uketsuke-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "clinic.uketsuke", NULL);
  out = g_build_filename (folder, "out.xml", NULL);
  g_assert_true (desk_sample_create (path, 3, 1, TODAY, NULL, NULL, NULL, &error));
  g_assert_true (g_file_get_contents (path, &whole, &length, &error));
  g_test_add_func ("/damage/whole", test_whole);
  g_test_add_func ("/damage/cut", test_cut);
  g_test_add_func ("/damage/zeroed", test_zeroed);
  g_test_add_func ("/damage/flipped", test_flipped);
  int status = g_test_run ();

  remove_all (folder);
  g_free (folder);
  g_free (path);
  g_free (out);
  g_free (whole);
  return status;
}
