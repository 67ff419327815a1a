#include "desk-imports.h"

#include "desk-word-batch.h"

struct _DeskImportWriter
{
  DeskDb *db;
  DeskTxn *txn;
  DeskWordBatch *words;
  gint64 batch_id;
  guint expected, written;
};

void
desk_import_batch_free (DeskImportBatch *batch)
{
  if (!batch)
    return;
  g_free (batch->source);
  g_free (batch->digest);
  g_free (batch);
}

static void
free_batch (gpointer batch)
{
  desk_import_batch_free (batch);
}

/* All imports, the newest first: DeskImportBatch, freed with g_ptr_array_unref (). */
GPtrArray *
desk_import_batches (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT id, source, digest, patients, at, by_id, undone_at FROM import_batch"
                                             " ORDER BY id DESC",
                                             "");
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func (free_batch);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskImportBatch *batch = g_new0 (DeskImportBatch, 1);

      *batch = (DeskImportBatch){ desk_stmt_int64 (stmt, 0), desk_stmt_dup_text (stmt, 1), desk_stmt_dup_text (stmt, 2),
                                  desk_stmt_int (stmt, 3),   desk_stmt_int64 (stmt, 4),    desk_stmt_int64 (stmt, 5),
                                  desk_stmt_int64 (stmt, 6) };
      g_ptr_array_add (batches, batch);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&batches) : NULL;
}

/* Whether a file of that content was taken in and stands: *batch_id, or 0. */
gboolean
desk_import_known (DeskDb *db, const char *digest, gint64 *batch_id, GError **error)
{
  return desk_db_value (db, batch_id, error,
                        "SELECT COALESCE (max (id), 0) FROM import_batch WHERE digest = $1 AND undone_at IS NULL", "t", digest);
}

/* Begins to take in so many patients; nothing is there for anybody before desk_import_commit (). */
DeskImportWriter *
desk_import_begin (DeskDb *db, const char *source, const char *digest, guint patients, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 id, now = g_get_real_time () / G_USEC_PER_SEC;

  if (!txn
      || !desk_db_value (db, &id, error,
                         "INSERT INTO import_batch (source, digest, patients, at, by_id)"
                         " VALUES ($1, $2, $3, $4, nullif ($5, 0)) RETURNING id",
                         "ttdii", source, digest, (int) patients, now, desk_db_get_actor (db)))
    return NULL;
  DeskImportWriter *writer = g_new0 (DeskImportWriter, 1);
  *writer = (DeskImportWriter){ db, g_steal_pointer (&txn), desk_word_batch_new (), id, patients, 0 };
  return writer;
}

/* Takes in a tidied, checked patient of that line; id, chart and version are filled in. */
gboolean
desk_import_add (DeskImportWriter *writer, DeskPatient *patient, guint line, GError **error)
{
  if (!desk_patient_insert (writer->db, patient, error)
      || !desk_word_batch_add (writer->words, writer->db, patient, patient->id, error)
      || !desk_db_run (writer->db, error, "INSERT INTO import_row (batch_id, patient_id, line) VALUES ($1, $2, $3)", "iid",
                       writer->batch_id, patient->id, (int) line))
    return FALSE;
  writer->written++;
  return TRUE;
}

/* All or nothing. DESK_ERROR_INVALID when fewer or more came than were announced. */
gboolean
desk_import_commit (DeskImportWriter *writer, gint64 *batch_id, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%u patients", writer->written);

  if (writer->written != writer->expected)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%u patients of %u", writer->written, writer->expected);
      return FALSE;
    }
  if (!desk_word_batch_write (writer->words, writer->db, error)
      || !desk_txn_log (writer->txn, "import.patients", DESK_KIND_IMPORT, writer->batch_id, detail, error))
    return FALSE;
  desk_txn_changed (writer->txn, DESK_KIND_PATIENT, 0);
  if (!desk_txn_commit (writer->txn, error))
    return FALSE;
  if (batch_id)
    *batch_id = writer->batch_id;
  return TRUE;
}

/* Rolls back what was not committed. */
void
desk_import_writer_free (DeskImportWriter *writer)
{
  if (!writer)
    return;
  desk_txn_end (writer->txn);
  desk_word_batch_free (writer->words);
  g_free (writer);
}

static GArray *
patients_of (DeskDb *db, gint64 batch_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT patient_id FROM import_row WHERE batch_id = $1 ORDER BY patient_id",
                                             "i", batch_id);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* A patient who was changed, or has anything, is held by the schema: they stay, with the words they are found by. */
static gboolean
remove_patient (DeskDb *db, gint64 id, gboolean *kept, GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (DeskPatient) patient = NULL;

  *kept = FALSE;
  if (!desk_db_run (db, error, "DELETE FROM patient_word WHERE patient_id = $1", "i", id))
    return FALSE;
  if (desk_db_run (db, &own, "DELETE FROM patient WHERE id = $1", "i", id))
    return TRUE;
  if (!g_error_matches (own, DESK_ERROR, DESK_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  *kept = TRUE;
  patient = desk_patient_load (db, id, error);
  return patient && desk_patient_write_words (db, patient, error);
}

/* Takes a whole import back in one transaction. Those of its patients whom somebody has worked with since stay; their
 * number is *kept. DESK_ERROR_CONFLICT when it was taken back already. */
gboolean
desk_import_undo (DeskDb *db, gint64 batch_id, guint *kept, DeskProgressFunc progress, gpointer user_data, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GArray) ids = txn ? patients_of (db, batch_id, error) : NULL;
  g_autoptr (GError) own = NULL;
  gint64 found;

  *kept = 0;
  if (!ids)
    return FALSE;
  if (!desk_db_value (db, &found, &own,
                      "UPDATE import_batch SET undone_at = $2, undone_by = nullif ($3, 0) WHERE id = $1 AND undone_at IS NULL"
                      " RETURNING id",
                      "iii", batch_id, g_get_real_time () / G_USEC_PER_SEC, desk_db_get_actor (db)))
    {
      if (g_error_matches (own, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "this import was taken back already");
      else
        g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      gboolean stays;

      if (!remove_patient (db, g_array_index (ids, gint64, i), &stays, error))
        return FALSE;
      *kept += stays;
      if (progress && i % 512 == 0)
        progress ((double) i / ids->len, user_data);
    }
  g_autofree char *detail = g_strdup_printf ("%u of %u stay", *kept, ids->len);
  if (!desk_txn_log (txn, "import.undo", DESK_KIND_IMPORT, batch_id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, 0);
  return desk_txn_commit (txn, error);
}

/* How a table with that header was read the last time, or NULL with no error when never. The caller frees it. */
char *
desk_import_mapping_load (DeskDb *db, const char *header, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT mapping FROM import_mapping WHERE header = $1", "t", header);

  return stmt && desk_stmt_step (stmt, error) == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;
}

/* Keeps how a table with that header is read. */
gboolean
desk_import_mapping_save (DeskDb *db, const char *header, const char *mapping, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO import_mapping (header, mapping) VALUES ($1, $2)"
                         " ON CONFLICT (header) DO UPDATE SET mapping = excluded.mapping, version = import_mapping.version + 1",
                         "tt", header, mapping)
         && desk_txn_log (txn, "import.mapping", DESK_KIND_IMPORT, 0, mapping, error) && desk_txn_commit (txn, error);
}
