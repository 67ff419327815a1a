/* The next times that are free for a visit, each one press away: those of the day that is asked for, then one of each of
 * the days after. Hidden while there are none.
 *
 *   chosen (pointer)   a const DeskFreeSlot, lent during the signal */
#pragma once

#include <adwaita.h>

#include "desk-free-slots.h"

G_BEGIN_DECLS

#define DESK_TYPE_FREE_TIMES (desk_free_times_get_type ())
G_DECLARE_FINAL_TYPE (DeskFreeTimes, desk_free_times, DESK, FREE_TIMES, AdwBin)

gboolean desk_free_times_show (DeskFreeTimes *self, DeskDb *db, GTimeZone *zone, const DeskSlotSearch *search, gint64 now, GError **error);

G_END_DECLS
