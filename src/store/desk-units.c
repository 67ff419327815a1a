/* Units as pages read them: one, lists, history, search. */
#include "desk-cells.h"
#include "desk-labs.h"

#define UNIT \
  "SELECT u.id, u.lot_id, u.patient_id, u.kind, u.number, u.volume_ml, u.cells, u.use_until, u.life, u.quality, u.label," \
  " u.life_seq, u.quality_seq, u.label_seq," \
  " (SELECT count (*) FROM hold WHERE id IN (SELECT hold_id FROM unit_hold h WHERE h.unit_id = u.id))," \
  " p.container_id, p.row, p.col, r.visit_id, v.starts_at, l.number, t.family || ' ' || t.given, t.chart," \
  " (SELECT count (*) FROM biohazard b WHERE b.patient_id = u.patient_id AND b.cleared_at IS NULL)," \
  " u.use_until_at, u.barcode, COALESCE ((SELECT max (seq) FROM custody WHERE unit_id = u.id), 0)," \
  " COALESCE ((SELECT sum (seconds_out) FROM custody WHERE unit_id = u.id), 0)," \
  " CASE u.life WHEN 'missing' THEN (SELECT from_state FROM unit_event WHERE unit_id = u.id AND axis = 'life' AND seq = u.life_seq) ELSE '' END," \
  " CASE WHEN EXISTS (SELECT 1 FROM storage_consent WHERE patient_id = u.patient_id)" \
  "  THEN COALESCE ((SELECT until_on FROM storage_consent WHERE patient_id = u.patient_id AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1), '')" \
  "  WHEN (SELECT value FROM cell_setting WHERE name = 'consent-needed') = 1 THEN '' END," \
  " COALESCE ((SELECT visit_id FROM release_condition WHERE unit_id = u.id), 0)," \
  " EXISTS (SELECT 1 FROM container_above a JOIN container c ON c.id = a.above_id AND c.quarantine_only = 1 WHERE a.container_id = p.container_id)" \
  " FROM unit u JOIN lot l ON l.id = u.lot_id JOIN patient t ON t.id = u.patient_id" \
  " LEFT JOIN placement p ON p.unit_id = u.id AND p.until IS NULL" \
  " LEFT JOIN reservation r ON r.unit_id = u.id AND r.closed_at IS NULL" \
  " LEFT JOIN visit v ON v.id = r.visit_id"

/* Events and placements of a unit in the order they happened; a placement comes before the step it belongs to. */
#define HISTORY \
  "SELECT e.at AS at, e.seq AS ord, e.axis, e.from_state, e.to_state, s.name, w.name, e.reason, NULL, NULL, NULL, e.scanned, 0, h.number" \
  " FROM unit_event e JOIN staff s ON s.id = e.performer_id LEFT JOIN staff w ON w.id = e.witness_id" \
  " LEFT JOIN shipment h ON h.id = e.shipment_id WHERE e.unit_id = $1" \
  " UNION ALL" \
  " SELECT p.since, 0, 'place', '', '', s.name, w.name, '', c.name, p.row, p.col," \
  "  CASE p.scanned_place WHEN '' THEN p.scanned ELSE p.scanned || ' → ' || p.scanned_place END, p.seconds_out, NULL" \
  " FROM placement p JOIN container c ON c.id = p.container_id JOIN staff s ON s.id = p.performer_id" \
  " LEFT JOIN staff w ON w.id = p.witness_id WHERE p.unit_id = $1" \
  " UNION ALL" \
  " SELECT k.at, 0, 'carried', c.name, COALESCE (t.name, ''), s.name, w.name, m.reason, NULL, NULL, NULL, '', k.seconds_out, NULL" \
  " FROM custody k JOIN container_move m ON m.id = k.move_id JOIN container c ON c.id = m.container_id" \
  " LEFT JOIN container t ON t.id = m.to_parent JOIN staff s ON s.id = k.performer_id LEFT JOIN staff w ON w.id = k.witness_id" \
  " WHERE k.unit_id = $1 AND k.move_id IS NOT NULL" \
  " UNION ALL" \
  " SELECT e.ended_at, 1000000, 'rest', e.rest, CAST (u.volume_ml - e.volume_ml AS TEXT), s.name, NULL, '', NULL, NULL, NULL, '', 0, NULL" \
  " FROM infusion_end e JOIN unit u ON u.id = e.unit_id JOIN staff s ON s.id = e.performer_id WHERE e.unit_id = $1 AND e.rest <> ''" \
  " ORDER BY 1, 2, 3"

static DeskUnit *
read_unit (DeskDb *db, DeskStmt *stmt, GError **error)
{
  DeskUnit *unit = g_new0 (DeskUnit, 1);

  unit->id = desk_stmt_int64 (stmt, 0);
  unit->lot_id = desk_stmt_int64 (stmt, 1);
  unit->patient_id = desk_stmt_int64 (stmt, 2);
  unit->kind = desk_stmt_dup_text (stmt, 3);
  unit->number = desk_stmt_dup_text (stmt, 4);
  unit->volume_ml = desk_stmt_int (stmt, 5);
  unit->cells = desk_stmt_int64 (stmt, 6);
  unit->use_until = desk_stmt_dup_text (stmt, 7);
  unit->life = desk_stmt_dup_text (stmt, 8);
  unit->quality = desk_stmt_dup_text (stmt, 9);
  unit->label = desk_stmt_dup_text (stmt, 10);
  unit->life_seq = desk_stmt_int (stmt, 11);
  unit->quality_seq = desk_stmt_int (stmt, 12);
  unit->label_seq = desk_stmt_int (stmt, 13);
  unit->holds = desk_stmt_int (stmt, 14);
  unit->container_id = desk_stmt_int64 (stmt, 15);
  unit->row = desk_stmt_int (stmt, 16);
  unit->col = desk_stmt_int (stmt, 17);
  unit->reserved_visit = desk_stmt_int64 (stmt, 18);
  unit->reserved_at = desk_stmt_int64 (stmt, 19);
  unit->lot_number = desk_stmt_dup_text (stmt, 20);
  unit->patient_name = g_strstrip (desk_stmt_dup_text (stmt, 21));
  unit->patient_chart = desk_stmt_dup_text (stmt, 22);
  unit->use_until_at = desk_stmt_int64 (stmt, 24);
  unit->read_at = g_get_real_time () / G_USEC_PER_SEC;
  unit->barcode = desk_stmt_dup_text (stmt, 25);
  unit->custody_seq = desk_stmt_int (stmt, 26);
  unit->seconds_out = desk_stmt_int (stmt, 27);
  unit->before_missing = desk_stmt_dup_text (stmt, 28);
  unit->consent_until = desk_stmt_is_null (stmt, 29) ? NULL : desk_stmt_dup_text (stmt, 29);
  unit->condition_visit = desk_stmt_int64 (stmt, 30);
  unit->in_quarantine = desk_stmt_int (stmt, 31);
  /* Few have a mark: which ones it is, is asked of them alone. */
  if (desk_stmt_int (stmt, 23) == 0)
    unit->biohazard = g_strdup ("");
  else if (!desk_biohazard_agents (db, unit->patient_id, &unit->biohazard, error))
    g_clear_pointer (&unit, desk_unit_free);
  return unit;
}

static void
free_if_any (gpointer unit)
{
  if (unit)
    desk_unit_free (unit);
}

static GPtrArray *
read_units (DeskDb *db, DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (free_if_any);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskUnit *unit = read_unit (db, stmt, error);

      if (!unit)
        return NULL;
      g_ptr_array_add (units, unit);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&units) : NULL;
}

static GArray *
read_ids (DeskStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* A unit with where it stands on every axis; the caller frees it. */
DeskUnit *
desk_unit_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, UNIT " WHERE u.id = $1", "i", id);

  if (!stmt)
    return NULL;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      return read_unit (db, stmt, error);
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such unit");
      return NULL;
    default:
      return NULL;
    }
}

/* DeskUnit by number; free with g_ptr_array_unref (). */
GPtrArray *
desk_unit_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, UNIT " WHERE u.patient_id = $1 ORDER BY u.number", "i", patient_id);

  return read_units (db, stmt, error);
}

/* DeskUnit by number; free with g_ptr_array_unref (). */
GPtrArray *
desk_unit_of_lot (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, UNIT " WHERE u.lot_id = $1 ORDER BY u.number", "i", lot_id);

  return read_units (db, stmt, error);
}

/* The units promised to a visit, and those given in it. */
GPtrArray *
desk_unit_of_visit (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      UNIT " WHERE u.id IN (SELECT unit_id FROM reservation WHERE visit_id = $1 AND closed_at IS NULL"
           " UNION SELECT unit_id FROM infusion WHERE visit_id = $1) ORDER BY u.number",
      "i", visit_id);

  return read_units (db, stmt, error);
}

/* The units that stand in a container itself, by place. */
GPtrArray *
desk_unit_in_container (DeskDb *db, gint64 container_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      UNIT " WHERE u.id IN (SELECT unit_id FROM placement WHERE container_id = $1 AND until IS NULL) ORDER BY p.row, p.col",
      "i", container_id);

  return read_units (db, stmt, error);
}

static DeskUnitEvent *
read_event (DeskStmt *stmt, char **place)
{
  DeskUnitEvent *event = g_new0 (DeskUnitEvent, 1);

  event->at = desk_stmt_int64 (stmt, 0);
  event->axis = desk_stmt_dup_text (stmt, 2);
  event->from_state = desk_stmt_dup_text (stmt, 3);
  event->to_state = desk_stmt_dup_text (stmt, 4);
  event->performer = desk_stmt_dup_text (stmt, 5);
  event->witness = desk_stmt_dup_text (stmt, 6);
  event->reason = desk_stmt_dup_text (stmt, 7);
  event->scanned = desk_stmt_dup_text (stmt, 11);
  event->seconds_out = desk_stmt_int (stmt, 12);
  event->shipment = desk_stmt_is_null (stmt, 13) ? g_strdup ("") : desk_stmt_dup_text (stmt, 13);
  if (!desk_stmt_is_null (stmt, 8))
    {
      g_autofree char *name = desk_place_name (desk_stmt_int (stmt, 9), desk_stmt_int (stmt, 10));

      g_free (event->from_state);
      event->from_state = g_strdup (*place ? *place : "");
      g_free (event->to_state);
      event->to_state = g_strdup_printf ("%s %s", desk_stmt_text (stmt, 8), name);
      g_free (*place);
      *place = g_strdup (event->to_state);
    }
  return event;
}

/* Everything that happened to a unit, newest first; a place is written "Box 3 A1". */
GPtrArray *
desk_unit_history (DeskDb *db, gint64 unit_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, HISTORY, "i", unit_id);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_unit_event_free);
  g_autofree char *place = NULL;
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (events, read_event (stmt, &place));
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < events->len / 2; i++)
    {
      gpointer first = events->pdata[i];

      events->pdata[i] = events->pdata[events->len - 1 - i];
      events->pdata[events->len - 1 - i] = first;
    }
  return g_steal_pointer (&events);
}

/* The ids of all units, or of those in a state of life, by number. */
GArray *
desk_unit_ids (DeskDb *db, const char *life, GError **error)
{
  g_autoptr (DeskStmt) stmt = life ? desk_db_query (db, error, "SELECT id FROM unit WHERE life = $1 ORDER BY number", "t", life)
                                   : desk_db_query (db, error, "SELECT id FROM unit ORDER BY number", "");

  return read_ids (stmt, error);
}

/* The units of a page of a list, in the order of ids; a missing one is NULL. */
GPtrArray *
desk_unit_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (free_if_any);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) local = NULL;
      DeskUnit *unit = desk_unit_load (db, ids[i], &local);

      if (!unit && !g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (units, unit);
    }
  return g_steal_pointer (&units);
}
