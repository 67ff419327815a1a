#include "desk-signatures.h"

#define FREE_TRIES 5
#define FIRST_WAIT 30
#define LONGEST_WAIT (15 * 60)

void
desk_secret_clear (DeskSecret *secret)
{
  g_free (secret->hash);
  *secret = (DeskSecret){ 0 };
}

/* Seconds to wait after so many wrong tries: none for the first ones, then 30, 60 … 15 minutes. */
gint64
desk_secret_wait (int failures)
{
  gint64 wait = failures < FREE_TRIES ? 0 : FIRST_WAIT;

  for (int i = FREE_TRIES; i < failures && wait < LONGEST_WAIT; i++)
    wait *= 2;
  return MIN (wait, LONGEST_WAIT);
}

/* Fills secret; hash NULL for who has none. */
gboolean
desk_secret_load (DeskDb *db, gint64 staff_id, DeskSecret *secret, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT hash, failures, locked_until FROM staff_secret WHERE staff_id = $1", "i",
                                             staff_id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *secret = (DeskSecret){ 0 };
  if (row == DESK_STEP_ROW)
    *secret = (DeskSecret){ desk_stmt_dup_text (stmt, 0), desk_stmt_int (stmt, 1), desk_stmt_int64 (stmt, 2) };
  return row != DESK_STEP_ERROR;
}

/* Whether anybody at work with that role has a secret. */
gboolean
desk_secret_any (DeskDb *db, const char *role, gboolean *any, GError **error)
{
  gint64 n;

  if (!desk_db_value (db, &n, error,
                      "SELECT count (*) FROM staff_secret t JOIN staff s ON s.id = t.staff_id WHERE s.role = $1 AND s.active = 1", "t", role))
    return FALSE;
  *any = n > 0;
  return TRUE;
}

/* Whether that is a manager who is at work. */
gboolean
desk_secret_manager (DeskDb *db, gint64 staff_id, gboolean *manager, GError **error)
{
  gint64 n;

  if (!desk_db_value (db, &n, error, "SELECT count (*) FROM staff WHERE id = $1 AND role = 'manager' AND active = 1", "i", staff_id))
    return FALSE;
  *manager = n > 0;
  return TRUE;
}

/* Sets a new one, or another; wrong tries are forgotten. */
gboolean
desk_secret_set (DeskDb *db, gint64 staff_id, const char *hash, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO staff_secret (staff_id, hash, set_at) VALUES ($1, $2, $3) ON CONFLICT (staff_id)"
                         " DO UPDATE SET hash = $2, set_at = $3, failures = 0, locked_until = 0",
                         "iti", staff_id, hash, g_get_real_time () / G_USEC_PER_SEC)
         && desk_txn_log (txn, "secret.set", DESK_KIND_CLINIC, staff_id, "", error) && desk_txn_commit (txn, error);
}

/* A wrong try, committed on its own: it is counted even if the program is ended right after. */
gboolean
desk_secret_failed (DeskDb *db, gint64 staff_id, gint64 locked_until, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error, "UPDATE staff_secret SET failures = failures + 1, locked_until = $2 WHERE staff_id = $1", "ii", staff_id,
                         locked_until)
         && desk_txn_log (txn, "secret.wrong", DESK_KIND_CLINIC, staff_id, "", error) && desk_txn_commit (txn, error);
}

/* Inside the transaction of what is signed. */
gboolean
desk_secret_right (DeskDb *db, gint64 staff_id, GError **error)
{
  return desk_db_run (db, error, "UPDATE staff_secret SET failures = 0, locked_until = 0 WHERE staff_id = $1 AND failures > 0", "i", staff_id);
}

/* Inside the transaction of what is signed; unit_id 0 for what is not of a unit. */
gboolean
desk_sign_write (DeskDb *db, gint64 staff_id, const char *purpose, gint64 unit_id, gint64 at, GError **error)
{
  return desk_db_run (db, error, "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES ($1, $2, NULLIF ($3, 0), $4)", "itii", staff_id,
                      purpose, unit_id, at);
}
