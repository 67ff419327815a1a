#include "desk-shipments.h"

#include "desk-cells-private.h"
#include "desk-codes.h"

#define SHIPMENT \
  "SELECT s.id, s.number, s.direction = 'out', s.other_party, s.courier, s.box, s.seal, s.logger, s.note," \
  " s.allowed_min IS NOT NULL AND s.allowed_max IS NOT NULL, COALESCE (s.allowed_min, 0), COALESCE (s.allowed_max, 0), s.left_at, o.name," \
  " (SELECT count (*) FROM unit_event e JOIN unit u ON u.id = e.unit_id AND u.life = 'in_transit' AND u.life_seq = e.seq" \
  "  WHERE e.shipment_id = s.id AND e.axis = 'life')" \
  " FROM shipment s JOIN staff o ON o.id = s.left_by"

void
desk_shipment_free (DeskShipment *shipment)
{
  g_free (shipment->number);
  g_free (shipment->other_party);
  g_free (shipment->courier);
  g_free (shipment->box);
  g_free (shipment->seal);
  g_free (shipment->logger);
  g_free (shipment->note);
  g_free (shipment->left_by);
  g_free (shipment);
}

static GPtrArray *
read_shipments (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) shipments = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_shipment_free);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskShipment *shipment = g_new0 (DeskShipment, 1);

      shipment->id = desk_stmt_int64 (stmt, 0);
      shipment->number = desk_stmt_dup_text (stmt, 1);
      shipment->out = desk_stmt_int (stmt, 2);
      shipment->other_party = desk_stmt_dup_text (stmt, 3);
      shipment->courier = desk_stmt_dup_text (stmt, 4);
      shipment->box = desk_stmt_dup_text (stmt, 5);
      shipment->seal = desk_stmt_dup_text (stmt, 6);
      shipment->logger = desk_stmt_dup_text (stmt, 7);
      shipment->note = desk_stmt_dup_text (stmt, 8);
      shipment->limits = desk_stmt_int (stmt, 9);
      shipment->allowed_min = desk_stmt_int (stmt, 10);
      shipment->allowed_max = desk_stmt_int (stmt, 11);
      shipment->left_at = desk_stmt_int64 (stmt, 12);
      shipment->left_by = desk_stmt_dup_text (stmt, 13);
      shipment->n_units = desk_stmt_int (stmt, 14);
      g_ptr_array_add (shipments, shipment);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&shipments) : NULL;
}

/* What left and has not been received yet, the longest on its way first. */
GPtrArray *
desk_shipment_under_way (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, SHIPMENT " WHERE s.arrived_at IS NULL ORDER BY s.left_at, s.id", "");

  return read_shipments (stmt, error);
}

/* One shipment; DESK_ERROR_NOT_FOUND. */
DeskShipment *
desk_shipment_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, SHIPMENT " WHERE s.id = $1", "i", id);
  g_autoptr (GPtrArray) shipments = read_shipments (stmt, error);

  if (!shipments)
    return NULL;
  if (shipments->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such shipment");
      return NULL;
    }
  return g_ptr_array_steal_index (shipments, 0);
}

/* The shipment a unit is on now; 0 for none, and on an error. */
gint64
desk_shipment_of_unit (DeskDb *db, gint64 unit_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT e.shipment_id FROM unit u JOIN unit_event e ON e.unit_id = u.id AND e.axis = 'life' AND e.seq = u.life_seq"
      " WHERE u.id = $1 AND u.life = 'in_transit'",
      "i", unit_id);

  return stmt && desk_stmt_step (stmt, error) == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
}

/* The ids of the units that are still on a shipment. */
GArray *
desk_shipment_units (DeskDb *db, gint64 shipment_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT u.id FROM unit_event e JOIN unit u ON u.id = e.unit_id AND u.life = 'in_transit' AND u.life_seq = e.seq"
      " WHERE e.shipment_id = $1 AND e.axis = 'life' ORDER BY u.id",
      "i", shipment_id);
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

static const char *
text (const char *words)
{
  return words ? words : "";
}

/* Limits that nobody said stay empty: a shipment at room temperature has none. */
static gboolean
insert_shipment (DeskDb *db, const DeskShipmentNew *new, const char *number, gint64 at, gint64 *id, GError **error)
{
  return desk_db_value (db, id, error,
                        "INSERT INTO shipment (number, direction, other_party, courier, box, seal, logger, allowed_min, allowed_max, left_at, left_by, note)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 = 1 THEN $9 END, CASE WHEN $8 = 1 THEN $10 END, $11, $12, $13)"
                        " RETURNING id",
                        "ttttttt" "ddd" "iit", number, new->out ? "out" : "in", text (new->other_party), text (new->courier), text (new->box),
                        text (new->seal), text (new->logger), !!new->limits, new->allowed_min, new->allowed_max, at, new->by, text (new->note));
}

/* Sends units together: the shipment and the step of each, all or nothing. id may be NULL. DESK_ERROR_REFUSED:
 * nothing-to-send, limits-reversed, and what the step SEND refuses. */
gboolean
desk_shipment_send (DeskDb *db, const DeskShipmentNew *new, gint64 *id, GError **error)
{
  gint64 at = desk_cells_now (new->at), made;
  g_autofree char *number = NULL;
  DeskDay today;
  int year;

  if (new->n_units == 0)
    return desk_refuse (error, "nothing-to-send");
  if (new->limits && new->allowed_min > new->allowed_max)
    return desk_refuse (error, "limits-reversed");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !desk_cells_today (db, at, &today, error))
    return FALSE;
  desk_day_to_ymd (today, &year, NULL, NULL);
  if (!desk_code_next (db, "shipment", DESK_LOCAL_SHIPMENT, year, &number, error)
      || !insert_shipment (db, new, number, at, &made, error))
    return FALSE;
  for (guint i = 0; i < new->n_units; i++)
    {
      DeskUnitAct act = { .unit_id = new->units[i], .step = DESK_STEP_SEND, .performer = new->by, .witness = new->witness, .shipment_id = made, .at = at };

      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  if (!desk_txn_log (txn, "shipment.send", DESK_KIND_SHIPMENT, made, number, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (id)
    *id = made;
  return TRUE;
}

/* What was seen is said once: somebody else may have received it since, and the error says who. */
static gboolean
write_seen (DeskDb *db, const DeskShipmentSeen *seen, gint64 at, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT s.arrived_at IS NOT NULL, a.name, s.left_at FROM shipment s LEFT JOIN staff a ON a.id = s.arrived_by WHERE s.id = $1", "i",
      seen->shipment_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such shipment");
  if (step != DESK_STEP_ROW)
    return FALSE;
  if (desk_stmt_int (stmt, 0))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s received this shipment already", desk_stmt_text (stmt, 1));
      return FALSE;
    }
  if (at < desk_stmt_int64 (stmt, 2))
    return desk_refuse (error, "clock-went-back");
  return desk_db_run (db, error,
                      "UPDATE shipment SET arrived_at = $2, arrived_by = $3, arrived_with = $4, min_seen = CASE WHEN $5 = 1 THEN $6 END,"
                      " max_seen = CASE WHEN $5 = 1 THEN $7 END, seal_whole = $8, in_order = $9, note = CASE WHEN $10 = '' THEN note ELSE $10 END"
                      " WHERE id = $1",
                      "iiii" "ddddd" "t", seen->shipment_id, at, seen->by, seen->with, !!seen->measured, seen->min_seen, seen->max_seen,
                      !!seen->seal_whole, !!seen->in_order, text (seen->note));
}

/* Receives a shipment with all that is on it, by two people. What was too warm, too cold, opened or not in order is held in
 * the same transaction. DESK_ERROR_REFUSED: second-person-needed, same-person, not-looked-at. */
gboolean
desk_shipment_receive (DeskDb *db, const DeskShipmentSeen *seen, GError **error)
{
  gint64 at = desk_cells_now (seen->at);

  if (seen->with == 0)
    return desk_refuse (error, "second-person-needed");
  if (seen->with == seen->by)
    return desk_refuse (error, "same-person");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  g_autoptr (GArray) units = desk_shipment_units (db, seen->shipment_id, error);
  if (!units || !write_seen (db, seen, at, error))
    return FALSE;
  for (guint i = 0; i < units->len; i++)
    {
      DeskUnitAct act = { .unit_id = g_array_index (units, gint64, i), .step = DESK_STEP_RECEIVE, .performer = seen->by, .witness = seen->with,
                          .shipment_id = seen->shipment_id, .at = at };

      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  return desk_txn_log (txn, "shipment.receive", DESK_KIND_SHIPMENT, seen->shipment_id, text (seen->note), error) && desk_txn_commit (txn, error);
}
