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

/* Says whether a step could be laid at that instant, and on which resources (appended to resources). */
typedef gboolean (*DeskSlotFunc) (const char *type, gint64 starts_at, GArray *resources, gpointer user_data);

const DeskCourseTemplate *desk_course_templates (guint *n_templates);
const DeskCourseTemplate *desk_course_template (const char *code);
GPtrArray *desk_course_lay_out (const DeskCourseTemplate *course, DeskDay start, int minute, DeskDay (*next_open) (DeskDay day, gpointer user_data), DeskSlotFunc slot, gpointer user_data, DeskProblems *problems);

G_END_DECLS
