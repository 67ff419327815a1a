/* Signing: a person's secret is checked, and only then is done what is signed, in one transaction with the signature.
 * Runs in the worker thread of a session: the secret costs a tenth of a second. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 staff_id;
  const char *secret;  /* lent; the caller wipes it */
  const char *purpose; /* order, thaw, bedside, infuse, discard, release, count, override */
  gint64 unit_id;      /* 0 for none */
} DeskSign;

/* What is signed; at is the instant of the signature, in UTC seconds. */
typedef gboolean (*DeskSignedAct) (DeskDb *db, gint64 at, gpointer data, GError **error);

gboolean desk_sign (DeskDb *db, const DeskSign *sign, DeskSignedAct act, gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sign_check (DeskDb *db, gint64 staff_id, const char *secret, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sign_set_secret (DeskDb *db, gint64 staff_id, const char *secret, gint64 allowed_by, const char *old, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
