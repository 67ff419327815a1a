/* Gates in the store: the case a gate is judged on, what physicians decided and passed over, the clinic's own rules,
 * and who is not ready for a draw that comes. */
#pragma once

#include "desk-db.h"
#include "desk-gate.h"

G_BEGIN_DECLS

/* How a visit stands before its gate. */
typedef struct
{
  gint64 visit_id;
  DeskGate gate;
  DeskGateSummary summary;
} DeskGateMark;

/* A draw of the next days with what is not ready. */
typedef struct
{
  gint64 patient_id, visit_id;
  char *name;
  DeskDay day;
  int days;         /* the milestone it falls under: 7, 5 or 2 */
  guint n_red, n_amber;
  char *rules;      /* codes of the rules that do not stand, comma separated */
} DeskGateTask;

DeskCase *desk_gates_load (DeskDb *db, gint64 patient_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_gates_marks (DeskDb *db, const GPtrArray *visits, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_gates_short (DeskDb *db, gint64 patient_id, DeskGate gate, gint64 visit_id, DeskDay day, DeskDay today, char **rules, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_gates_worklist (DeskDb *db, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_gate_task_free (DeskGateTask *task);

GArray *desk_gate_settings (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_gate_setting_save (DeskDb *db, const DeskGateRule *rule, DeskGateSetting *setting, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_gate_decide (DeskDb *db, gint64 patient_id, gboolean accepted, const char *reason, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_gate_override_add (DeskDb *db, gint64 patient_id, const DeskGateRule *rule, const char *reason, DeskDay until, gint64 by, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_gate_override_revoke (DeskDb *db, gint64 id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskGateTask, desk_gate_task_free)

G_END_DECLS
