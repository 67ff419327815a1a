/* Runs uketsuke-reader on a file in a sandbox without network, and reads its answer. */
#pragma once

#include <gio/gio.h>

#include "desk-preview.h"

G_BEGIN_DECLS

DeskPreview *desk_reader_run (const char *path, int max_width, int max_height, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
