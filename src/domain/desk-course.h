/* Course templates and how one is laid onto days and slots. */
#pragma once

#include "desk-visit.h"

G_BEGIN_DECLS

typedef struct
{
  const char *type;        /* visit type */
  int after;               /* index of the step the gap is counted from; -1 for the start day */
  int min_days, max_days;  /* gap */
} DeskCourseStep;

typedef struct
{
  const char *code; /* "treatment-6" */
  const char *name, *name_ja;
  const DeskCourseStep *steps;
  guint n_steps;
} DeskCourseTemplate;

/* The first day at or after day on which the clinic is open, or DESK_DAY_NONE when there is none in reach. */
typedef DeskDay (*DeskOpenFunc) (DeskDay day, gpointer user_data);

/* Says whether the visit, with its type and times set, could be booked, and appends to its resources those
 * it would take. */
typedef gboolean (*DeskSlotFunc) (DeskVisit *visit, gpointer user_data);

/* Where a course is laid: the clinic's hours and what is free. */
typedef struct
{
  const GPtrArray *types; /* of DeskVisitType */
  int opens, closes;      /* minutes since midnight */
  GTimeZone *zone;
  DeskOpenFunc next_open;
  DeskSlotFunc slot;
  gpointer user_data;
} DeskCourseGround;

const DeskCourseTemplate *desk_course_templates (guint *n_templates);
const DeskCourseTemplate *desk_course_template (const char *code);
GPtrArray *desk_course_lay_out (const DeskCourseTemplate *course, DeskDay start, int minute, const DeskCourseGround *ground, DeskProblems *problems);

G_END_DECLS
