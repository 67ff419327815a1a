/* What a conflict of each kind does in this clinic: stop, or warn. */
#pragma once

#include "desk-conflict.h"
#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_conflict_rules_load (DeskDb *db, DeskConflictRules *rules, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* DESK_ERROR_REFUSED "rule-is-fixed" for a kind that always stops. */
gboolean desk_conflict_rule_set (DeskDb *db, DeskConflictKind kind, gboolean blocks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
