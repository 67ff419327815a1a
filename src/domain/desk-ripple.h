/* When one thing goes otherwise, what else moves, and to which days.
 *
 * The visits of one patient, in order of time, are stops. A stop that is struck has to leave its day; one that counts its gap
 * from a stop that moved moves too when its gap would no longer stand, and stays otherwise. Where a stop goes is looked for
 * near where it wants to be: first (where the nearest day is wanted) within stay and gap, without pushing what follows;
 * then within stay and gap; then within the gap; then later than the gap allows. Pure: what is free is asked for. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_RIPPLE_CULTURE_DELAY,
  DESK_RIPPLE_LOT_FAILED,
  DESK_RIPPLE_MISSED_FLIGHT,
  DESK_RIPPLE_CLOSED_DAY,
  DESK_RIPPLE_COURSE_LATER,
  DESK_N_RIPPLES
} DeskRippleKind;

typedef struct
{
  DeskDay day;                  /* as it is booked */
  gboolean struck;              /* it has to leave its day */
  int shift;                    /* then it wants to go so many days on */
  gboolean nearest;             /* on either side of where it wants to be, the nearest first; otherwise later before earlier */
  DeskDay earliest, latest;     /* whatever its gap says; DESK_DAY_NONE for none */
  DeskDay not_on;               /* a day that is no more; DESK_DAY_NONE */
  DeskDay stay_first, stay_last; /* of the patient in Japan; DESK_DAY_NONE where nothing is known */
  int after;                    /* index of the stop its gap is counted from; -1 for none */
  int min_days, max_days;
  gboolean kept;                /* not to be moved: somebody said so, or he is to be asked first, or it is over */
} DeskRippleStop;

typedef enum
{
  DESK_RIPPLE_STAYS,
  DESK_RIPPLE_MOVES,
  DESK_RIPPLE_MOVES_OUT_OF_STAY, /* no day within the stay: the patient would not be here */
  DESK_RIPPLE_MOVES_OUT_OF_GAP,  /* no day within the gap: later than the course wants */
  DESK_RIPPLE_NOWHERE,           /* it should move, and there is no day in reach */
} DeskRippleFit;

typedef struct
{
  DeskRippleFit fit;
  DeskDay day; /* where it goes; for a kept stop where it would */
} DeskRippleGo;

#define DESK_RIPPLE_REACH 120 /* days after where it wants to be */

/* Whether the stop could be on that day. When taken, it is put there, and what is asked later must know. */
typedef gboolean (*DeskRippleFree) (guint index, DeskDay day, gboolean taken, gpointer user_data);

/* Fills goes, one for each stop. A kept stop stays where it is, for what follows too. today: nothing moves before the day after. */
void desk_ripple_run (const DeskRippleStop *stops, guint n_stops, DeskDay today, DeskRippleFree is_free, gpointer user_data, DeskRippleGo *goes);

const char *desk_ripple_kind_code (DeskRippleKind kind); /* culture_delay, lot_failed, missed_flight, closed_day, course_later */
gboolean desk_ripple_kind_read (const char *code, DeskRippleKind *kind);
const char *desk_ripple_fit_code (DeskRippleFit fit);    /* stays, moves, out-of-stay, out-of-gap, nowhere */

G_END_DECLS
