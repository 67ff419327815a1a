/* Duplicates against the bare reads beneath them, in one run: who a record being typed may be, against the indexed
 * queries that name the candidates; and the pairs of the whole clinic, against one pass over the same columns.
 *
 *   bench-duplicates UKETSUKECTL FOLDER [PATIENTS] */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk-duplicates.h"
#include "desk-fold.h"
#include "desk-patients.h"
#include "desk-store.h"

#define LOOKS 300

static void
stop (GError *error)
{
  if (error)
    g_error ("%s", error->message);
}

static int
compare_times (const void *a, const void *b)
{
  const gint64 *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static guint
drain (DeskStmt *stmt, GError **error)
{
  guint n = 0;

  while (stmt && desk_stmt_step (stmt, error) == DESK_STEP_ROW)
    n += desk_stmt_text (stmt, 0) != NULL;
  return n;
}

/* The queries by index, nothing weighed. */
static void
look_bare (DeskDb *db, const DeskPatient *one, GError **error)
{
  g_autofree char *sort = desk_patient_sort_name (one), *passport = desk_fold_identifier (one->passport);
  g_autoptr (DeskStmt) born = desk_db_query (db, error, "SELECT id FROM patient WHERE birth = $1 LIMIT 100", "t", one->birth);
  g_autoptr (DeskStmt) named = desk_db_query (db, error, "SELECT id FROM patient WHERE sort_name = $1 LIMIT 200", "t", sort);
  g_autoptr (DeskStmt) word = desk_db_query (db, error, "SELECT patient_id FROM patient_word WHERE word = $1 LIMIT 200", "t", passport);
  g_autoptr (GPtrArray) phones = desk_duplicate_phones (one->phone);

  drain (born, error);
  drain (named, error);
  drain (word, error);
  for (guint i = 0; i < phones->len; i++)
    {
      g_autoptr (DeskStmt) tail = desk_db_query (db, error, "SELECT patient_id FROM patient_word WHERE word = $1 LIMIT 200", "t",
                                                 (char *) phones->pdata[i] + 4);
      drain (tail, error);
    }
}

static void
bench_look (DeskDb *db, gint64 n_patients)
{
  gint64 bare[LOOKS], found[LOOKS];
  GError *error = NULL;

  for (guint i = 0; i < LOOKS; i++)
    {
      g_autoptr (DeskPatient) one = desk_patient_load (db, 1 + (gint64) i * 7919 % n_patients, &error);
      stop (error);
      gint64 start = g_get_monotonic_time ();
      look_bare (db, one, &error);
      bare[i] = g_get_monotonic_time () - start;
      one->id = 0;
      start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) hits = desk_duplicate_find (db, one, &error);
      found[i] = g_get_monotonic_time () - start;
      stop (error);
    }
  qsort (bare, LOOKS, sizeof (gint64), compare_times);
  qsort (found, LOOKS, sizeof (gint64), compare_times);
  g_print ("one record, %" G_GINT64_FORMAT " patients: median %.2f ms, 95 %% %.2f ms; bare queries %.2f ms, ratio %.1f\n", n_patients,
           found[LOOKS / 2] / 1000.0, found[LOOKS * 95 / 100] / 1000.0, bare[LOOKS / 2] / 1000.0,
           (double) found[LOOKS / 2] / MAX (bare[LOOKS / 2], 1));
}

static void
bench_pairs (DeskDb *db)
{
  GError *error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (DeskStmt) all
      = desk_db_query (db, &error, "SELECT family, given, family_native, given_native, kana, birth, passport, phone, email, former FROM patient", "");
  guint n = drain (all, &error);
  gint64 bare = g_get_monotonic_time () - start;

  stop (error);
  start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) pairs = desk_duplicate_pairs (db, 300, NULL, NULL, NULL, &error);
  gint64 found = g_get_monotonic_time () - start;
  stop (error);
  g_print ("all pairs, %u patients: %.2f s, %u found; one bare pass %.2f s, ratio %.1f\n", n, found / 1e6, pairs->len, bare / 1e6,
           (double) found / MAX (bare, 1));
}

int
main (int argc, char *argv[])
{
  const char *count = argc > 3 ? argv[3] : "100000";
  g_autofree char *name = g_strdup_printf ("bench-duplicates-%s.uketsuke", count);
  g_autofree char *path = g_build_filename (argc > 2 ? argv[2] : ".", name, NULL);
  char *make[] = { argc > 1 ? argv[1] : (char *) "uketsukectl", (char *) "sample", path, (char *) "--patients", (char *) count, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  gint64 n = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)
      && (!g_spawn_sync (NULL, make, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error)
          || !g_spawn_check_wait_status (status, &error)))
    g_error ("%s", error->message);
  g_autoptr (DeskDb) db = desk_store_open (path, TRUE, &error);
  stop (error);
  if (!desk_db_value (db, &n, &error, "SELECT count (*) FROM patient", ""))
    stop (error);
  bench_look (db, n);
  bench_pairs (db);
  return 0;
}
