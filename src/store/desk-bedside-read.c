/* The bedside as it stands. */
#include <string.h>

#include "desk-bedside.h"
#include "desk-cell-settings.h"
#include "desk-cells-private.h"
#include "desk-gates.h"

void
desk_bath_free (DeskBath *bath)
{
  g_free (bath->name);
  g_free (bath->taken_by);
  g_free (bath);
}

/* The baths in service, free ones first. */
GPtrArray *
desk_bath_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) baths = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_bath_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT d.id, d.name, s.id IS NOT NULL, COALESCE (p.chart, '') FROM device d"
                       " LEFT JOIN thaw_session s ON s.device_id = d.id AND s.closed_at IS NULL"
                       " LEFT JOIN visit v ON v.id = s.visit_id LEFT JOIN patient p ON p.id = v.patient_id"
                       " WHERE d.kind = 'bath' AND d.in_service = 1 ORDER BY s.id IS NOT NULL, d.name",
                       "");
  DeskStep row = DESK_STEP_ERROR;

  while (stmt && (row = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskBath *bath = g_new0 (DeskBath, 1);

      bath->id = desk_stmt_int64 (stmt, 0);
      bath->name = desk_stmt_dup_text (stmt, 1);
      bath->taken_by = desk_stmt_int (stmt, 2) ? desk_stmt_dup_text (stmt, 3) : NULL;
      g_ptr_array_add (baths, bath);
    }
  return row == DESK_STEP_DONE ? g_steal_pointer (&baths) : NULL;
}

/* The dose that the visit is about: one that is given at it, else one that is promised to it, what is furthest first. */
static gboolean
find_unit (DeskDb *db, gint64 visit_id, gint64 *unit_id, GError **error)
{
  return desk_db_value (db, unit_id, error,
                        "SELECT COALESCE ((SELECT r.unit_id FROM reservation r JOIN unit u ON u.id = r.unit_id"
                        " WHERE r.visit_id = $1 AND r.closed_at IS NULL ORDER BY CASE u.life WHEN 'infusing' THEN 0 WHEN 'at_bedside' THEN 1"
                        " WHEN 'thawed' THEN 2 WHEN 'thawing' THEN 3 WHEN 'picked' THEN 4 ELSE 5 END, u.number LIMIT 1),"
                        " (SELECT unit_id FROM infusion WHERE visit_id = $1 ORDER BY started_at DESC LIMIT 1), 0)",
                        "i", visit_id);
}

static gboolean
read_visit (DeskDb *db, DeskBedside *b, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT v.patient_id, v.status, v.starts_at, COALESCE (s.id, 0), COALESCE (d.name, ''), COALESCE (s.temperature, 0),"
                       " (SELECT count (*) FROM vitals w WHERE w.visit_id = v.id AND w.phase = 'before'),"
                       " (SELECT count (*) FROM vitals w WHERE w.visit_id = v.id AND w.phase = 'during'),"
                       " (SELECT count (*) FROM vitals w WHERE w.visit_id = v.id AND w.phase = 'after')"
                       " FROM visit v LEFT JOIN thaw_session s ON s.visit_id = v.id AND s.closed_at IS NULL"
                       " LEFT JOIN device d ON d.id = s.device_id WHERE v.id = $1 ORDER BY s.id DESC",
                       "i", b->visit_id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (row == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such visit");
  if (row != DESK_STEP_ROW)
    return FALSE;
  b->patient_id = desk_stmt_int64 (stmt, 0);
  b->visit_status = desk_stmt_dup_text (stmt, 1);
  b->starts_at = desk_stmt_int64 (stmt, 2);
  b->session_id = desk_stmt_int64 (stmt, 3);
  b->bath = desk_stmt_dup_text (stmt, 4);
  b->bath_temperature = desk_stmt_int (stmt, 5);
  for (int i = 0; i < 3; i++)
    b->vitals[i] = desk_stmt_int (stmt, 6 + i);
  return TRUE;
}

static gboolean
read_order (DeskDb *db, DeskBedside *b, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT o.id, o.physician_id, o.cells_min, o.cells_max, o.weight_g, o.note, o.at, s.name FROM infusion_order o"
                       " JOIN staff s ON s.id = o.physician_id WHERE o.visit_id = $1 AND o.withdrawn_at IS NULL",
                       "i", b->visit_id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (row == DESK_STEP_ROW)
    b->order = (DeskOrder){ .id = desk_stmt_int64 (stmt, 0), .visit_id = b->visit_id, .physician_id = desk_stmt_int64 (stmt, 1),
                            .cells_min = desk_stmt_int64 (stmt, 2), .cells_max = desk_stmt_int64 (stmt, 3),
                            .weight_g = desk_stmt_int (stmt, 4), .note = desk_stmt_dup_text (stmt, 5), .at = desk_stmt_int64 (stmt, 6),
                            .physician = desk_stmt_dup_text (stmt, 7) };
  return row != DESK_STEP_ERROR;
}

static gboolean
read_dose (DeskDb *db, DeskBedside *b, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT u.barcode, u.use_until_at, t.started_at, t.ended_at, t.bag_whole, t.use_until, c.at, c.witness_id, i.started_at,"
                       " e.ended_at, e.volume_ml, e.cells, e.reaction, e.grade, e.reason, d.cells,"
                       " EXISTS (SELECT 1 FROM dose_override x WHERE x.unit_id = u.id AND x.rule = 'thaw-limit'),"
                       " EXISTS (SELECT 1 FROM dose_override x WHERE x.unit_id = u.id AND x.rule = 'use-until'),"
                       " EXISTS (SELECT 1 FROM dose_override x WHERE x.unit_id = u.id AND x.rule = 'dose-range'),"
                       " EXISTS (SELECT 1 FROM dose_override x WHERE x.unit_id = u.id AND x.rule = 'dmso'), e.rest"
                       " FROM unit u JOIN unit_viable d ON d.unit_id = u.id LEFT JOIN thaw t ON t.unit_id = u.id"
                       " LEFT JOIN bedside_check c ON c.unit_id = u.id LEFT JOIN infusion i ON i.unit_id = u.id"
                       " LEFT JOIN infusion_end e ON e.unit_id = u.id WHERE u.id = $1",
                       "i", b->unit->id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (row != DESK_STEP_ROW)
    return FALSE;
  b->barcode = desk_stmt_dup_text (stmt, 0);
  b->use_until_at = desk_stmt_int64 (stmt, 1);
  b->thaw_started = desk_stmt_int64 (stmt, 2);
  b->thaw_ended = desk_stmt_int64 (stmt, 3);
  b->bag_whole = desk_stmt_int (stmt, 4);
  b->use_until = desk_stmt_int64 (stmt, 5);
  b->checked_at = desk_stmt_int64 (stmt, 6);
  b->check_witness = desk_stmt_int64 (stmt, 7);
  b->started_at = desk_stmt_int64 (stmt, 8);
  b->ended_at = desk_stmt_int64 (stmt, 9);
  b->given_ml = desk_stmt_int (stmt, 10);
  b->delivered = desk_stmt_int64 (stmt, 11);
  b->reaction = desk_stmt_dup_text (stmt, 12);
  b->grade = desk_stmt_int (stmt, 13);
  b->reason = desk_stmt_dup_text (stmt, 14);
  b->rest = desk_stmt_dup_text (stmt, 16 + DESK_BEDSIDE_N_RULES);
  gint64 viable = desk_stmt_int64 (stmt, 15), cells = b->unit->cells;
  b->viability = cells > 0 && viable < cells ? (int) ((viable * 100 + cells - 1) / cells) : 0;
  for (int i = 0; i < DESK_BEDSIDE_N_RULES; i++)
    b->overridden[i] = desk_stmt_int (stmt, 16 + i);
  return TRUE;
}

/* DMSO of this dose and of the frozen ones that were begun at the visit. */
static gboolean
read_dmso (DeskDb *db, DeskBedside *b, int permille, GError **error)
{
  gint64 volume;

  if (!desk_db_value (db, &volume, error,
                      "SELECT COALESCE (sum (volume_ml), 0) FROM unit WHERE kind = 'dose_frozen'"
                      " AND (id = $1 OR id IN (SELECT unit_id FROM infusion WHERE visit_id = $2))",
                      "ii", b->unit->id, b->visit_id))
    return FALSE;
  b->dmso = desk_dose_dmso ((int) volume, permille, b->order.weight_g);
  return TRUE;
}

/* What the rules of the infusion say of the patient, today's and the clinic's own, less what a physician passed over. */
static gboolean
read_gate (DeskDb *db, DeskBedside *b, GError **error)
{
  DeskDay today, day;

  return desk_cells_today (db, g_get_real_time () / G_USEC_PER_SEC, &today, error)
         && desk_cells_today (db, b->starts_at, &day, error)
         && desk_gates_short (db, b->patient_id, DESK_GATE_INFUSE, b->visit_id, day, today, &b->lacks, error)
         && desk_db_value (db, &b->consent_lost, error,
                           "SELECT EXISTS (SELECT 1 FROM consent_lost WHERE patient_id = $1 AND purpose = 'treatment')", "i",
                           b->patient_id);
}

/* All that the flow needs of a visit and its dose; unit_id 0 for the one that the visit is about. Without a dose
 * bedside->unit is NULL. */
DeskBedside *
desk_bedside_load (DeskDb *db, gint64 visit_id, gint64 unit_id, GError **error)
{
  g_autoptr (DeskBedside) b = g_new0 (DeskBedside, 1);
  gint64 settings[DESK_N_CELL_SETTINGS];

  b->visit_id = visit_id;
  if (!read_visit (db, b, error) || !read_order (db, b, error) || !desk_cell_settings_load (db, settings, error)
      || (unit_id == 0 && !find_unit (db, visit_id, &unit_id, error)))
    return NULL;
  b->thaw_limit = (int) settings[DESK_CELL_THAW_LIMIT] * 60;
  b->dmso_limit = (int) settings[DESK_CELL_DMSO_LIMIT];
  if (unit_id == 0)
    return g_steal_pointer (&b);
  b->unit = desk_unit_load (db, unit_id, error);
  if (!b->unit || !read_dose (db, b, error) || !read_dmso (db, b, (int) settings[DESK_CELL_DMSO_PERCENT], error)
      || !read_gate (db, b, error))
    return NULL;
  return g_steal_pointer (&b);
}

/* The visit at which the patient sits, or is expected, with a dose promised: for a scanned wristband (unit 0) or a scanned
 * dose (patient 0). 0 for none. */
gint64
desk_bedside_visit_of (DeskDb *db, gint64 patient_id, gint64 unit_id, GError **error)
{
  gint64 id = 0;
  gboolean ok
      = unit_id ? desk_db_value (db, &id, error,
                                 "SELECT COALESCE ((SELECT visit_id FROM reservation WHERE unit_id = $1 AND closed_at IS NULL),"
                                 " (SELECT visit_id FROM infusion WHERE unit_id = $1), 0)",
                                 "i", unit_id)
                : desk_db_value (db, &id, error,
                                 "SELECT COALESCE ((SELECT v.id FROM visit v JOIN reservation r ON r.visit_id = v.id AND r.closed_at IS NULL"
                                 " WHERE v.patient_id = $1 AND v.status IN ('arrived', 'checked_in', 'in_room')"
                                 " ORDER BY CASE v.status WHEN 'in_room' THEN 0 WHEN 'checked_in' THEN 1 ELSE 2 END, v.starts_at LIMIT 1), 0)",
                                 "i", patient_id);

  if (!ok)
    return 0;
  return id;
}

static const char *
phase_of (const char *text)
{
  static const char *const phases[] = { "before", "during", "after" };

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    if (g_strcmp0 (text, phases[i]) == 0)
      return phases[i];
  return "during";
}

GPtrArray *
desk_vitals_list (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT id, phase, at, systolic, diastolic, pulse, temperature, saturation, by_id FROM vitals"
                                             " WHERE visit_id = $1 ORDER BY at, id",
                                             "i", visit_id);
  DeskStep row = DESK_STEP_ERROR;

  while (stmt && (row = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskVitals *v = g_new0 (DeskVitals, 1);

      *v = (DeskVitals){ .id = desk_stmt_int64 (stmt, 0), .visit_id = visit_id, .phase = phase_of (desk_stmt_text (stmt, 1)),
                         .at = desk_stmt_int64 (stmt, 2), .systolic = desk_stmt_int (stmt, 3), .diastolic = desk_stmt_int (stmt, 4),
                         .pulse = desk_stmt_int (stmt, 5), .temperature = desk_stmt_int (stmt, 6),
                         .saturation = desk_stmt_int (stmt, 7), .by = desk_stmt_int64 (stmt, 8) };
      g_ptr_array_add (list, v);
    }
  return row == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}
