/* What a look-back reaches: from the lot it is about through its family to whatever met one of them, and from those
 * down to what was grown from them; then doses, samples, patients and visits of all these lots. */
#include "desk-clinics.h"
#include "desk-lookback-private.h"

#include <string.h>

static guint
found_hash (gconstpointer key)
{
  const DeskFound *found = key;

  return (guint) found->row_id * 31 + found->kind;
}

static gboolean
found_equal (gconstpointer a, gconstpointer b)
{
  const DeskFound *one = a, *two = b;

  return one->kind == two->kind && one->row_id == two->row_id;
}

static void
found_free (gpointer data)
{
  DeskFound *found = data;

  g_array_unref (found->roads);
  g_free (found);
}

void
desk_lookback_search_free (DeskLookbackSearch *search)
{
  g_clear_pointer (&search->index, g_hash_table_unref);
  g_clear_pointer (&search->found, g_ptr_array_unref);
  g_clear_pointer (&search->lots, g_array_unref);
  g_clear_pointer (&search->zone, g_time_zone_unref);
  g_free (search);
}

gint64
desk_lookback_day_start (DeskLookbackSearch *search, DeskDay day)
{
  return desk_instant_at (day, 0, search->zone);
}

/* Adds a road to an item, and the item where it is new: TRUE then. at 0 is no known day. */
gboolean
desk_found_add (DeskLookbackSearch *search, DeskItemKind kind, gint64 row_id, DeskRoad road, gint64 ref_id, gint64 at, gint64 via_id)
{
  DeskFoundRoad new_road = { road, ref_id, via_id, at ? desk_instant_day (at, search->zone) : DESK_DAY_NONE };
  DeskFound key = { .kind = kind, .row_id = row_id };
  DeskFound *found = g_hash_table_lookup (search->index, &key);
  gboolean is_new = found == NULL;

  if (is_new)
    {
      found = g_new0 (DeskFound, 1);
      *found = (DeskFound){ kind, row_id, g_array_new (FALSE, FALSE, sizeof (DeskFoundRoad)) };
      g_ptr_array_add (search->found, found);
      g_hash_table_add (search->index, found);
      if (kind == DESK_ITEM_LOT)
        g_array_append_val (search->lots, row_id);
    }
  for (guint i = 0; i < found->roads->len; i++)
    {
      const DeskFoundRoad *old = &g_array_index (found->roads, DeskFoundRoad, i);

      if (old->road == road && old->ref_id == ref_id && old->via_id == via_id && old->day == new_road.day)
        return FALSE;
    }
  g_array_append_val (found->roads, new_road);
  return is_new;
}

/* ── the family: what was grown from what ── */

static const char grown_sql[]
    = "SELECT i.lot_id, i.at FROM unit u JOIN lot_input i ON i.unit_id = u.id WHERE u.lot_id = $1 AND i.lot_id <> $1";

static const char inputs_sql[]
    = "SELECT u.lot_id, i.at FROM lot_input i JOIN unit u ON u.id = i.unit_id WHERE i.lot_id = $1 AND u.lot_id <> $1";

/* The collection a lot began with, and those added to it later, in other lots. */
static const char collections_sql[]
    = "WITH of_lot (id) AS (SELECT collection_id FROM lot WHERE id = $1"
      " UNION SELECT collection_id FROM lot_input WHERE lot_id = $1 AND collection_id IS NOT NULL)"
      " SELECT l.id, o.id, 0 FROM of_lot o JOIN collection c ON c.id = o.id JOIN lot l ON l.patient_id = c.patient_id AND l.collection_id = o.id"
      "   WHERE l.id <> $1"
      " UNION SELECT i.lot_id, o.id, 0 FROM of_lot o JOIN lot_input i ON i.collection_id = o.id WHERE i.lot_id <> $1";

/* Rows of lot and instant: each is tied to lot_id by the road. */
static gboolean
add_relatives (DeskLookbackSearch *search, const char *sql, DeskRoad road, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, sql, "i", lot_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_found_add (search, DESK_ITEM_LOT, desk_stmt_int64 (stmt, 0), road, lot_id, desk_stmt_int64 (stmt, 1), lot_id);
  return step == DESK_STEP_DONE;
}

static gboolean
add_of_collection (DeskLookbackSearch *search, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, collections_sql, "i", lot_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_found_add (search, DESK_ITEM_LOT, desk_stmt_int64 (stmt, 0), DESK_ROAD_COLLECTION, desk_stmt_int64 (stmt, 1), 0, lot_id);
  return step == DESK_STEP_DONE;
}

/* From the lot found at that place on: all that was grown from them, however often; upwards also what they were grown
 * from and what shares their collection. What is found on the way is followed, too. */
gboolean
desk_lookback_find_family (DeskLookbackSearch *search, guint from, gboolean upwards, GError **error)
{
  for (guint i = from; i < search->lots->len; i++)
    {
      gint64 lot_id = g_array_index (search->lots, gint64, i);

      if (!add_relatives (search, grown_sql, DESK_ROAD_GROWN_FROM, lot_id, error)
          || (upwards
              && (!add_relatives (search, inputs_sql, DESK_ROAD_INPUT, lot_id, error) || !add_of_collection (search, lot_id, error))))
        return FALSE;
    }
  return TRUE;
}

/* ── what the lots became ── */

static const char units_sql[]
    = "SELECT u.id, u.kind, u.life, u.patient_id, COALESCE (r.visit_id, 0), COALESCE (i.started_at, 0), COALESCE (i.patient_id, 0)"
      " FROM unit u LEFT JOIN reservation r ON r.unit_id = u.id AND r.closed_at IS NULL LEFT JOIN infusion i ON i.unit_id = u.id"
      " WHERE u.lot_id = $1 ORDER BY u.id";

static gboolean
is_gone (const char *life)
{
  static const char *const gone[] = { "new", "void", "infused", "part_infused", "discarded", "consumed", NULL };

  return g_strv_contains (gone, life);
}

/* The units of a lot that are anywhere still, who was given one, and for which visit one is promised. */
static gboolean
add_units (DeskLookbackSearch *search, gint64 lot_id, GArray *patients, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, units_sql, "i", lot_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0), patient_id = desk_stmt_int64 (stmt, 3), visit_id = desk_stmt_int64 (stmt, 4);
      const char *kind = desk_stmt_text (stmt, 1);
      gboolean sample = strcmp (kind, "retained") == 0 || strcmp (kind, "qc") == 0;

      if (!is_gone (desk_stmt_text (stmt, 2)))
        desk_found_add (search, sample ? DESK_ITEM_SAMPLE : DESK_ITEM_UNIT, id, DESK_ROAD_LOT, lot_id, 0, lot_id);
      if (desk_stmt_int64 (stmt, 6))
        desk_found_add (search, DESK_ITEM_PATIENT, desk_stmt_int64 (stmt, 6), DESK_ROAD_INFUSED, id, desk_stmt_int64 (stmt, 5), lot_id);
      if (visit_id)
        desk_found_add (search, DESK_ITEM_VISIT, visit_id, DESK_ROAD_RESERVED, id, 0, lot_id);
      g_array_append_val (patients, patient_id);
    }
  return step == DESK_STEP_DONE;
}

static const char next_visit_sql[]
    = "SELECT v.id FROM visit v JOIN visit_status s ON s.status = v.status AND s.final = 0"
      " WHERE v.patient_id = $1 AND v.starts_at >= $2 ORDER BY v.starts_at LIMIT 1";

static gboolean
add_next_visit (DeskLookbackSearch *search, gint64 patient_id, GError **error)
{
  DeskDay today = desk_instant_day (search->now, search->zone);
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, next_visit_sql, "ii", patient_id, desk_lookback_day_start (search, today));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_found_add (search, DESK_ITEM_VISIT, desk_stmt_int64 (stmt, 0), DESK_ROAD_NEXT_VISIT, patient_id, 0, 0);
  return step == DESK_STEP_DONE;
}

static gboolean
find_all_of_lots (DeskLookbackSearch *search, GError **error)
{
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) asked = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < search->lots->len; i++)
    if (!add_units (search, g_array_index (search->lots, gint64, i), patients, error))
      return FALSE;
  for (guint i = 0; i < patients->len; i++)
    {
      gint64 *patient_id = &g_array_index (patients, gint64, i);

      if (g_hash_table_add (asked, patient_id) && !add_next_visit (search, *patient_id, error))
        return FALSE;
    }
  return TRUE;
}

/* ── the search ── */

static gboolean
lot_of_cause (DeskLookbackSearch *search, gint64 *lot_id, GError **error)
{
  gint64 id = search->order.cause_id;

  switch (search->order.cause)
    {
    case DESK_LOOKBACK_RESULT:
      return desk_db_value (search->db, lot_id, error, "SELECT lot_id FROM result WHERE id = $1", "i", id);
    case DESK_LOOKBACK_UNIT:
      return desk_db_value (search->db, lot_id, error, "SELECT lot_id FROM unit WHERE id = $1", "i", id);
    default:
      return desk_db_value (search->db, lot_id, error, "SELECT id FROM lot WHERE id = $1", "i", id);
    }
}

static gboolean
find (DeskLookbackSearch *search, GError **error)
{
  gint64 lot_id;

  if (!desk_lookback_cause_recalls (search->order.cause))
    return desk_lookback_find_of_cause (search, error) && desk_lookback_find_family (search, 0, FALSE, error)
           && find_all_of_lots (search, error);
  if (!lot_of_cause (search, &lot_id, error))
    return FALSE;
  desk_found_add (search, DESK_ITEM_LOT, lot_id, DESK_ROAD_CAUSE, search->order.cause_id, 0, lot_id);
  if (!desk_lookback_find_family (search, 0, TRUE, error))
    return FALSE;
  search->n_own = search->lots->len;
  for (guint i = 0; i < search->n_own; i++)
    if (!desk_lookback_find_met (search, g_array_index (search->lots, gint64, i), error))
      return FALSE;
  return desk_lookback_find_family (search, search->n_own, FALSE, error) && find_all_of_lots (search, error);
}

/* Everything the order reaches, nothing written. Free with desk_lookback_search_free (). */
DeskLookbackSearch *
desk_lookback_search (DeskDb *db, const DeskLookbackOrder *order, gint64 now, GError **error)
{
  g_autoptr (DeskLookbackSearch) search = g_new0 (DeskLookbackSearch, 1);

  search->db = db;
  search->order = *order;
  search->now = now;
  search->zone = desk_clinic_zone (db, error);
  search->found = g_ptr_array_new_with_free_func (found_free);
  search->index = g_hash_table_new (found_hash, found_equal);
  search->lots = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!search->zone || !find (search, error))
    return NULL;
  return g_steal_pointer (&search);
}
