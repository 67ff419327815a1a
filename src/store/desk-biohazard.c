#include <string.h>

#include "desk-labs.h"

void
desk_biohazard_free (DeskBiohazard *mark)
{
  if (!mark)
    return;
  g_free (mark->agent);
  g_free (mark->cleared_by);
  g_free (mark->reason);
  g_free (mark);
}

/* The marks of a patient, those that hold first, then the newest: DeskBiohazard, freed with g_ptr_array_unref (). */
GPtrArray *
desk_biohazard_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT b.id, b.value_id, b.agent, b.since, b.cleared_at, s.name, b.reason FROM biohazard b"
      " LEFT JOIN staff s ON s.id = b.cleared_by WHERE b.patient_id = $1"
      " ORDER BY CASE WHEN b.cleared_at IS NULL THEN 0 ELSE 1 END, b.since DESC, b.id DESC",
      "i", patient_id);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_biohazard_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskBiohazard *mark = g_new0 (DeskBiohazard, 1);

      mark->id = desk_stmt_int64 (stmt, 0);
      mark->patient_id = patient_id;
      mark->value_id = desk_stmt_int64 (stmt, 1);
      mark->agent = desk_stmt_dup_text (stmt, 2);
      mark->since = desk_stmt_int64 (stmt, 3);
      mark->cleared_at = desk_stmt_int64 (stmt, 4);
      mark->cleared_by = g_strdup (desk_stmt_is_null (stmt, 5) ? "" : desk_stmt_text (stmt, 5));
      mark->reason = desk_stmt_dup_text (stmt, 6);
      g_ptr_array_add (marks, mark);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&marks) : NULL;
}

/* The agents a patient's material is marked with, comma separated in the order they came; "" for none. Free agents. */
gboolean
desk_biohazard_agents (DeskDb *db, gint64 patient_id, char **agents, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT agent FROM biohazard WHERE patient_id = $1 AND cleared_at IS NULL ORDER BY id", "i", patient_id);
  g_autoptr (GString) text = g_string_new (NULL);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len ? "," : "", desk_stmt_text (stmt, 0));
  if (step == DESK_STEP_DONE)
    *agents = g_string_free (g_steal_pointer (&text), FALSE);
  return step == DESK_STEP_DONE;
}

/* How many units in a container are the other kind than this one: without a mark beside a marked one, or marked beside
 * one without. Whether they may stand together is the clinic's to say. */
gboolean
desk_biohazard_beside (DeskDb *db, gint64 unit_id, gint64 container_id, gint64 *n_others, GError **error)
{
  return desk_db_value (
      db, n_others, error,
      "SELECT count (*) FROM placement p JOIN unit o ON o.id = p.unit_id JOIN unit u ON u.id = $1"
      " WHERE p.container_id = $2 AND p.until IS NULL AND o.id <> u.id"
      " AND EXISTS (SELECT 1 FROM biohazard b WHERE b.patient_id = o.patient_id AND b.cleared_at IS NULL)"
      " <> EXISTS (SELECT 1 FROM biohazard b WHERE b.patient_id = u.patient_id AND b.cleared_at IS NULL)",
      "ii", unit_id, container_id);
}

/* Takes a mark away: a physician, with a reason; the file refuses anybody else (REFUSED, physician-needed). CONFLICT
 * when it was cleared meanwhile. */
gboolean
desk_biohazard_clear (DeskDb *db, gint64 id, gint64 physician, const char *reason, GError **error)
{
  g_autofree char *why = g_strstrip (g_strdup (reason ? reason : ""));
  gint64 patient_id;
  g_autofree char *agent = NULL;

  if (!*why)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "reason: missing");
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (
        db, error,
        "UPDATE biohazard SET cleared_at = $1, cleared_by = $2, reason = $3 WHERE id = $4 AND cleared_at IS NULL RETURNING patient_id, agent",
        "iiti", g_get_real_time () / G_USEC_PER_SEC, physician, why, id);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the mark was cleared meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    patient_id = desk_stmt_int64 (stmt, 0);
    agent = desk_stmt_dup_text (stmt, 1);
  }
  g_autofree char *detail = g_strdup_printf ("%s, %s", agent, why);
  if (!desk_txn_log (txn, "biohazard.clear", DESK_KIND_PATIENT, patient_id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_LAB, patient_id);
  desk_txn_changed (txn, DESK_KIND_UNIT, 0);
  return desk_txn_commit (txn, error);
}
