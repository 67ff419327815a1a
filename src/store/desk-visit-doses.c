/* The doses of a visit that will not be: given back, and promised again when that is taken back. */
#include "desk-book-private.h"

static const char close_sql[]
    = "UPDATE reservation SET closed_at = $2 WHERE visit_id = $1 AND closed_at IS NULL RETURNING unit_id";

/* What went back with the last stamp but one, the newest being the one that takes it back; and whether the guards
 * would let it be promised to this visit now. */
static const char given_back_sql[]
    = "SELECT u.id, u.number, max (r.opened_by), CASE WHEN u.patient_id = v.patient_id"
      " AND u.life IN ('planned', 'filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic')"
      " AND u.quality NOT IN ('rejected', 'recalled')"
      " AND NOT EXISTS (SELECT 1 FROM reservation o WHERE o.unit_id = u.id AND o.closed_at IS NULL) THEN 1 ELSE 0 END"
      " FROM reservation r JOIN unit u ON u.id = r.unit_id JOIN visit v ON v.id = r.visit_id"
      " WHERE r.visit_id = $1 AND r.closed_at = (SELECT s.at FROM visit_stamp s WHERE s.visit_id = $1"
      " AND s.seq = (SELECT max (seq) - 1 FROM visit_stamp WHERE visit_id = $1))"
      " GROUP BY u.id, u.number, u.patient_id, u.life, u.quality, v.patient_id ORDER BY u.number";

static const char open_sql[]
    = "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by)"
      " SELECT u.id, $2, u.patient_id, $3, $4 FROM unit u WHERE u.id = $1";

/* A dose promised to a visit that will not be goes back to its patient's stock. */
gboolean
desk_visit_doses_give_back (DeskTxn *txn, DeskDb *db, gint64 visit_id, gint64 at, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, close_sql, "ii", visit_id, at);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_txn_changed (txn, DESK_KIND_UNIT, desk_stmt_int64 (stmt, 0));
  return step == DESK_STEP_DONE;
}

typedef struct
{
  gint64 unit_id, by;
  char *number;
  gboolean free;
} Dose;

static void
dose_clear (gpointer data)
{
  g_free (((Dose *) data)->number);
}

static GArray *
read_given_back (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (GArray) doses = g_array_new (FALSE, FALSE, sizeof (Dose));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, given_back_sql, "i", visit_id);
  DeskStep step = DESK_STEP_ERROR;

  g_array_set_clear_func (doses, dose_clear);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Dose dose = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 2), desk_stmt_dup_text (stmt, 1), desk_stmt_int (stmt, 3) == 1 };
      g_array_append_val (doses, dose);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&doses) : NULL;
}

/* Promises again what went back when the visit was called off, the step that takes it back being written already. What is
 * promised elsewhere, used or barred by now stays away: gone gets its numbers, comma separated, or NULL; the caller frees
 * it. */
gboolean
desk_visit_doses_promise_again (DeskTxn *txn, DeskDb *db, gint64 visit_id, gint64 at, char **gone, GError **error)
{
  g_autoptr (GArray) doses = read_given_back (db, visit_id, error);
  g_autoptr (GString) numbers = g_string_new (NULL);
  gint64 actor = desk_db_get_actor (db);

  if (!doses)
    return FALSE;
  for (guint i = 0; i < doses->len; i++)
    {
      const Dose *dose = &g_array_index (doses, Dose, i);

      if (!dose->free)
        {
          g_string_append_printf (numbers, "%s%s", numbers->len ? ", " : "", dose->number);
          continue;
        }
      /* Nobody has said who is at the desk: it stays with who promised it. */
      if (!desk_db_run (db, error, open_sql, "iiii", dose->unit_id, visit_id, at, actor ? actor : dose->by)
          || !desk_txn_log (txn, "unit.reserve", DESK_KIND_UNIT, dose->unit_id, dose->number, error))
        return FALSE;
    }
  *gone = numbers->len ? g_string_free (g_steal_pointer (&numbers), FALSE) : NULL;
  return TRUE;
}
