/* What a dose delivers, and until when: facts/cells-examples.md 6, 8 and 10. Cells are viable cells, volumes millilitres,
 * instants UTC seconds, weights grams. */
#pragma once

#include "desk-problem.h"

G_BEGIN_DECLS

#define DESK_THAW_LIMIT (30 * 60)      /* seconds from the end of the thaw, where the clinic's plan says nothing else */

typedef enum
{
  DESK_THAW_CLOCK_NONE,  /* not thawed */
  DESK_THAW_CLOCK_GOOD,
  DESK_THAW_CLOCK_HURRY, /* the last third */
  DESK_THAW_CLOCK_OVER,
} DeskThawClock;

gint64 desk_dose_of_bag (gint64 nominal, int viability);
gint64 desk_dose_of_volume (gint64 cells_per_ml, int volume_ml);
gint64 desk_dose_delivered (gint64 nominal, int viability, int given_ml, int volume_ml);
int desk_dose_dmso (int volume_ml, int permille, int weight_g);
gint64 desk_thaw_use_until (gint64 thawed_at, int limit);
DeskThawClock desk_thaw_clock (gint64 use_until, int limit, gint64 now);
gboolean desk_thaw_in_time (gint64 use_until, gint64 at);
gboolean desk_dose_in_range (gint64 cells, gint64 cells_min, gint64 cells_max);
gboolean desk_dose_parse (const char *text, gint64 *cells);

G_END_DECLS
