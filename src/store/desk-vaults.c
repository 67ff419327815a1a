#include "desk-vaults.h"

/* Fills the lock, which the caller clears. DESK_ERROR_NOT_FOUND where the clinic has none yet, also in a file of an
 * older version that can only be read. */
gboolean
desk_vault_load (DeskDb *db, DeskVaultLock *lock, GError **error)
{
  gint64 schema;

  if (!desk_db_value (db, &schema, error, "PRAGMA user_version", ""))
    return FALSE;
  g_autoptr (DeskStmt) stmt
      = schema < 2
            ? NULL
            : desk_db_query (db, error, "SELECT kdf, ops, memory, salt, wrapped, version FROM vault WHERE id = 1", "");
  DeskStep step = schema < 2 ? DESK_STEP_DONE : stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the clinic has no key to its contents yet");
  if (step != DESK_STEP_ROW)
    return FALSE;
  *lock = (DeskVaultLock){ .kdf = desk_stmt_dup_text (stmt, 0),
                           .ops = desk_stmt_int64 (stmt, 1),
                           .memory = desk_stmt_int64 (stmt, 2),
                           .salt = desk_stmt_dup_text (stmt, 3),
                           .wrapped = desk_stmt_dup_text (stmt, 4),
                           .version = desk_stmt_int64 (stmt, 5) };
  return TRUE;
}

static DeskStmt *
write_lock (DeskDb *db, const DeskVaultLock *lock, GError **error)
{
  /* Never over one that is there: with it the contents would be lost. */
  if (lock->version == 0)
    return desk_db_query (db, error,
                          "INSERT INTO vault (id, kdf, ops, memory, salt, wrapped) VALUES (1, $1, $2, $3, $4, $5)"
                          " ON CONFLICT (id) DO NOTHING RETURNING version",
                          "tiitt", lock->kdf, lock->ops, lock->memory, lock->salt, lock->wrapped);
  return desk_db_query (
      db, error,
      "UPDATE vault SET kdf = $1, ops = $2, memory = $3, salt = $4, wrapped = $5, version = version + 1"
      " WHERE id = 1 AND version = $6 RETURNING version",
      "tiitti", lock->kdf, lock->ops, lock->memory, lock->salt, lock->wrapped, lock->version);
}

/* Saves the first lock (version 0) or the same key wrapped anew. DESK_ERROR_CONFLICT when somebody else did since. */
gboolean
desk_vault_save (DeskDb *db, DeskVaultLock *lock, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 version = 0;

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt = write_lock (db, lock, error);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the passphrase was set meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    version = desk_stmt_int64 (stmt, 0);
  }
  if (!desk_txn_log (txn, lock->version ? "vault.passphrase" : "vault.make", DESK_KIND_CLINIC, 1, lock->kdf, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  lock->version = version;
  return TRUE;
}

/* The digests of all contents that a record names, each once, in order. What consists of several files has none of its
 * own: its digest is that of the list. Free with g_ptr_array_unref (). */
GPtrArray *
desk_vault_digests (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT digest FROM document d WHERE digest <> ''"
                                             " AND NOT EXISTS (SELECT 1 FROM document_file WHERE document_id = d.id)"
                                             " UNION SELECT digest FROM document_file"
                                             " UNION SELECT digest FROM inbox i WHERE digest <> ''"
                                             " AND NOT EXISTS (SELECT 1 FROM inbox_file WHERE inbox_id = i.id)"
                                             " UNION SELECT digest FROM inbox_file"
                                             " UNION SELECT photo FROM patient WHERE photo <> '' ORDER BY 1",
                                             "");
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (digests, desk_stmt_dup_text (stmt, 0));
  return step == DESK_STEP_DONE ? g_steal_pointer (&digests) : NULL;
}
