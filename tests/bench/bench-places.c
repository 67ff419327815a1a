/* The next free place in a bank of 1,000,000 positions, and the map of a tank of 100,000, against the barest read of one
 * box over the same index; all in the same run. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "desk-cells.h"
#include "desk-store.h"

#define ROUNDS 200

/* Ten tanks of 13 racks of 95 boxes of 81: 1,000,350 positions. The first tank is full but for one place at its end. */
static const char fill_sql[]
    = "PRAGMA synchronous = OFF; BEGIN;"
      "INSERT INTO staff (id, name, role) VALUES (1, 'One', 'culture'), (2, 'Two', 'culture');"
      "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 1, 'C1', 'apheresis', 0, 50, 1, 1);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01');"
      "INSERT INTO container (id, kind, name) VALUES (1, 'site', 'Site');"
      "INSERT INTO container (id, parent_id, kind, name, row)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT 10 + n, 1, 'tank', 'Tank ' || n, n FROM t;"
      "INSERT INTO container (id, parent_id, kind, name, row)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 129) SELECT 100 + n, 10 + n / 13, 'rack', 'Rack ' || n, n FROM t;"
      "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 12349)"
      " SELECT 1000 + n, 100 + n / 95, 'box', 'Box ' || n, 'grid', 9, 9, n FROM t;"
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100034)"
      " SELECT n, 1, 1, 'dose_frozen', 'U' || n, 50, 1000000000, '2099-01-01', 0 FROM t;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 1, NULL, 'new', 'planned', 0, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 2, 1, 'planned', 'filled', 0, 1, 2 FROM unit;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
      " SELECT id, 1000 + (id - 1) / 81, 1 + (id - 1) % 81 / 9, 1 + (id - 1) % 9, 0, 1, 2 FROM unit;"
      "COMMIT; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint (TRUNCATE)";

static int
compare (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
median_of (gint64 *times, guint n)
{
  qsort (times, n, sizeof *times, compare);
  return MAX (1, times[n / 2]);
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

/* The barest way to know the free places of one box: its taken ones over the index. */
static void
read_box (DeskDb *db, gint64 box)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, &error, "SELECT row, col FROM placement WHERE container_id = $1 AND until IS NULL ORDER BY row, col", "i", box);
  DeskStep step;

  must (stmt != NULL, error);
  while ((step = desk_stmt_step (stmt, &error)) == DESK_STEP_ROW)
    ;
  must (step == DESK_STEP_DONE, error);
}

static void
find (DeskDb *db, gint64 from, guint n, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  DeskPlace start = { .container_id = from };
  const DeskPlaceItem item = { "dose_frozen", "filled", "quarantine", FALSE };

  gboolean found = desk_places_free (db, &start, &item, n, places, &error);
  must (found, error);
  must (places->len == n && g_array_index (places, DeskPlace, 0).container_id == expected, NULL);
}

static void
bench (DeskDb *db)
{
  gint64 bare[ROUNDS], bank[ROUNDS], tank[ROUNDS], many[ROUNDS], open[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      read_box (db, 1000 + i);
      bare[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      find (db, 1, 1, 2234);
      bank[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      find (db, 15, 1, 1000 + 5 * 13 * 95);
      tank[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      find (db, 1, 100, 2234);
      many[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) racks = desk_container_children (db, 10, &error);
      must (racks && racks->len == 13, error);
      open[i] = g_get_monotonic_time () - start;
    }
  double limit = median_of (bare, ROUNDS);
  double first = median_of (bank, ROUNDS), empty = median_of (tank, ROUNDS), hundred = median_of (many, ROUNDS), map = median_of (open, ROUNDS);
  printf ("one box of 81 read over the bare index: %.0f µs\n", limit);
  printf ("next free place in a bank of 1,000,350, behind a full tank: %.0f µs; ratio %.1f\n", first, first / limit);
  printf ("next free place of an empty tank in it: %.0f µs; ratio %.1f\n", empty, empty / limit);
  printf ("the next 100 free places: %.0f µs; ratio %.1f\n", hundred, hundred / limit);
  printf ("opening the map of the tank of 100,035: %.0f µs; ratio %.1f\n", map, map / limit);
}

int
main (void)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL);
  DeskDb *db = desk_store_create (path, &error);

  must (db != NULL, error);
  gboolean filled = desk_db_exec (db, fill_sql, &error);
  must (filled, error);
  bench (db);
  desk_db_close (db);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
  g_rmdir (folder);
  return 0;
}
