/* Each time a letter went to a printer or into a file. */
#include "desk-error.h"
#include "desk-issued.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)
#define LONG_AGO (12 * 3600)

#define READ \
  "SELECT t.id, t.issued_id, t.seq, t.how, t.target, t.pages, t.copies, t.state, t.reason, t.at, COALESCE (t.ended_at, 0)," \
  " COALESCE (t.by_id, 0), COALESCE (s.name, ''), COALESCE (s.name_ja, ''), i.number, COALESCE (i.patient_id, 0), t.desk, i.name," \
  " COALESCE (p.family || CASE p.given WHEN '' THEN '' ELSE ' ' || p.given END, '')" \
  " FROM issued_print t JOIN issued i ON i.id = t.issued_id LEFT JOIN staff s ON s.id = t.by_id LEFT JOIN patient p ON p.id = i.patient_id "

void
desk_issued_print_free (DeskIssuedPrint *print)
{
  if (!print)
    return;

  char *const texts[] = { print->how, print->target, print->pages, print->state, print->reason, print->by, print->by_ja, print->number, print->desk, print->name, print->patient_name };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (print);
}

static void
free_print (gpointer print)
{
  desk_issued_print_free (print);
}

static DeskIssuedPrint *
read_print (DeskStmt *stmt)
{
  DeskIssuedPrint *print = g_new0 (DeskIssuedPrint, 1);

  print->id = desk_stmt_int64 (stmt, 0);
  print->issued_id = desk_stmt_int64 (stmt, 1);
  print->seq = desk_stmt_int (stmt, 2);
  print->how = desk_stmt_dup_text (stmt, 3);
  print->target = desk_stmt_dup_text (stmt, 4);
  print->pages = desk_stmt_dup_text (stmt, 5);
  print->copies = desk_stmt_int (stmt, 6);
  print->state = desk_stmt_dup_text (stmt, 7);
  print->reason = desk_stmt_dup_text (stmt, 8);
  print->at = desk_stmt_int64 (stmt, 9);
  print->ended_at = desk_stmt_int64 (stmt, 10);
  print->by_id = desk_stmt_int64 (stmt, 11);
  print->by = desk_stmt_dup_text (stmt, 12);
  print->by_ja = desk_stmt_dup_text (stmt, 13);
  print->number = desk_stmt_dup_text (stmt, 14);
  print->patient_id = desk_stmt_int64 (stmt, 15);
  print->desk = desk_stmt_dup_text (stmt, 16);
  print->name = desk_stmt_dup_text (stmt, 17);
  print->patient_name = desk_stmt_dup_text (stmt, 18);
  return print;
}

static GPtrArray *
read_all (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_print);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_print (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* A letter's, the first first: DeskIssuedPrint. */
GPtrArray *
desk_issued_prints (DeskDb *db, gint64 issued_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE t.issued_id = $1 ORDER BY t.seq", "i", issued_id);

  return read_all (stmt, error);
}

/* Those that are not known to have come out and were not printed again since, the oldest first: what is going on, what
 * failed, what nobody knows. */
GPtrArray *
desk_issued_prints_open (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      READ "WHERE t.state IN ('begun', 'failed', 'unknown') AND NOT EXISTS (SELECT 1 FROM issued_print n WHERE n.issued_id = t.issued_id"
           " AND n.seq > t.seq) ORDER BY t.at, t.id",
      "");

  return read_all (stmt, error);
}

/* What was printed of a patient before there was a register, out of the audit trail, the newest first; how and number are
 * "", reason is the letter with version and language. */
GPtrArray *
desk_issued_prints_before_register (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT a.seq, 0, 0, '', '', '', 1, 'done', COALESCE (a.detail, ''), a.at, a.at, a.actor, COALESCE (s.name, ''), COALESCE (s.name_ja, ''),"
      " '', a.object_id, a.desk, '', '' FROM audit a LEFT JOIN staff s ON s.id = a.actor"
      " WHERE a.action = 'letter.print' AND a.object_id = $1 AND a.kind = 'patient' ORDER BY a.seq DESC",
      "i", patient_id);

  return read_all (stmt, error);
}

/* Which copy the next print is: 0 the original, as long as nothing can have come out before. A printer that failed half-way
 * may have left pages in the tray; what it was never given, a file that was never whole, and what was only shown on the
 * screen do not count. The same as desk_print_copy_no () of the domain. */
gboolean
desk_issued_copy_no (DeskDb *db, gint64 issued_id, guint *copy_no, GError **error)
{
  gint64 n = 0;

  if (!desk_db_value (db, &n, error,
                      "SELECT COALESCE (sum (copies), 0) FROM issued_print WHERE issued_id = $1 AND how <> 'screen'"
                      " AND NOT (state = 'failed' AND (how = 'pdf' OR reason = 'not-sent'))",
                      "i", issued_id))
    return FALSE;
  *copy_no = (guint) n;
  return TRUE;
}

/* Whether what was drawn, as that copy, can still go out; within the transaction in which its print begins. Another desk
 * may have printed it since, and there are never two originals; or it was put out of force, and the mark is not on it.
 * Else DESK_ERROR_REFUSED "printed-meanwhile". A copy drawn as a later one than it is does no harm. */
gboolean
desk_issued_print_fits (DeskDb *db, gint64 issued_id, guint copy_no, gboolean in_force, GError **error)
{
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);
  guint now = 0;

  if (!issued || !desk_issued_copy_no (db, issued_id, &now, error))
    return FALSE;
  if (now <= copy_no && in_force == (issued->void_at == 0 && issued->replaced_by == 0))
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "printed-meanwhile");
  return FALSE;
}

/* A print begins, before anything is sent: the first is the original, later ones carry the copy mark. target is the name
 * of a printer, never a path; pages "" for all. */
gboolean
desk_issued_print_begin (DeskDb *db, gint64 issued_id, const char *how, const char *target, const char *pages, guint copies,
                         gint64 *print_id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("%s %s", how, target ? target : "");

  return txn
         && desk_db_value (db, print_id, error,
                           "INSERT INTO issued_print (issued_id, seq, how, target, pages, copies, at, by_id, desk)"
                           " SELECT $1, 1 + COALESCE (max (seq), 0), $2, $3, $4, $5, $6, NULLIF ($7, 0), $8 FROM issued_print WHERE issued_id = $1"
                           " RETURNING id",
                           "itttdiit", issued_id, how, target ? target : "", pages ? pages : "", (int) copies, (gint64) NOW,
                           desk_db_get_actor (db), g_get_host_name ())
         && desk_txn_log (txn, "letter.copy", DESK_KIND_LETTER, issued_id, g_strstrip (detail), error) && desk_txn_commit (txn, error);
}

/* How it ended: "done", "failed" or "unknown" with the reason; of one that is unknown somebody may find out.
 * DESK_ERROR_CONFLICT when it had ended already. */
gboolean
desk_issued_print_end (DeskDb *db, gint64 print_id, const char *state, const char *reason, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("%s %s", state, reason ? reason : "");
  gint64 issued_id = 0;

  if (!txn)
    return FALSE;
  if (!desk_db_value (db, &issued_id, error,
                      "UPDATE issued_print SET state = $2, reason = $3, ended_at = $4 WHERE id = $1 AND state IN ('begun', 'unknown') RETURNING issued_id",
                      "itti", print_id, state, reason ? reason : "", (gint64) NOW))
    {
      if (error && g_error_matches (*error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        (*error)->code = DESK_ERROR_CONFLICT;
      return FALSE;
    }
  return desk_txn_log (txn, "letter.printed", DESK_KIND_LETTER, issued_id, g_strstrip (detail), error) && desk_txn_commit (txn, error);
}

/* When the program starts: how the prints ended that were going on when it stopped, nobody knows. Another desk may be
 * printing now: only what was begun at this one, or long ago, is meant. n tells how many. */
gboolean
desk_issued_prints_lost (DeskDb *db, guint *n, GError **error)
{
  g_autoptr (GPtrArray) open = desk_issued_prints_open (db, error);

  *n = 0;
  for (guint i = 0; open && i < open->len; i++)
    {
      const DeskIssuedPrint *print = open->pdata[i];

      if (!g_str_equal (print->state, "begun") || (!g_str_equal (print->desk, g_get_host_name ()) && print->at > NOW - LONG_AGO))
        continue;
      if (!desk_issued_print_end (db, print->id, "unknown", "program-ended", error))
        return FALSE;
      ++*n;
    }
  return open != NULL;
}
