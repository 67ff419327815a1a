#include "desk-course.h"

#include "desk-holiday.h"

/* A clinic with one chair, one room, one person; open Monday to Saturday but for holidays. */
typedef struct
{
  DeskDay full_from, full_until; /* nothing is free on these days */
  int taken_from, taken_until;   /* nothing is free at these minutes of any day */
  GTimeZone *zone;
} Clinic;

static DeskDay
day (const char *iso)
{
  DeskDay out = DESK_DAY_NONE;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

static gboolean
day_open (DeskDay on, const DeskVisitType *type, int *opens, int *closes, gpointer user_data)
{
  *opens = 540;
  *closes = 1080;
  return desk_day_weekday (on) != 7 && !desk_holiday_name (on, FALSE);
}

static gboolean
slot_free (DeskVisit *visit, gpointer user_data)
{
  Clinic *clinic = user_data;
  DeskDay on = desk_instant_day (visit->starts_at, clinic->zone);
  int from = desk_instant_minute (visit->starts_at, clinic->zone);
  int until = from + (int) (visit->ends_at - visit->starts_at) / 60;
  gint64 chair = 1;

  g_array_append_val (visit->resources, chair);
  return (on < clinic->full_from || on > clinic->full_until)
         && !(from < clinic->taken_until && clinic->taken_from < until);
}

static GPtrArray *
some_types (void)
{
  static const struct
  {
    const char *code;
    int minutes, before, after;
  } rows[] = { { "consultation", 30, 0, 0 }, { "blood_draw", 30, 5, 10 }, { "apheresis", 180, 15, 15 },
               { "infusion", 60, 15, 15 },   { "follow_up", 30, 0, 0 } };
  GPtrArray *types = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_type_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskVisitType *type = g_new0 (DeskVisitType, 1);

      *type = (DeskVisitType) { .code = g_strdup (rows[i].code), .minutes = rows[i].minutes,
                                .before = rows[i].before, .after = rows[i].after };
      g_ptr_array_add (types, type);
    }
  return types;
}

typedef struct
{
  const char *type;
  int after, min_days, max_days;
} Step;

static const Step treatment[] = {
  { "consultation", 0, 0, 7 }, { "blood_draw", 1, 0, 7 }, { "infusion", 2, 14, 21 }, { "infusion", 3, 7, 14 },
  { "infusion", 4, 7, 14 },    { "infusion", 5, 7, 14 },  { "infusion", 6, 7, 14 },  { "infusion", 7, 7, 14 },
};
static const Step preventive[] = { { "blood_draw", 0, 0, 7 }, { "infusion", 1, 14, 21 } };
/* The second infusion has one day, counted from the draw. */
static const Step tight[] = { { "blood_draw", 0, 0, 14 }, { "infusion", 1, 14, 14 }, { "infusion", 1, 21, 21 } };
/* Three on one day, each after the one before. */
static const Step one_day[] = { { "consultation", 0, 0, 0 }, { "blood_draw", 1, 0, 0 }, { "follow_up", 2, 0, 0 } };

static const struct
{
  const char *code;
  const Step *steps;
  guint n_steps;
} courses[] = {
  { "treatment", treatment, G_N_ELEMENTS (treatment) },
  { "preventive", preventive, G_N_ELEMENTS (preventive) },
  { "tight", tight, G_N_ELEMENTS (tight) },
  { "one-day", one_day, G_N_ELEMENTS (one_day) },
};

static DeskCourseTemplate *
course_new (const char *code)
{
  DeskCourseTemplate *course = desk_course_template_new ();

  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    for (guint s = 0; g_str_equal (courses[i].code, code) && s < courses[i].n_steps; s++)
      desk_course_template_add (course, courses[i].steps[s].type, courses[i].steps[s].after, courses[i].steps[s].min_days,
                                courses[i].steps[s].max_days, 0);
  g_assert_cmpuint (course->steps->len, >, 0);
  return course;
}

static GPtrArray *
lay (Clinic *clinic, const char *code, const char *start, int minute, DeskProblems *problems)
{
  g_autoptr (GPtrArray) types = some_types ();
  DeskCourseGround ground = { types, clinic->zone, day_open, slot_free, clinic };
  g_autoptr (DeskCourseTemplate) course = course_new (code);

  return desk_course_lay_out (course, day (start), minute, &ground, problems);
}

static char *
when (const DeskVisit *visit, GTimeZone *zone)
{
  g_autofree char *iso = desk_day_format (desk_instant_day (visit->starts_at, zone));
  int minute = desk_instant_minute (visit->starts_at, zone);

  return g_strdup_printf ("%s %02d:%02d", iso, minute / 60, minute % 60);
}

static const struct
{
  const char *label, *code, *start;
  int minute;
  const char *full_from, *full_until;
  int taken_from, taken_until;
  const char *expected[9];
  const char *no_slot; /* number of the step */
} cases[] = {
  { "six infusions on Wednesdays", "treatment", "2026-06-03", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-03 10:00", "2026-06-03 10:45", "2026-06-17 10:00", "2026-06-24 10:00", "2026-07-01 10:00",
      "2026-07-08 10:00", "2026-07-15 10:00", "2026-07-22 10:00" }, NULL },
  { "over the holidays of September", "preventive", "2026-09-07", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-09-07 10:00", "2026-09-24 10:00" }, NULL },
  { "begins on a Sunday", "preventive", "2026-06-07", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-08 10:00", "2026-06-22 10:00" }, NULL },
  { "full for a week, waits", "preventive", "2026-06-03", 600, "2026-06-17", "2026-06-23", 0, 0,
    { "2026-06-03 10:00", "2026-06-24 10:00" }, NULL },
  { "full to the last day of the gap, draws a day later", "preventive", "2026-06-03", 600, "2026-06-17", "2026-06-24", 0, 0,
    { "2026-06-04 10:00", "2026-06-25 10:00" }, NULL },
  { "full too long", "preventive", "2026-06-03", 600, "2026-06-17", "2026-07-05", 0, 0,
    { "2026-06-03 10:00" }, "2" },
  { "full at the start", "treatment", "2026-06-03", 600, "2026-06-01", "2026-06-30", 0, 0, { NULL }, "1" },
  { "nearest later time", "preventive", "2026-06-03", 600, "1970-01-01", "1970-01-01", 570, 615,
    { "2026-06-03 10:15", "2026-06-17 10:15" }, NULL },
  { "nearest earlier time", "preventive", "2026-06-03", 690, "1970-01-01", "1970-01-01", 690, 780,
    { "2026-06-03 11:00", "2026-06-17 10:30" }, NULL },
  { "last of the day", "preventive", "2026-06-03", 1075, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-03 17:25", "2026-06-17 16:55" }, NULL },
  { "draws later, for the sake of the infusions", "tight", "2026-06-03", 600, "2026-06-17", "2026-06-18", 0, 0,
    { "2026-06-05 10:00", "2026-06-19 10:00", "2026-06-26 10:00" }, NULL },
  { "draws later, for the sake of the second alone", "tight", "2026-06-03", 600, "2026-06-24", "2026-06-26", 0, 0,
    { "2026-06-06 10:00", "2026-06-20 10:00", "2026-06-27 10:00" }, NULL },
  { "one after the other on one day", "one-day", "2026-06-03", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-03 10:00", "2026-06-03 10:45", "2026-06-03 11:30" }, NULL },
  { "begins early, so that all are over in time", "one-day", "2026-06-03", 990, "1970-01-01", "1970-01-01", 960, 1080,
    { "2026-06-03 14:00", "2026-06-03 14:45", "2026-06-03 15:30" }, NULL },
  { "every minute taken", "preventive", "2026-06-03", 600, "1970-01-01", "1970-01-01", 540, 1080, { NULL }, "1" },
};

static void
test_lay_out (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Clinic clinic = { day (cases[i].full_from), day (cases[i].full_until), cases[i].taken_from,
                        cases[i].taken_until, zone };
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      g_autoptr (GPtrArray) visits = lay (&clinic, cases[i].code, cases[i].start, cases[i].minute, problems);

      g_test_message ("%s", cases[i].label);
      for (guint v = 0; v < visits->len; v++)
        {
          const DeskVisit *visit = g_ptr_array_index (visits, v);
          g_autofree char *found = when (visit, zone);

          g_assert_cmpstr (found, ==, cases[i].expected[v]);
          g_assert_cmpint (visit->course_step, ==, (int) v + 1);
          g_assert_cmpuint (visit->resources->len, ==, 1);
        }
      g_assert_null (cases[i].expected[visits->len]);
      g_assert_cmpuint (problems->len, ==, cases[i].no_slot ? 1 : 0);
      if (cases[i].no_slot)
        {
          g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "no-slot");
          g_assert_cmpstr (desk_problems_get (problems, 0)->detail, ==, cases[i].no_slot);
        }
    }
}

#define RANDOM 2000

/* A little clinic of random days, for a course of random gaps. */
typedef struct
{
  gboolean open[40];
  DeskDay first;
  GTimeZone *zone;
} Small;

static gboolean
small_day (DeskDay on, const DeskVisitType *type, int *opens, int *closes, gpointer user_data)
{
  const Small *small = user_data;

  *opens = 600;
  *closes = 660;
  return on >= small->first && on < small->first + 40 && small->open[on - small->first];
}

static gboolean
small_slot (DeskVisit *visit, gpointer user_data)
{
  return TRUE;
}

/* Days are tried one by one: whether steps from this one on find any; one visit a day. */
static gboolean
brute (const Small *small, const DeskCourseTemplate *course, guint index, DeskDay *days)
{
  if (index == course->steps->len)
    return TRUE;

  const DeskCourseStep *step = g_ptr_array_index (course->steps, index);
  DeskDay base = step->after ? days[step->after - 1] : small->first;

  for (DeskDay on = base + step->min_days; on <= base + step->max_days && on < small->first + 40; on++)
    {
      gboolean taken = !small->open[on - small->first];

      for (guint i = 0; i < index; i++)
        taken = taken || days[i] == on;
      days[index] = on;
      if (!taken && brute (small, course, index + 1, days))
        return TRUE;
    }
  return FALSE;
}

/* A layout is found exactly when there is one, and it is right. */
static void
test_exact (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_type_free);
  DeskVisitType *type = g_new0 (DeskVisitType, 1);
  guint found = 0;

  *type = (DeskVisitType){ .code = g_strdup ("infusion"), .minutes = 60 };
  g_ptr_array_add (types, type);
  for (guint round = 0; round < RANDOM; round++)
    {
      Small small = { .first = day ("2026-06-01"), .zone = zone };
      DeskCourseGround ground = { types, zone, small_day, small_slot, &small };
      g_autoptr (DeskCourseTemplate) course = desk_course_template_new ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskDay days[8];

      for (guint i = 0; i < 40; i++)
        small.open[i] = g_test_rand_int_range (0, 10) < 3;
      for (int i = 0, n = g_test_rand_int_range (1, 7); i < n; i++)
        {
          int least = g_test_rand_int_range (0, 8);
          desk_course_template_add (course, "infusion", g_test_rand_int_range (0, i + 1), least,
                                    least + g_test_rand_int_range (0, 6), 0);
        }
      g_autoptr (GPtrArray) visits = desk_course_lay_out (course, small.first, 600, &ground, problems);
      gboolean there = brute (&small, course, 0, days);

      g_assert_cmpint (visits->len == course->steps->len, ==, there);
      g_assert_cmpuint (problems->len, ==, there ? 0 : 1);
      found += there;
      for (guint i = 0; i < visits->len; i++)
        {
          const DeskCourseStep *step = desk_course_template_step (course, i + 1);
          DeskDay on = desk_instant_day (((DeskVisit *) g_ptr_array_index (visits, i))->starts_at, zone);
          DeskDay base = small.first;

          if (step->after)
            base = desk_instant_day (((DeskVisit *) g_ptr_array_index (visits, step->after - 1))->starts_at, zone);
          g_assert_cmpint (on - base, >=, step->min_days);
          g_assert_cmpint (on - base, <=, step->max_days);
          g_assert_true (small.open[on - small.first]);
        }
    }
  g_assert_cmpuint (found, >, RANDOM / 20);
  g_assert_cmpuint (found, <, RANDOM - RANDOM / 20);
}

static void
test_check (void)
{
  static const struct
  {
    const char *type;
    int after, min_days, max_days, minutes, doses;
    const char *field, *code;
  } rows[] = {
    { "infusion", 1, 7, 14, 0, 1, NULL, NULL },
    { "nothing", 1, 7, 14, 0, 0, "type", "missing" },
    { "infusion", 2, 7, 14, 0, 0, "after", "step-order" },
    { "infusion", -1, 7, 14, 0, 0, "after", "step-order" },
    { "infusion", 1, 14, 7, 0, 0, "gap", "gap-order" },
    { "infusion", 1, -1, 7, 0, 0, "gap", "gap-range" },
    { "infusion", 1, 7, 731, 0, 0, "gap", "gap-range" },
    { "infusion", 1, 7, 14, 7, 0, "minutes", "five-minutes" },
    { "infusion", 1, 7, 14, 485, 0, "minutes", "five-minutes" },
    { "follow_up", 1, 7, 14, 0, 1, "doses", "doses-infusion" },
    { "infusion", 1, 7, 14, 0, 10, "doses", "doses-infusion" },
  };
  g_autoptr (GPtrArray) types = some_types ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskCourseTemplate) course = desk_course_template_new ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      g_free (course->name);
      course->name = g_strdup ("Course");
      desk_course_template_add (course, "blood_draw", 0, 0, 7, 0);
      desk_course_template_add (course, rows[i].type, rows[i].after, rows[i].min_days, rows[i].max_days, rows[i].doses)->minutes
          = rows[i].minutes;
      desk_course_template_check (course, types, problems);
      g_assert_cmpuint (problems->len, ==, rows[i].code ? 1 : 0);
      if (!rows[i].code)
        continue;
      g_assert_cmpstr (desk_problems_get (problems, 0)->field, ==, rows[i].field);
      g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, rows[i].code);
      g_assert_cmpstr (desk_problems_get (problems, 0)->detail, ==, "2");
    }

  g_autoptr (DeskCourseTemplate) empty = desk_course_template_new ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  desk_course_template_check (empty, types, problems);
  g_assert_nonnull (desk_problems_find (problems, "name"));
  g_assert_nonnull (desk_problems_find (problems, "steps"));
}

/* What counted from a step still counts from it, or from what it counted from. */
static void
test_edit (void)
{
  g_autoptr (DeskCourseTemplate) course = course_new ("treatment");
  int least, most;

  g_assert_true (desk_course_template_span (course, &least, &most));
  g_assert_cmpint (least, ==, 14 + 5 * 7);
  g_assert_cmpint (most, ==, 7 + 7 + 21 + 5 * 14);

  desk_course_template_drop (course, 2);
  g_assert_cmpuint (course->steps->len, ==, 7);
  for (guint i = 1; i <= 7; i++)
    g_assert_cmpint (desk_course_template_step (course, i)->after, ==, (int) i - 1);
  g_assert_cmpint (desk_course_template_step (course, 2)->min_days, ==, 14);

  g_autoptr (DeskCourseTemplate) one = course_new ("tight"), two = desk_course_template_copy (one);
  g_assert_true (desk_course_template_equal (one, two));
  desk_course_template_move (two, 2, -1);
  g_assert_false (desk_course_template_equal (one, two));
  g_assert_cmpstr (desk_course_template_step (two, 1)->type, ==, "infusion");
  g_assert_cmpint (desk_course_template_step (two, 1)->after, ==, 0);
  g_assert_cmpint (desk_course_template_step (two, 3)->after, ==, 2); /* still from the draw */
  desk_course_template_move (two, 1, -1);                             /* nowhere to go */
  g_assert_cmpstr (desk_course_template_step (two, 1)->type, ==, "infusion");
  g_assert_null (desk_course_template_step (two, 4));
  desk_course_template_drop (two, 4);
  g_assert_cmpuint (two->steps->len, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/course/lay-out", test_lay_out);
  g_test_add_func ("/course/exact", test_exact);
  g_test_add_func ("/course/check", test_check);
  g_test_add_func ("/course/edit", test_edit);
  return g_test_run ();
}
