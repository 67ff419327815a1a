/* Draws, their chain of identity, and what goes into a culture. */
#include "desk-cells-private.h"
#include "desk-codes.h"
#include "desk-isbt-codes.h"

#include <string.h>

#define COLLECTION_COLUMNS \
  "SELECT c.id, c.patient_id, COALESCE (c.coi_id, 0), COALESCE (c.visit_id, 0), c.number, COALESCE (k.number, ''), c.method, c.collected_at," \
  " COALESCE (c.ended_at, 0), c.volume_ml, s.name, c.container, c.note FROM collection c JOIN staff s ON s.id = c.operator_id" \
  " LEFT JOIN coi k ON k.id = c.coi_id "

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GPtrArray *
read_collections (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) collections = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_collection_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCollection *collection = g_new0 (DeskCollection, 1);

      collection->id = desk_stmt_int64 (stmt, 0);
      collection->patient_id = desk_stmt_int64 (stmt, 1);
      collection->coi_id = desk_stmt_int64 (stmt, 2);
      collection->visit_id = desk_stmt_int64 (stmt, 3);
      collection->number = desk_stmt_dup_text (stmt, 4);
      collection->coi = desk_stmt_dup_text (stmt, 5);
      collection->method = desk_stmt_dup_text (stmt, 6);
      collection->collected_at = desk_stmt_int64 (stmt, 7);
      collection->ended_at = desk_stmt_int64 (stmt, 8);
      collection->volume_ml = desk_stmt_int (stmt, 9);
      collection->operator = desk_stmt_dup_text (stmt, 10);
      collection->container = desk_stmt_dup_text (stmt, 11);
      collection->note = desk_stmt_dup_text (stmt, 12);
      g_ptr_array_add (collections, collection);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&collections) : NULL;
}

/* The draws of a patient, the newest first: DeskCollection, freed with g_ptr_array_unref (). */
GPtrArray *
desk_collection_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, COLLECTION_COLUMNS "WHERE c.patient_id = $1 ORDER BY c.collected_at DESC, c.id DESC", "i", patient_id);

  return read_collections (stmt, error);
}

/* The draws a lot was grown from, the first one first. */
GPtrArray *
desk_collection_of_lot (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       COLLECTION_COLUMNS "WHERE c.id IN (SELECT collection_id FROM lot WHERE id = $1"
                                          " UNION SELECT collection_id FROM lot_input WHERE lot_id = $1 AND collection_id IS NOT NULL)"
                                          " ORDER BY c.collected_at, c.id", "i", lot_id);

  return read_collections (stmt, error);
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_collection_free (). */
DeskCollection *
desk_collection_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, COLLECTION_COLUMNS "WHERE c.id = $1", "i", id);
  g_autoptr (GPtrArray) found = read_collections (stmt, error);

  if (found && found->len == 0)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such collection");
  return found && found->len ? g_ptr_array_steal_index (found, 0) : NULL;
}

/* The number of the next of its kind, "C26-0042-…": by the year of the clinic's own day. To be freed. */
static char *
next_number (DeskDb *db, const char *counter, const char *letter, gint64 at, GError **error)
{
  char *number;
  DeskDay day;
  int year;

  if (!desk_cells_today (db, at, &day, error))
    return NULL;
  desk_day_to_ymd (day, &year, NULL, NULL);
  return desk_code_next (db, counter, letter, year, &number, error) ? number : NULL;
}

/* The chain of identity of the course, which the first collection of a course opens. */
static gboolean
find_coi (DeskDb *db, const DeskCollectionStart *start, gint64 *coi_id, GError **error)
{
  gint64 course = start->course_id;

  *coi_id = start->coi_id;
  if (*coi_id)
    return TRUE;
  if (!course && start->visit_id
      && !desk_db_value (db, &course, error, "SELECT COALESCE (max (course_id), 0) FROM visit WHERE id = $1", "i", start->visit_id))
    return FALSE;
  if (course && !desk_db_value (db, coi_id, error, "SELECT COALESCE (max (id), 0) FROM coi WHERE course_id = $1", "i", course))
    return FALSE;
  if (*coi_id)
    return TRUE;
  g_autofree char *number = next_number (db, "coi", DESK_LOCAL_COI, start->collected_at, error);
  return number
         && desk_db_value (db, coi_id, error,
                           "INSERT INTO coi (number, course_id, opened_at, opened_by) VALUES ($1, NULLIF ($2, 0), $3, $4) RETURNING id",
                           "tiii", number, course, now (), start->operator_id);
}

static gboolean
check_start (const DeskCollectionStart *start, GError **error)
{
  const char *wrong = NULL;

  if (start->volume_ml <= 0 || start->volume_ml > 100000)
    wrong = "volume_ml";
  else if (!start->method || (strcmp (start->method, "blood_draw") != 0 && strcmp (start->method, "apheresis") != 0))
    wrong = "method";
  else if (start->ended_at && start->ended_at < start->collected_at)
    wrong = "ended_at";
  if (wrong)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a collection cannot have this %s", wrong);
  return !wrong;
}

/* Its donation number, by the year of the clinic's own day. */
static gboolean
give_donation (DeskDb *db, gint64 collection_id, gint64 at, GError **error)
{
  DeskDay day;
  int year;

  if (!desk_cells_today (db, at, &day, error))
    return FALSE;
  desk_day_to_ymd (day, &year, NULL, NULL);
  return desk_isbt_give_collection (db, collection_id, year, error);
}

/* Registers a draw with its chain of identity; id gets its row. */
gboolean
desk_collection_add (DeskDb *db, const DeskCollectionStart *start, gint64 *id, GError **error)
{
  gint64 coi_id;

  if (!check_start (start, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !find_coi (db, start, &coi_id, error))
    return FALSE;
  g_autofree char *number = next_number (db, "collection", DESK_LOCAL_COLLECTION, start->collected_at, error);
  if (!number
      || !desk_db_value (db, id, error,
                         "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id, ended_at,"
                         " container, note, visit_id) VALUES ($1, $2, $3, $4, $5, $6, $7, NULLIF ($8, 0), $9, $10, NULLIF ($11, 0))"
                         " RETURNING id",
                         "ittidiiitti", start->patient_id, number, start->method, start->collected_at, start->volume_ml,
                         start->operator_id, coi_id, start->ended_at, start->container ? start->container : "",
                         start->note ? start->note : "", start->visit_id)
      || !give_donation (db, *id, start->collected_at, error) || !desk_txn_log (txn, "collection.add", DESK_KIND_PATIENT, start->patient_id, number, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, start->patient_id);
  if (start->visit_id)
    desk_txn_changed (txn, DESK_KIND_VISIT, start->visit_id);
  return desk_txn_commit (txn, error);
}

/* Another collection of the same chain of identity goes into a culture that runs. */
gboolean
desk_lot_add_collection (DeskDb *db, gint64 lot_id, gint64 collection_id, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("collection %" G_GINT64_FORMAT, collection_id);

  return txn
         && desk_db_run (db, error, "INSERT INTO lot_input (lot_id, collection_id, at, by_id) VALUES ($1, $2, $3, $4)", "iiii", lot_id,
                         collection_id, now (), by)
         && desk_txn_log (txn, "lot.input", DESK_KIND_LOT, lot_id, detail, error) && desk_txn_commit (txn, error);
}

/* An intermediate is grown on in a new culture (facts/cells.md 0, route b): its last event and the culture's input are
 * one step of two people. */
gboolean
desk_lot_add_unit (DeskDb *db, gint64 lot_id, gint64 unit_id, gint64 by, gint64 witness, GError **error)
{
  gint64 placed;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("unit %" G_GINT64_FORMAT, unit_id);

  if (witness == 0 || witness == by)
    return desk_refuse (error, witness == 0 ? "second-person-needed" : "same-person");
  if (!txn
      || !desk_db_value (db, &placed, error, "SELECT COALESCE (max (container_id), 0) FROM placement WHERE unit_id = $1 AND until IS NULL",
                         "i", unit_id)
      || !desk_db_run (db, error, "INSERT INTO lot_input (lot_id, unit_id, at, by_id) VALUES ($1, $2, $3, $4)", "iiii", lot_id, unit_id,
                       now (), by)
      || (placed && !desk_place_end (db, unit_id, now (), by, error))
      || !desk_db_run (db, error,
                       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, recorded_at)"
                       " SELECT id, 'life', life_seq + 1, life_seq, life, 'consumed', $2, $3, $4, $2 FROM unit WHERE id = $1",
                       "iiii", unit_id, now (), by, witness)
      || !desk_txn_log (txn, "lot.input", DESK_KIND_LOT, lot_id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_UNIT, unit_id);
  if (placed)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, placed);
  return desk_txn_commit (txn, error);
}
