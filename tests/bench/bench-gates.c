/* The gates of 200 visits of the sample, as the book asks for them when it opens a day: against the barest statements
 * that read the same rows for each of them, in the same run. A frame is 16.7 ms. */
#include <gio/gio.h>
#include <stdio.h>

#include "desk-book.h"
#include "desk-gates.h"
#include "desk-sample.h"
#include "desk-store.h"

#define VISITS 200
#define ROUNDS 40
#define FRAME_US 16667
#define TODAY desk_day_from_ymd (2026, 11, 20)

static const char *const bare_sql[] = {
  "SELECT * FROM patient WHERE id = $1",
  "SELECT * FROM gate_override WHERE patient_id = $1 AND revoked_at IS NULL",
  "SELECT * FROM document WHERE patient_id = $1",
  "SELECT * FROM trip WHERE patient_id = $1",
  "SELECT u.* FROM visit v JOIN reservation r ON r.visit_id = v.id JOIN unit u ON u.id = r.unit_id WHERE v.patient_id = $1 AND r.closed_at IS NULL",
};

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error ? error->message : "failed");
}

/* Those a gate watches, 200 of them. */
static GPtrArray *
watched (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = desk_visit_between (db, (gint64) TODAY * 86400, (gint64) (TODAY + 60) * 86400, &error);
  GPtrArray *chosen = g_ptr_array_new ();

  must (visits != NULL, error);
  g_ptr_array_set_free_func (visits, NULL);
  for (guint i = 0; i < visits->len && chosen->len < VISITS; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);
      DeskGate gate;

      if (desk_gate_of_visit (visit->type, &gate) && !desk_visit_is_final (visit->status))
        g_ptr_array_add (chosen, (gpointer) visit);
    }
  return chosen;
}

static void
run_bare (DeskDb *db, const GPtrArray *visits)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < visits->len; i++)
    for (guint s = 0; s < G_N_ELEMENTS (bare_sql); s++)
      {
        const DeskVisit *visit = g_ptr_array_index (visits, i);
        g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, bare_sql[s], "i", visit->patient_id);
        DeskStep step = DESK_STEP_ERROR;

        while (stmt && (step = desk_stmt_step (stmt, &error)) == DESK_STEP_ROW)
          ;
        must (step == DESK_STEP_DONE, error);
      }
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL);
  g_autofree char *quoted = g_shell_quote (folder);
  g_autofree char *remove = g_strconcat ("rm -r ", quoted, NULL);
  gint64 ours = 0, bare = 0, longest = 0;

  must (desk_sample_create (path, 2000, 1, TODAY, NULL, NULL, NULL, &error), error);
  DeskDb *db = desk_store_open (path, FALSE, &error);
  must (db != NULL, error);
  g_autoptr (GPtrArray) visits = watched (db);
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 t0 = g_get_monotonic_time ();
      g_autoptr (GArray) marks = desk_gates_marks (db, visits, TODAY, &error);
      gint64 t1 = g_get_monotonic_time ();

      must (marks != NULL && marks->len == visits->len, error);
      run_bare (db, visits);
      ours += t1 - t0;
      longest = MAX (longest, t1 - t0);
      bare += g_get_monotonic_time () - t1;
    }
  printf ("gates of %u visits: %.0f us, longest %.0f us (a frame is %d), bare queries %.0f us, ratio %.2f\n", visits->len,
          (double) ours / ROUNDS, (double) longest, FRAME_US, (double) bare / ROUNDS, (double) ours / (double) bare);
  desk_db_close (db);
  return g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL) ? 0 : 1;
}
