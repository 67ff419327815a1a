/* Secrets of those who sign, and what they signed. Nothing here knows a secret, only its hash: jobs/desk-sign.h checks. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *hash; /* NULL for a person without one */
  int failures;
  gint64 locked_until;
} DeskSecret;

gboolean desk_secret_load (DeskDb *db, gint64 staff_id, DeskSecret *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_set (DeskDb *db, gint64 staff_id, const char *hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_failed (DeskDb *db, gint64 staff_id, gint64 locked_until, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_right (DeskDb *db, gint64 staff_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_any (DeskDb *db, const char *role, gboolean *any, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_secret_manager (DeskDb *db, gint64 staff_id, gboolean *manager, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sign_write (DeskDb *db, gint64 staff_id, const char *purpose, gint64 unit_id, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_secret_wait (int failures);

void desk_secret_clear (DeskSecret *secret);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskSecret, desk_secret_clear)

G_END_DECLS
