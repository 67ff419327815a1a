/* What a guarded, audited move of a dose costs against a bare durable commit of one row, and what opening a tank
 * of 100,000 occupied places costs against the barest count over the same index; both in the same run. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "desk-cells.h"
#include "desk-store.h"

#define MOVES 400
#define OPENINGS 30

/* 1,235 boxes of 81 in 13 racks of one tank; 100,000 units, filled and standing in them. */
static const char fill_sql[]
    = "PRAGMA synchronous = OFF; BEGIN;"
      "INSERT INTO staff (id, name, role) VALUES (1, 'One', 'culture'), (2, 'Two', 'culture');"
      "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 1, 'C1', 'apheresis', 0, 50, 1, 1);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01');"
      "INSERT INTO container (id, kind, name) VALUES (1, 'tank', 'Tank');"
      "INSERT INTO container (id, parent_id, kind, name, row)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 13) SELECT 1 + n, 1, 'rack', 'Rack ' || n, n FROM t;"
      "INSERT INTO container (id, parent_id, kind, name, rows, cols, row)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 1234)"
      " SELECT 100 + n, 2 + n / 95, 'box', 'Box ' || n, 9, 9, n FROM t;"
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100000)"
      " SELECT n, 1, 1, 'dose_frozen', 'U' || n, 50, 1000000000, '2099-01-01', 0 FROM t;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 1, NULL, 'new', 'planned', 0, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 2, 1, 'planned', 'filled', 0, 1, 2 FROM unit;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id)"
      " SELECT id, 100 + (id - 1) / 81, 1 + (id - 1) % 81 / 9, 1 + (id - 1) % 9, 0, 1 FROM unit;"
      "COMMIT; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint (TRUNCATE)";

static const char bare_count_sql[] = "SELECT container_id, count (*) FROM placement WHERE until IS NULL GROUP BY container_id";

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
  return times[n / 2];
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

/* Turn about, so that a busy disk is busy for both. */
static void
bench_move (DeskDb *db, DeskDb *bare)
{
  g_autoptr (GError) error = NULL;
  gint64 guarded[MOVES], single[MOVES];

  for (int i = 0; i < MOVES; i++)
    {
      /* The last box has places left: the unit goes to and fro between two of them. */
      DeskUnitAct act = { .unit_id = 100000, .step = DESK_STEP_MOVE, .performer = 1, .container_id = 1334, .row = 8 + i % 2, .col = 9 };
      gint64 start = g_get_monotonic_time ();

      must (desk_unit_act (db, &act, &error), error);
      guarded[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      must (desk_db_run (bare, &error, "INSERT INTO line (unit, place) VALUES ($1, $2)", "id", G_GINT64_CONSTANT (100000), i), error);
      single[i] = g_get_monotonic_time () - start;
    }
  double ours = median_of (guarded, MOVES), limit = median_of (single, MOVES);
  printf ("guarded, audited move of a dose: %.0f µs; bare durable commit of one row: %.0f µs; ratio %.2f (goal 1.5)\n", ours, limit,
          ours / limit);
}

static void
bench_open (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 tank[OPENINGS], rack[OPENINGS], bare[OPENINGS];

  for (int i = 0; i < OPENINGS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) racks = desk_container_children (db, 1, &error);
      must (racks && racks->len == 13, error);
      tank[i] = g_get_monotonic_time () - start;

      start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) boxes = desk_container_children (db, 2, &error);
      must (boxes && boxes->len == 95, error);
      rack[i] = g_get_monotonic_time () - start;

      start = g_get_monotonic_time ();
      must (desk_db_run (db, &error, bare_count_sql, ""), error);
      bare[i] = g_get_monotonic_time () - start;
    }
  double ours = median_of (tank, OPENINGS), limit = median_of (bare, OPENINGS);
  printf ("opening a tank of 100,000 places: %.2f ms; counting them by box over the bare index: %.2f ms; ratio %.2f\n", ours / 1000,
          limit / 1000, ours / limit);
  printf ("opening a rack of 95 boxes in it: %.2f ms\n", median_of (rack, OPENINGS) / 1000);
}

static void
remove_file (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL), *bare_path = g_build_filename (folder, "bare", NULL);
  DeskDb *db = desk_store_create (path, &error);

  must (db != NULL, error);
  must (desk_db_exec (db, fill_sql, &error), error);
  DeskDb *bare = desk_db_open (bare_path, DESK_ENGINE_CREATE, &error);
  must (bare != NULL, error);
  must (desk_db_exec (bare, "CREATE TABLE line (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, place INTEGER NOT NULL) STRICT", &error), error);

  bench_move (db, bare);
  bench_open (db);

  desk_db_close (bare);
  desk_db_close (db);
  remove_file (bare_path);
  remove_file (path);
  g_rmdir (folder);
  return 0;
}
