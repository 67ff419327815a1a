/* Collections, culture lots, and their results. */
#include "desk-cells-private.h"
#include "desk-clinics.h"
#include "desk-lookbacks.h"
#include "desk-holds.h"

#include <string.h>

#define LOT_COLUMNS \
  "SELECT id, patient_id, collection_id, number, facility, plan_number, status, started_on, expected_on, harvested_on, note, version"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

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
  lot->version = desk_stmt_int64 (stmt, 11);
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

/* The results of a lot as they stand, by test: what was superseded is left out. */
GPtrArray *
desk_lot_results (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT id, lot_id, test, value, unit, limit_text, passed, stage, reported_on, entered_by, supersedes FROM result r"
      " WHERE lot_id = $1 AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = r.id) ORDER BY test, id",
      "i", lot_id);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_result_free);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskResult *result = g_new0 (DeskResult, 1);

      result->id = desk_stmt_int64 (stmt, 0);
      result->lot_id = desk_stmt_int64 (stmt, 1);
      result->test = desk_stmt_dup_text (stmt, 2);
      result->value = desk_stmt_dup_text (stmt, 3);
      result->unit = desk_stmt_dup_text (stmt, 4);
      result->limit_text = desk_stmt_dup_text (stmt, 5);
      result->passed = desk_stmt_int (stmt, 6);
      result->stage = desk_stmt_dup_text (stmt, 7);
      result->reported_on = desk_stmt_dup_text (stmt, 8);
      result->entered_by = desk_stmt_int64 (stmt, 9);
      result->supersedes = desk_stmt_int64 (stmt, 10);
      g_ptr_array_add (results, result);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&results) : NULL;
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
  else if (start->volume_ml <= 0)
    wrong = "volume_ml";
  else if (!start->method || (strcmp (start->method, "blood_draw") != 0 && strcmp (start->method, "apheresis") != 0))
    wrong = "method";
  if (wrong)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a lot cannot start with this %s", wrong);
  return !wrong;
}

static gboolean
start_numbered (DeskDb *db, const DeskLotStart *start, DeskDay started, gint64 *lot_id, char **number, GError **error)
{
  gint64 n_collection, n_lot, collection_id;
  int year;

  if (!desk_counter_next (db, "collection", &n_collection, error) || !desk_counter_next (db, "lot", &n_lot, error))
    return FALSE;
  desk_day_to_ymd (started, &year, NULL, NULL);
  g_autofree char *collection = g_strdup_printf ("C%02d-%04" G_GINT64_FORMAT, year % 100, n_collection);
  *number = g_strdup_printf ("L%02d-%04" G_GINT64_FORMAT, year % 100, n_lot);

  return desk_db_value (db, &collection_id, error,
                        "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id)"
                        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                        "ittidi", start->patient_id, collection, start->method, start->collected_at, start->volume_ml,
                        start->operator_id)
         && desk_db_value (db, lot_id, error,
                           "INSERT INTO lot (patient_id, collection_id, number, facility, plan_number, started_on, expected_on)"
                           " VALUES ($1, $2, $3, COALESCE ((SELECT facility FROM clinic), ''),"
                           " COALESCE ((SELECT plan_number FROM clinic), ''), $4, COALESCE (CAST ($5 AS TEXT), '')) RETURNING id",
                           "iittt", start->patient_id, collection_id, *number, start->started_on, start->expected_on);
}

/* Registers a collection and the culture lot that grows from it. lot may be NULL. */
gboolean
desk_lot_start (DeskDb *db, const DeskLotStart *start, DeskLot **lot, GError **error)
{
  g_autofree char *number = NULL;
  DeskDay started;
  gint64 id;

  if (!check_start (start, &started, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !start_numbered (db, start, started, &id, &number, error)
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
 * has its new status and version; DESK_ERROR_CONFLICT when somebody saved since. */
gboolean
desk_lot_set_status (DeskDb *db, DeskLot *lot, const char *status, const char *harvested_on, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
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

/* Adds a result, superseding another when it says so; fills its id. One that did not pass holds the whole lot in
 * the same transaction, and only a person takes that hold away. */
gboolean
desk_result_add (DeskDb *db, DeskResult *result, GError **error)
{
  gint64 id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_value (db, &id, error,
                         "INSERT INTO result (lot_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at,"
                         " entered_by, supersedes) VALUES ($1, $2, $3, COALESCE (CAST ($4 AS TEXT), ''),"
                         " COALESCE (CAST ($5 AS TEXT), ''), $6, $7, $8, $9, $10, NULLIF ($11, 0)) RETURNING id",
                         "itttt" "dttiii", result->lot_id, result->test, result->value, result->unit, result->limit_text,
                         !!result->passed, result->stage, result->reported_on, now (), result->entered_by, result->supersedes))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s %s", result->test, result->value, result->passed ? "passed" : "failed");
  DeskHoldNew hold = { .scope = DESK_HOLD_LOT, .id = result->lot_id, .kind = "result", .reason = detail, .by = result->entered_by };
  if (!desk_txn_log (txn, "result.add", DESK_KIND_LOT, result->lot_id, detail, error)
      || (!result->passed && !desk_hold_open (db, &hold, NULL, error)) || !desk_lookback_of_result (db, id, NULL, error)
      || !desk_changed_units_of_lot (db, txn, result->lot_id, error) || !desk_txn_commit (txn, error))
    return FALSE;
  result->id = id;
  return TRUE;
}
