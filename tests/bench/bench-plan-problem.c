/* The planner's problem of a patient over 365 days, in a clinic that books 100 visits a day, against the barest statement
 * that reads the same bookings, in the same run: bench-plan-problem [FILE], a clinic's file instead of the one made here. */
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>

#include "desk-plan-problem.h"
#include "desk-sample.h"
#include "desk-store.h"

#define PATIENTS 40
#define TODAY desk_day_from_ymd (2026, 11, 20)

/* 5 minutes of a chair each 30, ten chairs, eight hours, every day of a year. */
static const char fill_sql[]
    = "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " SELECT 1 + (d.n * 100 + c.n) % 2000, 'viral_test', 'proposed', 1795185000 + 86400 * (d.n + 288 * e.n) + 4800 * (c.n % 7) + 300 * (c.n / 7), "
      " 1795185000 + 86400 * (d.n + 288 * e.n) + 4800 * (c.n % 7) + 300 * (c.n / 7) + 300,"
      " 1795185000 + 86400 * (d.n + 288 * e.n) + 4800 * (c.n % 7) + 300 * (c.n / 7),"
      " 1795185000 + 86400 * (d.n + 288 * e.n) + 4800 * (c.n % 7) + 300 * (c.n / 7) + 300, 0"
      " FROM tick d, tick c, tick e WHERE c.n < 84 AND e.n < 2 AND d.n + 288 * e.n < 365";

static const char take_sql[]
    = "INSERT INTO visit_resource (visit_id, resource_id) SELECT v.id, (SELECT min (id) FROM resource WHERE kind = 'chair') FROM visit v"
      " WHERE v.type = 'viral_test' AND v.status = 'proposed'";

static const char book_sql[]
    = "UPDATE OR IGNORE visit SET status = 'booked' WHERE type = 'viral_test' AND status = 'proposed'";

static const char stamp_sql[]
    = "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1, 'proposed', 'booked', 5 FROM visit"
      " WHERE type = 'viral_test' AND status = 'proposed'";

static const char bare_sql[]
    = "SELECT v.busy_from, v.busy_until, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.starts_at > $1 AND v.starts_at < $2 AND v.status <> 'proposed'";

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

static void
fill (DeskDb *db)
{
  g_autoptr (GError) error = NULL;

  must (desk_db_exec (db, "PRAGMA synchronous = OFF; BEGIN", &error), error);
  must (desk_db_run (db, &error, fill_sql, ""), error);
  must (desk_db_run (db, &error, take_sql, ""), error);
  must (desk_db_run (db, &error, stamp_sql, ""), error);
  must (desk_db_run (db, &error, book_sql, ""), error);
  must (desk_db_exec (db, "COMMIT", &error), error);
}

static gint64
bare (DeskDb *db, guint *rows)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time (), from = (gint64) TODAY * 86400;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, bare_sql, "ii", from, from + 365 * 86400);
  DeskStep step = DESK_STEP_ERROR;

  *rows = 0;
  while (stmt && (step = desk_stmt_step (stmt, &error)) == DESK_STEP_ROW)
    (*rows)++;
  must (step == DESK_STEP_DONE, error);
  return g_get_monotonic_time () - begun;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = argc > 1 ? g_strdup (argv[1]) : g_build_filename (folder, "clinic.uketsuke", NULL);
  g_autofree char *quoted = g_shell_quote (folder);
  g_autofree char *remove = g_strconcat ("rm -r ", quoted, NULL);
  gint64 ours = 0, longest = 0, theirs = G_MAXINT64;
  guint rows = 0;
  DeskPlanOptions options;

  if (argc == 1)
    must (desk_sample_create (path, 2000, 1, TODAY, NULL, NULL, NULL, &error), error);
  g_autoptr (DeskDb) db = desk_store_open (path, argc == 1 ? 0 : DESK_ENGINE_READ_ONLY, &error);
  must (db != NULL, error);
  if (argc == 1)
    fill (db);
  desk_plan_options_init (&options);
  for (gint64 id = 1; id <= PATIENTS; id++)
    {
      gint64 begun = g_get_monotonic_time (), took;
      g_autoptr (DeskPlanFile) file = desk_plan_problem_load (db, id, &options, TODAY, &error);

      must (file != NULL, error);
      took = g_get_monotonic_time () - begun;
      ours += took;
      longest = MAX (longest, took);
      theirs = MIN (theirs, bare (db, &rows));
    }
  printf ("problem of one patient, 365 days, %u bookings: %.2f ms (longest %.2f ms); bare read of the bookings %.2f ms: %.2f times\n", rows,
          (double) ours / PATIENTS / 1000, (double) longest / 1000, (double) theirs / 1000, (double) ours / PATIENTS / (double) theirs);
  return system (remove) == 0 ? 0 : 1;
}
