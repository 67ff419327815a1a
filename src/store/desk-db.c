#include "desk-db.h"

#include "desk-audit.h"

struct _DeskDb
{
  DeskEngine *engine;
  GHashTable *statements; /* constant SQL text, by pointer -> DeskStmt */
  char *path;
  gint64 actor;
  char *desk;
  DeskTxn *txn; /* the outermost one that is open */
  DeskChangedFunc changed;
  gpointer changed_data;
  GData *kept; /* by name: what others keep beside the connection */
};

struct _DeskStmt
{
  DeskEngineStmt *stmt;
  gboolean lent;
  gboolean extra; /* not kept: the kept one was in use */
};

struct _DeskTxn
{
  DeskDb *db;
  DeskTxn *outer; /* NULL for the one that began */
  gboolean finished;
  gboolean doomed; /* an inner one was not committed */
  gboolean logged;
  GArray *changes; /* of Change; the outermost has it */
  DeskCommitFunc last; /* what is done before the commit; the outermost has it */
};

typedef struct
{
  DeskKind kind;
  gint64 id;
} Change;

static const char *kind_names[] = { "any",   "clinic", "patient", "document", "container", "lot", "unit",
                                    "course", "visit",  "letter",  "trip",     "inbox",     "lab", "import",
                                    "tank",   "count",  "lookback", "shipment", "device", "book", "plan", "wait", "consent", "money" };

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == DESK_N_KINDS);

/* The name under which the audit trail knows the kind; static. */
const char *
desk_kind_name (DeskKind kind)
{
  return kind_names[kind];
}

static void
statement_free (gpointer data)
{
  DeskStmt *stmt = data;

  desk_engine_finalize (stmt->stmt);
  g_free (stmt);
}

/* Opens a connection without looking at what is in the file: desk-store.h does that. */
DeskDb *
desk_db_open (const char *path, DeskEngineFlags flags, GError **error)
{
  DeskEngine *engine = desk_engine_open (path, flags, error);

  if (!engine)
    return NULL;

  DeskDb *db = g_new0 (DeskDb, 1);
  db->engine = engine;
  db->statements = g_hash_table_new_full (NULL, NULL, NULL, statement_free);
  db->path = g_strdup (path);
  db->desk = g_strdup (g_get_host_name ());
  return db;
}

/* All statements must be released. */
void
desk_db_close (DeskDb *db)
{
  g_datalist_clear (&db->kept);
  g_hash_table_unref (db->statements);
  desk_engine_close (db->engine);
  g_free (db->desk);
  g_free (db->path);
  g_free (db);
}

/* func is called after each commit, in the thread that committed. */
void
desk_db_set_changed_func (DeskDb *db, DeskChangedFunc func, gpointer user_data)
{
  db->changed = func;
  db->changed_data = user_data;
}

/* Who answers for what is written from now on, and at which desk; 0 for the program itself. */
void
desk_db_set_actor (DeskDb *db, gint64 staff_id, const char *desk)
{
  db->actor = staff_id;
  if (desk)
    {
      g_free (db->desk);
      db->desk = g_strdup (desk);
    }
}

/* The person who answers for what is written; 0 for nobody. */
gint64
desk_db_get_actor (DeskDb *db)
{
  return db->actor;
}

/* The clinic file; lent. */
const char *
desk_db_get_path (DeskDb *db)
{
  return db->path;
}

/* Whether a transaction is open, which may yet be rolled back. */
gboolean
desk_db_is_writing (DeskDb *db)
{
  return db->txn != NULL;
}

/* Keeps data with the connection until it is closed, or something else is kept under that name; as the connection itself,
 * for one thread at a time. */
void
desk_db_keep (DeskDb *db, const char *name, gpointer data, GDestroyNotify destroy)
{
  g_datalist_set_data_full (&db->kept, name, data, destroy);
}

/* Lends what is kept under that name; NULL when there is nothing. */
gpointer
desk_db_get_kept (DeskDb *db, const char *name)
{
  return g_datalist_get_data (&db->kept, name);
}

/* From any thread: what runs on this connection ends with an error. */
void
desk_db_interrupt (DeskDb *db)
{
  desk_engine_interrupt (db->engine);
}

/* Runs statements that return nothing and take nothing: settings and schema. */
gboolean
desk_db_exec (DeskDb *db, const char *sql, GError **error)
{
  return desk_engine_exec (db->engine, sql, error);
}

static DeskStmt *
borrow (DeskDb *db, const char *sql, GError **error)
{
  DeskStmt *stmt = g_hash_table_lookup (db->statements, sql);
  gboolean extra = stmt && stmt->lent;

  if (!stmt || extra)
    {
      DeskEngineStmt *prepared = desk_engine_prepare (db->engine, sql, error);

      if (!prepared)
        return NULL;
      stmt = g_new0 (DeskStmt, 1);
      stmt->stmt = prepared;
      stmt->extra = extra;
      if (!extra)
        g_hash_table_insert (db->statements, (gpointer) sql, stmt);
    }
  stmt->lent = TRUE;
  return stmt;
}

static DeskStmt *
query_valist (DeskDb *db, GError **error, const char *sql, const char *types, va_list args)
{
  DeskStmt *stmt = borrow (db, sql, error);

  if (!stmt)
    return NULL;
  for (int n = 1; types[n - 1]; n++)
    switch (types[n - 1])
      {
      case 'i':
        desk_engine_bind_int64 (stmt->stmt, n, va_arg (args, gint64));
        break;
      case 'd':
        desk_engine_bind_int64 (stmt->stmt, n, va_arg (args, int));
        break;
      case 't':
        desk_engine_bind_text (stmt->stmt, n, va_arg (args, const char *));
        break;
      case 'n':
        desk_engine_bind_null (stmt->stmt, n);
        break;
      default:
        g_assert_not_reached ();
      }
  return stmt;
}

/* A statement bound and ready to step; give it back with desk_stmt_release () or g_autoptr. sql must be a
 * constant text: statements are kept by its address. */
DeskStmt *
desk_db_query (DeskDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;

  va_start (args, types);
  DeskStmt *stmt = query_valist (db, error, sql, types, args);
  va_end (args);
  return stmt;
}

/* Runs a statement to its end; rows, if any, are passed over. */
gboolean
desk_db_run (DeskDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;

  va_start (args, types);
  gboolean ok = desk_db_run_valist (db, error, sql, types, args);
  va_end (args);
  return ok;
}

/* The same for a function that takes arguments of its own. */
gboolean
desk_db_run_valist (DeskDb *db, GError **error, const char *sql, const char *types, va_list args)
{
  g_autoptr (DeskStmt) stmt = query_valist (db, error, sql, types, args);
  DeskStep step;

  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    ;
  return step == DESK_STEP_DONE;
}

/* The first column of the first row. No row is DESK_ERROR_NOT_FOUND. */
gboolean
desk_db_value (DeskDb *db, gint64 *value, GError **error, const char *sql, const char *types, ...)
{
  va_list args;

  va_start (args, types);
  g_autoptr (DeskStmt) stmt = query_valist (db, error, sql, types, args);
  va_end (args);
  if (!stmt)
    return FALSE;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      *value = desk_stmt_int64 (stmt, 0);
      return TRUE;
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such record");
      return FALSE;
    default:
      return FALSE;
    }
}

/* Gives the statement back; it is kept prepared. */
void
desk_stmt_release (DeskStmt *stmt)
{
  if (stmt->extra)
    {
      statement_free (stmt);
      return;
    }
  desk_engine_reset (stmt->stmt);
  stmt->lent = FALSE;
}

/* One row, the end or an error, which sets error. */
DeskStep
desk_stmt_step (DeskStmt *stmt, GError **error)
{
  return desk_engine_step (stmt->stmt, error);
}

gboolean
desk_stmt_is_null (DeskStmt *stmt, int column)
{
  return desk_engine_is_null (stmt->stmt, column);
}

/* 0 for NULL. */
gint64
desk_stmt_int64 (DeskStmt *stmt, int column)
{
  return desk_engine_int64 (stmt->stmt, column);
}

/* 0 for NULL. */
int
desk_stmt_int (DeskStmt *stmt, int column)
{
  return (int) desk_engine_int64 (stmt->stmt, column);
}

/* Lent until the next step or the release; NULL for NULL. */
const char *
desk_stmt_text (DeskStmt *stmt, int column)
{
  return desk_engine_text (stmt->stmt, column);
}

/* NULL for NULL; the caller frees it. */
char *
desk_stmt_dup_text (DeskStmt *stmt, int column)
{
  return g_strdup (desk_engine_text (stmt->stmt, column));
}

/* Begins a write transaction, or joins the one that is open: then all of it commits or none. Rolls back
 * when it goes out of scope without desk_txn_commit (). */
DeskTxn *
desk_txn_begin (DeskDb *db, GError **error)
{
  if (!db->txn && !desk_engine_exec (db->engine, "BEGIN IMMEDIATE", error))
    return NULL;

  DeskTxn *txn = g_new0 (DeskTxn, 1);
  txn->db = db;
  txn->outer = db->txn;
  if (!txn->outer)
    {
      txn->changes = g_array_new (FALSE, FALSE, sizeof (Change));
      db->txn = txn;
    }
  return txn;
}

/* Writes the audit row of a change, and remembers the change for the signal. Every transaction has at least one. */
gboolean
desk_txn_log (DeskTxn *txn, const char *action, DeskKind kind, gint64 id, const char *detail, GError **error)
{
  DeskDb *db = txn->db;

  if (!desk_audit_append (db, db->actor, db->desk, action, kind, id, detail, error))
    return FALSE;
  db->txn->logged = TRUE;
  desk_txn_changed (txn, kind, id);
  return TRUE;
}

/* From here to the commit foreign keys need not hold; then all of them must, or nothing is committed. */
gboolean
desk_txn_defer_keys (DeskTxn *txn, GError **error)
{
  return desk_engine_defer_keys (txn->db->engine, error);
}

/* The connection it writes through; lent. */
DeskDb *
desk_txn_get_db (DeskTxn *txn)
{
  return txn->db;
}

/* Has func called when the outermost transaction is about to commit, however often it is asked for. Returns whether it
 * is the first time in this transaction. One function is all that is needed so far. */
gboolean
desk_txn_before_commit (DeskTxn *txn, DeskCommitFunc func)
{
  DeskTxn *outermost = txn->db->txn;
  gboolean first = outermost->last == NULL;

  g_return_val_if_fail (first || outermost->last == func, FALSE);
  outermost->last = func;
  return first;
}

/* Remembers something that changed along with what was logged. */
void
desk_txn_changed (DeskTxn *txn, DeskKind kind, gint64 id)
{
  Change change = { kind, id };

  g_array_append_val (txn->db->txn->changes, change);
}

/* Commits the outermost transaction; an inner one only reports that it is content. */
gboolean
desk_txn_commit (DeskTxn *txn, GError **error)
{
  DeskDb *db = txn->db;

  if (txn->outer)
    {
      txn->finished = TRUE;
      return TRUE;
    }
  if (txn->doomed || !txn->logged)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "transaction %s",
                   txn->doomed ? "had a part that failed" : "without an audit entry");
      return FALSE;
    }
  if ((txn->last && !txn->last (db, error)) || !desk_engine_exec (db->engine, "COMMIT", error))
    return FALSE;

  txn->finished = TRUE;
  db->txn = NULL;
  for (guint i = 0; db->changed && i < txn->changes->len; i++)
    {
      Change *change = &g_array_index (txn->changes, Change, i);
      db->changed (change->kind, change->id, db->changed_data);
    }
  return TRUE;
}

/* Frees the transaction, rolling back what was not committed. */
void
desk_txn_end (DeskTxn *txn)
{
  DeskDb *db = txn->db;

  if (!txn->finished && txn->outer)
    db->txn->doomed = TRUE;
  if (!txn->finished && !txn->outer)
    {
      /* After a full disk or an i/o error the engine may have rolled back already. */
      if (desk_engine_in_transaction (db->engine) && !desk_engine_exec (db->engine, "ROLLBACK", NULL))
        g_warning ("could not roll back");
      db->txn = NULL;
    }
  if (txn->changes)
    g_array_unref (txn->changes);
  g_free (txn);
}
