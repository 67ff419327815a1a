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

static DeskDay
next_open (DeskDay from, gpointer user_data)
{
  while (desk_day_weekday (from) == 7 || desk_holiday_name (from, FALSE))
    from++;
  return from;
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

static GPtrArray *
lay (Clinic *clinic, const char *code, const char *start, int minute, DeskProblems *problems)
{
  g_autoptr (GPtrArray) types = some_types ();
  DeskCourseGround ground = { types, 540, 1080, clinic->zone, next_open, slot_free, clinic };

  return desk_course_lay_out (desk_course_template (code), day (start), minute, &ground, problems);
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
  { "six infusions on Wednesdays", "treatment-6", "2026-06-03", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-03 10:00", "2026-06-03 10:45", "2026-06-17 10:00", "2026-06-24 10:00", "2026-07-01 10:00",
      "2026-07-08 10:00", "2026-07-15 10:00", "2026-07-22 10:00" }, NULL },
  { "over the holidays of September", "preventive", "2026-09-07", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-09-07 10:00", "2026-09-24 10:00" }, NULL },
  { "begins on a Sunday", "preventive", "2026-06-07", 600, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-08 10:00", "2026-06-22 10:00" }, NULL },
  { "full for a week, waits", "preventive", "2026-06-03", 600, "2026-06-17", "2026-06-23", 0, 0,
    { "2026-06-03 10:00", "2026-06-24 10:00" }, NULL },
  { "full too long", "preventive", "2026-06-03", 600, "2026-06-17", "2026-06-24", 0, 0,
    { "2026-06-03 10:00" }, "2" },
  { "full at the start", "treatment-6", "2026-06-03", 600, "2026-06-01", "2026-06-30", 0, 0, { NULL }, "1" },
  { "nearest later time", "preventive", "2026-06-03", 600, "1970-01-01", "1970-01-01", 570, 615,
    { "2026-06-03 10:15", "2026-06-17 10:15" }, NULL },
  { "nearest earlier time", "preventive", "2026-06-03", 690, "1970-01-01", "1970-01-01", 690, 780,
    { "2026-06-03 11:00", "2026-06-17 10:30" }, NULL },
  { "last of the day", "preventive", "2026-06-03", 1075, "1970-01-01", "1970-01-01", 0, 0,
    { "2026-06-03 17:25", "2026-06-17 16:55" }, NULL },
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

/* Every template can be laid on an empty book, with each gap inside its range. */
static void
test_templates (void)
{
  guint n;
  const DeskCourseTemplate *templates = desk_course_templates (&n);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");
  Clinic clinic = { .zone = zone };

  g_assert_cmpuint (n, ==, 5);
  g_assert_null (desk_course_template ("nonsense"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      g_autoptr (GPtrArray) visits = lay (&clinic, templates[i].code, "2026-04-20", 600, problems);

      g_test_message ("%s", templates[i].code);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (visits->len, ==, templates[i].n_steps);
      for (guint s = 0; s < visits->len; s++)
        {
          const DeskCourseStep *step = &templates[i].steps[s];
          const DeskVisit *visit = g_ptr_array_index (visits, s);
          const DeskVisit *after = step->after >= 0 ? g_ptr_array_index (visits, step->after) : NULL;
          DeskDay base = after ? desk_instant_day (after->starts_at, zone) : day ("2026-04-20");
          int gap = desk_instant_day (visit->starts_at, zone) - base;

          g_assert_cmpint (step->after, <, (int) s);
          g_assert_cmpint (gap, >=, step->min_days);
          g_assert_cmpint (gap, <=, step->max_days);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/course/lay-out", test_lay_out);
  g_test_add_func ("/course/templates", test_templates);
  return g_test_run ();
}
