/* One thing from outside into the inbox: its content stored, its row added. */
#pragma once

#include "desk-contents.h"
#include "desk-inbox.h"
#include "desk-session.h"

G_BEGIN_DECLS

/* What comes in by one of path, bytes and link, and what became of it. */
typedef struct
{
  char *path, *name, *link;
  GBytes *bytes;
  const char *came_by;  /* static: file, drop, paste, link */
  gint64 received_at;
  gint64 patient_id;    /* for whom it was added, to be offered; 0 for nobody */

  const char *refused;  /* static code: why it was not taken in, or NULL: not-a-file, is-folder, is-link, too-large,
                         * empty, kind-unknown, unreadable, not-a-link */
  DeskInboxAdded added;
  gint64 item_id;
  gint64 known_patient_id; /* whose the same content is already; 0 for nobody's */
} DeskIntake;

DeskIntake *desk_intake_new_path (const char *path, const char *came_by, gint64 received_at);
DeskIntake *desk_intake_new_bytes (GBytes *bytes, const char *name, gint64 received_at);
DeskIntake *desk_intake_new_link (const char *link, gint64 received_at);
void desk_intake_free (DeskIntake *intake);

void desk_intake_async (DeskSession *session, DeskContents *contents, DeskIntake *intake, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskIntake *desk_intake_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskIntake, desk_intake_free)

G_END_DECLS
