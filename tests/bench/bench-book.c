/* A book of 300,000 visits: 210 a day on 15 chairs, each stamped and holding its slots. Prints what a day, a
 * week and a conflict check cost against the barest statement over the same index, in the same run. */
#include <glib/gstdio.h>
#include <stdio.h>

#include "desk-book.h"
#include "desk-free-slots.h"
#include "desk-store.h"

#define VISITS 300000
#define PER_DAY 210
#define DAYS (VISITS / PER_DAY)
#define FIRST_DAY 20454 /* 2026-01-01 */
#define ROUNDS 300

static const char fill_sql[]
    = "PRAGMA synchronous = OFF; BEGIN;"
      "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', 'クリニック');"
      "INSERT INTO resource (id, kind, name, position)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 15) SELECT n, 'chair', 'Chair ' || n, n FROM t;"
      "INSERT INTO patient (id, chart, family, given, created_at, updated_at)"
      " WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 30000)"
      " SELECT n, 'C' || n, 'FAMILY ' || n, 'GIVEN', 0, 0 FROM t;"
      /* Visit n: chair n % 15, half-hour n / 15 % 14 from 09:00 in Tokyo, day n / 210. */
      "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 299999)"
      " SELECT n + 1, 1 + n % 30000, 'infusion', 'proposed', s, s + 1800, s, s + 1800, 0"
      " FROM (SELECT n, (20454 + n / 210) * 86400 + n / 15 % 14 * 1800 AS s FROM t);"
      "INSERT INTO visit_resource (visit_id, resource_id) SELECT id, 1 + (id - 1) % 15 FROM visit;"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1, 'proposed', 'booked', 0 FROM visit;"
      "UPDATE visit SET status = 'booked'; COMMIT";

static const char bare_sql[]
    = "SELECT id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, course_id, course_step, override,"
      " note, version FROM visit WHERE starts_at > $1 AND starts_at < $2 AND ends_at > $3 ORDER BY starts_at, id";

static const char bare_slots_sql[]
    = "SELECT visit_id FROM visit_slot WHERE resource_id = $1 AND slot >= $2 AND slot < $3";

static const char overlap_sql[]
    = "SELECT v.id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE r.resource_id = $1 AND v.busy_from < $3 AND v.busy_until > $2";

static gint64
day_start (int round)
{
  return (gint64) (FIRST_DAY + round * 37 % (DAYS - 42)) * 86400;
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

/* Steps through and reads every column, as any reader must. */
static guint
run_bare (DeskDb *db, const char *sql, int columns, gint64 a, gint64 b, gint64 c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, sql, "iii", a, b, c);
  DeskStep step = DESK_STEP_ERROR;
  guint rows = 0;

  while (stmt && (step = desk_stmt_step (stmt, &error)) == DESK_STEP_ROW)
    {
      for (int i = 0; i < columns; i++)
        rows += desk_stmt_is_null (stmt, i) ? 0 : desk_stmt_int64 (stmt, i) < 0;
      rows++;
    }
  must (step == DESK_STEP_DONE, error);
  return rows;
}

/* Microseconds for one range of that many days: ours and the bare statement, in turn. */
static void
bench_range (DeskDb *db, const char *label, int days)
{
  gint64 ours = 0, bare = 0;
  guint rows = 0;

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 from = day_start (i), until = from + days * 86400, t0 = g_get_monotonic_time ();
      g_autoptr (GPtrArray) visits = desk_visit_between (db, from, until, &error);
      gint64 t1 = g_get_monotonic_time ();

      must (visits != NULL, error);
      rows = run_bare (db, bare_sql, 13, from - 86400, until, from);
      g_assert_cmpuint (visits->len, ==, rows);
      ours += t1 - t0;
      bare += g_get_monotonic_time () - t1;
    }
  printf ("%s, %u visits: %.0f us, bare indexed query %.0f us, ratio %.2f\n", label, rows, (double) ours / ROUNDS,
          (double) bare / ROUNDS, (double) ours / (double) bare);
}

static void
bench_check (DeskDb *db)
{
  gint64 ours = 0, bare = 0, overlap = 0;
  DeskVisitType type = { .minutes = 60 };

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 chair = 1 + i % 15;
      DeskVisit wanted = { .patient_id = 1 + i, .type = (char *) "infusion",
                           .resources = g_array_new (FALSE, FALSE, sizeof (gint64)) };

      g_array_append_val (wanted.resources, chair);
      desk_visit_set_time (&wanted, &type, day_start (i) + 3600, 0);
      gint64 t0 = g_get_monotonic_time ();
      g_autoptr (GPtrArray) conflicts = desk_visit_check (db, &wanted, 0, &error);
      gint64 t1 = g_get_monotonic_time ();

      must (conflicts != NULL && conflicts->len >= 2, error);
      run_bare (db, bare_slots_sql, 1, chair, wanted.busy_from / 300, wanted.busy_until / 300);
      gint64 t2 = g_get_monotonic_time ();
      ours += t1 - t0;
      bare += t2 - t1;
      if (i % 100 == 0)
        {
          run_bare (db, overlap_sql, 1, chair, wanted.busy_from, wanted.busy_until);
          overlap += (g_get_monotonic_time () - t2) * 100;
        }
      g_array_unref (wanted.resources);
    }
  printf ("conflict check with all rules and names: %.0f us, bare slot key %.1f us, plain overlap query %.0f us (%.0f times slower)\n",
          (double) ours / ROUNDS, (double) bare / ROUNDS, (double) overlap / ROUNDS, (double) overlap / (double) ours);
}

/* Steps with an index must not cost more where the book is fuller: the last thing a save does. */
static void
bench_save (DeskDb *db)
{
  gint64 ours = 0;
  DeskVisitType type = { .minutes = 30 };

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 chair = 1 + i % 15;
      DeskVisit visit = { .patient_id = 1 + i, .type = (char *) "infusion", .status = (char *) "booked",
                          .resources = g_array_new (FALSE, FALSE, sizeof (gint64)) };

      g_array_append_val (visit.resources, chair);
      desk_visit_set_time (&visit, &type, day_start (i) + 10 * 3600, 0);
      gint64 t0 = g_get_monotonic_time ();
      must (desk_visit_save (db, &visit, &error), error);
      ours += g_get_monotonic_time () - t0;
      g_array_unref (visit.resources);
    }
  printf ("booking, without waiting for the disk: %.0f us\n", (double) ours / ROUNDS);
}

/* Free times of 90 days on 10 chairs: the bare statement reads the same slots of the same chairs. */
static void
bench_free (DeskDb *db)
{
  gint64 ours = 0, bare = 0;
  guint found = 0, slots = 0;

  for (int i = 0; i < 40; i++)
    {
      g_autoptr (GError) error = NULL;
      DeskDay first = FIRST_DAY + i * 31 % (DAYS - 91);
      DeskSlotSearch search = { .type = "infusion", .first = first, .last = first + 89, .one_a_day = i % 2 };
      gint64 from = (gint64) first * 288, t0 = g_get_monotonic_time ();
      g_autoptr (GPtrArray) free_times = desk_free_slots (db, &search, 0, &error);
      gint64 t1 = g_get_monotonic_time ();

      must (free_times != NULL && free_times->len > 40, error);
      found = MAX (found, free_times->len);
      for (gint64 chair = 1; chair <= 10; chair++)
        slots += run_bare (db, bare_slots_sql, 1, chair, from, from + 90 * 288);
      ours += t1 - t0;
      bare += g_get_monotonic_time () - t1;
    }
  printf ("free times, 90 days x 10 chairs, %u slots taken, %u times found: %.0f us, bare covering query %.0f us, ratio %.2f\n", slots / 40, found,
          (double) ours / 40, (double) bare / 40, (double) ours / (double) bare);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL);
  static const char *suffixes[] = { "", "-wal", "-shm" };

  DeskDb *db = desk_store_create (path, &error);
  must (db != NULL, error);
  must (desk_db_exec (db, fill_sql, &error), error);
  bench_range (db, "day", 1);
  bench_range (db, "week", 7);
  bench_range (db, "month", 42);
  bench_check (db);
  bench_save (db);
  must (desk_db_exec (db, "UPDATE resource SET active = 0 WHERE id > 10", &error), error);
  bench_free (db);
  desk_db_close (db);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      g_unlink (file);
    }
  g_rmdir (folder);
  return 0;
}
