/* Until when a patient's cells may be kept. */
#include "desk-cells-private.h"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
say_units (DeskDb *db, DeskTxn *txn, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM unit WHERE patient_id = $1", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_txn_changed (txn, DESK_KIND_UNIT, desk_stmt_int64 (stmt, 0));
  desk_txn_changed (txn, DESK_KIND_PATIENT, patient_id);
  return step == DESK_STEP_DONE;
}

/* Adds a consent, which from now on is the one that counts; fills its id. */
gboolean
desk_storage_consent_add (DeskDb *db, DeskStorageConsent *consent, gint64 by, GError **error)
{
  DeskDay from, until;
  gint64 id;

  if (!desk_day_parse (consent->from_on, &from) || !desk_day_parse (consent->until_on, &until) || until < from)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a consent to storing runs from one day until another");
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn
      || !desk_db_value (db, &id, error,
                         "INSERT INTO storage_consent (patient_id, from_on, until_on, document_id, note, at, by_id)"
                         " VALUES ($1, $2, $3, NULLIF ($4, 0), COALESCE (CAST ($5 AS TEXT), ''), $6, $7) RETURNING id",
                         "ittitii", consent->patient_id, consent->from_on, consent->until_on, consent->document_id, consent->note, now (), by)
      || !desk_txn_log (txn, "consent.add", DESK_KIND_PATIENT, consent->patient_id, consent->until_on, error)
      || !say_units (db, txn, consent->patient_id, error) || !desk_txn_commit (txn, error))
    return FALSE;
  consent->id = id;
  return TRUE;
}

/* The patient withdraws: every consent that stands. DESK_ERROR_NOT_FOUND when none does. */
gboolean
desk_storage_consent_withdraw (DeskDb *db, gint64 patient_id, gint64 by, GError **error)
{
  gint64 standing;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_value (db, &standing, error, "SELECT count (*) FROM storage_consent WHERE patient_id = $1 AND withdrawn_at IS NULL", "i",
                         patient_id))
    return FALSE;
  if (standing == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no consent to storing stands");
      return FALSE;
    }
  return desk_db_run (db, error,
                      "UPDATE storage_consent SET withdrawn_at = $2, withdrawn_by = $3 WHERE patient_id = $1 AND withdrawn_at IS NULL", "iii",
                      patient_id, now (), by)
         && desk_txn_log (txn, "consent.withdraw", DESK_KIND_PATIENT, patient_id, NULL, error) && say_units (db, txn, patient_id, error)
         && desk_txn_commit (txn, error);
}

/* A patient's consents, the newest first: DeskStorageConsent, freed with g_ptr_array_unref (). */
GPtrArray *
desk_storage_consent_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT c.id, c.patient_id, COALESCE (c.document_id, 0), c.from_on, c.until_on, c.note, c.at,"
                       " COALESCE (c.withdrawn_at, 0), s.name FROM storage_consent c JOIN staff s ON s.id = c.by_id"
                       " WHERE c.patient_id = $1 ORDER BY c.id DESC", "i", patient_id);
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_storage_consent_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskStorageConsent *consent = g_new0 (DeskStorageConsent, 1);

      consent->id = desk_stmt_int64 (stmt, 0);
      consent->patient_id = desk_stmt_int64 (stmt, 1);
      consent->document_id = desk_stmt_int64 (stmt, 2);
      consent->from_on = desk_stmt_dup_text (stmt, 3);
      consent->until_on = desk_stmt_dup_text (stmt, 4);
      consent->note = desk_stmt_dup_text (stmt, 5);
      consent->at = desk_stmt_int64 (stmt, 6);
      consent->withdrawn_at = desk_stmt_int64 (stmt, 7);
      consent->by = desk_stmt_dup_text (stmt, 8);
      g_ptr_array_add (consents, consent);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&consents) : NULL;
}
