/* The key to the contents as the clinic's file keeps it, and which contents its records name. */
#pragma once

#include "desk-db.h"
#include "desk-vault-lock.h"

G_BEGIN_DECLS

gboolean desk_vault_load (DeskDb *db, DeskVaultLock *lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_vault_save (DeskDb *db, DeskVaultLock *lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_vault_digests (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
