#include "desk-studies.h"

#include "desk-day.h"
#include "desk-disc-compare.h"
#include "desk-documents-private.h"
#include "desk-patients.h"

/* Where a study of that UID is filed, the newest first; both 0 when nowhere. */
gboolean
desk_study_find (DeskDb *db, const char *uid, gint64 *document_id, gint64 *patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT d.id, d.patient_id FROM study s JOIN document d ON d.id = s.document_id"
                                             " WHERE s.uid = $1 ORDER BY d.id DESC",
                                             "t", uid);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *document_id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  *patient_id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 1) : 0;
  return step != DESK_STEP_ERROR;
}

static gboolean
refuse_twice (DeskDb *db, const DeskStudy *study, GError **error)
{
  gint64 n = 0;

  if (study->again || !*study->uid)
    return TRUE;
  if (!desk_db_value (db, &n, error,
                      "SELECT count (*) FROM study s JOIN document d ON d.id = s.document_id WHERE s.uid = $1 AND d.patient_id = $2",
                      "ti", study->uid, study->patient_id))
    return FALSE;
  if (n > 0)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_TAKEN, "the patient has this study already");
  return n == 0;
}

/* What differs from the chart with the reason why it is filed all the same, for the caller to free; NULL when nobody
 * said why. */
static char *
accept_difference (DeskDb *db, const DeskStudy *study, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, study->patient_id, error);
  DeskDiscPerson person = { study->disc_name, study->disc_birth, study->disc_sex };

  if (!patient)
    return NULL;
  g_autoptr (DeskProblems) problems = desk_disc_compare (patient, &person);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", desk_problems_get (problems, i)->code);
  if (problems->len > 0 && !*study->reason)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "difference-not-accepted");
      return NULL;
    }
  if (problems->len > 0)
    g_string_append_printf (text, ": %s", study->reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The paper's digest is that of the list of its files. */
static DeskDocument *
make_document (const DeskStudy *study, const DeskStudyFile *files, guint n_files)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  DeskDay day = DESK_DAY_NONE, today = (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400);
  gboolean dated = desk_day_parse (study->studied_on, &day) && day <= today + 1;

  for (guint i = 0; i < n_files; i++)
    {
      g_checksum_update (sum, (const guchar *) files[i].digest, -1);
      g_checksum_update (sum, (const guchar *) "\n", 1);
      document->bytes += files[i].bytes;
    }
  document->patient_id = study->patient_id;
  document->kind = g_strdup ("imaging");
  document->title = *study->description ? g_utf8_substring (study->description, 0, MIN (g_utf8_strlen (study->description, -1), 100))
                                        : g_strdup (study->modalities);
  document->examined_on = g_strdup (dated ? study->studied_on : "");
  document->source = g_utf8_substring (study->hospital, 0, MIN (g_utf8_strlen (study->hospital, -1), 100));
  document->digest = g_strdup (g_checksum_get_string (sum));
  document->media_type = g_strdup ("application/dicom");
  document->pages = study->images;
  return document;
}

static gboolean
write_rows (DeskDb *db, const DeskStudy *study, gint64 document_id, const char *accepted, const DeskStudyFile *files, guint n_files,
            GError **error)
{
  for (guint i = 0; i < n_files; i++)
    if (!desk_db_run (db, error,
                      "INSERT INTO document_file (document_id, position, name, digest, bytes, media_type)"
                      " VALUES ($1, $2, $3, $4, $5, 'application/dicom')",
                      "iitti", document_id, (gint64) i + 1, files[i].name, files[i].digest, files[i].bytes))
      return FALSE;
  return desk_db_run (db, error,
                      "INSERT INTO study (document_id, uid, studied_on, modalities, body_part, description, hospital, disc_name,"
                      " disc_id, disc_birth, disc_sex, series, images, accepted_difference)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                      "itttttttttt" "iit", document_id, study->uid, study->studied_on, study->modalities, study->body_part,
                      study->description, study->hospital, study->disc_name, study->disc_id, study->disc_birth, study->disc_sex,
                      study->series, study->images, accepted);
}

/* Files a study whose contents are stored. DESK_ERROR_REFUSED "difference-not-accepted" when the disc says another name,
 * birth date or sex than the chart and no reason is given; DESK_ERROR_TAKEN when the patient has the study. */
gboolean
desk_study_file (DeskDb *db, const DeskStudy *study, const DeskStudyFile *files, guint n_files, gint64 *document_id, GError **error)
{
  g_autoptr (DeskDocument) document = make_document (study, files, n_files);

  if (n_files == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a study without files");
      return FALSE;
    }
  if (!desk_document_make_sound (document, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !refuse_twice (db, study, error))
    return FALSE;
  g_autofree char *accepted = accept_difference (db, study, error);
  if (!accepted || !desk_document_write (db, document, error)
      || !write_rows (db, study, document->id, accepted, files, n_files, error))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("study %s of %s, %u files%s%s", study->uid, study->studied_on, n_files,
                                             *accepted ? ", " : "", accepted);
  if (!desk_txn_log (txn, "study.file", DESK_KIND_DOCUMENT, document->id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, study->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *document_id = document->id;
  return TRUE;
}

static gboolean
delete_paper (DeskDb *db, gint64 document_id, gint64 *patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "DELETE FROM document WHERE id = $1 AND version = 1 RETURNING patient_id", "i",
                                             document_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the document was changed meanwhile");
  *patient_id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  return step == DESK_STEP_ROW;
}

/* Takes the filing of a study back. DESK_ERROR_CONFLICT when the paper was changed since it was made, DESK_ERROR_REFUSED
 * when something belongs to it by now; its contents are the caller's to take back. */
gboolean
desk_study_unfile (DeskDb *db, gint64 document_id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 patient_id = 0;

  if (!txn || !desk_db_run (db, error, "DELETE FROM study WHERE document_id = $1", "i", document_id)
      || !desk_db_run (db, error, "DELETE FROM document_file WHERE document_id = $1", "i", document_id)
      || !delete_paper (db, document_id, &patient_id, error)
      || !desk_txn_log (txn, "study.unfile", DESK_KIND_DOCUMENT, document_id, "", error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, patient_id);
  return desk_txn_commit (txn, error);
}
