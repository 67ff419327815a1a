#include "desk-merge.h"

#include "desk-merge-private.h"
#include "desk-patients.h"

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

static gboolean
conflict (GError **error, const char *chart)
{
  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "patient %s was changed meanwhile", chart);
  return FALSE;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
take_rows (DeskDb *db, gint64 merge, gint64 from, GError **error)
{
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);

  for (guint i = 0; i < n; i++)
    if (places[i].take && !desk_db_run (db, error, places[i].take, "ii", merge, from))
      return FALSE;
  return TRUE;
}

static gboolean
follow_rows (DeskDb *db, gint64 merge, GError **error)
{
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);

  for (guint i = 0; i < n; i++)
    if (places[i].follow && !desk_db_run (db, error, places[i].follow, "i", merge))
      return FALSE;
  return TRUE;
}

/* The keys to owner and thing together do not hold while some have moved and some have not. */
static gboolean
move_rows (DeskDb *db, DeskTxn *txn, gint64 merge, gint64 from, gint64 to, GError **error)
{
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);

  if (!desk_txn_defer_keys (txn, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (places[i].move && !desk_db_run (db, error, places[i].move, "iii", merge, from, to))
      return FALSE;
  return TRUE;
}

/* Says of every row that it changed, and counts them by kind: "visit 3, unit 2". */
static char *
tell_rows (DeskDb *db, DeskTxn *txn, gint64 merge, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskStmt) stmt
          = desk_db_query (db, error, "SELECT row_id FROM merge_moved WHERE merge_id = $1 AND what = $2", "it", merge, places[i].table);
      DeskStep step = DESK_STEP_ERROR;
      guint count = 0;

      for (; stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW; count++)
        desk_txn_changed (txn, places[i].kind, desk_stmt_int64 (stmt, 0));
      if (step == DESK_STEP_ERROR)
        return NULL;
      if (count && places[i].move)
        g_string_append_printf (text, "%s%s %u", text->len ? ", " : "", places[i].table, count);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ── fields ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
note_field (DeskDb *db, gint64 merge, const char *field, const char *before, const char *after, GError **error)
{
  return g_str_equal (before, after)
         || desk_db_run (db, error, "INSERT INTO merge_field (merge_id, field, before, after) VALUES ($1, $2, $3, $4)", "ittt",
                         merge, field, before, after);
}

/* Saves the winner as chosen, and writes down what differs from before. */
static gboolean
save_winner (DeskDb *db, gint64 merge, const DeskPatient *chosen, GError **error)
{
  g_autoptr (DeskPatient) before = desk_patient_load (db, chosen->id, error);
  g_autoptr (DeskPatient) after = desk_patient_copy (chosen);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  if (!before || !desk_patient_save (db, after, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!note_field (db, merge, fields[i].name, desk_patient_get (before, &fields[i]), desk_patient_get (after, &fields[i]), error))
      return FALSE;
  return note_field (db, merge, "interpreter", before->interpreter ? "1" : "0", after->interpreter ? "1" : "0", error)
         && desk_patient_write_words (db, after, error);
}

/* The newest visit ranks search results, and visits have moved. */
static gboolean
carry_last_seen (DeskDb *db, gint64 merge, gint64 loser, gint64 winner, GError **error)
{
  gint64 theirs, ours;

  if (!desk_db_value (db, &theirs, error, "SELECT last_seen FROM patient WHERE id = $1", "i", loser)
      || !desk_db_value (db, &ours, error, "SELECT last_seen FROM patient WHERE id = $1", "i", winner))
    return FALSE;
  if (theirs <= ours)
    return TRUE;
  g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, ours);
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, theirs);
  return note_field (db, merge, "last_seen", before, after, error)
         && desk_db_run (db, error, "UPDATE patient SET last_seen = $2 WHERE id = $1", "ii", winner, theirs);
}

/* Marks or unmarks the loser; DESK_ERROR_NOT_FOUND when the version is another. */
static gboolean
mark (DeskDb *db, gint64 loser, gint64 winner, gint64 version, GError **error)
{
  gint64 stored;

  return desk_db_value (db, &stored, error,
                        "UPDATE patient SET merged_into = NULLIF ($2, 0), version = version + 1, updated_at = $4"
                        " WHERE id = $1 AND version = $3 RETURNING version",
                        "iiii", loser, winner, version, now_seconds ());
}

static gboolean
write_loser_words (DeskDb *db, gint64 loser, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, loser, error);

  return patient && desk_patient_write_words (db, patient, error);
}

/* ── merging ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
begin_merge (DeskDb *db, const DeskMerge *merge, gint64 *id, GError **error)
{
  gint64 actor = desk_db_get_actor (db);

  if (actor == 0)
    return refuse (error, "person-needed");
  if (merge->second_by == actor)
    return refuse (error, "same-person");
  return desk_db_value (db, id, error,
                        "INSERT INTO merge (loser_id, winner_id, at, approved_by, second_by, moving)"
                        " VALUES ($1, $2, $3, $4, NULLIF ($5, 0), 1) RETURNING id",
                        "iiiii", merge->loser_id, merge->winner->id, now_seconds (), actor, merge->second_by);
}

/* Refuses what was loaded before somebody else saved. */
static gboolean
check_versions (const DeskMerge *merge, const DeskPatient *loser, const DeskPatient *winner, GError **error)
{
  if (loser->version != merge->loser_version)
    return conflict (error, loser->chart);
  if (winner->version != merge->winner->version)
    return conflict (error, winner->chart);
  return TRUE;
}

static gboolean
log_merge (DeskTxn *txn, const char *winner_action, const char *loser_action, const DeskPatient *loser, const DeskPatient *winner,
           const char *rows, GError **error)
{
  g_autofree char *from = g_strdup_printf ("%s: %s", loser->chart, rows);
  g_autofree char *into = g_strdup_printf ("%s: %s", winner->chart, rows);

  return desk_txn_log (txn, winner_action, DESK_KIND_PATIENT, winner->id, from, error)
         && desk_txn_log (txn, loser_action, DESK_KIND_PATIENT, loser->id, into, error);
}

/* Merges loser into winner: everything that belongs to the one goes to the other, the loser's record is marked, the
 * winner saved as chosen. The actor approves; second_by must be somebody else where both have cells. On success
 * merge_id, if not NULL, is what desk_unmerge () takes. DESK_ERROR_CONFLICT when either was saved since it was loaded,
 * DESK_ERROR_REFUSED with a rule's code, DESK_ERROR_TAKEN when both have a visit at the same time. */
gboolean
desk_merge (DeskDb *db, const DeskMerge *merge, gint64 *merge_id, GError **error)
{
  gint64 id;

  if (merge->loser_id == merge->winner->id)
    return refuse (error, "same-record");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskPatient) loser = txn ? desk_patient_load (db, merge->loser_id, error) : NULL;
  g_autoptr (DeskPatient) winner = loser ? desk_patient_load (db, merge->winner->id, error) : NULL;
  if (!winner || !check_versions (merge, loser, winner, error) || !begin_merge (db, merge, &id, error)
      || !take_rows (db, id, loser->id, error) || !move_rows (db, txn, id, loser->id, winner->id, error)
      || !mark (db, loser->id, winner->id, loser->version, error) || !write_loser_words (db, loser->id, error)
      || !save_winner (db, id, merge->winner, error) || !carry_last_seen (db, id, loser->id, winner->id, error)
      || !desk_db_run (db, error, "UPDATE merge SET moving = NULL WHERE id = $1", "i", id))
    return FALSE;

  g_autofree char *rows = tell_rows (db, txn, id, error);
  if (!rows || !log_merge (txn, "patient.merge", "patient.merged", loser, winner, rows, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  if (merge_id)
    *merge_id = id;
  return TRUE;
}

/* ── and back ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
begin_undo (DeskDb *db, gint64 merge_id, gint64 second_by, gint64 *loser, gint64 *winner, GError **error)
{
  gint64 actor = desk_db_get_actor (db);

  if (actor == 0)
    return refuse (error, "person-needed");
  if (second_by == actor)
    return refuse (error, "same-person");
  return desk_db_value (db, loser, error,
                        "UPDATE merge SET moving = 1, undone_at = CASE WHEN at > $2 THEN at ELSE $2 END, undone_by = $3,"
                        " undone_second = NULLIF ($4, 0) WHERE id = $1 AND undone_at IS NULL RETURNING loser_id",
                        "iiii", merge_id, now_seconds (), actor, second_by)
         && desk_db_value (db, winner, error, "SELECT winner_id FROM merge WHERE id = $1", "i", merge_id);
}

static gboolean
wanted (const char *const *restore, const char *field)
{
  return restore && g_strv_contains (restore, field);
}

/* What the merge put into the winner goes out again, unless somebody wrote there since and it is not asked for. */
static gboolean
restore_fields (DeskDb *db, gint64 merge_id, DeskPatient *winner, const char *const *restore, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT field, before, after FROM merge_field WHERE merge_id = $1", "i", merge_id);
  DeskStep step = DESK_STEP_ERROR;
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *name = desk_stmt_text (stmt, 0), *before = desk_stmt_text (stmt, 1), *after = desk_stmt_text (stmt, 2);

      if (g_str_equal (name, "interpreter") && (winner->interpreter == g_str_equal (after, "1") || wanted (restore, name)))
        winner->interpreter = g_str_equal (before, "1");
      for (guint i = 0; i < n; i++)
        if (g_str_equal (fields[i].name, name)
            && (g_str_equal (desk_patient_get (winner, &fields[i]), after) || wanted (restore, name)))
          desk_patient_set (winner, &fields[i], before);
    }
  return step == DESK_STEP_DONE
         && desk_db_run (db, error,
                         "UPDATE patient SET last_seen = (SELECT CAST (f.before AS INTEGER) FROM merge_field f"
                         " WHERE f.merge_id = $1 AND f.field = 'last_seen')"
                         " WHERE id = $2 AND EXISTS (SELECT 1 FROM merge_field f WHERE f.merge_id = $1 AND f.field = 'last_seen'"
                         " AND CAST (f.after AS INTEGER) = patient.last_seen)",
                         "ii", merge_id, winner->id)
         && desk_patient_save (db, winner, error) && desk_patient_write_words (db, winner, error);
}

/* Promises between what goes back and what stays, released since, can be of neither: the journal keeps what they were. */
static gboolean
keep_promises (DeskDb *db, DeskTxn *txn, gint64 merge, GError **error)
{
  g_autoptr (DeskStmt) stmt = NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (!desk_db_run (db, error,
                    "INSERT INTO merge_promise (reservation_id, merge_id, unit_id, visit_id, opened_at, opened_by, closed_at)"
                    " SELECT id, merge_id, unit_id, visit_id, opened_at, opened_by, closed_at FROM merge_crossing"
                    " WHERE merge_id = $1 AND closed_at IS NOT NULL",
                    "i", merge)
      || !desk_db_run (db, error,
                       "DELETE FROM reservation WHERE id IN (SELECT reservation_id FROM merge_promise WHERE merge_id = $1)", "i", merge))
    return FALSE;
  stmt = desk_db_query (db, error, "SELECT unit_id, visit_id, opened_at, closed_at FROM merge_promise WHERE merge_id = $1", "i", merge);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autofree char *detail = g_strdup_printf ("visit %" G_GINT64_FORMAT ", reserved %" G_GINT64_FORMAT ", released %" G_GINT64_FORMAT,
                                                 desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2), desk_stmt_int64 (stmt, 3));
      if (!desk_txn_log (txn, "reservation.kept-in-words", DESK_KIND_UNIT, desk_stmt_int64 (stmt, 0), detail, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

#define MOVED(what, id) "(EXISTS (SELECT 1 FROM merge_moved m WHERE m.merge_id = $1 AND m.what = '" what "' AND m.row_id = " id "))"

/* Money of one of them that was put on an invoice of the other since, or a session that a visit of the other used: whose
 * would it be? */
static gboolean
refuse_shared_money (DeskDb *db, gint64 merge, gint64 winner_id, GError **error)
{
  gint64 shared;

  if (!desk_db_value (db, &shared, error,
                      "SELECT (SELECT count (*) FROM payment p JOIN payment_part x ON x.payment_id = p.id WHERE p.patient_id = $2"
                      " AND " MOVED ("payment", "x.payment_id") " <> " MOVED ("invoice", "x.invoice_id") ")"
                      " + (SELECT count (*) FROM invoice c WHERE c.patient_id = $2 AND c.credits IS NOT NULL"
                      " AND " MOVED ("invoice", "c.id") " <> " MOVED ("invoice", "c.credits") ")"
                      " + (SELECT count (*) FROM package k JOIN package_use u ON u.package_id = k.id WHERE k.patient_id = $2 AND u.visit_id IS NOT NULL"
                      " AND " MOVED ("package", "u.package_id") " <> " MOVED ("visit", "u.visit_id") ")",
                      "ii", merge, winner_id))
    return FALSE;
  return shared == 0 || refuse (error, "merge-money");
}

/* Takes a merge back: every row that moved, and what was made of it since, goes back to the loser, whose record stands
 * for itself again. A field of the winner that was changed since keeps what was written, unless restore (names, ending
 * in NULL, or NULL) has it. DESK_ERROR_REFUSED with a rule's code where something since joins the two: a dose given or
 * promised, money put across, a further merge; DESK_ERROR_NOT_FOUND when it was taken back already. */
gboolean
desk_unmerge (DeskDb *db, gint64 merge_id, gint64 second_by, const char *const *restore, GError **error)
{
  gint64 loser_id, winner_id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !begin_undo (db, merge_id, second_by, &loser_id, &winner_id, error))
    return FALSE;
  g_autoptr (DeskPatient) loser = desk_patient_load (db, loser_id, error);
  g_autoptr (DeskPatient) winner = loser ? desk_patient_load (db, winner_id, error) : NULL;
  if (!winner || !mark (db, loser_id, 0, loser->version, error) || !keep_promises (db, txn, merge_id, error)
      || !follow_rows (db, merge_id, error) || !refuse_shared_money (db, merge_id, winner_id, error)
      || !move_rows (db, txn, merge_id, winner_id, loser_id, error) || !write_loser_words (db, loser_id, error)
      || !restore_fields (db, merge_id, winner, restore, error)
      || !desk_db_run (db, error, "UPDATE merge SET moving = NULL WHERE id = $1", "i", merge_id))
    return FALSE;

  g_autofree char *rows = tell_rows (db, txn, merge_id, error);
  return rows && log_merge (txn, "patient.unmerge", "patient.unmerged", loser, winner, rows, error)
         && desk_txn_commit (txn, error);
}
