/* The key to the contents as it lies in the clinic's file: wrapped by a passphrase, or open (the sample clinic). The
 * store keeps it, the vault makes and opens it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *kdf;         /* "argon2id" or "open" */
  gint64 ops;        /* of argon2id */
  gint64 memory;     /* bytes */
  char *salt;        /* base64 */
  char *wrapped;     /* base64: nonce and sealed key, or the key itself */
  gint64 version;    /* 0 for a new one */
} DeskVaultLock;

void desk_vault_lock_clear (DeskVaultLock *lock);
void desk_vault_lock_free (DeskVaultLock *lock);
gboolean desk_vault_lock_is_open (const DeskVaultLock *lock);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskVaultLock, desk_vault_lock_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskVaultLock, desk_vault_lock_free)

G_END_DECLS
