/* The roads: which cultures met which. Each question goes from one row by an index to those beside it. */
#include "desk-lookback-private.h"

#define DAY 86400

static const char reagents_sql[]
    = "SELECT o.lot_id, o.reagent_id, o.at FROM lot_reagent l JOIN lot_reagent o ON o.reagent_id = l.reagent_id"
      " WHERE l.lot_id = $1 AND o.lot_id <> $1";

/* Where the lot was: its uses of devices, and the thaws of its doses. */
static const char uses_sql[]
    = "SELECT u.device_id, d.kind, u.started_at, COALESCE (u.ended_at, -1) FROM device_use u JOIN device d ON d.id = u.device_id"
      " WHERE u.lot_id = $1"
      " UNION SELECT s.device_id, 'bath', s.opened_at, s.opened_at FROM unit u JOIN thaw t ON t.unit_id = u.id"
      " JOIN thaw_session s ON s.id = t.session_id WHERE u.lot_id = $1";

static const char devices_sql[]
    = "SELECT lot_id, started_at, COALESCE (ended_at, -1) FROM device_use WHERE device_id = $1 AND started_at >= $2 AND started_at < $3";

static const char thaws_sql[]
    = "SELECT DISTINCT u.lot_id, s.opened_at FROM thaw_session s JOIN thaw t ON t.session_id = s.id JOIN unit u ON u.id = t.unit_id"
      " WHERE s.device_id = $1 AND s.opened_at >= $2 AND s.opened_at < $3";

static const char shipments_sql[]
    = "SELECT DISTINCT o.lot_id, e.shipment_id, s.left_at FROM unit u JOIN unit_event e ON e.unit_id = u.id AND e.shipment_id IS NOT NULL"
      " JOIN shipment s ON s.id = e.shipment_id JOIN unit_event x ON x.shipment_id = e.shipment_id JOIN unit o ON o.id = x.unit_id"
      " WHERE u.lot_id = $1 AND o.lot_id <> $1";

/* Runs a query of lot, what, when, and adds each lot by the road. */
static gboolean
add_lots (DeskLookbackSearch *search, DeskStmt *stmt, DeskRoad road, gint64 via_id, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_found_add (search, DESK_ITEM_LOT, desk_stmt_int64 (stmt, 0), road, desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2), via_id);
  return step == DESK_STEP_DONE;
}

/* One stay in or on a device. */
typedef struct
{
  gint64 device_id;
  DeskRoad road;
  gint64 start, end; /* end G_MAXINT64 while it lasts */
} Use;

static gboolean
load_uses (DeskDb *db, gint64 lot_id, GArray *uses, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, uses_sql, "i", lot_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Use use = { desk_stmt_int64 (stmt, 0), desk_road_of_device (desk_stmt_text (stmt, 1)), desk_stmt_int64 (stmt, 2),
                  desk_stmt_int64 (stmt, 3) };

      if (use.end < 0)
        use.end = G_MAXINT64;
      g_array_append_val (uses, use);
    }
  return step == DESK_STEP_DONE;
}

/* Who else was there between the two instants. What began long before may still have been inside. */
static gboolean
add_meetings (DeskLookbackSearch *search, const Use *use, gint64 lot_id, gint64 from, gint64 until, GError **error)
{
  gboolean same_run = desk_road_same_run (use->road);
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, devices_sql, "iii", use->device_id,
                                             same_run ? (gint64) 0 : from - DAY, until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 other = desk_stmt_int64 (stmt, 0), start = desk_stmt_int64 (stmt, 1), end = desk_stmt_int64 (stmt, 2);

      if (end < 0)
        end = same_run ? G_MAXINT64 : start;
      if (other != lot_id && end >= from)
        desk_found_add (search, DESK_ITEM_LOT, other, use->road, use->device_id, MAX (start, from), lot_id);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_thaws (DeskLookbackSearch *search, const Use *use, gint64 lot_id, gint64 from, gint64 until, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, thaws_sql, "iii", use->device_id, from, until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    if (desk_stmt_int64 (stmt, 0) != lot_id)
      desk_found_add (search, DESK_ITEM_LOT, desk_stmt_int64 (stmt, 0), DESK_ROAD_BATH, use->device_id, desk_stmt_int64 (stmt, 1), lot_id);
  return step == DESK_STEP_DONE;
}

static gboolean
add_devices (DeskLookbackSearch *search, gint64 lot_id, GError **error)
{
  g_autoptr (GArray) uses = g_array_new (FALSE, FALSE, sizeof (Use));

  if (!load_uses (search->db, lot_id, uses, error))
    return FALSE;
  for (guint i = 0; i < uses->len; i++)
    {
      const Use *use = &g_array_index (uses, Use, i);
      gboolean same_run = desk_road_same_run (use->road);
      gint64 end = use->end == G_MAXINT64 ? search->now : use->end;
      gint64 from = same_run ? use->start : desk_lookback_day_start (search, desk_instant_day (use->start, search->zone));
      gint64 until = same_run ? end + 1 : desk_lookback_day_start (search, desk_instant_day (end, search->zone) + 1);

      if (!add_meetings (search, use, lot_id, from, until, error)
          || (use->road == DESK_ROAD_BATH && !add_thaws (search, use, lot_id, from, until, error)))
        return FALSE;
    }
  return TRUE;
}

/* Every lot that shared a reagent, a device, a bath or a box with this one. */
gboolean
desk_lookback_find_met (DeskLookbackSearch *search, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) reagents = desk_db_query (search->db, error, reagents_sql, "i", lot_id);

  if (!add_lots (search, reagents, DESK_ROAD_REAGENT, lot_id, error) || !add_devices (search, lot_id, error))
    return FALSE;
  g_autoptr (DeskStmt) shipments = desk_db_query (search->db, error, shipments_sql, "i", lot_id);
  return add_lots (search, shipments, DESK_ROAD_SHIPMENT, lot_id, error);
}

/* ── what is no lot: a reagent, a device, a place, a box, a person, a day ── */

static gboolean
of_reagent (DeskLookbackSearch *search, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, "SELECT lot_id, reagent_id, at FROM lot_reagent WHERE reagent_id = $1",
                                             "i", search->order.cause_id);

  return add_lots (search, stmt, DESK_ROAD_REAGENT, 0, error);
}

static gboolean
of_shipment (DeskLookbackSearch *search, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error,
                                             "SELECT DISTINCT u.lot_id, e.shipment_id, s.left_at FROM unit_event e"
                                             " JOIN unit u ON u.id = e.unit_id JOIN shipment s ON s.id = e.shipment_id"
                                             " WHERE e.shipment_id = $1",
                                             "i", search->order.cause_id);

  return add_lots (search, stmt, DESK_ROAD_SHIPMENT, 0, error);
}

/* The instants the order means: from the first moment of a day to that after another. */
static void
span_of (DeskLookbackSearch *search, gint64 *from, gint64 *until)
{
  const DeskLookbackOrder *order = &search->order;

  *from = order->from == DESK_DAY_NONE ? 0 : desk_lookback_day_start (search, order->from);
  *until = order->until == DESK_DAY_NONE ? search->now + 1 : desk_lookback_day_start (search, order->until + 1);
}

static gboolean
of_device (DeskLookbackSearch *search, GError **error)
{
  gint64 kind_found, from, until;

  span_of (search, &from, &until);
  if (!desk_db_value (search->db, &kind_found, error, "SELECT count (*) FROM device WHERE id = $1", "i", search->order.cause_id))
    return FALSE;
  g_autoptr (DeskStmt) uses = desk_db_query (search->db, error,
                                             "SELECT lot_id, device_id, started_at FROM device_use WHERE device_id = $1"
                                             " AND started_at < $3 AND COALESCE (ended_at, $3) >= $2",
                                             "iii", search->order.cause_id, from, until);
  if (!add_lots (search, uses, DESK_ROAD_DEVICE, 0, error))
    return FALSE;
  g_autoptr (DeskStmt) thaws = desk_db_query (search->db, error,
                                              "SELECT DISTINCT u.lot_id, s.device_id, s.opened_at FROM thaw_session s"
                                              " JOIN thaw t ON t.session_id = s.id JOIN unit u ON u.id = t.unit_id"
                                              " WHERE s.device_id = $1 AND s.opened_at >= $2 AND s.opened_at < $3",
                                              "iii", search->order.cause_id, from, until);
  return add_lots (search, thaws, DESK_ROAD_BATH, 0, error);
}

/* What stands there now, and what stood there in those days. */
static gboolean
of_container (DeskLookbackSearch *search, GError **error)
{
  gint64 from, until;

  span_of (search, &from, &until);
  g_autoptr (DeskStmt) now = desk_db_query (search->db, error,
                                            "SELECT DISTINCT u.lot_id, a.above_id, 0 FROM container_above a"
                                            " JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL"
                                            " JOIN unit u ON u.id = p.unit_id WHERE a.above_id = $1",
                                            "i", search->order.cause_id);
  if (!add_lots (search, now, DESK_ROAD_CONTAINER, 0, error))
    return FALSE;
  if (search->order.from == DESK_DAY_NONE)
    return TRUE;
  g_autoptr (DeskStmt) then = desk_db_query (search->db, error,
                                             "SELECT DISTINCT u.lot_id, a.above_id, 0 FROM container_above a"
                                             " JOIN custody c ON c.container_id = a.container_id AND c.at >= $2 AND c.at < $3"
                                             " JOIN unit u ON u.id = c.unit_id WHERE a.above_id = $1",
                                             "iii", search->order.cause_id, from, until);
  return add_lots (search, then, DESK_ROAD_CONTAINER, 0, error);
}

/* What was handled between two instants, by one person or, with 0, by anybody: in or on devices, filled, thawed,
 * collected, given a reagent. */
static const char handled_sql[]
    = "SELECT lot_id, by_id, started_at FROM device_use WHERE started_at >= $2 AND started_at < $3 AND (by_id = $1 OR $1 = 0)"
      " UNION SELECT u.lot_id, e.performer_id, e.at FROM unit_event e JOIN unit u ON u.id = e.unit_id"
      "   WHERE e.axis = 'life' AND e.to_state = 'filled' AND e.at >= $2 AND e.at < $3"
      "     AND (e.performer_id = $1 OR e.witness_id = $1 OR $1 = 0)"
      " UNION SELECT u.lot_id, s.opened_by, s.opened_at FROM thaw_session s JOIN thaw t ON t.session_id = s.id"
      "   JOIN unit u ON u.id = t.unit_id WHERE s.opened_at >= $2 AND s.opened_at < $3 AND (s.opened_by = $1 OR $1 = 0)";

static gboolean
of_hands (DeskLookbackSearch *search, DeskRoad road, gint64 person, GError **error)
{
  gint64 from, until;
  DeskStep step = DESK_STEP_ERROR;

  span_of (search, &from, &until);
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, handled_sql, "iii", person, from, until);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_found_add (search, DESK_ITEM_LOT, desk_stmt_int64 (stmt, 0), road, search->order.cause_id, desk_stmt_int64 (stmt, 2), 0);
  return step == DESK_STEP_DONE;
}

/* The lots reached directly by a cause that is no lot. */
gboolean
desk_lookback_find_of_cause (DeskLookbackSearch *search, GError **error)
{
  switch (search->order.cause)
    {
    case DESK_LOOKBACK_REAGENT:
      return of_reagent (search, error);
    case DESK_LOOKBACK_DEVICE:
      return of_device (search, error);
    case DESK_LOOKBACK_CONTAINER:
      return of_container (search, error);
    case DESK_LOOKBACK_SHIPMENT:
      return of_shipment (search, error);
    case DESK_LOOKBACK_PERSON:
      return of_hands (search, DESK_ROAD_PERSON, search->order.cause_id, error);
    case DESK_LOOKBACK_DAY:
      return of_hands (search, DESK_ROAD_DAY, 0, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
