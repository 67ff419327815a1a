/* The contents of the clinic that a session has open, and the clinic's passphrase. */
#pragma once

#include "desk-contents.h"
#include "desk-session.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_PROTECTION_NONE,       /* no key yet: papers of an older version lie in clear, and none are taken in */
  DESK_PROTECTION_OPEN,       /* encrypted under a key that lies in the file: the sample clinic */
  DESK_PROTECTION_PASSPHRASE, /* encrypted under a key that the passphrase opens */
} DeskProtection;

DeskContents *desk_clinic_contents (DeskSession *session);
DeskProtection desk_clinic_contents_protection (DeskSession *session);

void desk_clinic_contents_unlock_async (DeskSession *session, const char *passphrase, GAsyncReadyCallback callback, gpointer user_data);
void desk_clinic_contents_passphrase_async (DeskSession *session, const char *old, const char *passphrase, GAsyncReadyCallback callback, gpointer user_data);
gboolean desk_clinic_contents_finish (DeskSession *session, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_clinic_contents_protect_async (DeskContents *contents, DeskProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean desk_clinic_contents_protect_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskContents *desk_clinic_contents_open (DeskDb *db, const char *path, const char *passphrase, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_clinic_contents_make (DeskDb *db, const char *passphrase, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_clinic_contents_check (DeskDb *db, DeskContents *contents, guint *n, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
