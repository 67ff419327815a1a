/* The text of a letter from a file from outside. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *desk_letter_import_read (const char *path, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
