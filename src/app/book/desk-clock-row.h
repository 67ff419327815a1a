/* The clocks of a visit that is being booked: on whose clock the time was typed, the other clock beside it, and what to
 * do with a time that the clocks skip or show twice.
 *
 *   changed ()                    another clock or another of two times was chosen
 *   typed (int day, int minute)   a time beside the gap was chosen: to be put where the time is typed */
#pragma once

#include <gtk/gtk.h>

#include "desk-visit.h"

G_BEGIN_DECLS

#define DESK_TYPE_CLOCK_ROW (desk_clock_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskClockRow, desk_clock_row, DESK, CLOCK_ROW, GtkBox)

void desk_clock_row_set_clinic (DeskClockRow *self, GTimeZone *zone, const char *name);
void desk_clock_row_set_patient (DeskClockRow *self, gboolean remote, const char *zone_name);
gboolean desk_clock_row_read (DeskClockRow *self, DeskDay day, int minute, gint64 *instant);
void desk_clock_row_fill (DeskClockRow *self, DeskVisit *visit);
/* For tests: presses one of the two buttons; chooses the clock. */
void desk_clock_row_choose (DeskClockRow *self, guint which);
void desk_clock_row_set_theirs (DeskClockRow *self, gboolean theirs);

G_END_DECLS
