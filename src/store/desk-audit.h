/* The audit trail: one row per change, in the transaction of the change, each carrying the digest of all
 * before it. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_audit_append (DeskDb *db, gint64 actor, const char *desk, const char *action, DeskKind kind, gint64 id, const char *detail, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_audit_verify (DeskDb *db, gint64 *bad_seq, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
