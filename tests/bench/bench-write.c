/* A guarded, audited write against the cheapest durable commit SQLite has to offer: one row of the same size
 * into a plain table, WAL, synchronous FULL. The two are done in turn on one disk.
 *
 *   bench-write [FOLDER] [ROUNDS]      goal: median ratio at most 1.5 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "desk-patients.h"
#include "desk-store.h"

typedef struct
{
  DeskDb *db;
  sqlite3 *bare;
  sqlite3_stmt *insert;
  DeskPatient *patient;
  guint round;
} Bench;

static void
set (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

static double
elapsed (gint64 begin)
{
  return g_get_monotonic_time () - begin;
}

static void
save (Bench *bench, DeskPatient *patient)
{
  g_autoptr (GError) error = NULL;

  if (!desk_patient_save (bench->db, patient, &error))
    g_error ("%s", error->message);
}

static double
new_patient (Bench *bench)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();

  set (&patient->family, g_strdup_printf ("Nguyen%c%c", 'a' + bench->round % 26, 'a' + bench->round / 26 % 26));
  set (&patient->given, g_strdup ("Thi Huong"));
  set (&patient->family_native, g_strdup ("阮"));
  set (&patient->birth, g_strdup ("1956-06-12"));
  set (&patient->passport, g_strdup_printf ("C%07u", bench->round * 7919));
  set (&patient->phone, g_strdup_printf ("+84 90 %07u", bench->round * 104729 % 10000000));
  gint64 begin = g_get_monotonic_time ();
  save (bench, patient);
  return elapsed (begin);
}

/* The everyday write: a field of a record that is open on the page. */
static double
change_note (Bench *bench)
{
  set (&bench->patient->note, g_strdup_printf ("round %u", bench->round));
  gint64 begin = g_get_monotonic_time ();
  save (bench, bench->patient);
  return elapsed (begin);
}

static double
change_name (Bench *bench)
{
  set (&bench->patient->given, g_strdup_printf ("Mary%c Jane", 'a' + bench->round % 26));
  gint64 begin = g_get_monotonic_time ();
  save (bench, bench->patient);
  return elapsed (begin);
}

static double
bare_commit (Bench *bench)
{
  g_autofree char *text = g_strnfill (350, 'x');
  gint64 begin = g_get_monotonic_time ();

  sqlite3_bind_text (bench->insert, 1, text, -1, SQLITE_STATIC);
  if (sqlite3_exec (bench->bare, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK || sqlite3_step (bench->insert) != SQLITE_DONE
      || sqlite3_reset (bench->insert) != SQLITE_OK || sqlite3_exec (bench->bare, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->bare));
  return elapsed (begin);
}

static const struct
{
  const char *label;
  double (*run) (Bench *bench);
} kinds[] = {
  { "bare durable commit", bare_commit },
  { "patient, one field changed", change_note },
  { "patient, name and words changed", change_name },
  { "patient, new", new_patient },
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
report (GArray *times[], guint n_rounds)
{
  double base = 0;

  g_print ("%u rounds, microseconds\n%-34s %10s %10s %8s\n", n_rounds, "write", "median", "p99", "ratio");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_array_sort (times[k], compare);
      double median = g_array_index (times[k], double, n_rounds / 2);

      if (k == 0)
        base = median;
      g_print ("%-34s %10.0f %10.0f %8.2f\n", kinds[k].label, median, g_array_index (times[k], double, n_rounds * 99 / 100),
               median / base);
      g_array_unref (times[k]);
    }
}

int
main (int argc, char *argv[])
{
  guint n_rounds = argc > 2 ? atoi (argv[2]) : 1000;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (argc > 1 ? argv[1] : g_get_tmp_dir (), "uketsuke-bench-XXXXXX", NULL);
  GArray *times[G_N_ELEMENTS (kinds)];
  Bench bench = { .patient = desk_patient_new () };

  if (!g_mkdtemp (folder))
    g_error ("%s: cannot make a folder", folder);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain.sqlite", NULL);
  bench.db = desk_store_create (path, &error);
  if (!bench.db || sqlite3_open (plain, &bench.bare) != SQLITE_OK
      || sqlite3_exec (bench.bare, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)",
                       NULL, NULL, NULL)
             != SQLITE_OK
      || sqlite3_prepare_v2 (bench.bare, "INSERT INTO t (text) VALUES (?)", -1, &bench.insert, NULL) != SQLITE_OK)
    g_error ("%s", error ? error->message : "cannot begin");

  set (&bench.patient->family, g_strdup ("Changing"));
  save (&bench, bench.patient);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    times[k] = g_array_new (FALSE, FALSE, sizeof (double));
  for (bench.round = 0; bench.round < n_rounds; bench.round++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        double time = kinds[k].run (&bench);

        g_array_append_val (times[k], time);
      }
  report (times, n_rounds);

  sqlite3_finalize (bench.insert);
  sqlite3_close (bench.bare);
  desk_db_close (bench.db);
  desk_patient_free (bench.patient);
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", folder);
  return g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL) ? 0 : 1;
}
