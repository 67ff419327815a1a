/* What cultures met, and a look-back that is over, in bulk. */
#include "desk-bulk-private.h"

void
desk_bulk_device (DeskBulk *bulk, const char *kind, const char *name)
{
  desk_bulk_run (bulk, "INSERT INTO device (kind, name) VALUES ($1, $2)", "tt", kind, name);
}

/* until 0 while it lasts. */
void
desk_bulk_device_use (DeskBulk *bulk, const char *device, gint64 lot_id, const char *what, DeskBulkActor by, gint64 until)
{
  desk_bulk_run (bulk,
                 "INSERT INTO device_use (device_id, lot_id, what, started_at, ended_at, by_id)"
                 " SELECT id, $2, $3, $4, NULLIF ($5, 0), $6 FROM device WHERE name = $1",
                 "titiii", device, lot_id, what, by.at, until, by.performer);
}

/* The reagent's lot is registered when it is used for the first time. */
void
desk_bulk_reagent (DeskBulk *bulk, gint64 lot_id, const char *name, const char *number, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO reagent_lot (name, maker, lot_number, added_at) VALUES ($1, '', $2, $3)"
                 " ON CONFLICT (name, maker, lot_number) DO NOTHING",
                 "tti", name, number, by.at);
  desk_bulk_run (bulk,
                 "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id)"
                 " SELECT $1, id, $4, $5 FROM reagent_lot WHERE name = $2 AND maker = '' AND lot_number = $3",
                 "ittii", lot_id, name, number, by.at, by.performer);
}

/* About a lot of a reagent: every culture it was used in was held, and cleared when it was closed. */
void
desk_bulk_closed_lookback (DeskBulk *bulk, const char *number, const char *reagent, const char *reagent_lot, const char *known_on,
                           const char *words, DeskBulkActor opened, const char *conclusion, DeskBulkActor closed)
{
  desk_bulk_run (bulk,
                 "INSERT INTO lookback (number, cause, cause_id, words, known_on, opened_at, opened_by)"
                 " SELECT $1, 'reagent', id, $4, $5, $6, $7 FROM reagent_lot WHERE name = $2 AND maker = '' AND lot_number = $3",
                 "ttttt" "ii", number, reagent, reagent_lot, words, known_on, opened.at, opened.performer);
  desk_bulk_run (bulk,
                 "INSERT INTO lookback_item (lookback_id, what, row_id)"
                 " SELECT l.id, 'lot', r.lot_id FROM lookback l JOIN lot_reagent r ON r.reagent_id = l.cause_id WHERE l.number = $1",
                 "t", number);
  desk_bulk_run (bulk,
                 "INSERT INTO lookback_road (item_id, road, ref_id, day)"
                 " SELECT i.id, 'reagent', l.cause_id, '' FROM lookback l JOIN lookback_item i ON i.lookback_id = l.id WHERE l.number = $1",
                 "t", number);
  desk_bulk_run (bulk,
                 "INSERT INTO hold (lot_id, kind, reason, lookback_id, opened_at, opened_by)"
                 " SELECT i.row_id, 'lookback', $1 || ': ' || l.words, l.id, $2, $3"
                 " FROM lookback l JOIN lookback_item i ON i.lookback_id = l.id WHERE l.number = $1",
                 "tii", number, opened.at, opened.performer);
  desk_bulk_run (bulk,
                 "INSERT INTO legal_clock (lookback_id, rule, due_on) SELECT id, 'processor', known_on FROM lookback WHERE number = $1",
                 "t", number);
  desk_bulk_run (bulk,
                 "UPDATE legal_clock SET done_at = $2, done_by = $3, outcome = 'reported', note = ''"
                 " WHERE lookback_id = (SELECT id FROM lookback WHERE number = $1)",
                 "tii", number, opened.at + 1800, opened.performer);
  desk_bulk_run (bulk,
                 "UPDATE lookback_item SET reviewed_at = $2, reviewed_by = $3, decision = 'cleared', note = $4"
                 " WHERE lookback_id = (SELECT id FROM lookback WHERE number = $1)",
                 "tiit", number, closed.at, closed.performer, conclusion);
  desk_bulk_run (bulk,
                 "UPDATE hold SET closed_at = $2, closed_by = $3, closed_why = $4"
                 " WHERE lookback_id = (SELECT id FROM lookback WHERE number = $1)",
                 "tiit", number, closed.at, closed.performer, conclusion);
  desk_bulk_run (bulk, "UPDATE lookback SET closed_at = $2, closed_by = $3, conclusion = $4 WHERE number = $1", "tiit", number,
                 closed.at, closed.performer, conclusion);
}
