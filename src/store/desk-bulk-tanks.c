/* Tanks and stocktakes of a clinic that is filled in one go. */
#include "desk-bulk-private.h"

/* The rules of a tank. */
void
desk_bulk_tank_rule (DeskBulk *bulk, const DeskTankRule *rule)
{
  desk_bulk_run (bulk,
                 "INSERT INTO tank_rule (container_id, every_hours, level_low, level_full, warm_at, probe_due_on, phone)"
                 " VALUES ($1, $2, NULLIF ($3, $8), NULLIF ($4, $8), NULLIF ($5, $8), $6, $7)",
                 "iddddttd", rule->container_id, rule->every_hours, rule->level_low, rule->level_full, rule->warm_at, rule->probe_due_on,
                 rule->phone, DESK_TANK_NONE);
}

/* One check, which corrects none. */
void
desk_bulk_tank_check (DeskBulk *bulk, const DeskTankCheck *check)
{
  desk_bulk_run (bulk,
                 "INSERT INTO tank_check (container_id, at, level, temperature, filled, litres, level_after, alarm_tested, by_id)"
                 " VALUES ($1, $2, NULLIF ($3, $10), NULLIF ($4, $10), $5, NULLIF ($6, $10), NULLIF ($7, $10), $8, $9)",
                 "iidddddd" "id", check->container_id, check->at, check->level, check->temperature, !!check->filled, check->litres,
                 check->level_after, !!check->alarm_tested, check->by_id, DESK_TANK_NONE);
}

/* Everything in it scanned but the first unit, which was found behind the others: compared, resolved and closed within
 * two hours of by.at. */
void
desk_bulk_count (DeskBulk *bulk, const char *number, gint64 container_id, DeskBulkActor by)
{
  static const char *const steps[] = {
    "INSERT INTO stock_box (count_id, container_id, done_at, by_id)"
    " SELECT c.id, a.container_id, $2, $3 FROM stock_count c JOIN container_above a ON a.above_id = c.container_id"
    " JOIN container b ON b.id = a.container_id AND b.layout <> 'none' WHERE c.number = $1",
    "INSERT INTO stock_scan (count_id, seq, container_id, code, unit_id, at, by_id)"
    " SELECT c.id, row_number () OVER (ORDER BY b.name, p.row, p.col) - 1, p.container_id, u.number, u.id, $2, $3"
    " FROM stock_count c JOIN container_above a ON a.above_id = c.container_id JOIN container b ON b.id = a.container_id"
    " JOIN placement p ON p.container_id = b.id AND p.until IS NULL AND p.since <= c.opened_at JOIN unit u ON u.id = p.unit_id"
    " WHERE c.number = $1 ORDER BY b.name, p.row, p.col LIMIT -1 OFFSET 1",
    "UPDATE stock_count SET comparing = 1 WHERE number = $1 AND $2 > 0 AND $3 > 0",
    "INSERT INTO hold (unit_id, kind, reason, opened_at, opened_by)"
    " SELECT m.unit_id, 'count', $1, $2, $3 FROM stock_missing m JOIN stock_count c ON c.id = m.count_id AND c.number = $1",
    "INSERT INTO hold (container_id, kind, reason, opened_at, opened_by)"
    " SELECT DISTINCT m.container_id, 'count', $1, $2, $3 FROM stock_missing m JOIN stock_count c ON c.id = m.count_id AND c.number = $1",
    "INSERT INTO stock_difference (count_id, kind, unit_id, container_id, row, col, unit_hold_id, box_hold_id)"
    " SELECT m.count_id, 'missing', m.unit_id, m.container_id, m.row, m.col, h.id, x.id FROM stock_missing m"
    " JOIN stock_count c ON c.id = m.count_id AND c.number = $1 AND $2 > 0 AND $3 > 0"
    " JOIN hold h ON h.unit_id = m.unit_id AND h.reason = $1 JOIN hold x ON x.container_id = m.container_id AND x.reason = $1",
    "UPDATE stock_count SET comparing = NULL, counted_at = $2, counted_by = $3 WHERE number = $1",
  };

  desk_bulk_run (bulk, "INSERT INTO stock_count (number, container_id, opened_at, opened_by) VALUES ($1, $2, $3, $4)", "tiii", number,
                 container_id, by.at, by.performer);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    desk_bulk_run (bulk, steps[i], "tii", number, by.at + 3600, by.performer);
  desk_bulk_run (bulk,
                 "UPDATE stock_difference SET resolution = 'found', cause = 'stood behind the others, frosted over',"
                 " scanned = (SELECT number FROM unit WHERE id = unit_id), resolved_at = $2, resolved_by = $3, witness_id = $4"
                 " WHERE count_id = (SELECT id FROM stock_count WHERE number = $1)",
                 "tiii", number, by.at + 5400, by.performer, by.witness);
  desk_bulk_run (bulk, "UPDATE stock_count SET closed_at = $2, closed_by = $3, closed_with = $4 WHERE number = $1", "tiii", number,
                 by.at + 7200, by.performer, by.witness);
  desk_bulk_counter (bulk, "count", 2);
}
