#include "desk-course.h"

#include <string.h>

#define LONGEST_MINUTES 480

void
desk_course_step_free (DeskCourseStep *step)
{
  g_free (step->type);
  g_free (step->note);
  g_free (step);
}

DeskCourseStep *
desk_course_step_copy (const DeskCourseStep *step)
{
  DeskCourseStep *copy = g_new (DeskCourseStep, 1);

  *copy = *step;
  copy->type = g_strdup (step->type);
  copy->note = g_strdup (step->note);
  return copy;
}

/* A new template in use, without name and steps. */
DeskCourseTemplate *
desk_course_template_new (void)
{
  DeskCourseTemplate *course = g_new0 (DeskCourseTemplate, 1);

  course->code = g_strdup ("");
  course->name = g_strdup ("");
  course->name_ja = g_strdup ("");
  course->strategy = g_strdup ("one_draw");
  course->active = TRUE;
  course->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_course_step_free);
  return course;
}

DeskCourseTemplate *
desk_course_template_copy (const DeskCourseTemplate *course)
{
  DeskCourseTemplate *copy = g_new (DeskCourseTemplate, 1);

  *copy = *course;
  copy->code = g_strdup (course->code);
  copy->name = g_strdup (course->name);
  copy->name_ja = g_strdup (course->name_ja);
  copy->strategy = g_strdup (course->strategy);
  copy->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_course_step_free);
  for (guint i = 0; i < course->steps->len; i++)
    g_ptr_array_add (copy->steps, desk_course_step_copy (g_ptr_array_index (course->steps, i)));
  return copy;
}

void
desk_course_template_free (DeskCourseTemplate *course)
{
  g_free (course->code);
  g_free (course->name);
  g_free (course->name_ja);
  g_free (course->strategy);
  g_ptr_array_unref (course->steps);
  g_free (course);
}

/* Appends a step; lent. */
DeskCourseStep *
desk_course_template_add (DeskCourseTemplate *course, const char *type, int after, int min_days, int max_days, int doses)
{
  DeskCourseStep *step = g_new0 (DeskCourseStep, 1);

  *step = (DeskCourseStep){ .type = g_strdup (type), .after = after, .min_days = min_days, .max_days = max_days,
                            .doses = doses, .note = g_strdup ("") };
  g_ptr_array_add (course->steps, step);
  return step;
}

/* The step of that number, from 1; NULL when there is none. */
const DeskCourseStep *
desk_course_template_step (const DeskCourseTemplate *course, guint number)
{
  return number >= 1 && number <= course->steps->len ? g_ptr_array_index (course->steps, number - 1) : NULL;
}

/* Moves a step up (-1) or down (1). Gaps keep counting from the same steps; one that would count from a later step
 * counts from whatever that step counted from. */
void
desk_course_template_move (DeskCourseTemplate *course, guint number, int by)
{
  guint other = number + by, low = MIN (number, other), high = MAX (number, other);

  if (low < 1 || high > course->steps->len)
    return;
  DeskCourseStep *first = g_ptr_array_index (course->steps, low - 1), *second = g_ptr_array_index (course->steps, high - 1);

  if (second->after == (int) low)
    second->after = first->after;
  for (guint i = high; i < course->steps->len; i++)
    {
      DeskCourseStep *step = g_ptr_array_index (course->steps, i);

      if (step->after == (int) low)
        step->after = (int) high;
      else if (step->after == (int) high)
        step->after = (int) low;
    }
  course->steps->pdata[low - 1] = second;
  course->steps->pdata[high - 1] = first;
}

/* Takes a step out; what counted from it counts from what it counted from. */
void
desk_course_template_drop (DeskCourseTemplate *course, guint number)
{
  const DeskCourseStep *gone = desk_course_template_step (course, number);

  if (!gone)
    return;
  for (guint i = number; i < course->steps->len; i++)
    {
      DeskCourseStep *step = g_ptr_array_index (course->steps, i);

      if (step->after == (int) number)
        step->after = gone->after;
      else if (step->after > (int) number)
        step->after--;
    }
  g_ptr_array_remove_index (course->steps, number - 1);
}

static gboolean
steps_equal (const DeskCourseStep *a, const DeskCourseStep *b)
{
  return g_str_equal (a->type, b->type) && a->after == b->after && a->min_days == b->min_days && a->max_days == b->max_days
         && a->minutes == b->minutes && a->doses == b->doses && g_strcmp0 (a->note, b->note) == 0;
}

/* Whether they say the same; version and courses do not count. */
gboolean
desk_course_template_equal (const DeskCourseTemplate *a, const DeskCourseTemplate *b)
{
  if (g_strcmp0 (a->code, b->code) != 0 || g_strcmp0 (a->name, b->name) != 0 || g_strcmp0 (a->name_ja, b->name_ja) != 0
      || g_strcmp0 (a->strategy, b->strategy) != 0 || a->active != b->active || a->position != b->position
      || a->steps->len != b->steps->len)
    return FALSE;
  for (guint i = 0; i < a->steps->len; i++)
    if (!steps_equal (g_ptr_array_index (a->steps, i), g_ptr_array_index (b->steps, i)))
      return FALSE;
  return TRUE;
}

static gboolean
type_known (const GPtrArray *types, const char *code)
{
  for (guint i = 0; types && i < types->len; i++)
    if (g_strcmp0 (((const DeskVisitType *) g_ptr_array_index (types, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
check_step (const DeskCourseStep *step, guint number, const GPtrArray *types, DeskProblems *problems)
{
  g_autofree char *detail = g_strdup_printf ("%u", number);

  if (!type_known (types, step->type))
    desk_problems_add (problems, "type", "missing", detail);
  if (step->after < 0 || step->after >= (int) number)
    desk_problems_add (problems, "after", "step-order", detail);
  if (step->min_days < 0 || step->max_days > DESK_COURSE_MAX_GAP || step->min_days > DESK_COURSE_MAX_GAP)
    desk_problems_add (problems, "gap", "gap-range", detail);
  else if (step->min_days > step->max_days)
    desk_problems_add (problems, "gap", "gap-order", detail);
  if (step->minutes < 0 || step->minutes % (DESK_SLOT_SECONDS / 60) != 0 || step->minutes > LONGEST_MINUTES)
    desk_problems_add (problems, "minutes", "five-minutes", detail);
  if (step->doses < 0 || step->doses > 9 || (step->doses > 0 && g_strcmp0 (step->type, "infusion") != 0))
    desk_problems_add (problems, "doses", "doses-infusion", detail);
}

/* Rules of a template; the problems of a step (fields type, after, gap, minutes, doses) have its number, from 1, as
 * detail. */
void
desk_course_template_check (const DeskCourseTemplate *course, const GPtrArray *types, DeskProblems *problems)
{
  static const char *const strategies[] = { "one_draw", "draw_each", "banked", "mixed", NULL };

  if (!course->name || !*course->name)
    desk_problems_add (problems, "name", "missing", NULL);
  if (!g_strv_contains (strategies, course->strategy ? course->strategy : ""))
    desk_problems_add (problems, "strategy", "missing", NULL);
  if (course->steps->len == 0)
    desk_problems_add (problems, "steps", "missing", NULL);
  if (course->steps->len > DESK_COURSE_MAX_STEPS)
    desk_problems_add (problems, "steps", "too-many-steps", NULL);
  for (guint i = 0; i < course->steps->len; i++)
    check_step (g_ptr_array_index (course->steps, i), i + 1, types, problems);
}

/* Days from the start to the last step at the earliest and at the latest; FALSE without steps. */
gboolean
desk_course_template_span (const DeskCourseTemplate *course, int *min_days, int *max_days)
{
  guint n = course->steps->len;
  g_autofree int *least = g_new0 (int, n + 1), *most = g_new0 (int, n + 1);

  *min_days = *max_days = 0;
  for (guint i = 1; i <= n; i++)
    {
      const DeskCourseStep *step = desk_course_template_step (course, i);

      least[i] = least[CLAMP (step->after, 0, (int) i - 1)] + step->min_days;
      most[i] = most[CLAMP (step->after, 0, (int) i - 1)] + step->max_days;
      *min_days = MAX (*min_days, least[i]);
      *max_days = MAX (*max_days, most[i]);
    }
  return n > 0;
}
