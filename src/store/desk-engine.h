/* The seam below the SQL: what the store needs of a database engine, and nothing more. One file per engine
 * implements it (sqlite/desk-engine-sqlite.c); everything above is one SQL text for all engines.
 *
 * Parameters are written $1, $2 … and bound by that number, whatever the order in the text. */
#pragma once

#include "desk-error.h"

G_BEGIN_DECLS

typedef struct _DeskEngine DeskEngine;
typedef struct _DeskEngineStmt DeskEngineStmt;

typedef enum
{
  DESK_ENGINE_READ_ONLY = 1 << 0, /* never writes, not even a log beside the file */
  DESK_ENGINE_CREATE = 1 << 1,    /* makes the file, which must not be there */
  DESK_ENGINE_QUERY_ONLY = 1 << 3, /* may tidy up the log on closing, but accepts no change */
  DESK_ENGINE_IMMUTABLE = 1 << 2, /* the folder cannot be written either */
} DeskEngineFlags;

typedef enum
{
  DESK_STEP_ERROR = -1,
  DESK_STEP_DONE = 0,
  DESK_STEP_ROW = 1,
} DeskStep;

DeskEngine *desk_engine_open (const char *path, DeskEngineFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_engine_has_open (const char *path);
void desk_engine_close (DeskEngine *engine);
gboolean desk_engine_exec (DeskEngine *engine, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_engine_defer_keys (DeskEngine *engine, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_engine_in_transaction (DeskEngine *engine);
void desk_engine_interrupt (DeskEngine *engine);

DeskEngineStmt *desk_engine_prepare (DeskEngine *engine, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_engine_finalize (DeskEngineStmt *stmt);
void desk_engine_reset (DeskEngineStmt *stmt);
void desk_engine_bind_int64 (DeskEngineStmt *stmt, int parameter, gint64 value);
void desk_engine_bind_text (DeskEngineStmt *stmt, int parameter, const char *value);
void desk_engine_bind_null (DeskEngineStmt *stmt, int parameter);
DeskStep desk_engine_step (DeskEngineStmt *stmt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_engine_is_null (DeskEngineStmt *stmt, int column);
gint64 desk_engine_int64 (DeskEngineStmt *stmt, int column);
const char *desk_engine_text (DeskEngineStmt *stmt, int column);

G_END_DECLS
