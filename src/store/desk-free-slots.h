/* Times that are free for a visit: within opening hours, off blocks, with everything its type needs, its buffers, the
 * limits of a day, and the patient free. */
#pragma once

#include "desk-db.h"
#include "desk-day.h"

G_BEGIN_DECLS

typedef struct
{
  const char *type;                /* code of the visit type */
  gint64 patient_id;               /* 0 anybody */
  DeskDay first, last;             /* both in it */
  int from_minute, until_minute;   /* of the clinic's day: it begins at or after, and ends by; until 0 for the day's end */
  const char *weekdays;            /* ISO, "135"; NULL all */
  gint64 resource_id;              /* it must take this one; 0 any */
  int minutes;                     /* 0 the type's */
  gboolean one_a_day;              /* only the first of each day */
  guint limit;                     /* at most so many; 0 all */
  gint64 visit_id;                 /* a visit to be moved: what it takes counts as free; 0 none */
  int every;                       /* begins at these minutes of the hour and where free time begins; 0 is every 15 */
} DeskSlotSearch;

typedef struct
{
  gint64 starts_at;  /* an instant, on five minutes */
  GArray *resources; /* gint64: what the visit would take, one for each kind its type needs */
} DeskFreeSlot;

void desk_free_slot_free (DeskFreeSlot *slot);

/* DeskFreeSlot in order of time, none before now (an instant); of what is free of a kind the first is taken, physicians
 * before other people. DESK_ERROR_INVALID for a type that is not, or a range longer than two years. */
GPtrArray *desk_free_slots (DeskDb *db, const DeskSlotSearch *search, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFreeSlot, desk_free_slot_free)

G_END_DECLS
