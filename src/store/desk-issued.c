#include "desk-issued-private.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)

#define READ \
  "SELECT i.id, i.number, i.name, i.version, i.language, i.text_digest, i.pdf_digest, COALESCE (i.patient_id, 0), i.subject," \
  " i.subject_id, i.issued_on, i.pages, COALESCE (i.pack, 0), i.at, COALESCE (i.by_id, 0), COALESCE (i.replaces, 0)," \
  " COALESCE ((SELECT r.id FROM issued r WHERE r.replaces = i.id), 0), COALESCE (i.void_at, 0), COALESCE (i.void_by, 0), i.void_why," \
  " i.touched, i.differs, i.kept, COALESCE (p.family || CASE p.given WHEN '' THEN '' ELSE ' ' || p.given END, ''), COALESCE (p.chart, '')," \
  " COALESCE (s.name, ''), COALESCE (s.name_ja, ''), (SELECT count (*) FROM issued_print t WHERE t.issued_id = i.id)," \
  " COALESCE ((SELECT t.state FROM issued_print t WHERE t.issued_id = i.id ORDER BY t.seq DESC LIMIT 1), '')" \
  " FROM issued i LEFT JOIN patient p ON p.id = i.patient_id LEFT JOIN staff s ON s.id = i.by_id "

void
desk_issued_free (DeskIssued *issued)
{
  if (!issued)
    return;

  char *const texts[] = { issued->number, issued->name, issued->version, issued->language, issued->text_digest, issued->pdf_digest,
                          issued->subject, issued->void_why, issued->differs, issued->kept, issued->patient_name, issued->patient_chart,
                          issued->by, issued->by_ja, issued->print_state };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (issued);
}

static void
free_issued (gpointer issued)
{
  desk_issued_free (issued);
}

static DeskIssued *
read_issued (DeskStmt *stmt)
{
  DeskIssued *issued = g_new0 (DeskIssued, 1);
  const struct
  {
    char **text;
    int column;
  } texts[] = {
    { &issued->number, 1 },      { &issued->name, 2 },          { &issued->version, 3 }, { &issued->language, 4 },
    { &issued->text_digest, 5 }, { &issued->pdf_digest, 6 },    { &issued->subject, 8 }, { &issued->void_why, 19 },
    { &issued->differs, 21 },    { &issued->kept, 22 },         { &issued->patient_name, 23 }, { &issued->patient_chart, 24 },
    { &issued->by, 25 },         { &issued->by_ja, 26 },        { &issued->print_state, 28 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].text = desk_stmt_dup_text (stmt, texts[i].column);
  issued->id = desk_stmt_int64 (stmt, 0);
  issued->patient_id = desk_stmt_int64 (stmt, 7);
  issued->subject_id = desk_stmt_int64 (stmt, 9);
  if (!desk_day_parse (desk_stmt_text (stmt, 10), &issued->issued_on))
    issued->issued_on = DESK_DAY_NONE;
  issued->pages = desk_stmt_int (stmt, 11);
  issued->pack = desk_stmt_int64 (stmt, 12);
  issued->at = desk_stmt_int64 (stmt, 13);
  issued->by_id = desk_stmt_int64 (stmt, 14);
  issued->replaces = desk_stmt_int64 (stmt, 15);
  issued->replaced_by = desk_stmt_int64 (stmt, 16);
  issued->void_at = desk_stmt_int64 (stmt, 17);
  issued->void_by = desk_stmt_int64 (stmt, 18);
  issued->touched = desk_stmt_int (stmt, 20);
  issued->prints = desk_stmt_int (stmt, 27);
  return issued;
}

static GPtrArray *
read_all (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_issued);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_issued (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

static DeskIssued *
read_one (DeskStmt *stmt, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such letter was issued");
  return step == DESK_STEP_ROW ? read_issued (stmt) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_issued_free (). */
DeskIssued *
desk_issued_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.id = $1", "i", id);

  return read_one (stmt, error);
}

/* By the number on the paper as it is written there. */
DeskIssued *
desk_issued_by_number (DeskDb *db, const char *number, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.number = $1", "t", number);

  return read_one (stmt, error);
}

/* The template it was made from and the data, both as XML; the caller frees them. */
gboolean
desk_issued_frozen (DeskDb *db, gint64 id, char **text, char **data, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT t.xml, i.data FROM issued i JOIN letter_text t ON t.digest = i.text_digest WHERE i.id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such letter was issued");
  if (step != DESK_STEP_ROW)
    return FALSE;
  *text = desk_stmt_dup_text (stmt, 0);
  *data = desk_stmt_dup_text (stmt, 1);
  return TRUE;
}

/* A patient's, the newest first: DeskIssued; free with g_ptr_array_unref (). */
GPtrArray *
desk_issued_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.patient_id = $1 ORDER BY i.at DESC, i.id DESC", "i", patient_id);

  return read_all (stmt, error);
}

/* Those about one thing, the newest first. */
GPtrArray *
desk_issued_of_subject (DeskDb *db, const char *subject, gint64 subject_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, READ "WHERE i.subject = $1 AND i.subject_id = $2 AND i.subject <> '' ORDER BY i.at DESC, i.id DESC", "ti", subject, subject_id);

  return read_all (stmt, error);
}

/* The letter with those it replaces and those that replaced it, the first first. */
GPtrArray *
desk_issued_chain (DeskDb *db, gint64 id, GError **error)
{
  static const char chain_sql[]
      = "WITH RECURSIVE back (id, before) AS (SELECT id, replaces FROM issued WHERE id = $1"
        " UNION ALL SELECT o.id, o.replaces FROM back b JOIN issued o ON o.id = b.before),"
        " chain (id) AS (SELECT id FROM back WHERE before IS NULL UNION ALL SELECT n.id FROM chain c JOIN issued n ON n.replaces = c.id) "
        READ "JOIN chain c ON c.id = i.id ORDER BY i.id";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, chain_sql, "i", id);

  return read_all (stmt, error);
}

/* At most so many that were issued before that instant (and id), the newest first: the next page of the register.
 * G_MAXINT64 for both is the first. */
GPtrArray *
desk_issued_before (DeskDb *db, gint64 at, gint64 id, guint most, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE (i.at, i.id) < ($1, $2) ORDER BY i.at DESC, i.id DESC LIMIT $3", "iid", at, id, (int) most);

  return read_all (stmt, error);
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

/* The register, the newest first: ids (gint64). */
GArray *
desk_issued_ids (DeskDb *db, DeskIssuedFilter filter, GError **error)
{
  static const char *const sql[] = {
    [DESK_ISSUED_ALL] = "SELECT id FROM issued ORDER BY at DESC, id DESC",
    [DESK_ISSUED_DIFFERS]
    = "SELECT id FROM issued i WHERE " DESK_ISSUED_IS_STALE " ORDER BY at DESC, id DESC",
    [DESK_ISSUED_TROUBLE]
    = "SELECT i.id FROM issued_print t JOIN issued i ON i.id = t.issued_id WHERE t.state IN ('begun', 'failed', 'unknown') AND t.state <> 'begun'"
      " AND NOT EXISTS (SELECT 1 FROM issued_print n WHERE n.issued_id = t.issued_id AND n.seq > t.seq) ORDER BY i.at DESC, i.id DESC",
    [DESK_ISSUED_VOID]
    = "SELECT id FROM (SELECT id, at FROM issued WHERE void_at IS NOT NULL UNION SELECT o.id, o.at FROM issued r JOIN issued o"
      " ON o.id = r.replaces WHERE r.replaces IS NOT NULL) gone ORDER BY at DESC, id DESC",
  };
  g_autofree char *since = desk_day_format ((DeskDay) (NOW / 86400) - DESK_ISSUED_MATTERS_DAYS);
  g_autoptr (DeskStmt) stmt
      = filter == DESK_ISSUED_DIFFERS ? desk_db_query (db, error, sql[filter], "t", since) : desk_db_query (db, error, sql[filter], "");

  return read_ids (stmt, error);
}

/* A patient's that are to be looked at because they no longer say what the book says, the newest first: ids (gint64). */
GArray *
desk_issued_stale_of (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autofree char *since = desk_day_format ((DeskDay) (NOW / 86400) - DESK_ISSUED_MATTERS_DAYS);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT id FROM issued i WHERE " DESK_ISSUED_IS_STALE " AND i.patient_id = $2 ORDER BY at DESC, id DESC", "ti", since, patient_id);

  return read_ids (stmt, error);
}

/* What a list shows of these letters, in the order of ids; NULL for one that is not there. */
GPtrArray *
desk_issued_rows (DeskDb *db, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, free_issued);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.id = $1", "i", ids[i]);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_ERROR)
        return NULL;
      g_ptr_array_add (rows, step == DESK_STEP_ROW ? read_issued (stmt) : NULL);
    }
  return g_steal_pointer (&rows);
}

/* Those a change may have made wrong, of one patient, or of all for 0: ids (gint64). */
GArray *
desk_issued_touched (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = patient_id ? desk_db_query (db, error, "SELECT id FROM issued WHERE touched = 1 AND patient_id = $1 ORDER BY id", "i", patient_id)
                   : desk_db_query (db, error, "SELECT id FROM issued WHERE touched = 1 ORDER BY patient_id, id", "");

  return read_ids (stmt, error);
}

/* ── writes ── */

static const char insert_sql[]
    = "INSERT INTO issued (number, name, version, language, text_digest, patient_id, subject, subject_id, issued_on, data, pdf_digest,"
      " pages, pack, at, by_id, replaces) VALUES ($1, $2, $3, $4, $5, NULLIF ($6, 0), $7, $8, $9, $10, $11, $12, NULLIF ($13, 0), $14,"
      " NULLIF ($15, 0), NULLIF ($16, 0)) RETURNING id";

/* Enters a letter. The one it replaces stays, and is shown as replaced; the same one twice is DESK_ERROR_TAKEN, one that
 * is withdrawn DESK_ERROR_REFUSED "issued-void", one with a consent that is open or signed "consent-hangs". */
gboolean
desk_issued_add (DeskTxn *txn, const DeskIssuedNew *issued, gint64 *id, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  g_autofree char *day = desk_day_format (issued->issued_on);
  g_autofree char *detail = g_strdup_printf ("%s %s %s %s", issued->number, issued->name, issued->version, issued->language);

  if (issued->replaces)
    {
      g_autoptr (DeskIssued) old = desk_issued_load (db, issued->replaces, error);

      if (!old)
        return FALSE;
      if (old->replaced_by)
        {
          g_autoptr (DeskIssued) by = desk_issued_load (db, old->replaced_by, error);

          if (by)
            g_set_error (error, DESK_ERROR, DESK_ERROR_TAKEN, "%s has been replaced by %s", old->number, by->number);
          return FALSE;
        }
    }
  if (!desk_db_value (db, id, error, insert_sql, "tttttititttdiiii", issued->number, issued->name, issued->version, issued->language,
                      issued->text_digest, issued->patient_id, issued->subject ? issued->subject : "", issued->subject_id, day,
                      issued->data, issued->pdf_digest, (int) issued->pages, issued->pack, (gint64) NOW, desk_db_get_actor (db),
                      issued->replaces))
    return FALSE;
  if (issued->replaces)
    desk_txn_changed (txn, DESK_KIND_LETTER, issued->replaces);
  return desk_txn_log (txn, "letter.issue", DESK_KIND_LETTER, *id, detail, error);
}

/* Withdraws a letter, with the reason: what is out says nothing any more. DESK_ERROR_CONFLICT when it was withdrawn already,
 * DESK_ERROR_INVALID without a reason, DESK_ERROR_REFUSED "consent-hangs" while a consent to it is open or signed. */
gboolean
desk_issued_void (DeskDb *db, gint64 id, const char *why, GError **error)
{
  g_autoptr (DeskTxn) txn = NULL;
  g_autofree char *reason = g_strstrip (g_strdup (why ? why : ""));
  gint64 done = 0;

  if (*reason == '\0')
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a letter is withdrawn with a reason");
      return FALSE;
    }
  txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (!desk_db_value (db, &done, error,
                      "UPDATE issued SET void_at = $2, void_why = $3, void_by = NULLIF ($4, 0), touched = 0, differs = '', kept = ''"
                      " WHERE id = $1 AND void_at IS NULL RETURNING 1",
                      "iiti", id, (gint64) NOW, reason, desk_db_get_actor (db)))
    {
      if (error && g_error_matches (*error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        (*error)->code = DESK_ERROR_CONFLICT;
      return FALSE;
    }
  return desk_txn_log (txn, "letter.void", DESK_KIND_LETTER, id, reason, error) && desk_txn_commit (txn, error);
}

/* Somebody looked at what no longer matches and leaves the letter as it is: it is pointed out again only when something
 * else differs. */
gboolean
desk_issued_keep (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, "UPDATE issued SET kept = differs WHERE id = $1", "i", id)
         && desk_txn_log (txn, "letter.keep", DESK_KIND_LETTER, id, NULL, error) && desk_txn_commit (txn, error);
}

/* What comparing a letter with the book found: the fields, or "" where it holds. */
gboolean
desk_issued_compared (DeskTxn *txn, gint64 id, const char *differs, GError **error)
{
  return desk_db_run (desk_txn_get_db (txn), error,
                      "UPDATE issued SET touched = 0, differs = $2, kept = CASE $2 WHEN '' THEN '' ELSE kept END WHERE id = $1", "it", id,
                      differs)
         && desk_txn_log (txn, "letter.compare", DESK_KIND_LETTER, id, differs, error);
}

/* Those whose number begins so, or of the patient with that chart number: ids (gint64), the newest first, at most 100. */
GArray *
desk_issued_search (DeskDb *db, const char *text, GError **error)
{
  g_autofree char *from = g_ascii_strup (text, -1), *until = g_strconcat (from, "~", NULL);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT id FROM (SELECT id, at FROM issued WHERE number >= $1 AND number < $2"
      " UNION SELECT i.id, i.at FROM patient p JOIN issued i ON i.patient_id = p.id WHERE p.chart = $1) found ORDER BY at DESC, id DESC LIMIT 100",
      "tt", from, until);

  return read_ids (stmt, error);
}
