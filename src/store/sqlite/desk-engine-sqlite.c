/* SQLite behind the seam: the only file that includes sqlite3.h. */
#include "desk-engine.h"

#include <sqlite3.h>

#include "desk-guard.h"

#define MAX_PARAMETERS 64

struct _DeskEngine
{
  sqlite3 *db;
  DeskGuard *guard; /* NULL where there is no log to guard */
};

struct _DeskEngineStmt
{
  DeskEngine *engine;
  sqlite3_stmt *stmt;
  int map[MAX_PARAMETERS + 1]; /* $n -> SQLite's own number, by first appearance in the text */
  GSList *mended;              /* texts of this row that were no UTF-8 */
};

static DeskError
code_of (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DESK_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return DESK_ERROR_READ_ONLY;
    case SQLITE_FULL:
      return DESK_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DESK_ERROR_CORRUPT;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return DESK_ERROR_IO;
    case SQLITE_CONSTRAINT:
      return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ? DESK_ERROR_TAKEN
                                                                                 : DESK_ERROR_REFUSED;
    default:
      return DESK_ERROR_FAILED;
    }
}

static void
set_error (GError **error, sqlite3 *db, int rc)
{
  /* The message may quote the damaged file. */
  g_autofree char *message = g_utf8_make_valid (db ? sqlite3_errmsg (db) : sqlite3_errstr (rc), -1);

  g_set_error_literal (error, DESK_ERROR, code_of (db ? sqlite3_extended_errcode (db) : rc), message);
}

static gboolean
configure (DeskEngine *engine, DeskEngineFlags flags, GError **error)
{
  static const struct
  {
    int option, value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
  };
  gboolean read_only = flags & (DESK_ENGINE_READ_ONLY | DESK_ENGINE_QUERY_ONLY);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (engine->db, options[i].option, options[i].value, NULL);
  sqlite3_busy_timeout (engine->db, 5000);
  sqlite3_extended_result_codes (engine->db, 1);

  /* recursive_triggers: without it INSERT OR REPLACE slips past the triggers that forbid deleting. */
  if (!desk_engine_exec (engine,
                         "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON;"
                         "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 0;",
                         error))
    return FALSE;
  if (read_only)
    return desk_engine_exec (engine, "PRAGMA query_only = ON", error);
  return desk_engine_exec (engine,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                           "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 1000",
                           error);
}

/* Opens the file with every protection on; free with desk_engine_close (). */
DeskEngine *
desk_engine_open (const char *path, DeskEngineFlags flags, GError **error)
{
  gboolean read_only = flags & DESK_ENGINE_READ_ONLY;
  int mode = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s%s", escaped, flags & DESK_ENGINE_IMMUTABLE ? "?immutable=1" : "");
  DeskEngine *engine = g_new0 (DeskEngine, 1);

  if (flags & DESK_ENGINE_CREATE)
    mode |= SQLITE_OPEN_CREATE;
  int rc = sqlite3_open_v2 (uri, &engine->db, mode | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, NULL);
  if (rc != SQLITE_OK)
    {
      set_error (error, engine->db, rc);
      desk_engine_close (engine);
      return NULL;
    }
  /* The first read opens the log, too. */
  if (!configure (engine, flags, error) || !desk_engine_exec (engine, "PRAGMA user_version", error))
    {
      desk_engine_close (engine);
      return NULL;
    }
  /* A file being made has no name others know, and is filled without a log. */
  if (!read_only && !(flags & DESK_ENGINE_CREATE))
    engine->guard = desk_guard_take (path);
  return engine;
}

/* Whether this process has the file open. Then nobody in it may open and close the file past the engine: that
 * would take away the engine's locks. */
gboolean
desk_engine_has_open (const char *path)
{
  return desk_guard_holds (path);
}

void
desk_engine_close (DeskEngine *engine)
{
  if (engine->guard)
    engine->guard = desk_guard_drop (engine->guard);
  sqlite3_close_v2 (engine->db);
  g_clear_pointer (&engine->guard, desk_guard_free);
  g_free (engine);
}

/* Runs one or more statements without parameters. */
gboolean
desk_engine_exec (DeskEngine *engine, const char *sql, GError **error)
{
  int rc = sqlite3_exec (engine->db, sql, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    return TRUE;
  set_error (error, engine->db, rc);
  return FALSE;
}

/* Foreign keys are looked at when the open transaction commits, no longer at each statement. */
gboolean
desk_engine_defer_keys (DeskEngine *engine, GError **error)
{
  return desk_engine_exec (engine, "PRAGMA defer_foreign_keys = ON", error);
}

gboolean
desk_engine_in_transaction (DeskEngine *engine)
{
  return !sqlite3_get_autocommit (engine->db);
}

/* Stops whatever runs on the connection, from any thread. */
void
desk_engine_interrupt (DeskEngine *engine)
{
  sqlite3_interrupt (engine->db);
}

/* Compiles one statement; free with desk_engine_finalize (). */
DeskEngineStmt *
desk_engine_prepare (DeskEngine *engine, const char *sql, GError **error)
{
  DeskEngineStmt *stmt = g_new0 (DeskEngineStmt, 1);
  int rc = sqlite3_prepare_v3 (engine->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt, NULL);

  stmt->engine = engine;
  if (rc != SQLITE_OK)
    {
      set_error (error, engine->db, rc);
      g_free (stmt);
      return NULL;
    }
  for (int i = 1; i <= sqlite3_bind_parameter_count (stmt->stmt); i++)
    {
      const char *name = sqlite3_bind_parameter_name (stmt->stmt, i);
      guint64 number = name ? g_ascii_strtoull (name + 1, NULL, 10) : 0;

      g_return_val_if_fail (number >= 1 && number <= MAX_PARAMETERS, NULL);
      stmt->map[number] = i;
    }
  return stmt;
}

static void
forget_mended (DeskEngineStmt *stmt)
{
  g_slist_free_full (g_steal_pointer (&stmt->mended), g_free);
}

void
desk_engine_finalize (DeskEngineStmt *stmt)
{
  forget_mended (stmt);
  sqlite3_finalize (stmt->stmt);
  g_free (stmt);
}

/* Ends the run and forgets the values bound. */
void
desk_engine_reset (DeskEngineStmt *stmt)
{
  forget_mended (stmt);
  sqlite3_reset (stmt->stmt);
  sqlite3_clear_bindings (stmt->stmt);
}

void
desk_engine_bind_int64 (DeskEngineStmt *stmt, int parameter, gint64 value)
{
  sqlite3_bind_int64 (stmt->stmt, stmt->map[parameter], value);
}

/* Copies the text; NULL binds NULL. */
void
desk_engine_bind_text (DeskEngineStmt *stmt, int parameter, const char *value)
{
  sqlite3_bind_text (stmt->stmt, stmt->map[parameter], value, -1, SQLITE_TRANSIENT);
}

void
desk_engine_bind_null (DeskEngineStmt *stmt, int parameter)
{
  sqlite3_bind_null (stmt->stmt, stmt->map[parameter]);
}

DeskStep
desk_engine_step (DeskEngineStmt *stmt, GError **error)
{
  forget_mended (stmt);
  int rc = sqlite3_step (stmt->stmt);

  if (rc == SQLITE_ROW)
    return DESK_STEP_ROW;
  if (rc == SQLITE_DONE)
    return DESK_STEP_DONE;
  set_error (error, stmt->engine->db, rc);
  return DESK_STEP_ERROR;
}

gboolean
desk_engine_is_null (DeskEngineStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->stmt, column) == SQLITE_NULL;
}

gint64
desk_engine_int64 (DeskEngineStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->stmt, column);
}

/* Lent until the next step; NULL for NULL. Always UTF-8: in a damaged file U+FFFD stands for what is not, because
 * everybody above walks through texts by characters. */
const char *
desk_engine_text (DeskEngineStmt *stmt, int column)
{
  const char *text = (const char *) sqlite3_column_text (stmt->stmt, column);

  if (!text || g_utf8_validate (text, -1, NULL))
    return text;
  stmt->mended = g_slist_prepend (stmt->mended, g_utf8_make_valid (text, -1));
  return stmt->mended->data;
}
