/* What a wanted visit runs into, as typed conflicts: one function for booking, dragging, moving and courses. Each kind
 * blocks or warns by the clinic's rule; a warning may be passed over with a reason, which stays with the visit. */
#pragma once

#include "desk-hours.h"
#include "desk-patient-window.h"
#include "desk-stay.h"
#include "desk-visit.h"

G_BEGIN_DECLS

/* The order is the one they are told in; codes are those of the table conflict_rule. */
typedef enum
{
  DESK_CONFLICT_STAFF,    /* somebody is taken */
  DESK_CONFLICT_ROOM,     /* a room or chair is taken */
  DESK_CONFLICT_PATIENT,  /* the patient is elsewhere then */
  DESK_CONFLICT_DOSE,     /* detail: "expired", "not-ready" or "other", the dose's number, a day */
  DESK_CONFLICT_CAPACITY, /* detail: "day" or "time" and the limit */
  DESK_CONFLICT_CLOSED,   /* detail: the reason, the holiday's English name, NULL for a weekday */
  DESK_CONFLICT_HOURS,
  DESK_CONFLICT_BLOCK,    /* detail: the block's kind, a space, its reason */
  DESK_CONFLICT_NEEDS,    /* detail: the kind of resource that is missing */
  DESK_CONFLICT_PAST,     /* begins before now */
  DESK_CONFLICT_GATE,     /* its gate does not stand on that day; detail: codes of the rules */
  DESK_CONFLICT_STAY,     /* detail: the code of desk_stay_fit_code () and a day */
  DESK_CONFLICT_BLACKOUT, /* detail: the kind of the patient's window, its first and last day as they are kept */
  DESK_CONFLICT_COURSE,   /* detail: "too-soon" or "too-late", the limit in days, the day of the other visit */
  DESK_N_CONFLICTS
} DeskConflictKind;

typedef struct
{
  DeskConflictKind kind;
  gboolean blocks;    /* otherwise it warns, and may be passed over with a reason */
  gint64 visit_id;    /* the other visit, or 0 */
  gint64 resource_id; /* or 0 */
  DeskDay day;        /* on which the visit would begin */
  char *detail;       /* or NULL; for people and rooms the other patient's name */
} DeskConflict;

typedef struct
{
  gboolean blocks[DESK_N_CONFLICTS];
} DeskConflictRules;

/* A dose that is promised to the wanted visit. */
typedef struct
{
  char number[40];
  DeskDay ready, last; /* first and last day it may be given, as far as is known; DESK_DAY_NONE for no such day */
  gint64 until;        /* an instant, of what is fresh; 0 for none */
} DeskPromisedDose;

/* A visit of the same course between which and the wanted one its template keeps days. */
typedef struct
{
  gint64 visit_id;
  DeskDay day;
  gboolean first;         /* it comes before the wanted one */
  int min_days, max_days;
} DeskCourseGap;

typedef struct
{
  gint64 starts_at, ends_at;
} DeskVisitTime;

/* All that is known where the visit would be; NULL for what need not be looked at. Everything is lent. */
typedef struct
{
  const DeskVisit *wanted;
  const DeskVisitType *type;
  GTimeZone *zone;
  gint64 now;
  const DeskConflictRules *rules; /* NULL for those of a new clinic */
  const GPtrArray *others;        /* DeskVisit near it; itself among them does no harm */
  const GPtrArray *resources;     /* all of the clinic's */
  const DeskHours *hours;
  const GPtrArray *blocks;        /* DeskTimeBlock */
  const GArray *of_type;          /* DeskVisitTime of the other visits of its type that take their time, around its day */
  const GArray *doses;            /* DeskPromisedDose */
  const GPtrArray *windows;       /* DeskPatientWindow of the patient */
  const GArray *gaps;             /* DeskCourseGap */
  const char *gate;               /* rules of its gate that do not stand */
  DeskStayFit stay;
  DeskDay stay_limit;
} DeskConflictGround;

const char *desk_conflict_code (DeskConflictKind kind);
gboolean desk_window_keeps_away (const DeskPatientWindow *window, const DeskVisitType *type, DeskDay day);
gboolean desk_conflict_always_blocks (DeskConflictKind kind);
void desk_conflict_rules_init (DeskConflictRules *rules);

GPtrArray *desk_conflicts_find (const DeskConflictGround *ground);
gboolean desk_conflicts_block (const GPtrArray *conflicts);
gboolean desk_capacity_left (const DeskVisitType *type, const GArray *of_type, const DeskVisit *wanted, GTimeZone *zone, gboolean *whole_day);
void desk_conflict_free (DeskConflict *conflict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskConflict, desk_conflict_free)

G_END_DECLS
