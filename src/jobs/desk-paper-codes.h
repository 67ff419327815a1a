/* The codes on the pages of a content: which of our own papers came back. Read by a helper program in a sandbox, as
 * previews are (desk-previews.h); what it answers is only believed after its check character was proved. */
#pragma once

#include <gio/gio.h>

#include "desk-contents.h"

G_BEGIN_DECLS

GPtrArray *desk_paper_codes (GBytes *bytes, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_paper_codes_async (DeskContents *contents, const char *digest, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *desk_paper_codes_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
