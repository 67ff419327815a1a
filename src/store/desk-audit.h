/* The audit trail: one row per change, in the transaction of the change, each carrying the digest of all
 * before it. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_audit_append (DeskDb *db, gint64 actor, const char *desk, const char *action, DeskKind kind, gint64 id, const char *detail, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who changed a thing last. */
typedef struct
{
  gint64 at, actor;     /* UTC seconds; staff, 0 for the program or when it is not known */
  char *name, *name_ja; /* of the actor; empty for none */
} DeskAuditLast;

DeskAuditLast *desk_audit_last (DeskDb *db, DeskKind kind, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_audit_last_free (DeskAuditLast *last);
gboolean desk_audit_verify (DeskDb *db, gint64 *bad_seq, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskAuditLast, desk_audit_last_free)

G_END_DECLS
