/* What the files of kept plans share among themselves. */
#pragma once

#include "desk-free-slots.h"
#include "desk-plans.h"

G_BEGIN_DECLS

DeskFreeSlot *desk_plan_slot (DeskDb *db, const char *type, gint64 patient_id, DeskDay day, int minute, gint64 visit_id, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_step_version (DeskDb *db, gint64 id, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_wants (const int *seqs, guint n_seqs, int seq);
gboolean desk_plan_finish (DeskDb *db, DeskTxn *txn, const DeskKeptPlan *plan, const char *action, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_add_hangs (DeskDb *db, gint64 id, const GArray *hangs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
