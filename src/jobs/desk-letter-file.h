/* A letter template that comes from outside. */
#pragma once

#include <gio/gio.h>

#include "desk-letter.h"

G_BEGIN_DECLS

/* The text of the file, for the caller to free, and in problems everything that is wrong with it. It is first
 * parsed by the helper in its sandbox; where there is no problem, it may be read here as well. NULL with DESK_ERROR_REFUSED
 * where no sandbox can be made, DESK_ERROR_CORRUPT where the helper died of it. Blocks. */
char *desk_letter_file_read (const char *path, DeskLetterProblems *problems, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
