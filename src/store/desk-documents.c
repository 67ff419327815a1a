#include "desk-documents-private.h"

#include "desk-document-state.h"

/* The texts first, in the order of text_member (). */
#define READ \
  "SELECT kind, state, title, examined_on, language, media_type, digest, note, part, reason, source, due_on," \
  " translator, link, id, patient_id, received_at, bytes, version, part_of, supersedes, pages" \
  " FROM document "

#define N_TEXTS 14

static char **
text_member (DeskDocument *document, guint i)
{
  char **const members[N_TEXTS]
      = { &document->kind,       &document->state,  &document->title, &document->examined_on, &document->language,
          &document->media_type, &document->digest, &document->note,  &document->part,        &document->reason,
          &document->source,     &document->due_on, &document->translator, &document->link };

  return members[i];
}

static DeskDocument *
read_document (DeskStmt *stmt)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  for (guint i = 0; i < N_TEXTS; i++)
    *text_member (document, i) = desk_stmt_dup_text (stmt, i);
  document->id = desk_stmt_int64 (stmt, N_TEXTS);
  document->patient_id = desk_stmt_int64 (stmt, N_TEXTS + 1);
  document->received_at = desk_stmt_int64 (stmt, N_TEXTS + 2);
  document->bytes = desk_stmt_int64 (stmt, N_TEXTS + 3);
  document->version = desk_stmt_int64 (stmt, N_TEXTS + 4);
  document->part_of = desk_stmt_int64 (stmt, N_TEXTS + 5);
  document->supersedes = desk_stmt_int64 (stmt, N_TEXTS + 6);
  document->pages = desk_stmt_int64 (stmt, N_TEXTS + 7);
  return document;
}

static void
free_row (gpointer document)
{
  desk_document_free (document);
}

/* The papers of a patient, newest first: DeskDocument, freed with g_ptr_array_unref (). */
GPtrArray *
desk_document_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE patient_id = $1 ORDER BY received_at DESC, id DESC", "i", patient_id);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (free_row);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (documents, read_document (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&documents) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_document_free (). */
DeskDocument *
desk_document_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such document");
  return step == DESK_STEP_ROW ? read_document (stmt) : NULL;
}

static GArray *
read_ids (DeskStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* The papers of the clinic: ids newest first, of one state or of all (NULL). Free with g_array_unref (). */
GArray *
desk_document_ids (DeskDb *db, const char *state, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT id FROM document WHERE CAST ($1 AS TEXT) IS NULL OR state = $1"
                                             " ORDER BY received_at DESC, id DESC",
                                             "t", state);
  return read_ids (stmt, error);
}

/* As desk_document_ids (), of one kind or all (NULL), and only those that were asked for and due before a day when
 * due_before is not NULL. */
GArray *
desk_document_filter (DeskDb *db, const char *state, const char *kind, const char *due_before, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT id FROM document WHERE (CAST ($1 AS TEXT) IS NULL OR state = $1)"
                       " AND (CAST ($2 AS TEXT) IS NULL OR kind = $2) AND (CAST ($3 AS TEXT) IS NULL"
                       " OR (state = 'requested' AND due_on > '' AND due_on < $3)) ORDER BY received_at DESC, id DESC",
                       "ttt", state, kind, due_before);

  return read_ids (stmt, error);
}

/* The documents in the order of ids; NULL for one that is not there. Free with g_ptr_array_unref (). */
GPtrArray *
desk_document_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, free_row);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", ids[i]);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_ERROR)
        return NULL;
      g_ptr_array_add (rows, step == DESK_STEP_ROW ? read_document (stmt) : NULL);
    }
  return g_steal_pointer (&rows);
}

static DeskStmt *
write_query (DeskDb *db, const DeskDocument *d, GError **error)
{
  if (d->id == 0)
    return desk_db_query (db, error,
                          "INSERT INTO document (id, patient_id, kind, state, title, examined_on, language,"
                          " received_at, media_type, digest, bytes, note, part_of, part, supersedes, reason,"
                          " source, due_on, translator, pages, link) VALUES (" DESK_DOCUMENT_NEXT_ID
                          ", $1, $2, $3, $4, $5, $6, $7, $8, $9,"
                          " $10, $11, nullif ($12, 0), $13, nullif ($14, 0), $15, $16, $17, $18, $19, $20)"
                          " RETURNING id, version",
                          "itttttittititittttit", d->patient_id, d->kind, d->state, d->title, d->examined_on,
                          d->language, d->received_at, d->media_type, d->digest, d->bytes, d->note, d->part_of,
                          d->part, d->supersedes, d->reason, d->source, d->due_on, d->translator, d->pages, d->link);
  return desk_db_query (db, error,
                        "UPDATE document SET patient_id = $1, kind = $2, state = $3, title = $4, examined_on ="
                        " $5, language = $6, received_at = $7, media_type = $8, digest = $9, bytes = $10, note = $11,"
                        " part_of = nullif ($12, 0), part = $13, supersedes = nullif ($14, 0), reason = $15,"
                        " source = $16, due_on = $17, translator = $18, pages = $19, link = $20, version ="
                        " version + 1 WHERE id = $21 AND version = $22 RETURNING id, version",
                        "itttttittititittttitii", d->patient_id, d->kind, d->state, d->title, d->examined_on,
                        d->language, d->received_at, d->media_type, d->digest, d->bytes, d->note, d->part_of, d->part,
                        d->supersedes, d->reason, d->source, d->due_on, d->translator, d->pages, d->link, d->id,
                        d->version);
}

gboolean
desk_document_write (DeskDb *db, DeskDocument *document, GError **error)
{
  g_autoptr (DeskStmt) stmt = write_query (db, document, error);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the document was changed meanwhile");
  if (step != DESK_STEP_ROW)
    return FALSE;
  document->id = desk_stmt_int64 (stmt, 0);
  document->version = desk_stmt_int64 (stmt, 1);
  return TRUE;
}

static gboolean
refuse_invalid (const DeskDocument *document, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_document_check (document, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400) + 1, problems);
  if (!desk_problems_block (problems))
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, 0)->field,
               desk_problems_get (problems, 0)->code);
  return FALSE;
}

/* A paper goes on by the table of steps only. One that is gone or was saved meanwhile is the writer's to tell. */
static gboolean
refuse_step (DeskDb *db, const DeskDocument *document, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT state FROM document WHERE id = $1 AND version = $2", "ii",
                                             document->id, document->version);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW)
    return step == DESK_STEP_DONE;
  const char *problem = desk_document_step_problem (desk_stmt_text (stmt, 0), document->state, document->reason);
  if (problem)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, problem);
  return !problem;
}

static void
fill_in (DeskDocument *document)
{
  if (!document->state)
    document->state = g_strdup ("received");
  if (document->received_at == 0)
    document->received_at = g_get_real_time () / G_USEC_PER_SEC;
  for (guint i = 0; i < N_TEXTS; i++)
    if (!*text_member (document, i))
      *text_member (document, i) = g_strdup ("");
}

gboolean
desk_document_make_sound (DeskDocument *document, GError **error)
{
  fill_in (document);
  return refuse_invalid (document, error);
}

/* Saves a new (id 0) or changed paper and fills in id, version and what was missing. DESK_ERROR_CONFLICT when
 * somebody saved since it was loaded, DESK_ERROR_TAKEN when the patient has the same content already,
 * DESK_ERROR_REFUSED "step-not-legal" for a state that cannot follow. */
gboolean
desk_document_save (DeskDb *db, DeskDocument *document, GError **error)
{
  gint64 id = document->id, version = document->version;

  if (!desk_document_make_sound (document, error))
    return FALSE;

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || (id && !refuse_step (db, document, error)) || !desk_document_write (db, document, error))
    return FALSE;

  g_autofree char *detail = g_strdup_printf ("%s, %s, examined %s, %s", document->kind, document->state,
                                             document->examined_on, document->digest);
  gboolean ok = desk_txn_log (txn, id ? "document.update" : "document.add", DESK_KIND_DOCUMENT, document->id, detail, error);
  if (ok)
    desk_txn_changed (txn, DESK_KIND_PATIENT, document->patient_id);
  if (ok && desk_txn_commit (txn, error))
    return TRUE;
  /* The form saves again with what was there before. */
  document->id = id;
  document->version = version;
  return FALSE;
}
