/* The waiting list: who fits a slot that came free, and in which order they are asked. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* 0 while new */
  gint64 patient_id;
  char *type;
  gint64 visit_id;            /* the visit that would rather be earlier, or 0 */
  DeskDay first_day, last_day; /* or DESK_DAY_NONE */
  int from_minute, until_minute;
  char *weekdays;             /* ISO: "135" */
  int notice_days;            /* needed to come at all */
  int priority;               /* 1 is first, 3 last */
  char *note;
  gint64 added_at, closed_at; /* 0 while open */
  char *outcome;
  gint64 version;
  /* filled by lists, ignored by saving */
  char *patient_name, *patient_chart, *phone, *languages;
  gint64 visit_starts_at;     /* of that visit, or 0 */
} DeskWaiting;

/* A slot that came free. */
typedef struct
{
  gint64 id, visit_id, patient_id; /* who had it */
  char *type;
  gint64 starts_at, ends_at, freed_at, closed_at;
  char *outcome;
  gint64 filled_by; /* visit, or 0 */
  gint64 version;
  char *patient_name; /* who had it; filled by lists */
} DeskFreedSlot;

/* What keeps somebody from a slot, or makes one ask twice: bits. */
typedef enum
{
  DESK_WAITING_TYPE = 1 << 0,
  DESK_WAITING_DAY = 1 << 1,
  DESK_WAITING_WEEKDAY = 1 << 2,
  DESK_WAITING_TIME = 1 << 3,
  DESK_WAITING_NOTICE = 1 << 4,   /* too soon for them to come */
  DESK_WAITING_LATER = 1 << 5,    /* their visit is earlier already */
  DESK_WAITING_SAME = 1 << 6,     /* it is their own that came free */
  DESK_WAITING_BLACKOUT = 1 << 7, /* chemotherapy, away … */
  DESK_WAITING_BUSY = 1 << 8,     /* they have something else then */
  DESK_WAITING_STAY = 1 << 9,     /* not in Japan, or not permitted */
  DESK_WAITING_WINDOW = 1 << 10,  /* outside the days they said they can come */
  DESK_WAITING_GATE = 1 << 11,    /* papers or tests do not stand on that day */
} DeskWaitingMiss;

/* Those that are only doubts: named, asked later, and still asked. */
#define DESK_WAITING_DOUBTS (DESK_WAITING_STAY | DESK_WAITING_WINDOW | DESK_WAITING_GATE)

/* What the store knows of somebody on the day of the slot: bits of BLACKOUT to GATE. */
typedef struct
{
  const DeskWaiting *waiting;
  guint known; /* in */
  guint misses;
  gboolean fits; /* nothing but doubts */
} DeskWaitingFit;

DeskWaiting *desk_waiting_new (gint64 patient_id, const char *type);
DeskWaiting *desk_waiting_copy (const DeskWaiting *waiting);
void desk_waiting_free (DeskWaiting *waiting);
void desk_freed_slot_free (DeskFreedSlot *slot);

guint desk_waiting_misses (const DeskWaiting *waiting, const DeskFreedSlot *slot, guint known, GTimeZone *zone, gint64 now);
void desk_waiting_rank (GArray *fits, const DeskFreedSlot *slot, GTimeZone *zone, gint64 now);
const char *desk_waiting_miss_code (DeskWaitingMiss miss);
const char *const *desk_waiting_outcomes (void);
/* Codes: missing, unknown, out-of-range, before-first, no-weekday, times-crossed. */
void desk_waiting_check (const DeskWaiting *waiting, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskWaiting, desk_waiting_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFreedSlot, desk_freed_slot_free)

G_END_DECLS
