/* The secret of a person who signs: a PIN of six digits or more, or a passphrase. Only its hash is kept (argon2id), and
 * it says nothing about what it was made of. */
#pragma once

#include "desk-error.h"

G_BEGIN_DECLS

const char *desk_secret_problem (const char *secret);
char *desk_secret_hash (const char *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_verify (const char *hash, const char *secret);

G_END_DECLS
