#include "desk-vault-lock.h"

/* Frees what it holds, and leaves it empty. */
void
desk_vault_lock_clear (DeskVaultLock *lock)
{
  g_free (lock->kdf);
  g_free (lock->salt);
  g_free (lock->wrapped);
  *lock = (DeskVaultLock){ 0 };
}

/* NULL is fine. */
void
desk_vault_lock_free (DeskVaultLock *lock)
{
  if (!lock)
    return;
  desk_vault_lock_clear (lock);
  g_free (lock);
}

/* Whether it opens without a passphrase. */
gboolean
desk_vault_lock_is_open (const DeskVaultLock *lock)
{
  return g_strcmp0 (lock->kdf, "open") == 0;
}
