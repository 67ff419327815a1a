/* Two windows on one unit: who came first is told to who came second. */
#include "desk-cells-private.h"

#include <string.h>

#define NEWEST \
  "SELECT at, axis, to_state, name FROM (" \
  "  SELECT e.at AS at, 0 AS ord, e.seq AS seq, e.axis AS axis, e.to_state AS to_state, s.name AS name FROM unit_event e" \
  "   JOIN staff s ON s.id = e.performer_id WHERE e.unit_id = $1 AND ((e.axis = 'life' AND e.seq > $2)" \
  "   OR (e.axis = 'quality' AND e.seq > $3) OR (e.axis = 'label' AND e.seq > $4))" \
  "  UNION ALL SELECT k.at, 1, k.seq, 'place', COALESCE (c.name, ''), s.name FROM custody k JOIN staff s ON s.id = k.performer_id" \
  "   LEFT JOIN container c ON c.id = k.container_id WHERE k.unit_id = $1 AND k.seq > $5 AND k.what = 'place'" \
  "  UNION ALL SELECT r.opened_at, 2, r.id, 'reservation', '', s.name FROM reservation r JOIN staff s ON s.id = r.opened_by" \
  "   WHERE r.unit_id = $1 AND r.closed_at IS NULL AND r.visit_id <> $6) AS since ORDER BY at, ord DESC, seq"

/* Remembers in the act what its window showed. */
void
desk_unit_act_saw (DeskUnitAct *act, const DeskUnit *unit)
{
  act->saw = TRUE;
  act->saw_life = unit->life_seq;
  act->saw_quality = unit->quality_seq;
  act->saw_label = unit->label_seq;
  act->saw_custody = unit->custody_seq;
  act->saw_visit = unit->reserved_visit;
}

/* Passes when the unit still is as the window showed it; else DESK_ERROR_CONFLICT that says who did what, and when. */
gboolean
desk_unit_check_saw (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, GError **error)
{
  g_autofree char *line = NULL;
  DeskStep step;

  if (!act->saw
      || (act->saw_life == unit->life_seq && act->saw_quality == unit->quality_seq && act->saw_label == unit->label_seq
          && act->saw_custody == unit->custody_seq && act->saw_visit == unit->reserved_visit))
    return TRUE;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, NEWEST, "iddddi", unit->id, act->saw_life, act->saw_quality, act->saw_label,
                                             act->saw_custody, act->saw_visit);
  if (!stmt)
    return FALSE;
  /* The first of what came since is what took it. */
  if ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ERROR)
    return FALSE;
  if (step == DESK_STEP_ROW)
    line = g_strdup_printf ("%s\t%s\t%" G_GINT64_FORMAT "\t%s", desk_stmt_text (stmt, 1), desk_stmt_text (stmt, 2),
                            desk_stmt_int64 (stmt, 0), desk_stmt_text (stmt, 3));
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, line ? line : "somebody changed the unit since");
  return FALSE;
}

/* Reads the message of such a conflict; FALSE when it is another one. */
gboolean
desk_unit_conflict_read (const char *message, DeskUnitConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (message ? message : "", "\t", 4);

  if (g_strv_length (parts) != 4)
    return FALSE;
  *conflict = (DeskUnitConflict) { g_strdup (parts[0]), g_strdup (parts[1]), g_ascii_strtoll (parts[2], NULL, 10), g_strdup (parts[3]) };
  return TRUE;
}

void
desk_unit_conflict_clear (DeskUnitConflict *conflict)
{
  g_clear_pointer (&conflict->axis, g_free);
  g_clear_pointer (&conflict->to_state, g_free);
  g_clear_pointer (&conflict->name, g_free);
}
