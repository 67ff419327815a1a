/* Days as people write them, in any usual form and in Japanese eras, read into ISO. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

/* How 3/4/1961 is meant where nothing tells. */
typedef enum
{
  DESK_DAY_ORDER_NONE, /* not known: refused unless only one reading is a day */
  DESK_DAY_ORDER_DMY,
  DESK_DAY_ORDER_MDY,
} DeskDayOrder;

char *desk_day_read (const char *text, DeskDayOrder order, gboolean *ambiguous);
char *desk_day_era (DeskDay day);

G_END_DECLS
