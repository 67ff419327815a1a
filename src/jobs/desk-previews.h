/* Pages of contents as pictures. A content is read only by a helper program in a sandbox without network, and what is
 * decrypted for it stays in memory. Where no sandbox can be made the answer is DESK_ERROR_REFUSED "no-sandbox", while the
 * contents are closed "contents-closed". */
#pragma once

#include <gio/gio.h>

#include "desk-contents.h"
#include "desk-preview.h"

G_BEGIN_DECLS

void desk_preview_async (DeskContents *contents, const char *digest, int page, int max_width, int max_height, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskPreview *desk_preview_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
