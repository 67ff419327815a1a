#include "desk-audit.h"

#include <string.h>

typedef struct
{
  gint64 seq, at, actor, id;
  const char *desk, *action, *kind, *detail;
} Entry;

static void
digest_text (GChecksum *sum, const char *text)
{
  /* Length first, so that no two rows read the same; NULL differs from "". */
  gint64 length = text ? (gint64) strlen (text) : -1;
  gint64 wire = GINT64_TO_LE (length);

  g_checksum_update (sum, (const guchar *) &wire, sizeof wire);
  if (length > 0)
    g_checksum_update (sum, (const guchar *) text, length);
}

static char *
digest (const char *previous, const Entry *entry)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 numbers[] = { GINT64_TO_LE (entry->seq), GINT64_TO_LE (entry->at), GINT64_TO_LE (entry->actor),
                       GINT64_TO_LE (entry->id) };

  digest_text (sum, previous);
  g_checksum_update (sum, (const guchar *) numbers, sizeof numbers);
  digest_text (sum, entry->desk);
  digest_text (sum, entry->action);
  digest_text (sum, entry->kind);
  digest_text (sum, entry->detail);
  return g_strdup (g_checksum_get_string (sum));
}

static gboolean
read_head (DeskDb *db, gint64 *seq, char **hash, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", "");

  *seq = 0;
  *hash = NULL;
  if (!stmt)
    return FALSE;
  DeskStep step = desk_stmt_step (stmt, error);
  if (step == DESK_STEP_ROW)
    {
      *seq = desk_stmt_int64 (stmt, 0);
      *hash = desk_stmt_dup_text (stmt, 1);
    }
  return step != DESK_STEP_ERROR;
}

/* Appends a row inside the open transaction; actor 0 is the program itself, detail may be NULL. */
gboolean
desk_audit_append (DeskDb *db, gint64 actor, const char *desk, const char *action, DeskKind kind, gint64 id,
                   const char *detail, GError **error)
{
  Entry entry = { .at = g_get_real_time () / G_USEC_PER_SEC, .actor = actor, .desk = desk, .action = action,
                  .kind = desk_kind_name (kind), .id = id, .detail = detail };
  g_autofree char *previous = NULL;

  if (!read_head (db, &entry.seq, &previous, error))
    return FALSE;
  entry.seq++;

  g_autofree char *hash = digest (previous, &entry);
  return desk_db_run (db, error,
                      "INSERT INTO audit (seq, at, actor, desk, action, kind, object_id, detail, hash)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      "iiitttitt", entry.seq, entry.at, actor, desk, action, entry.kind, id, detail, hash);
}

/* The newest change of one thing among the last ten thousand of the trail: it is asked for when something was changed
 * since a moment ago. A row without a moment when it is not among them. */
DeskAuditLast *
desk_audit_last (DeskDb *db, DeskKind kind, gint64 id, GError **error)
{
  g_autoptr (DeskAuditLast) last = g_new0 (DeskAuditLast, 1);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT a.at, a.actor, coalesce (s.name, ''), coalesce (s.name_ja, '') FROM audit a"
                       " LEFT JOIN staff s ON s.id = a.actor"
                       " WHERE a.seq > (SELECT max (seq) FROM audit) - 10000 AND a.kind = $1 AND a.object_id = $2"
                       " ORDER BY a.seq DESC LIMIT 1",
                       "ti", desk_kind_name (kind), id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ERROR)
    return NULL;
  last->at = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  last->actor = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 1) : 0;
  last->name = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 2) : g_strdup ("");
  last->name_ja = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 3) : g_strdup ("");
  return g_steal_pointer (&last);
}

void
desk_audit_last_free (DeskAuditLast *last)
{
  g_free (last->name);
  g_free (last->name_ja);
  g_free (last);
}

/* Walks the whole trail. *bad_seq becomes 0, or the first entry that does not fit the chain. */
gboolean
desk_audit_verify (DeskDb *db, gint64 *bad_seq, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT seq, at, actor, desk, action, kind, object_id, detail, hash FROM audit ORDER BY seq", "");
  g_autofree char *previous = NULL;
  gint64 expected = 1;
  DeskStep step;

  *bad_seq = 0;
  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Entry entry = { .seq = desk_stmt_int64 (stmt, 0), .at = desk_stmt_int64 (stmt, 1),
                      .actor = desk_stmt_int64 (stmt, 2), .desk = desk_stmt_text (stmt, 3),
                      .action = desk_stmt_text (stmt, 4), .kind = desk_stmt_text (stmt, 5),
                      .id = desk_stmt_int64 (stmt, 6), .detail = desk_stmt_text (stmt, 7) };
      g_autofree char *hash = digest (previous, &entry);

      if (entry.seq != expected++ || g_strcmp0 (hash, desk_stmt_text (stmt, 8)) != 0)
        {
          *bad_seq = entry.seq;
          return TRUE;
        }
      g_free (previous);
      previous = g_steal_pointer (&hash);
    }
  return step == DESK_STEP_DONE;
}
