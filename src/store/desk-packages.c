#include "desk-packages.h"

#include "desk-invoices-private.h"
#include "desk-money-private.h"

static void
free_package (gpointer package)
{
  desk_package_free (package);
}

static void
free_use (gpointer use)
{
  desk_package_use_free (use);
}

/* A patient's packages with how they stand, the newest first: DeskPackage. */
GPtrArray *
desk_package_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_package);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT p.id, p.patient_id, p.invoice_id, i.number, p.code, p.words, p.words_ja, p.visit_type, p.sessions,"
      " (SELECT count (*) FROM package_use u WHERE u.package_id = p.id AND u.ended_at IS NULL AND u.state = 'used'),"
      " (SELECT count (*) FROM package_use u WHERE u.package_id = p.id AND u.ended_at IS NULL AND u.state = 'reserved'),"
      " (SELECT count (*) FROM package_use u WHERE u.package_id = p.id AND u.ended_at IS NULL AND u.state = 'void')"
      " FROM package p JOIN invoice i ON i.id = p.invoice_id WHERE p.patient_id = $1 ORDER BY p.id DESC",
      "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPackage *package = g_new0 (DeskPackage, 1);

      package->id = desk_stmt_int64 (stmt, 0);
      package->patient_id = desk_stmt_int64 (stmt, 1);
      package->invoice_id = desk_stmt_int64 (stmt, 2);
      package->invoice_number = desk_stmt_dup_text (stmt, 3);
      package->code = desk_stmt_dup_text (stmt, 4);
      package->words = desk_stmt_dup_text (stmt, 5);
      package->words_ja = desk_stmt_dup_text (stmt, 6);
      package->visit_type = desk_stmt_dup_text (stmt, 7);
      package->sessions = desk_stmt_int (stmt, 8);
      package->used = desk_stmt_int (stmt, 9);
      package->reserved = desk_stmt_int (stmt, 10);
      package->gone = desk_stmt_int (stmt, 11);
      package->left = package->sessions - package->used - package->reserved - package->gone;
      g_ptr_array_add (all, package);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* What became of the sessions of a package, in the order it happened, with what was let go: DeskPackageUse. */
GPtrArray *
desk_package_uses (DeskDb *db, gint64 package_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_use);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT id, package_id, COALESCE (visit_id, 0), state, reason, at, COALESCE (ended_at, 0) FROM package_use"
                       " WHERE package_id = $1 ORDER BY id",
                       "i", package_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPackageUse *use = g_new0 (DeskPackageUse, 1);

      use->id = desk_stmt_int64 (stmt, 0);
      use->package_id = desk_stmt_int64 (stmt, 1);
      use->visit_id = desk_stmt_int64 (stmt, 2);
      use->state = desk_stmt_dup_text (stmt, 3);
      use->reason = desk_stmt_dup_text (stmt, 4);
      use->at = desk_stmt_int64 (stmt, 5);
      use->ended_at = desk_stmt_int64 (stmt, 6);
      g_ptr_array_add (all, use);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* The oldest package of the patient that has a session left for a visit like this one; 0 for none, or when the visit has
 * its session already. */
gboolean
desk_package_for_visit (DeskDb *db, gint64 visit_id, gint64 *package_id, GError **error)
{
  return desk_db_value (db, package_id, error,
                        "SELECT COALESCE (min (p.id), 0) FROM visit v JOIN package p ON p.patient_id = v.patient_id AND p.visit_type = v.type"
                        " WHERE v.id = $1 AND p.sessions > (SELECT count (*) FROM package_use u WHERE u.package_id = p.id AND u.ended_at IS NULL)"
                        " AND NOT EXISTS (SELECT 1 FROM package_use u WHERE u.visit_id = v.id AND u.ended_at IS NULL)",
                        "i", visit_id);
}

/* Keeps a session for the visit; for one that is done already it counts as used. DESK_ERROR_REFUSED "package-empty",
 * "package-type", "package-step" (the visit is called off); DESK_ERROR_TAKEN when the visit has one. */
gboolean
desk_package_reserve (DeskDb *db, gint64 package_id, gint64 visit_id, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("visit %" G_GINT64_FORMAT, visit_id);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO package_use (package_id, patient_id, state, visit_id, at, by_id)"
                         " SELECT p.id, p.patient_id, CASE v.status WHEN 'done' THEN 'used' ELSE 'reserved' END, v.id, $3, NULLIF ($4, 0)"
                         " FROM package p, visit v WHERE p.id = $1 AND v.id = $2",
                         "iiii", package_id, visit_id, desk_money_now (), desk_db_get_actor (db))
         && desk_txn_log (txn, "package.reserve", DESK_KIND_MONEY, package_id, detail, error) && desk_txn_commit (txn, error);
}

/* Lets a session go that was reserved, or takes back a use that was none. DESK_ERROR_CONFLICT when it was let go
 * meanwhile. */
gboolean
desk_package_release (DeskDb *db, gint64 use_id, GError **error)
{
  gint64 package_id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "UPDATE package_use SET ended_at = $2, version = version + 1 WHERE id = $1 AND ended_at IS NULL AND state <> 'void'"
                         " RETURNING package_id",
                         "ii", use_id, desk_money_now ());

    if (!desk_money_stepped (stmt, &package_id, error))
      return FALSE;
  }
  return desk_txn_log (txn, "package.release", DESK_KIND_MONEY, package_id, NULL, error) && desk_txn_commit (txn, error);
}

/* Sessions that nobody has a claim to, and those kept for visits. */
gboolean
desk_package_left (DeskDb *db, gint64 package_id, gint64 *left, gint64 *reserved, GError **error)
{
  return desk_db_value (db, left, error,
                        "SELECT p.sessions - (SELECT count (*) FROM package_use u WHERE u.package_id = p.id AND u.ended_at IS NULL) FROM package p"
                        " WHERE p.id = $1",
                        "i", package_id)
         && desk_db_value (db, reserved, error,
                           "SELECT count (*) FROM package_use WHERE package_id = $1 AND ended_at IS NULL AND state = 'reserved'", "i", package_id);
}

/* So many of the sessions that are left can never be used. */
gboolean
desk_package_void_inside (DeskDb *db, gint64 package_id, int n, const char *reason, GError **error)
{
  gint64 left, reserved;

  if (!desk_package_left (db, package_id, &left, &reserved, error))
    return FALSE;
  if (left < n)
    return desk_money_refuse (error, left + reserved >= n ? "package-reserved" : "package-empty");
  for (int i = 0; i < n; i++)
    if (!desk_db_run (db, error,
                      "INSERT INTO package_use (package_id, patient_id, state, reason, at, by_id)"
                      " VALUES ($1, (SELECT patient_id FROM package WHERE id = $1), 'void', $2, $3, NULLIF ($4, 0))",
                      "itii", package_id, reason, desk_money_now (), desk_db_get_actor (db)))
      return FALSE;
  return TRUE;
}

/* Voids sessions that are left, with the reason: forfeited, given up. DESK_ERROR_REFUSED "package-empty" or
 * "package-reserved". */
gboolean
desk_package_void (DeskDb *db, gint64 package_id, int n, const char *reason, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_package_void_inside (db, package_id, n, reason, error)
         && desk_txn_log (txn, "package.void", DESK_KIND_MONEY, package_id, reason, error) && desk_txn_commit (txn, error);
}
