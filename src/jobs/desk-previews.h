/* First pages of files from outside as pictures. The file is read only by a helper program in a sandbox without
 * network; where no sandbox can be made the answer is DESK_ERROR_REFUSED "no-sandbox". */
#pragma once

#include <gio/gio.h>

#include "desk-preview.h"

G_BEGIN_DECLS

void desk_preview_async (const char *path, int max_width, int max_height, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskPreview *desk_preview_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
