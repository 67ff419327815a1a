/* How a look-back is written: what it is about, the roads to an item, what was decided, how long a clock still runs. */
#pragma once

#include "desk-lookback.h"

G_BEGIN_DECLS

char *desk_lookback_about (const DeskLookback *lookback);
char *desk_lookback_road_words (const DeskLookbackRoad *road);
char *desk_lookback_roads (const DeskLookbackItem *item);
char *desk_lookback_decision (const DeskLookbackItem *item);
char *desk_lookback_clock_left (const DeskLegalClock *clock, DeskDay today);
const char *desk_lookback_clock_style (const DeskLegalClock *clock, DeskDay today);

G_END_DECLS
