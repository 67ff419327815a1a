/* What no record needs any more: papers put aside from the inbox long ago, and contents that nothing names. */
#pragma once

#include "desk-contents.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_UNNEEDED_DAYS 30 /* an item put aside waits so long before it can go */

typedef struct
{
  gint64 n_items; /* of the inbox, put aside long ago */
  guint n_files;  /* contents that nothing names, with those of the items */
  gint64 bytes;   /* of these files on the disk */
} DeskUnneeded;

void desk_unneeded_count_async (DeskSession *session, DeskContents *contents, GAsyncReadyCallback callback, gpointer user_data);
void desk_unneeded_remove_async (DeskSession *session, DeskContents *contents, GAsyncReadyCallback callback, gpointer user_data);
gboolean desk_unneeded_finish (DeskSession *session, GAsyncResult *result, DeskUnneeded *unneeded, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
