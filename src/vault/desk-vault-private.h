/* What the files of src/vault share. */
#pragma once

#include "desk-vault-key.h"

G_BEGIN_DECLS

const guint8 *desk_vault_key_stream (DeskVaultKey *key);
void desk_vault_start (void);

G_END_DECLS
