/* What the desk has written down for the day, and what is to be moved. */
#include "desk-sample-parts.h"

void
desk_sample_day (DeskSample *sample)
{
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_RECEPTION, 0, desk_sample_at (sample, sample->today + 1, 8 * 60));

  desk_bulk_day_note (sample->bulk, sample->today, "Interpreter for Vietnamese here until 15:00 / ベトナム語通訳は15時まで");
  desk_bulk_pin_next (sample->bulk, 2, by);
}
