/* The note of a day and the pinboard of a clinic that is filled in one go. */
#include "desk-bulk-private.h"

void
desk_bulk_day_note (DeskBulk *bulk, DeskDay day, const char *text)
{
  g_autofree char *iso = desk_day_format (day);

  desk_bulk_run (bulk, "INSERT INTO day_note (day, text) VALUES ($1, $2)", "tt", iso, text);
}

/* The next booked visits after by.at, as many, onto the pinboard. */
void
desk_bulk_pin_next (DeskBulk *bulk, guint many, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO pin (visit_id, at, by_id) SELECT id, $1 - 86400, nullif ($2, 0) FROM visit"
                 " WHERE status = 'booked' AND starts_at > $1 ORDER BY starts_at, id LIMIT $3",
                 "iii", by.at, by.performer, (gint64) many);
}
