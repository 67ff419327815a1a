/* When the clinic is open: its hours by weekday, holidays, the days it closes or opens by its own word, and blocks,
 * which are times that are not for visits. One place for everybody who asks: the book's picture, conflicts, free slots,
 * courses, plans. Minutes are minutes since midnight of the clinic's clock; spans are half-open. */
#pragma once

#include "desk-clinic.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_CLOSED_NOT,
  DESK_CLOSED_DAY,     /* by the clinic's own word; reason is its words */
  DESK_CLOSED_HOLIDAY, /* of Japan; reason is its English name: desk_holiday_name () has the Japanese */
  DESK_CLOSED_WEEKDAY  /* reason is NULL */
} DeskClosedWhy;

typedef struct
{
  DeskClosedWhy closed;
  const char *reason; /* why it is closed, or why it is open although it would not be; lent by the hours, NULL for none */
  int opens, closes;  /* what would be open, on a closed day */
} DeskHoursOfDay;

typedef struct
{
  int weekday; /* ISO: Monday is 1 */
  int opens, closes;
} DeskOpening;

/* Time that is not for visits, as it is stored. */
typedef struct
{
  gint64 id;
  gint64 resource_id; /* 0 for the whole clinic */
  char *kind;         /* lunch, leave, meeting, cleaning, repair, reserved, other */
  DeskDay first, last;
  char *weekdays;     /* ISO weekdays it is on: "12345" */
  int from, until;
  char *reason;
  gint64 version;
} DeskTimeBlock;

typedef struct _DeskHours DeskHours;

DeskHours *desk_hours_new (const DeskClinic *clinic);
void desk_hours_free (DeskHours *hours);
void desk_hours_set_weekday (DeskHours *hours, const DeskOpening *opening);
void desk_hours_close (DeskHours *hours, DeskDay day, const char *reason);
void desk_hours_open (DeskHours *hours, DeskDay day, const char *reason);
DeskHoursOfDay desk_hours_of_day (const DeskHours *hours, DeskDay day);
gboolean desk_hours_open_on (const DeskHours *hours, DeskDay day);

void desk_time_block_free (DeskTimeBlock *block);
DeskTimeBlock *desk_time_block_copy (const DeskTimeBlock *block);
gboolean desk_time_block_on (const DeskTimeBlock *block, DeskDay day);
void desk_time_block_check (const DeskTimeBlock *block, DeskProblems *problems);
void desk_opening_check (const DeskOpening *opening, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskHours, desk_hours_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTimeBlock, desk_time_block_free)

G_END_DECLS
