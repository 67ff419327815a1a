#include "desk-course.h"

#include <string.h>

#define NEARBY_MINUTES 15 /* how far apart the times are that are tried around the wanted one */

/* Cells grow for 14 to 21 days after the draw; infusions follow 7 to 14 days apart. The others vary that. */
static const DeskCourseStep treatment_6[] = {
  { "consultation", -1, 0, 7 }, { "blood_draw", 0, 0, 7 }, { "infusion", 1, 14, 21 }, { "infusion", 2, 7, 14 },
  { "infusion", 3, 7, 14 },     { "infusion", 4, 7, 14 },  { "infusion", 5, 7, 14 },  { "infusion", 6, 7, 14 },
};

static const DeskCourseStep intensive[] = {
  { "consultation", -1, 0, 7 }, { "apheresis", 0, 0, 7 }, { "infusion", 1, 14, 21 }, { "infusion", 2, 3, 7 },
  { "infusion", 3, 3, 7 },      { "infusion", 4, 3, 7 },  { "infusion", 5, 3, 7 },   { "infusion", 6, 3, 7 },
};

static const DeskCourseStep maintenance[] = {
  { "consultation", -1, 0, 7 }, { "infusion", 0, 0, 7 }, { "infusion", 1, 84, 105 }, { "infusion", 2, 84, 105 },
  { "infusion", 3, 84, 105 },
};

static const DeskCourseStep preventive[] = {
  { "blood_draw", -1, 0, 7 },
  { "infusion", 0, 14, 21 },
};

static const DeskCourseStep high_activity[] = {
  { "consultation", -1, 0, 7 }, { "blood_draw", 0, 0, 7 }, { "infusion", 1, 14, 21 }, { "infusion", 2, 7, 14 },
  { "infusion", 3, 7, 14 },     { "follow_up", 4, 14, 28 },
};

static const DeskCourseTemplate templates[] = {
  { "treatment-6", "Treatment, six infusions", "治療コース（6回投与）", treatment_6, G_N_ELEMENTS (treatment_6) },
  { "intensive", "Intensive, after apheresis", "集中コース（アフェレーシス）", intensive, G_N_ELEMENTS (intensive) },
  { "maintenance", "Maintenance, every three months", "維持コース（3か月ごと）", maintenance,
    G_N_ELEMENTS (maintenance) },
  { "preventive", "Preventive, one infusion", "予防コース（1回投与）", preventive, G_N_ELEMENTS (preventive) },
  { "high-activity", "High-activity cells, three infusions", "高活性コース（3回投与）", high_activity,
    G_N_ELEMENTS (high_activity) },
};

/* The templates in the order they are offered; static. */
const DeskCourseTemplate *
desk_course_templates (guint *n_templates)
{
  *n_templates = G_N_ELEMENTS (templates);
  return templates;
}

/* The template of that code, or NULL. */
const DeskCourseTemplate *
desk_course_template (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    if (g_strcmp0 (templates[i].code, code) == 0)
      return &templates[i];
  return NULL;
}

static const DeskVisitType *
find_type (const GPtrArray *types, const char *code)
{
  for (guint i = 0; i < types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (types, i);

      if (g_strcmp0 (type->code, code) == 0)
        return type;
    }
  return NULL;
}

/* The course's own visits are not in the book yet, so what is free does not know of them. */
static gboolean
meets_own (const DeskVisit *visit, const GPtrArray *visits)
{
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *other = g_ptr_array_index (visits, i);

      if (visit->busy_from < other->busy_until && other->busy_from < visit->busy_until)
        return TRUE;
    }
  return FALSE;
}

static gboolean
try_minute (DeskVisit *visit, const DeskVisitType *type, DeskDay day, int minute, const DeskCourseGround *ground,
            const GPtrArray *visits)
{
  if (minute < ground->opens || minute + type->minutes > ground->closes)
    return FALSE;
  desk_visit_set_time (visit, type, desk_instant_at (day, minute, ground->zone), 0);
  g_array_set_size (visit->resources, 0);
  return !meets_own (visit, visits) && ground->slot (visit, ground->user_data);
}

/* The wanted minute first, then later and earlier in turn, until both ends of the day are passed. */
static gboolean
try_day (DeskVisit *visit, const DeskVisitType *type, DeskDay day, int minute, const DeskCourseGround *ground,
         const GPtrArray *visits)
{
  int reach = MAX (ground->closes - minute, minute - ground->opens);

  if (try_minute (visit, type, day, minute, ground, visits))
    return TRUE;
  for (int away = NEARBY_MINUTES; away <= reach; away += NEARBY_MINUTES)
    if (try_minute (visit, type, day, minute + away, ground, visits)
        || try_minute (visit, type, day, minute - away, ground, visits))
      return TRUE;
  return FALSE;
}

static DeskVisit *
lay_step (const DeskCourseStep *step, const DeskVisitType *type, DeskDay base, int minute,
          const DeskCourseGround *ground, const GPtrArray *visits)
{
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);
  DeskDay last = base + step->max_days;

  visit->type = g_strdup (step->type);
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  visit->note = g_strdup ("");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (DeskDay day = ground->next_open (base + step->min_days, ground->user_data);
       day != DESK_DAY_NONE && day <= last; day = ground->next_open (day + 1, ground->user_data))
    if (try_day (visit, type, day, minute, ground, visits))
      return g_steal_pointer (&visit);
  return NULL;
}

/* Lays each step on the earliest day within its gap that has room at about that minute of the day. Returns
 * new DeskVisit records, not yet anybody's, in the order of the steps; when a step finds no place it ends
 * there with the problem "no-slot", whose field is the step's type and whose detail its number from 1. */
GPtrArray *
desk_course_lay_out (const DeskCourseTemplate *course, DeskDay start, int minute, const DeskCourseGround *ground,
                     DeskProblems *problems)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);

  minute -= minute % (DESK_SLOT_SECONDS / 60);
  for (guint i = 0; i < course->n_steps; i++)
    {
      const DeskCourseStep *step = &course->steps[i];
      const DeskVisitType *type = find_type (ground->types, step->type);
      const DeskVisit *after = step->after >= 0 ? g_ptr_array_index (visits, step->after) : NULL;
      DeskDay base = after ? desk_instant_day (after->starts_at, ground->zone) : start;
      DeskVisit *visit = type ? lay_step (step, type, base, minute, ground, visits) : NULL;

      if (!visit)
        {
          g_autofree char *number = g_strdup_printf ("%u", i + 1);

          desk_problems_add (problems, step->type, "no-slot", number);
          break;
        }
      visit->course_step = (int) i + 1;
      g_ptr_array_add (visits, visit);
    }
  return visits;
}
