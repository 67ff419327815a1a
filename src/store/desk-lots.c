/* Culture lots. */
#include "desk-cells-private.h"
#include "desk-codes.h"

#include <string.h>

#define LOT_COLUMNS \
  "SELECT id, patient_id, collection_id, number, facility, plan_number, status, started_on, expected_on, harvested_on, note," \
  " expected_doses, expected_cells, version"

/* Sets DESK_ERROR_REFUSED with the rule's code as message; always FALSE, so that it can be returned. */
gboolean
desk_refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

G_LOCK_DEFINE_STATIC (kept_zone);

/* GLib reads the zone's file anew whenever nobody holds the zone, which costs more than the rest of a step: the
 * zone asked for last is held. */
static GTimeZone *
keep_zone (const char *name)
{
  static GTimeZone *kept;

  G_LOCK (kept_zone);
  if (!kept || strcmp (g_time_zone_get_identifier (kept), name) != 0)
    {
      GTimeZone *zone = g_time_zone_new_identifier (name);

      g_clear_pointer (&kept, g_time_zone_unref);
      kept = zone ? zone : g_time_zone_new_utc ();
    }
  GTimeZone *result = g_time_zone_ref (kept);
  G_UNLOCK (kept_zone);
  return result;
}

/* The day of an instant in the clinic's zone. */
gboolean
desk_cells_today (DeskDb *db, gint64 at, DeskDay *today, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT zone FROM clinic", "");

  if (!stmt)
    return FALSE;
  DeskStep step = desk_stmt_step (stmt, error);
  if (step == DESK_STEP_ERROR)
    return FALSE;
  g_autoptr (GTimeZone) zone = keep_zone (step == DESK_STEP_ROW ? desk_stmt_text (stmt, 0) : "Asia/Tokyo");
  *today = desk_instant_day (at, zone);
  return TRUE;
}

/* The last second of a day in the clinic's zone. */
gboolean
desk_cells_day_end (DeskDb *db, const char *iso, gint64 *instant, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT zone FROM clinic", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  DeskDay day;

  if (step == DESK_STEP_ERROR)
    return FALSE;
  if (!desk_day_parse (iso, &day))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "not a day: %s", iso);
      return FALSE;
    }
  g_autoptr (GTimeZone) zone = keep_zone (step == DESK_STEP_ROW ? desk_stmt_text (stmt, 0) : "Asia/Tokyo");
  *instant = desk_instant_at (day + 1, 0, zone) - 1;
  return TRUE;
}

/* Says of every unit of a lot that it changed: a hold or a result of the lot is theirs too. */
gboolean
desk_changed_units_of_lot (DeskDb *db, DeskTxn *txn, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM unit WHERE lot_id = $1", "i", lot_id);
  DeskStep step;

  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_txn_changed (txn, DESK_KIND_UNIT, desk_stmt_int64 (stmt, 0));
  return step == DESK_STEP_DONE;
}

static DeskLot *
read_lot (DeskStmt *stmt)
{
  DeskLot *lot = g_new0 (DeskLot, 1);

  lot->id = desk_stmt_int64 (stmt, 0);
  lot->patient_id = desk_stmt_int64 (stmt, 1);
  lot->collection_id = desk_stmt_int64 (stmt, 2);
  lot->number = desk_stmt_dup_text (stmt, 3);
  lot->facility = desk_stmt_dup_text (stmt, 4);
  lot->plan_number = desk_stmt_dup_text (stmt, 5);
  lot->status = desk_stmt_dup_text (stmt, 6);
  lot->started_on = desk_stmt_dup_text (stmt, 7);
  lot->expected_on = desk_stmt_dup_text (stmt, 8);
  lot->harvested_on = desk_stmt_dup_text (stmt, 9);
  lot->note = desk_stmt_dup_text (stmt, 10);
  lot->expected_doses = desk_stmt_int (stmt, 11);
  lot->expected_cells = desk_stmt_int64 (stmt, 12);
  lot->version = desk_stmt_int64 (stmt, 13);
  return lot;
}

/* The lots of a patient, or all lots for 0, newest first. */
GPtrArray *
desk_lot_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = patient_id ? desk_db_query (db, error, LOT_COLUMNS " FROM lot WHERE patient_id = $1 ORDER BY started_on DESC, id DESC", "i", patient_id)
                   : desk_db_query (db, error, LOT_COLUMNS " FROM lot ORDER BY started_on DESC, id DESC", "");
  g_autoptr (GPtrArray) lots = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lot_free);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (lots, read_lot (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&lots) : NULL;
}

#define LACKS_A_RESULT \
  "EXISTS (SELECT 1 FROM lot_test t WHERE t.required = 1 AND NOT EXISTS (SELECT 1 FROM result r JOIN result_check c ON c.result_id = r.id" \
  " WHERE r.lot_id = l.id AND r.test = t.code AND r.stage = 'final' AND r.passed = 1 AND r.unit_id IS NULL" \
  " AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id)))"

/* The lots of that kind by their ids, the newest first. */
GArray *
desk_lot_ids (DeskDb *db, DeskLotsWhich which, GError **error)
{
  static const char *const texts[] = {
    [DESK_LOTS_ALL] = "SELECT id FROM lot ORDER BY started_on DESC, id DESC",
    [DESK_LOTS_CULTURING] = "SELECT id FROM lot WHERE status = 'culturing' ORDER BY started_on DESC, id DESC",
    [DESK_LOTS_AWAITING] = "SELECT l.id FROM lot l WHERE l.status = 'harvested' AND " LACKS_A_RESULT " ORDER BY l.started_on DESC, l.id DESC",
    [DESK_LOTS_READY]
    = "SELECT l.id FROM lot l WHERE l.status = 'harvested' AND NOT " LACKS_A_RESULT
      " AND NOT EXISTS (SELECT 1 FROM result f WHERE f.lot_id = l.id AND f.unit_id IS NULL AND f.passed = 0"
      " AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = f.id))"
      " AND EXISTS (SELECT 1 FROM unit u WHERE u.lot_id = l.id AND u.quality IN ('quarantine', 'conditional')"
      " AND u.life IN ('filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic')"
      " AND NOT EXISTS (SELECT 1 FROM unit_hold WHERE unit_id = u.id)) ORDER BY l.started_on DESC, l.id DESC",
  };
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, texts[which], "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_lot_free (). */
DeskLot *
desk_lot_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, LOT_COLUMNS " FROM lot WHERE id = $1", "i", id);

  if (!stmt)
    return NULL;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      return read_lot (stmt);
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such lot");
      return NULL;
    default:
      return NULL;
    }
}

static gboolean
check_start (const DeskLotStart *start, DeskDay *started, GError **error)
{
  DeskDay expected;
  const char *wrong = NULL;

  if (!desk_day_parse (start->started_on, started))
    wrong = "started_on";
  else if (start->expected_on && *start->expected_on && (!desk_day_parse (start->expected_on, &expected) || expected < *started))
    wrong = "expected_on";
  else if (start->plan_number && *start->plan_number && !desk_plan_number_good (start->plan_number))
    wrong = "plan_number";
  if (wrong)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a lot cannot start with this %s", wrong);
  return !wrong;
}

static gboolean
collect (DeskDb *db, const DeskLotStart *start, gint64 *collection_id, GError **error)
{
  const DeskCollectionStart draw = { .patient_id = start->patient_id, .visit_id = start->visit_id, .course_id = start->course_id,
                                     .coi_id = start->coi_id, .method = start->method, .collected_at = start->collected_at,
                                     .ended_at = start->ended_at, .volume_ml = start->volume_ml, .operator_id = start->operator_id,
                                     .container = start->container, .note = start->note };

  *collection_id = start->collection_id;
  return *collection_id != 0 || desk_collection_add (db, &draw, collection_id, error);
}

static gboolean
insert_lot (DeskDb *db, const DeskLotStart *start, DeskDay started, gint64 collection_id, gint64 *lot_id, char **number, GError **error)
{
  int year;

  desk_day_to_ymd (started, &year, NULL, NULL);
  if (!desk_code_next (db, "lot", DESK_LOCAL_LOT, year, number, error))
    return FALSE;
  return desk_db_value (db, lot_id, error,
                        "INSERT INTO lot (patient_id, collection_id, number, facility, plan_number, started_on, expected_on, expected_doses,"
                        " expected_cells) VALUES ($1, $2, $3, COALESCE (CAST ($4 AS TEXT), (SELECT facility FROM clinic), ''),"
                        " COALESCE (CAST ($5 AS TEXT), (SELECT plan_number FROM clinic), ''), $6, COALESCE (CAST ($7 AS TEXT), ''), $8, $9)"
                        " RETURNING id",
                        "iittttt" "di", start->patient_id, collection_id, *number, start->facility, start->plan_number, start->started_on,
                        start->expected_on, start->expected_doses, start->expected_cells);
}

/* Registers a culture and, where it is not there yet, the collection it grows from. lot may be NULL. */
gboolean
desk_lot_start (DeskDb *db, const DeskLotStart *start, DeskLot **lot, GError **error)
{
  g_autofree char *number = NULL;
  DeskDay started;
  gint64 id, collection_id;

  if (!check_start (start, &started, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !collect (db, start, &collection_id, error)
      || !insert_lot (db, start, started, collection_id, &id, &number, error)
      || !desk_txn_log (txn, "lot.start", DESK_KIND_LOT, id, number, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, start->patient_id);
  g_autoptr (DeskLot) loaded = lot ? desk_lot_load (db, id, error) : NULL;
  if ((lot && !loaded) || !desk_txn_commit (txn, error))
    return FALSE;
  if (lot)
    *lot = g_steal_pointer (&loaded);
  return TRUE;
}

/* Moves a lot to "harvested" or "failed". harvested_on may be NULL and leaves the day as it is. On success lot
 * has its new status and version; DESK_ERROR_CONFLICT when somebody saved since, DESK_ERROR_REFUSED "in-future" for a
 * harvest that is still to come. */
gboolean
desk_lot_set_status (DeskDb *db, DeskLot *lot, const char *status, const char *harvested_on, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 version;
  DeskDay today, day;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_cells_today (db, desk_cells_now (0), &today, error))
    return FALSE;
  if (harvested_on && desk_day_parse (harvested_on, &day) && day > today)
    return desk_refuse (error, "in-future");
  if (!desk_db_value (db, &version, &local,
                      "UPDATE lot SET status = $3, harvested_on = COALESCE (CAST ($4 AS TEXT), harvested_on), version = version + 1"
                      " WHERE id = $1 AND version = $2 RETURNING version",
                      "iitt", lot->id, lot->version, status, harvested_on))
    {
      if (g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the lot since it was read");
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!desk_txn_log (txn, "lot.status", DESK_KIND_LOT, lot->id, status, error)
      || !desk_changed_units_of_lot (db, txn, lot->id, error) || !desk_txn_commit (txn, error))
    return FALSE;
  g_free (lot->status);
  lot->status = g_strdup (status);
  if (harvested_on)
    {
      g_free (lot->harvested_on);
      lot->harvested_on = g_strdup (harvested_on);
    }
  lot->version = version;
  return TRUE;
}
