/* One content as an encrypted file: a magic, then libsodium's secretstream in chunks of 64 KB, the last of them marked.
 * The last chunk is bound to the content's digest: a file that was cut, put together anew, changed by one bit or put in
 * the place of another is refused, without hashing what was read. */
#pragma once

#include <gio/gio.h>

#include "desk-vault-key.h"

G_BEGIN_DECLS

#define DESK_VAULT_CHUNK 65536

/* Writes to fd what was pushed into it, chunk by chunk. */
typedef struct _DeskVaultWriter DeskVaultWriter;

DeskVaultWriter *desk_vault_writer_new (DeskVaultKey *key, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_vault_writer_push (DeskVaultWriter *writer, const void *bytes, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_vault_writer_finish (DeskVaultWriter *writer, const char *digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_vault_writer_free (DeskVaultWriter *writer);

gint64 desk_vault_file_bytes (int fd);
gboolean desk_vault_file_read (DeskVaultKey *key, const char *digest, int fd, guint8 *out, gint64 bytes, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskVaultWriter, desk_vault_writer_free)

G_END_DECLS
