#include "desk-inbox.h"

#include "desk-file-name.h"
#include "desk-patients.h"

/* The texts first, in the order of text_member (). What is known of the same content is read with the row: the list
 * shows it. */
#define READ \
  "SELECT i.name, i.came_by, i.media_type, i.digest, i.link, i.note, i.warning, i.detail, i.id, i.bytes," \
  " i.received_at, i.document_id, i.put_aside_at, i.version," \
  " (SELECT count (*) FROM inbox_file f WHERE f.inbox_id = i.id)" \
  " FROM inbox i "

#define N_TEXTS 8

static char **
text_member (DeskInboxItem *item, guint i)
{
  char **const members[N_TEXTS] = { &item->name, &item->came_by, &item->media_type, &item->digest,
                                    &item->link, &item->note,    &item->warning,    &item->detail };

  return members[i];
}

/* Free with this what the functions here return. */
void
desk_inbox_item_free (DeskInboxItem *item)
{
  if (!item)
    return;
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (*text_member (item, i));
  g_free (item);
}

static void
free_row (gpointer item)
{
  desk_inbox_item_free (item);
}

static DeskInboxItem *
read_item (DeskStmt *stmt)
{
  DeskInboxItem *item = g_new0 (DeskInboxItem, 1);
  gint64 *const numbers[] = { &item->id, &item->bytes, &item->received_at, &item->document_id, &item->put_aside_at,
                              &item->version, &item->n_files };

  for (guint i = 0; i < N_TEXTS; i++)
    *text_member (item, i) = desk_stmt_dup_text (stmt, i);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = desk_stmt_int64 (stmt, N_TEXTS + i);
  return item;
}

/* Whose the same content is already, as a paper or as a file of one. */
static gboolean
read_known (DeskDb *db, DeskInboxItem *item, GError **error)
{
  static const char sql[]
      = "SELECT id, patient_id FROM document WHERE digest = $1 AND digest <> ''"
        " UNION ALL SELECT d.id, d.patient_id FROM document_file f JOIN document d ON d.id = f.document_id WHERE f.digest = $1"
        " UNION ALL SELECT id, patient_id FROM document WHERE link = $2 AND link <> ''";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "tt", item->digest, item->link);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      item->known_document_id = desk_stmt_int64 (stmt, 0);
      item->known_patient_id = desk_stmt_int64 (stmt, 1);
    }
  return step != DESK_STEP_ERROR;
}

static DeskStep
load (DeskDb *db, gint64 id, DeskInboxItem **item, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW)
    return step;
  *item = read_item (stmt);
  g_clear_pointer (&stmt, desk_stmt_release);
  if (read_known (db, *item, error))
    return DESK_STEP_ROW;
  g_clear_pointer (item, desk_inbox_item_free);
  return DESK_STEP_ERROR;
}

/* DESK_ERROR_NOT_FOUND when there is none. */
DeskInboxItem *
desk_inbox_load (DeskDb *db, gint64 id, GError **error)
{
  DeskInboxItem *item = NULL;

  if (load (db, id, &item, error) == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such item of the inbox");
  return item;
}

/* The items in the order of ids; NULL for one that is not there. Free with g_ptr_array_unref (). */
GPtrArray *
desk_inbox_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, free_row);

  for (guint i = 0; i < n_ids; i++)
    {
      DeskInboxItem *item = NULL;

      if (load (db, ids[i], &item, error) == DESK_STEP_ERROR)
        return NULL;
      g_ptr_array_add (rows, item);
    }
  return g_steal_pointer (&rows);
}

/* Ids, newest first, and what came at once in its order: what waits, or what was put aside and not filed. Free with g_array_unref (). */
GArray *
desk_inbox_ids (DeskDb *db, gboolean aside, GError **error)
{
  static const char waiting[] = "SELECT id FROM inbox WHERE document_id IS NULL AND put_aside_at IS NULL"
                                " ORDER BY received_at DESC, id";
  static const char put_aside[] = "SELECT id FROM inbox WHERE document_id IS NULL AND put_aside_at IS NOT NULL"
                                  " ORDER BY received_at DESC, id";
  g_autoptr (DeskStmt) stmt = aside ? desk_db_query (db, error, put_aside, "") : desk_db_query (db, error, waiting, "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* How many items wait. */
gboolean
desk_inbox_count (DeskDb *db, gint64 *waiting, GError **error)
{
  return desk_db_value (db, waiting, error, "SELECT count (*) FROM inbox WHERE document_id IS NULL AND put_aside_at IS NULL", "");
}

static GPtrArray *
read_digests (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (digests, desk_stmt_dup_text (stmt, 0));
  return step == DESK_STEP_DONE ? g_steal_pointer (&digests) : NULL;
}

/* The contents of an item in order: its files, or its one content; none for a link. char *, freed with
 * g_ptr_array_unref (). */
GPtrArray *
desk_inbox_digests (DeskDb *db, gint64 id, GError **error)
{
  static const char sql[] = "SELECT digest FROM (SELECT position, digest FROM inbox_file WHERE inbox_id = $1"
                            " UNION ALL SELECT 0, digest FROM inbox WHERE id = $1 AND digest <> ''"
                            " AND NOT EXISTS (SELECT 1 FROM inbox_file WHERE inbox_id = $1)) x ORDER BY position";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "i", id);

  return read_digests (stmt, error);
}

/* The same of a paper. */
GPtrArray *
desk_document_digests (DeskDb *db, gint64 document_id, GError **error)
{
  static const char sql[] = "SELECT digest FROM (SELECT position, digest FROM document_file WHERE document_id = $1"
                            " UNION ALL SELECT 0, digest FROM document WHERE id = $1 AND digest <> ''"
                            " AND NOT EXISTS (SELECT 1 FROM document_file WHERE document_id = $1)) x ORDER BY position";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "i", document_id);

  return read_digests (stmt, error);
}

/* The item that is not filed and has the same content or link; *id stays 0 when there is none. */
static gboolean
find_same (DeskDb *db, const DeskInboxItem *item, gint64 *id, gboolean *aside, GError **error)
{
  static const char sql[] = "SELECT id, put_aside_at FROM inbox WHERE document_id IS NULL AND digest = $1 AND digest <> ''"
                            " UNION ALL SELECT id, put_aside_at FROM inbox WHERE document_id IS NULL AND digest = ''"
                            " AND link = $2 AND link <> ''";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "tt", item->digest, item->link);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      *id = desk_stmt_int64 (stmt, 0);
      *aside = !desk_stmt_is_null (stmt, 1);
    }
  return step != DESK_STEP_ERROR;
}

static gboolean
insert (DeskDb *db, DeskInboxItem *item, GError **error)
{
  static const char sql[] = "INSERT INTO inbox (id, name, came_by, media_type, digest, bytes, link, received_at, note, warning, detail)"
                            " VALUES ((SELECT max (n) FROM (SELECT coalesce (max (id), 0) + 1 AS n FROM inbox"
                            " UNION ALL SELECT next FROM counter WHERE name = 'inbox') AS ids), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, sql, "ttttitittt", item->name, item->came_by, item->media_type, item->digest, item->bytes,
                       item->link, item->received_at, item->note, item->warning, item->detail);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  item->id = desk_stmt_int64 (stmt, 0);
  return TRUE;
}

static gboolean
insert_files (DeskDb *db, gint64 id, const DeskInboxFile *files, guint n_files, GError **error)
{
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = desk_file_name_safe (files[i].name);

      if (!desk_db_run (db, error,
                        "INSERT INTO inbox_file (inbox_id, position, name, digest, bytes, media_type) VALUES ($1, $2, $3, $4, $5, $6)",
                        "iittit", id, (gint64) i + 1, name, files[i].digest, files[i].bytes,
                        files[i].media_type))
        return FALSE;
    }
  return TRUE;
}

static void
fill_in (DeskInboxItem *item)
{
  char *safe = desk_file_name_safe (item->name);

  g_free (item->name);
  item->name = safe;
  if (!item->came_by)
    item->came_by = g_strdup ("file");
  if (item->received_at == 0)
    item->received_at = g_get_real_time () / G_USEC_PER_SEC;
  for (guint i = 0; i < N_TEXTS; i++)
    if (!*text_member (item, i))
      *text_member (item, i) = g_strdup ("");
}

static gboolean
bring_back (DeskDb *db, gint64 id, GError **error)
{
  return desk_db_run (db, error, "UPDATE inbox SET put_aside_at = NULL, version = version + 1 WHERE id = $1", "i", id);
}

/* Adds what came in; the content is stored before. The name is made harmless and what is missing filled in. What waits
 * already is not added again: *added tells, and item->id is of that one. The same content that is filed is added, and
 * its row says whose it is. files may be NULL. */
gboolean
desk_inbox_add (DeskDb *db, DeskInboxItem *item, const DeskInboxFile *files, guint n_files, DeskInboxAdded *added, GError **error)
{
  gint64 same = 0;
  gboolean aside = FALSE;

  fill_in (item);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !find_same (db, item, &same, &aside, error))
    return FALSE;
  *added = same == 0 ? DESK_INBOX_NEW : aside ? DESK_INBOX_BACK : DESK_INBOX_WAITING;
  if (*added == DESK_INBOX_WAITING)
    {
      item->id = same;
      return TRUE;
    }

  gboolean ok = same ? bring_back (db, same, error) : insert (db, item, error) && insert_files (db, item->id, files, n_files, error);
  if (!ok || !desk_txn_log (txn, same ? "inbox.back" : "inbox.add", DESK_KIND_INBOX, same ? same : item->id, item->digest, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  item->id = same ? same : item->id;
  return TRUE;
}

static gboolean
put_one_aside (DeskDb *db, DeskTxn *txn, gint64 id, gboolean aside, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "UPDATE inbox SET put_aside_at = nullif ($2, 0), version = version + 1"
                       " WHERE id = $1 AND document_id IS NULL RETURNING id",
                       "ii", id, aside ? g_get_real_time () / G_USEC_PER_SEC : (gint64) 0);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the item was filed meanwhile");
  return step == DESK_STEP_ROW && desk_txn_log (txn, aside ? "inbox.aside" : "inbox.back", DESK_KIND_INBOX, id, "", error);
}

/* Puts items aside, or brings them back, all or none. DESK_ERROR_CONFLICT when one was filed meanwhile. */
gboolean
desk_inbox_put_aside (DeskDb *db, const gint64 *ids, guint n_ids, gboolean aside, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    if (!put_one_aside (db, txn, ids[i], aside, error))
      return FALSE;
  return desk_txn_commit (txn, error);
}

static gboolean
only_hit (DeskDb *db, const char *text, gint64 *patient_id, GError **error)
{
  g_autoptr (GArray) hits = desk_patient_match (db, text, 2, error);

  if (!hits)
    return FALSE;
  if (hits->len == 1)
    *patient_id = g_array_index (hits, gint64, 0);
  return TRUE;
}

/* Somebody whose name may stand in the name of the file: two neighbouring words of it that fit one patient only, else
 * one long word. A guess, to be confirmed by a person; *patient_id is 0 without one. */
gboolean
desk_inbox_suggest (DeskDb *db, const char *name, gint64 *patient_id, GError **error)
{
  g_auto (GStrv) words = desk_file_name_words (name);

  *patient_id = 0;
  for (guint i = 0; !*patient_id && words[0] && words[i + 1] && i < 8; i++)
    {
      g_autofree char *pair = g_strjoin (" ", words[i], words[i + 1], NULL);

      if (!only_hit (db, pair, patient_id, error))
        return FALSE;
    }
  for (guint i = 0; !*patient_id && words[i] && i < 8; i++)
    if (g_utf8_strlen (words[i], -1) >= (g_utf8_get_char (words[i]) >= 0x2e80 ? 2 : 4)
        && !only_hit (db, words[i], patient_id, error))
      return FALSE;
  return TRUE;
}
