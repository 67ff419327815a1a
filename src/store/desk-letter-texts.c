#include "desk-letter-texts.h"

#include "desk-error.h"
#include "desk-letter-version.h"

#define COLUMNS \
  " v.id, v.name, v.seq, v.version, v.digest, v.comment, v.at, COALESCE (v.by_id, 0), COALESCE (s.name, ''), COALESCE (s.name_ja, '')"

/* One row a name: UNIQUE (name, seq) finds each. */
static const char list_sql[]
    = "SELECT" COLUMNS " FROM letter_version v LEFT JOIN staff s ON s.id = v.by_id"
      " WHERE v.seq = (SELECT max (n.seq) FROM letter_version n WHERE n.name = v.name) ORDER BY v.name";

static const char history_sql[]
    = "SELECT" COLUMNS " FROM letter_version v LEFT JOIN staff s ON s.id = v.by_id WHERE v.name = $1 ORDER BY v.seq DESC";

static const char newest_sql[]
    = "SELECT" COLUMNS " FROM letter_version v LEFT JOIN staff s ON s.id = v.by_id WHERE v.name = $1 ORDER BY v.seq DESC LIMIT 1";

static const char text_sql[] = "SELECT xml FROM letter_text WHERE digest = $1";

static const char signed_sql[] = "SELECT count (DISTINCT patient_id) FROM consent WHERE name = $1 AND status = 'signed'";

static const char keep_sql[]
    = "INSERT INTO letter_text (digest, xml) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM letter_text WHERE digest = $1)";

static const char insert_sql[]
    = "INSERT INTO letter_version (name, seq, version, digest, comment, at, by_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, nullif ($7, 0)) RETURNING id";

static const char draft_list_sql[] = "SELECT name, seq, xml, at FROM letter_draft WHERE by_id = $1 ORDER BY name";

static const char draft_load_sql[] = "SELECT name, seq, xml, at FROM letter_draft WHERE name = $1 AND by_id = $2";

static const char draft_update_sql[]
    = "UPDATE letter_draft SET seq = $3, xml = $4, at = $5 WHERE name = $1 AND by_id = $2";

static const char draft_insert_sql[]
    = "INSERT INTO letter_draft (name, by_id, seq, xml, at) SELECT $1, $2, $3, $4, $5"
      " WHERE NOT EXISTS (SELECT 1 FROM letter_draft WHERE name = $1 AND by_id = $2)";

static const char draft_drop_sql[] = "DELETE FROM letter_draft WHERE name = $1 AND by_id = $2 RETURNING name";

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static DeskLetterVersion *
read_version (DeskStmt *stmt)
{
  DeskLetterVersion *version = g_new0 (DeskLetterVersion, 1);

  version->id = desk_stmt_int64 (stmt, 0);
  version->name = desk_stmt_dup_text (stmt, 1);
  version->seq = desk_stmt_int64 (stmt, 2);
  version->version = desk_stmt_dup_text (stmt, 3);
  version->digest = desk_stmt_is_null (stmt, 4) ? NULL : desk_stmt_dup_text (stmt, 4);
  version->comment = desk_stmt_dup_text (stmt, 5);
  version->at = desk_stmt_int64 (stmt, 6);
  version->by_id = desk_stmt_int64 (stmt, 7);
  version->by = desk_stmt_dup_text (stmt, 8);
  version->by_ja = desk_stmt_dup_text (stmt, 9);
  return version;
}

/* Takes the statement. */
static GPtrArray *
read_versions (DeskStmt *taken, GError **error)
{
  g_autoptr (DeskStmt) stmt = taken;
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_letter_version_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (versions, read_version (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&versions) : NULL;
}

/* The newest version of each letter that the clinic ever saved, by name: of DeskLetterVersion. */
GPtrArray *
desk_letter_text_list (DeskDb *db, GError **error)
{
  return read_versions (desk_db_query (db, error, list_sql, ""), error);
}

/* All versions of a letter, the newest first: of DeskLetterVersion. */
GPtrArray *
desk_letter_text_history (DeskDb *db, const char *name, GError **error)
{
  return read_versions (desk_db_query (db, error, history_sql, "t", name), error);
}

/* The version that counts; of seq 0, with nothing else but the name, where the clinic never saved one. */
DeskLetterVersion *
desk_letter_text_newest (DeskDb *db, const char *name, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, newest_sql, "t", name);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ERROR)
    return NULL;
  if (step == DESK_STEP_ROW)
    return read_version (stmt);
  DeskLetterVersion *none = g_new0 (DeskLetterVersion, 1);
  none->name = g_strdup (name);
  none->version = g_strdup ("");
  none->comment = g_strdup ("");
  none->by = g_strdup ("");
  none->by_ja = g_strdup ("");
  return none;
}

/* A text by its digest, which the caller frees; NOT_FOUND. */
char *
desk_letter_text_by_digest (DeskDb *db, const char *digest, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, text_sql, "t", digest);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    return desk_stmt_dup_text (stmt, 0);
  if (step == DESK_STEP_DONE)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no text of a letter with the digest %s", digest);
  return NULL;
}

/* How many patients have a consent in force that was given to any version of a letter. */
gboolean
desk_letter_text_signed (DeskDb *db, const char *name, gint64 *patients, GError **error)
{
  return desk_db_value (db, patients, error, signed_sql, "t", name);
}

/* Keeps a text, once, within an open transaction; digest (SHA-256, hexadecimal) is the caller's. */
gboolean
desk_letter_text_keep (DeskTxn *txn, DeskDb *db, const char *xml, char **digest, GError **error)
{
  g_autofree char *made = g_compute_checksum_for_string (G_CHECKSUM_SHA256, xml, -1);

  if (!desk_db_run (db, error, keep_sql, "tt", made, xml))
    return FALSE;
  *digest = g_steal_pointer (&made);
  return TRUE;
}

/* ── saving ── */

/* Whether the letter is still what was loaded, else CONFLICT with who saved it. */
static gboolean
check_seq (const GPtrArray *history, gint64 seq, GError **error)
{
  const DeskLetterVersion *newest = history->len ? g_ptr_array_index (history, 0) : NULL;

  if ((newest ? newest->seq : 0) == seq)
    return TRUE;
  const char *who = newest && *newest->by ? newest->by : "somebody";
  if (newest && *newest->version)
    g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s saved version %s of this letter meanwhile", who, newest->version);
  else
    g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s put this letter away meanwhile", who);
  return FALSE;
}

/* Numbers of versions only grow, over all that was ever saved, and begin above the built-in letter's. */
static gboolean
check_number (const GPtrArray *history, const DeskLetterSave *save, GError **error)
{
  const char *highest = save->above ? save->above : "";

  if (!desk_letter_version_valid (save->version))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "«%s» is not the number of a version", save->version);
      return FALSE;
    }
  for (guint i = 0; i < history->len; i++)
    {
      const DeskLetterVersion *version = g_ptr_array_index (history, i);

      if (desk_letter_version_compare (version->version, highest) > 0)
        highest = version->version;
    }
  if (desk_letter_version_compare (save->version, highest) > 0)
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "letter-version-lower");
  return FALSE;
}

static gboolean
insert_version (DeskTxn *txn, DeskDb *db, const char *name, gint64 seq, const char *version, const char *digest, const char *comment,
                GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, insert_sql, "titttii", name, seq, version, digest, comment, now (), desk_db_get_actor (db));
  g_autofree char *detail = g_strstrip (g_strdup_printf ("%s %s", name, version));

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  return desk_txn_log (txn, digest ? "letter.save" : "letter.end", DESK_KIND_LETTER, desk_stmt_int64 (stmt, 0), detail, error);
}

/* Saves a text as the newest version and forgets the draft of whoever saves. CONFLICT names who saved since it was
 * loaded; REFUSED letter-version-lower (a number not above all before and the built-in letter's), letter-version-used;
 * INVALID for what is no number. */
gboolean
desk_letter_text_save (DeskDb *db, DeskLetterSave *save, GError **error)
{
  g_autofree char *digest = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) history = txn ? desk_letter_text_history (db, save->name, error) : NULL;

  if (!history || !check_seq (history, save->seq, error) || !check_number (history, save, error)
      || !desk_letter_text_keep (txn, db, save->xml, &digest, error)
      || !insert_version (txn, db, save->name, save->seq + 1, save->version, digest, save->comment, error)
      || !desk_db_run (db, error, draft_drop_sql, "ti", save->name, desk_db_get_actor (db))
      || !desk_txn_commit (txn, error))
    return FALSE;
  save->seq++;
  return TRUE;
}

/* Goes back to the built-in letter, or puts away one that the clinic made; its versions stay. seq is what was loaded,
 * and becomes the new one. CONFLICT as on saving; REFUSED letter-not-own where there is nothing to end. */
gboolean
desk_letter_text_end (DeskDb *db, const char *name, gint64 *seq, const char *comment, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) history = txn ? desk_letter_text_history (db, name, error) : NULL;

  if (!history || !check_seq (history, *seq, error))
    return FALSE;
  if (!history->len || !((DeskLetterVersion *) g_ptr_array_index (history, 0))->digest)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "letter-not-own");
      return FALSE;
    }
  if (!insert_version (txn, db, name, *seq + 1, "", NULL, comment, error) || !desk_txn_commit (txn, error))
    return FALSE;
  (*seq)++;
  return TRUE;
}

/* ── drafts ── */

static DeskLetterDraft *
read_draft (DeskStmt *stmt)
{
  DeskLetterDraft *draft = g_new0 (DeskLetterDraft, 1);

  draft->name = desk_stmt_dup_text (stmt, 0);
  draft->seq = desk_stmt_int64 (stmt, 1);
  draft->xml = desk_stmt_dup_text (stmt, 2);
  draft->at = desk_stmt_int64 (stmt, 3);
  return draft;
}

/* What somebody (staff, or 0) is writing, by name: of DeskLetterDraft. */
GPtrArray *
desk_letter_draft_list (DeskDb *db, gint64 by_id, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_letter_draft_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, draft_list_sql, "i", by_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (drafts, read_draft (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&drafts) : NULL;
}

/* Somebody's draft of a letter; TRUE with NULL where there is none. */
gboolean
desk_letter_draft_load (DeskDb *db, const char *name, gint64 by_id, DeskLetterDraft **draft, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, draft_load_sql, "ti", name, by_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *draft = step == DESK_STEP_ROW ? read_draft (stmt) : NULL;
  return step != DESK_STEP_ERROR;
}

/* Keeps what whoever works at this desk is writing, in place of the draft before: it outlives the program. */
gboolean
desk_letter_draft_keep (DeskDb *db, const DeskLetterDraft *draft, GError **error)
{
  gint64 actor = desk_db_get_actor (db), at = now ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, draft_update_sql, "tiiti", draft->name, actor, draft->seq, draft->xml, at)
         && desk_db_run (db, error, draft_insert_sql, "tiiti", draft->name, actor, draft->seq, draft->xml, at)
         && desk_txn_log (txn, "letter.draft", DESK_KIND_LETTER, 0, draft->name, error) && desk_txn_commit (txn, error);
}

/* Gives a draft up; fine where there is none. */
gboolean
desk_letter_draft_drop (DeskDb *db, const char *name, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  DeskStep step = DESK_STEP_ERROR;

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, draft_drop_sql, "ti", name, desk_db_get_actor (db));

    step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  }
  if (step != DESK_STEP_ROW)
    return step == DESK_STEP_DONE;
  return desk_txn_log (txn, "letter.draft-drop", DESK_KIND_LETTER, 0, name, error) && desk_txn_commit (txn, error);
}

void
desk_letter_version_free (DeskLetterVersion *version)
{
  g_free (version->name);
  g_free (version->version);
  g_free (version->digest);
  g_free (version->comment);
  g_free (version->by);
  g_free (version->by_ja);
  g_free (version);
}

void
desk_letter_draft_free (DeskLetterDraft *draft)
{
  g_free (draft->name);
  g_free (draft->xml);
  g_free (draft);
}
