#include "desk-holds.h"

#include <string.h>

#include "desk-cells-private.h"

#define HOLD \
  "SELECT h.id, CASE WHEN h.unit_id IS NOT NULL THEN 0 WHEN h.lot_id IS NOT NULL THEN 1 WHEN h.patient_id IS NOT NULL THEN 2" \
  " WHEN h.container_id IS NOT NULL THEN 3 WHEN h.plan_number IS NOT NULL THEN 4 WHEN h.facility IS NOT NULL THEN 5 ELSE 6 END," \
  " COALESCE (h.unit_id, h.lot_id, h.patient_id, h.container_id, h.reagent_id, 0)," \
  " COALESCE (u.number, l.number, t.family || ' ' || t.given || ' · ' || t.chart, c.name, h.plan_number, h.facility," \
  "  r.name || ' ' || r.lot_number, '')," \
  " h.kind, h.reason, COALESCE (h.lookback_id, 0), h.opened_at, o.name, COALESCE (h.closed_at, 0), e.name, h.closed_why" \
  " FROM hold h JOIN staff o ON o.id = h.opened_by LEFT JOIN staff e ON e.id = h.closed_by LEFT JOIN unit u ON u.id = h.unit_id" \
  " LEFT JOIN lot l ON l.id = h.lot_id LEFT JOIN patient t ON t.id = h.patient_id LEFT JOIN container c ON c.id = h.container_id" \
  " LEFT JOIN reagent_lot r ON r.id = h.reagent_id"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GPtrArray *
read_holds (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) holds = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_hold_free);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskHold *hold = g_new0 (DeskHold, 1);

      hold->id = desk_stmt_int64 (stmt, 0);
      hold->scope = desk_stmt_int (stmt, 1);
      hold->scope_id = desk_stmt_int64 (stmt, 2);
      hold->name = g_strstrip (desk_stmt_dup_text (stmt, 3));
      hold->kind = desk_stmt_dup_text (stmt, 4);
      hold->reason = desk_stmt_dup_text (stmt, 5);
      hold->lookback_id = desk_stmt_int64 (stmt, 6);
      hold->opened_at = desk_stmt_int64 (stmt, 7);
      hold->opened_by = desk_stmt_dup_text (stmt, 8);
      hold->closed_at = desk_stmt_int64 (stmt, 9);
      hold->closed_by = desk_stmt_is_null (stmt, 10) ? NULL : desk_stmt_dup_text (stmt, 10);
      hold->closed_why = desk_stmt_dup_text (stmt, 11);
      g_ptr_array_add (holds, hold);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&holds) : NULL;
}

/* The open holds that block a unit, whatever their scope, oldest first. */
GPtrArray *
desk_hold_list (DeskDb *db, gint64 unit_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, HOLD " WHERE h.id IN (SELECT hold_id FROM unit_hold WHERE unit_id = $1) ORDER BY h.opened_at, h.id", "i", unit_id);

  return read_holds (stmt, error);
}

/* The open holds that stand on a whole lot: its own, and those of its patient, plan, facility and reagents. */
GPtrArray *
desk_hold_of_lot (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      HOLD " WHERE h.id IN (SELECT id FROM hold WHERE lot_id = $1 AND closed_at IS NULL"
           "  UNION SELECT id FROM hold WHERE patient_id = (SELECT patient_id FROM lot WHERE id = $1) AND closed_at IS NULL"
           "  UNION SELECT id FROM hold WHERE plan_number = (SELECT plan_number FROM lot WHERE id = $1) AND closed_at IS NULL"
           "  UNION SELECT id FROM hold WHERE facility = (SELECT facility FROM lot WHERE id = $1) AND closed_at IS NULL"
           "  UNION SELECT id FROM hold WHERE reagent_id IN (SELECT reagent_id FROM lot_reagent WHERE lot_id = $1) AND closed_at IS NULL)"
           " ORDER BY h.opened_at, h.id",
      "i", lot_id);

  return read_holds (stmt, error);
}

/* Every open hold, oldest first. */
GPtrArray *
desk_hold_all (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, HOLD " WHERE h.closed_at IS NULL ORDER BY h.opened_at, h.id", "");

  return read_holds (stmt, error);
}

/* Says what a hold of a scope changed: its unit, its lot's units, or more than can be named. */
static gboolean
log_hold (DeskDb *db, DeskTxn *txn, const char *action, DeskHoldScope scope, gint64 id, const char *detail, GError **error)
{
  static const DeskKind kinds[DESK_N_HOLD_SCOPES] = {
    [DESK_HOLD_UNIT] = DESK_KIND_UNIT,     [DESK_HOLD_LOT] = DESK_KIND_LOT,         [DESK_HOLD_PATIENT] = DESK_KIND_PATIENT,
    [DESK_HOLD_CONTAINER] = DESK_KIND_CONTAINER, [DESK_HOLD_PLAN] = DESK_KIND_CLINIC, [DESK_HOLD_FACILITY] = DESK_KIND_CLINIC,
    [DESK_HOLD_REAGENT] = DESK_KIND_CLINIC,
  };

  if (!desk_txn_log (txn, action, kinds[scope], id, detail, error))
    return FALSE;
  if (scope == DESK_HOLD_LOT)
    return desk_changed_units_of_lot (db, txn, id, error);
  if (scope != DESK_HOLD_UNIT)
    desk_txn_changed (txn, DESK_KIND_ANY, 0);
  return TRUE;
}

/* The columns of the scopes are filled from the one id: the schema wants exactly one of them. */
static gboolean
insert_hold (DeskDb *db, const DeskHoldNew *hold, gint64 *id, GError **error)
{
  gint64 ids[DESK_N_HOLD_SCOPES] = { 0 };
  gboolean named = hold->scope == DESK_HOLD_PLAN || hold->scope == DESK_HOLD_FACILITY;

  ids[hold->scope] = named ? 0 : hold->id;
  return desk_db_value (db, id, error,
                        "INSERT INTO hold (unit_id, lot_id, patient_id, container_id, reagent_id, plan_number, facility, kind, reason,"
                        " lookback_id, opened_at, opened_by) VALUES (NULLIF ($1, 0), NULLIF ($2, 0), NULLIF ($3, 0), NULLIF ($4, 0),"
                        " NULLIF ($5, 0), $6, $7, $8, $9, NULLIF ($10, 0), $11, $12) RETURNING id",
                        "iiiii" "tttt" "iii", ids[DESK_HOLD_UNIT], ids[DESK_HOLD_LOT], ids[DESK_HOLD_PATIENT], ids[DESK_HOLD_CONTAINER],
                        ids[DESK_HOLD_REAGENT], hold->scope == DESK_HOLD_PLAN ? hold->name : NULL,
                        hold->scope == DESK_HOLD_FACILITY ? hold->name : NULL, hold->kind ? hold->kind : "other", hold->reason,
                        hold->lookback_id, now (), hold->by);
}

/* Opens a hold on whatever its scope says, until somebody closes it. id may be NULL. DESK_ERROR_REFUSED:
 * reason-needed; nothing held. */
gboolean
desk_hold_open (DeskDb *db, const DeskHoldNew *hold, gint64 *id, GError **error)
{
  gboolean named = hold->scope == DESK_HOLD_PLAN || hold->scope == DESK_HOLD_FACILITY;
  gint64 made;

  if (!hold->reason || *hold->reason == '\0')
    return desk_refuse (error, "reason-needed");
  if (named ? !hold->name || *hold->name == '\0' : hold->id == 0)
    return desk_refuse (error, "nothing-to-hold");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !insert_hold (db, hold, &made, error))
    return FALSE;
  g_autofree char *detail = named ? g_strdup_printf ("%s %s: %s", desk_hold_scope_name (hold->scope), hold->name, hold->reason)
                                  : g_strdup (hold->reason);
  if (!log_hold (db, txn, "hold.open", hold->scope, hold->id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (id)
    *id = made;
  return TRUE;
}

/* Closes a hold, with words. One that was never there is DESK_ERROR_NOT_FOUND; one that somebody closed since is
 * DESK_ERROR_CONFLICT and says who. */
gboolean
desk_hold_close (DeskDb *db, gint64 hold_id, gint64 by, const char *why, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (why ? why : ""));
  gint64 closed;

  if (*words == '\0')
    return desk_refuse (error, "reason-needed");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, HOLD " WHERE h.id = $1", "i", hold_id);
  g_autoptr (GPtrArray) holds = read_holds (stmt, error);
  if (!holds)
    return FALSE;
  if (holds->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such hold");
      return FALSE;
    }
  const DeskHold *hold = holds->pdata[0];
  if (hold->closed_at != 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s closed this hold already", hold->closed_by);
      return FALSE;
    }
  return desk_db_value (db, &closed, error,
                        "UPDATE hold SET closed_at = $2, closed_by = $3, closed_why = $4 WHERE id = $1 AND closed_at IS NULL RETURNING id",
                        "iiit", hold_id, MAX (now (), hold->opened_at), by, words)
         && log_hold (db, txn, "hold.close", hold->scope, hold->scope_id, words, error) && desk_txn_commit (txn, error);
}
