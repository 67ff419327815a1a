/* Course templates: steps with gaps, how they are checked, and how one is laid onto days and slots. */
#pragma once

#include "desk-visit.h"

G_BEGIN_DECLS

#define DESK_COURSE_MAX_STEPS 40
#define DESK_COURSE_MAX_GAP 730 /* days; the schema's CHECK */

typedef struct
{
  char *type;             /* visit type */
  int after;              /* number, from 1, of the step the gap is counted from; 0 for the start day */
  int min_days, max_days; /* gap */
  int minutes;            /* 0 for the type's own */
  int doses;              /* given at an infusion */
  char *note;
} DeskCourseStep;

typedef struct
{
  char *code;          /* "treatment-6"; NULL or "" for a new one */
  char *name, *name_ja;
  char *strategy;      /* one_draw, draw_each, banked, mixed: where its cells come from (desk-planner.h) */
  gboolean active;
  int position;
  gint64 version;      /* 0 for a new one */
  GPtrArray *steps;    /* of DeskCourseStep, in the order of their numbers */
  guint n_courses;     /* patients' courses made from it; filled by lists, ignored by saving */
} DeskCourseTemplate;

/* Whether a visit of that type may be on that day at all, and then between which minutes since midnight: hours, closed
 * days, what keeps the patient away. */
typedef gboolean (*DeskCourseDayFunc) (DeskDay day, const DeskVisitType *type, int *opens, int *closes, gpointer user_data);

/* Says whether the visit, with its type and times set, could be booked, and appends to its resources those
 * it would take. Knows nothing of the course's other visits. */
typedef gboolean (*DeskSlotFunc) (DeskVisit *visit, gpointer user_data);

/* Where a course is laid: the clinic's hours and what is free. */
typedef struct
{
  const GPtrArray *types; /* of DeskVisitType */
  GTimeZone *zone;
  DeskCourseDayFunc day;
  DeskSlotFunc slot;
  gpointer user_data;
} DeskCourseGround;

DeskCourseTemplate *desk_course_template_new (void);
DeskCourseTemplate *desk_course_template_copy (const DeskCourseTemplate *course);
void desk_course_template_free (DeskCourseTemplate *course);
DeskCourseStep *desk_course_template_add (DeskCourseTemplate *course, const char *type, int after, int min_days, int max_days, int doses);
const DeskCourseStep *desk_course_template_step (const DeskCourseTemplate *course, guint number);
void desk_course_template_move (DeskCourseTemplate *course, guint number, int by);
void desk_course_template_drop (DeskCourseTemplate *course, guint number);
DeskCourseStep *desk_course_step_copy (const DeskCourseStep *step);
void desk_course_step_free (DeskCourseStep *step);
gboolean desk_course_template_equal (const DeskCourseTemplate *a, const DeskCourseTemplate *b);
void desk_course_template_check (const DeskCourseTemplate *course, const GPtrArray *types, DeskProblems *problems);
gboolean desk_course_template_span (const DeskCourseTemplate *course, int *min_days, int *max_days);

GPtrArray *desk_course_lay_out (const DeskCourseTemplate *course, DeskDay start, int minute, const DeskCourseGround *ground, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCourseTemplate, desk_course_template_free)

G_END_DECLS
