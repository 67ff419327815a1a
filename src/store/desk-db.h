/* A connection with prepared statements kept, and the one way to write: a transaction that carries its
 * audit row. SQL stands as whole constant text beside its reader.
 *
 * The bind list is a string of letters, one per parameter from $1 on:
 *   i  gint64        d  int (also gboolean)        t  const char *, NULL binds NULL        n  NULL, no argument */
#pragma once

#include "desk-engine.h"
#include "desk-kind.h"

G_BEGIN_DECLS

typedef struct _DeskDb DeskDb;
typedef struct _DeskStmt DeskStmt;
typedef struct _DeskTxn DeskTxn;

/* Called after a commit, in the thread that committed. */
typedef void (*DeskChangedFunc) (DeskKind kind, gint64 id, gpointer user_data);

/* Called right before the outermost transaction is committed; FALSE with error set stops the commit. */
typedef gboolean (*DeskCommitFunc) (DeskDb *db, GError **error);

DeskDb *desk_db_open (const char *path, DeskEngineFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_db_close (DeskDb *db);
void desk_db_set_changed_func (DeskDb *db, DeskChangedFunc func, gpointer user_data);
void desk_db_set_actor (DeskDb *db, gint64 staff_id, const char *desk);
gint64 desk_db_get_actor (DeskDb *db);
void desk_db_interrupt (DeskDb *db);
const char *desk_db_get_path (DeskDb *db);
gboolean desk_db_is_writing (DeskDb *db);
void desk_db_keep (DeskDb *db, const char *name, gpointer data, GDestroyNotify destroy);
gpointer desk_db_get_kept (DeskDb *db, const char *name);
gboolean desk_db_exec (DeskDb *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskStmt *desk_db_query (DeskDb *db, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_db_run (DeskDb *db, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_db_run_valist (DeskDb *db, GError **error, const char *sql, const char *types, va_list args) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_db_value (DeskDb *db, gint64 *value, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;

void desk_stmt_release (DeskStmt *stmt);
DeskStep desk_stmt_step (DeskStmt *stmt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_stmt_is_null (DeskStmt *stmt, int column);
gint64 desk_stmt_int64 (DeskStmt *stmt, int column);
int desk_stmt_int (DeskStmt *stmt, int column);
const char *desk_stmt_text (DeskStmt *stmt, int column);
char *desk_stmt_dup_text (DeskStmt *stmt, int column);

DeskTxn *desk_txn_begin (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_txn_log (DeskTxn *txn, const char *action, DeskKind kind, gint64 id, const char *detail, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_txn_defer_keys (DeskTxn *txn, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDb *desk_txn_get_db (DeskTxn *txn);
gboolean desk_txn_before_commit (DeskTxn *txn, DeskCommitFunc func);
void desk_txn_changed (DeskTxn *txn, DeskKind kind, gint64 id);
gboolean desk_txn_commit (DeskTxn *txn, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_txn_end (DeskTxn *txn);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDb, desk_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskStmt, desk_stmt_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTxn, desk_txn_end)

G_END_DECLS
