/* What a step of a unit costs – event, place, custody, sums, audit and the durable commit of them – against the same
 * number of rows inserted by bare SQLite in one transaction; and what the proof of a bank costs against reading the
 * rows it replays.
 *
 *   bench-bank [UNITS]      ten events each; 100,000 by default. Goals: 2; some seconds. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "desk-bank-verify.h"
#include "desk-cells.h"
#include "desk-store.h"

#define STEPS 600
#define ROWS_OF_A_STEP 5 /* event, custody, place, unit, audit */

/* A bank as the program would have made it, written past its triggers, which would take minutes. $ is the number of units. */
static const char fill_sql[]
    = "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', '試');"
      "INSERT INTO staff (id, name, role) VALUES (1, 'One', 'culture'), (2, 'Two', 'culture'), (3, 'Three', 'quality');"
      "INSERT INTO patient (id, chart, family, created_at, updated_at)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n <= $ / 100) SELECT n, 'P' || n, 'One', 0, 0 FROM t;"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id)"
      " SELECT id, id, 'C' || id, 'apheresis', 0, 50, 1 FROM patient;"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) SELECT id, id, id, 'L' || id, '2026-01-01' FROM patient;"
      "INSERT INTO result (lot_id, test, value, passed, stage, reported_on, entered_at, entered_by)"
      " SELECT l.id, t.code, 'ok', 1, 'final', '2026-01-02', 0, 1 FROM lot l, lot_test t WHERE t.required = 1;"
      "INSERT INTO container (id, kind, name) VALUES (1, 'tank', 'Tank');"
      "INSERT INTO container (id, parent_id, kind, name, row)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 40) SELECT 1 + n, 1, 'rack', 'Rack ' || n, n FROM t;"
      "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n <= $ / 80)"
      " SELECT 100 + n, 2 + n % 40, 'box', 'Box ' || n, 'grid', 9, 9, n FROM t;";

static const char past_sql[]
    = "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at, life, life_seq, quality, quality_seq, label, label_seq)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < $)"
      " SELECT n, 1 + n / 100, 1 + n / 100, 'dose_frozen', 'U' || n, 50, 1000000000, '2099-01-01', 0, 'frozen', 5, 'released', 2, 'verified', 3 FROM t;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT u.id, s.column1, s.column2, NULLIF (s.column2 - 1, 0), s.column3, s.column4, s.column5, 3, 2 FROM unit u, (VALUES"
      " ('label', 1, 'new', 'none', 10), ('label', 2, 'none', 'printed', 20), ('label', 3, 'printed', 'verified', 30),"
      " ('life', 1, 'new', 'planned', 10), ('life', 2, 'planned', 'filled', 10), ('life', 3, 'filled', 'frozen', 40),"
      " ('life', 4, 'frozen', 'missing', 60), ('life', 5, 'missing', 'frozen', 70),"
      " ('quality', 1, 'new', 'quarantine', 10), ('quality', 2, 'quarantine', 'released', 50)) s;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id, until, ended_by)"
      " SELECT id, 100 + (id - 1) / 80, 1 + (id - 1) % 80 / 9, 1 + (id - 1) % 80 % 9, 40, 3, 2, 60, 3 FROM unit;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
      " SELECT id, 100 + (id - 1) / 80, 1 + (id - 1) % 80 / 9, 1 + (id - 1) % 80 % 9, 70, 3, 2 FROM unit;"
      "INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, performer_id, witness_id)"
      " SELECT u.id, s.column1, s.column2, s.column3, CASE s.column3 WHEN 'place' THEN p.container_id END,"
      "  CASE s.column3 WHEN 'place' THEN p.row ELSE 0 END, CASE s.column3 WHEN 'place' THEN p.col ELSE 0 END, 3, 2"
      " FROM unit u JOIN placement p ON p.unit_id = u.id AND p.until IS NULL,"
      " (VALUES (1, 10, 'hand'), (2, 40, 'place'), (3, 60, 'lost'), (4, 70, 'place')) s;"
      "UPDATE container_sum SET used = (SELECT count (*) FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL"
      " WHERE a.above_id = container_sum.container_id);";

/* What the replay reads, and nothing done with it. */
static const char *const bare_reads[] = {
  "SELECT id, number, kind, use_until, life, life_seq, quality, quality_seq, label, label_seq FROM unit ORDER BY id",
  "SELECT unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, recorded_at FROM unit_event ORDER BY unit_id, axis, seq",
  "SELECT unit_id, container_id, row, col, since, until, performer_id, witness_id FROM placement ORDER BY unit_id, since, id",
  "SELECT unit_id, seq, at, what, container_id, row, col, carried_in, performer_id, witness_id FROM custody ORDER BY unit_id, seq",
};

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

static void
run (DeskDb *db, const char *sql, const char *units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (sql);

  g_string_replace (text, "$", units, 0);
  must (desk_db_exec (db, text->str, &error), error);
}

/* Drops every trigger, or brings them back as they were. */
static void
without_triggers (DeskDb *db, const char *units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) drop = g_string_new (NULL), create = g_string_new (NULL);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", "");

  while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
    {
      g_string_append_printf (drop, "DROP TRIGGER %s;", desk_stmt_text (stmt, 0));
      g_string_append_printf (create, "%s;", desk_stmt_text (stmt, 1));
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  must (desk_db_exec (db, drop->str, &error), error);
  run (db, past_sql, units);
  must (desk_db_exec (db, create->str, &error), error);
}

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

/* As many rows of the same size, in one transaction. */
static void
insert_bare (DeskDb *bare)
{
  g_autoptr (GError) error = NULL;

  must (desk_db_exec (bare, "BEGIN IMMEDIATE", &error), error);
  for (int i = 0; i < ROWS_OF_A_STEP; i++)
    must (desk_db_run (bare, &error, "INSERT INTO line (unit, at, what, who, text) VALUES ($1, $2, $3, $4, $5)", "iitit", (gint64) 1000,
                       (gint64) 1700000000, "missing", (gint64) 3, "a line of a usual length, as an event or its audit row would be"),
          error);
  must (desk_db_exec (bare, "COMMIT", &error), error);
}

/* A dose is missed and found, turn about with the bare inserts, so that a busy disk is busy for both. */
static void
bench_step (DeskDb *db, DeskDb *bare, const char *label)
{
  g_autoptr (GError) error = NULL;
  gint64 ours[STEPS], theirs[STEPS];

  for (int i = 0; i < STEPS; i++)
    {
      gint64 unit = 1 + i / 2 * 37;
      DeskUnitAct act = { .unit_id = unit, .step = i % 2 ? DESK_STEP_FOUND : DESK_STEP_MISSING, .performer = 3, .witness = 2, .reason = "count",
                          .container_id = 100 + (unit - 1) / 80, .row = 1 + (unit - 1) % 80 / 9, .col = 1 + (unit - 1) % 80 % 9 };
      gint64 start = g_get_monotonic_time ();

      must (desk_unit_act (db, &act, &error), error);
      ours[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      insert_bare (bare);
      theirs[i] = g_get_monotonic_time () - start;
    }
  double mine = median_of (ours, STEPS), limit = median_of (theirs, STEPS);
  printf ("a step of a unit, %s: %.0f µs; %d bare inserts in one transaction: %.0f µs; ratio %.2f (goal 2)\n", label, mine, ROWS_OF_A_STEP,
          limit, mine / limit);
}

static void
on_fault (const DeskBankFault *fault, gpointer user_data)
{
  printf ("%s %s: %s\n", fault->code, fault->number, fault->words);
}

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
bench_proof (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 events, faults, start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (bare_reads); i++)
    must (desk_db_run (db, &error, bare_reads[i], ""), error);
  double bare = (g_get_monotonic_time () - start) / 1e6;
  long before = peak_kib ();
  start = g_get_monotonic_time ();
  must (desk_bank_verify (db, on_fault, NULL, &faults, &error), error);
  double ours = (g_get_monotonic_time () - start) / 1e6;
  must (desk_db_value (db, &events, &error, "SELECT count (*) FROM unit_event", ""), error);
  printf ("proof of a bank of %" G_GINT64_FORMAT " events: %.2f s, %" G_GINT64_FORMAT " faults, %ld KiB more memory;"
          " reading the rows alone: %.2f s; ratio %.2f\n", events, ours, faults, peak_kib () - before, bare, ours / bare);
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
main (int argc, char *argv[])
{
  const char *units = argc > 1 ? argv[1] : "100000";
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL), *bare_path = g_build_filename (folder, "bare", NULL);
  DeskDb *db = desk_store_create (path, &error);

  must (db != NULL, error);
  must (desk_db_exec (db, "PRAGMA synchronous = OFF; BEGIN", &error), error);
  run (db, fill_sql, units);
  without_triggers (db, units);
  must (desk_db_exec (db, "COMMIT; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint (TRUNCATE)", &error), error);
  DeskDb *bare = desk_db_open (bare_path, DESK_ENGINE_CREATE, &error);
  must (bare != NULL, error);
  must (desk_db_exec (bare, "CREATE TABLE line (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,"
                            " who INTEGER NOT NULL, text TEXT NOT NULL) STRICT", &error), error);

  bench_step (db, bare, "durable");
  must (desk_db_exec (db, "PRAGMA synchronous = OFF", &error) && desk_db_exec (bare, "PRAGMA synchronous = OFF", &error), error);
  bench_step (db, bare, "without waiting for the disk");
  bench_proof (db);

  desk_db_close (bare);
  desk_db_close (db);
  remove_file (bare_path);
  remove_file (path);
  g_rmdir (folder);
  return 0;
}
