#include "desk-blocks.h"

#define BLOCK_COLUMNS \
  "SELECT id, resource_id, kind, first_day, last_day, weekdays, from_minute, until_minute, reason, version FROM block "

static const char list_sql[]
    = BLOCK_COLUMNS "WHERE last_day >= $1 AND first_day <= $2 AND removed_at IS NULL ORDER BY first_day, from_minute, id";

static const char load_sql[] = BLOCK_COLUMNS "WHERE id = $1 AND removed_at IS NULL";

static const char insert_sql[]
    = "INSERT INTO block (resource_id, kind, first_day, last_day, weekdays, from_minute, until_minute, reason)"
      " VALUES (nullif ($1, 0), $2, $3, $4, $5, $6, $7, $8) RETURNING id";

static const char update_sql[]
    = "UPDATE block SET resource_id = nullif ($3, 0), kind = $4, first_day = $5, last_day = $6, weekdays = $7,"
      " from_minute = $8, until_minute = $9, reason = $10, version = version + 1"
      " WHERE id = $1 AND version = $2 AND removed_at IS NULL RETURNING version";

static const char remove_sql[]
    = "UPDATE block SET removed_at = $3, version = version + 1"
      " WHERE id = $1 AND version = $2 AND removed_at IS NULL RETURNING version";

static const char restore_sql[]
    = "UPDATE block SET removed_at = NULL, version = version + 1"
      " WHERE id = $1 AND version = $2 AND removed_at IS NOT NULL RETURNING version";

static DeskTimeBlock *
read_block (DeskStmt *stmt)
{
  DeskTimeBlock *block = g_new0 (DeskTimeBlock, 1);

  block->id = desk_stmt_int64 (stmt, 0);
  block->resource_id = desk_stmt_int64 (stmt, 1);
  block->kind = desk_stmt_dup_text (stmt, 2);
  if (!desk_day_parse (desk_stmt_text (stmt, 3), &block->first) || !desk_day_parse (desk_stmt_text (stmt, 4), &block->last))
    block->first = block->last = DESK_DAY_NONE;
  block->weekdays = desk_stmt_dup_text (stmt, 5);
  block->from = desk_stmt_int (stmt, 6);
  block->until = desk_stmt_int (stmt, 7);
  block->reason = desk_stmt_dup_text (stmt, 8);
  block->version = desk_stmt_int64 (stmt, 9);
  return block;
}

GPtrArray *
desk_time_block_list (DeskDb *db, DeskDay first, DeskDay last, GError **error)
{
  g_autofree char *from = desk_day_format (first), *until = desk_day_format (last);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_time_block_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_sql, "tt", from, until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (blocks, read_block (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&blocks) : NULL;
}

/* DESK_ERROR_NOT_FOUND when it is not there any more. */
DeskTimeBlock *
desk_time_block_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no block %" G_GINT64_FORMAT, id);
  return step == DESK_STEP_ROW ? read_block (stmt) : NULL;
}

/* One row of RETURNING is the new version. */
static gboolean
take_version (DeskStmt *stmt, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the block meanwhile");
  if (step == DESK_STEP_ROW)
    *version = desk_stmt_int64 (stmt, 0);
  return step == DESK_STEP_ROW;
}

static gboolean
write_block (DeskDb *db, const DeskTimeBlock *block, gint64 *id, gint64 *version, GError **error)
{
  g_autofree char *first = desk_day_format (block->first), *last = desk_day_format (block->last);
  const char *reason = block->reason ? block->reason : "";

  if (block->id == 0)
    {
      *version = 1;
      return desk_db_value (db, id, error, insert_sql, "itttt" "ddt", block->resource_id, block->kind, first, last,
                            block->weekdays, block->from, block->until, reason);
    }

  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, update_sql, "iiitttt" "ddt", block->id, block->version, block->resource_id, block->kind,
                       first, last, block->weekdays, block->from, block->until, reason);
  *id = block->id;
  return take_version (stmt, version, error);
}

gboolean
desk_time_block_save (DeskDb *db, DeskTimeBlock *block, GError **error)
{
  gint64 id = 0, version = 0;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !write_block (db, block, &id, &version, error)
      || !desk_txn_log (txn, block->id ? "block.change" : "block.add", DESK_KIND_BOOK, id, block->kind, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  block->id = id;
  block->version = version;
  return TRUE;
}

/* The statement is done with when this returns: a commit waits for none. */
static gboolean
step_removed (DeskDb *db, const DeskTimeBlock *block, gint64 removed_at, gint64 *version, GError **error)
{
  g_autoptr (DeskStmt) stmt = removed_at ? desk_db_query (db, error, remove_sql, "iii", block->id, block->version, removed_at)
                                         : desk_db_query (db, error, restore_sql, "ii", block->id, block->version);

  return take_version (stmt, version, error);
}

gboolean
desk_time_block_remove (DeskDb *db, DeskTimeBlock *block, gint64 now, GError **error)
{
  gint64 version = 0;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !step_removed (db, block, now, &version, error)
      || !desk_txn_log (txn, "block.remove", DESK_KIND_BOOK, block->id, block->kind, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  block->version = version;
  return TRUE;
}

/* Brings back what desk_time_block_remove () took away, if nobody did since. */
gboolean
desk_time_block_restore (DeskDb *db, DeskTimeBlock *block, GError **error)
{
  gint64 version = 0;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !step_removed (db, block, 0, &version, error)
      || !desk_txn_log (txn, "block.restore", DESK_KIND_BOOK, block->id, block->kind, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  block->version = version;
  return TRUE;
}
