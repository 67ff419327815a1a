#include "desk-passports.h"

#include "desk-error.h"

static DeskPassportReading *
read_reading (DeskStmt *stmt)
{
  DeskPassportReading *reading = g_new0 (DeskPassportReading, 1);

  reading->id = desk_stmt_int64 (stmt, 0);
  reading->patient_id = desk_stmt_int64 (stmt, 1);
  reading->companion_id = desk_stmt_int64 (stmt, 2);
  reading->family = desk_stmt_dup_text (stmt, 3);
  reading->given = desk_stmt_dup_text (stmt, 4);
  reading->number = desk_stmt_dup_text (stmt, 5);
  reading->birth = desk_stmt_dup_text (stmt, 6);
  reading->cut = desk_stmt_int (stmt, 7) != 0;
  reading->read_at = desk_stmt_int64 (stmt, 8);
  reading->by_id = desk_stmt_int64 (stmt, 9);
  return reading;
}

/* The newest reading of the patient's passport and of each companion's, of DeskPassportReading. */
GPtrArray *
desk_passport_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_passport_reading_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT id, patient_id, COALESCE (companion_id, 0), family, given, number, birth, cut, read_at, COALESCE (by_id, 0)"
                       " FROM passport_reading WHERE patient_id = $1 ORDER BY read_at DESC, id DESC",
                       "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPassportReading *reading = read_reading (stmt);

      if (desk_passport_reading_find (readings, reading->companion_id))
        desk_passport_reading_free (reading);
      else
        g_ptr_array_add (readings, reading);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&readings) : NULL;
}

/* Within the caller's transaction, without an audit row: for filling a file. Sets the id. */
gboolean
desk_passport_insert (DeskDb *db, DeskPassportReading *reading, GError **error)
{
  return desk_db_value (db, &reading->id, error,
                        "INSERT INTO passport_reading (patient_id, companion_id, family, given, number, birth, cut, read_at, by_id)"
                        " VALUES ($1, nullif ($2, 0), $3, $4, $5, $6, $7, $8, nullif ($9, 0)) RETURNING id",
                        "iittttiii", reading->patient_id, reading->companion_id, reading->family, reading->given, reading->number,
                        reading->birth, (gint64) !!reading->cut, reading->read_at, reading->by_id);
}

/* Writes down what was read just now by the actor; read_at, by_id and id are filled in. */
gboolean
desk_passport_add (DeskDb *db, DeskPassportReading *reading, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  reading->read_at = g_get_real_time () / G_USEC_PER_SEC;
  reading->by_id = desk_db_get_actor (db);
  if (!txn || !desk_passport_insert (db, reading, error))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s, %s", reading->family, reading->given, reading->number);
  if (!desk_txn_log (txn, "passport.read", DESK_KIND_TRIP, reading->id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, reading->patient_id);
  return desk_txn_commit (txn, error);
}
