/* Wall clocks. A call is agreed as a time on a clock in a zone; which instants that is, the zone's rules say, and they
 * change. A time may be none (clocks go forward), one, or two instants (clocks go back). */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_WALL_ONE,
  DESK_WALL_GAP,   /* no such time that day */
  DESK_WALL_TWICE, /* two of them */
} DeskWallFit;

typedef struct
{
  DeskWallFit fit;
  gint64 at[2];       /* ONE: the first; GAP: as long before the gap, and after it; TWICE: first and second */
  gboolean summer[2]; /* whether that is summer time there */
} DeskWallTimes;

/* A wall time as it is kept: 2026-03-08T09:30. */
gboolean desk_wall_parse (const char *wall, DeskDay *day, int *minute);
char *desk_wall_format (DeskDay day, int minute);
char *desk_wall_of (gint64 instant, GTimeZone *zone);

void desk_wall_times (DeskDay day, int minute, GTimeZone *zone, DeskWallTimes *times);
gboolean desk_wall_instant (const char *wall, GTimeZone *zone, gint64 stored, gint64 *instant);
const char *desk_wall_name_code (const DeskWallTimes *times, guint which);
int desk_wall_days_between (gint64 instant, GTimeZone *here, GTimeZone *there);

G_END_DECLS
