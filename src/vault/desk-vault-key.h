/* The key to the contents. It is random; a passphrase only wraps it, so that changing the passphrase writes one row
 * and no content. In memory it lies in locked pages that are wiped when the last reference goes. */
#pragma once

#include "desk-error.h"
#include "desk-vault-lock.h"

G_BEGIN_DECLS

typedef struct _DeskVaultKey DeskVaultKey;

DeskVaultKey *desk_vault_key_new (void);
DeskVaultKey *desk_vault_key_ref (DeskVaultKey *key);
void desk_vault_key_unref (DeskVaultKey *key);

gboolean desk_vault_key_wrap (DeskVaultKey *key, const char *passphrase, DeskVaultLock *lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_vault_key_lay_open (DeskVaultKey *key, DeskVaultLock *lock);
DeskVaultKey *desk_vault_key_unwrap (const DeskVaultLock *lock, const char *passphrase, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *desk_vault_key_name (DeskVaultKey *key, const char *digest);
void desk_vault_wipe (char *passphrase);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskVaultKey, desk_vault_key_unref)

G_END_DECLS
