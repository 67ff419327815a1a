/* The worked deadlines of facts/law.md, and the readings beside them. */
#include "desk-legal-clock.h"

static DeskDay
day (const char *iso)
{
  DeskDay result = DESK_DAY_NONE;

  g_assert_true (desk_day_parse (iso, &result));
  return result;
}

static void
test_harm (void)
{
  static const struct
  {
    DeskClockRule rule;
    const char *known, *filed, *due;
  } cases[] = {
    { DESK_CLOCK_HARM_7, "2024-10-03", NULL, "2024-10-10" },
    { DESK_CLOCK_HARM_15, "2024-10-03", NULL, "2024-10-18" },
    { DESK_CLOCK_MINISTER, "2024-10-03", NULL, "2024-10-10" },
    { DESK_CLOCK_PROCESSOR, "2024-10-03", NULL, "2024-10-03" },
    { DESK_CLOCK_HARM_7, "2024-02-25", NULL, "2024-03-03" }, /* over a leap day */
    { DESK_CLOCK_HARM_15, "2025-12-20", NULL, "2026-01-04" },
    { DESK_CLOCK_HARM_60, "2025-02-01", "2025-02-01", "2025-04-11" },
    { DESK_CLOCK_HARM_60, "2025-04-01", "2025-02-01", "2025-04-11" }, /* the last day of the first period */
    { DESK_CLOCK_HARM_60, "2025-04-02", "2025-02-01", "2025-06-10" },
    { DESK_CLOCK_HARM_60, "2026-01-26", "2025-02-01", "2026-02-05" },
    { DESK_CLOCK_HARM_60, "2025-01-01", "2025-02-01", "2025-04-11" }, /* known before it was filed: the first period */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskDay due = desk_clock_due (cases[i].rule, day (cases[i].known), cases[i].filed ? day (cases[i].filed) : DESK_DAY_NONE);
      g_autofree char *iso = desk_day_format (due);

      g_test_message ("%s from %s", desk_clock_code (cases[i].rule), cases[i].known);
      g_assert_cmpstr (iso, ==, cases[i].due);
    }
  g_assert_cmpint (desk_clock_due (DESK_CLOCK_HARM_60, day ("2025-04-01"), DESK_DAY_NONE), ==, DESK_DAY_NONE);
}

static void
test_plan (void)
{
  static const char *const ends[] = { "2025-04-01", "2025-05-31", "2025-07-30", "2025-09-28", "2025-11-27", "2026-01-26" };
  DeskDay filed = day ("2025-02-01"), on = filed;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_assert_cmpint (desk_plan_period_end (filed, on), ==, day (ends[i]));
      g_assert_cmpint (desk_plan_period_end (filed, day (ends[i])), ==, day (ends[i]));
      on = day (ends[i]) + 1;
    }
  g_assert_cmpint (desk_plan_report_due (filed, day ("2025-06-01"), 90), ==, day ("2026-05-01"));
  g_assert_cmpint (desk_plan_report_due (filed, day ("2026-01-31"), 60), ==, day ("2026-04-01"));
  g_assert_cmpint (desk_plan_report_due (filed, day ("2026-02-01"), 90), ==, day ("2027-05-01"));
  g_assert_cmpint (desk_plan_report_due (day ("2024-02-29"), day ("2025-03-01"), 0), ==, day ("2026-02-27"));
}

static void
test_starts (void)
{
  g_assert_true (desk_clock_starts (DESK_CLOCK_PROCESSOR, 0, DESK_DAY_NONE));
  g_assert_false (desk_clock_starts (DESK_CLOCK_HARM_7, 0, DESK_DAY_NONE));
  g_assert_true (desk_clock_starts (DESK_CLOCK_HARM_7, 1, DESK_DAY_NONE));
  g_assert_false (desk_clock_starts (DESK_CLOCK_HARM_60, 1, DESK_DAY_NONE));
  g_assert_true (desk_clock_starts (DESK_CLOCK_HARM_60, 1, day ("2025-02-01")));
}

static void
test_urgency (void)
{
  DeskDay due = day ("2024-10-10");

  g_assert_cmpstr (desk_clock_urgency (due, FALSE, due + 1), ==, "late");
  g_assert_cmpstr (desk_clock_urgency (due, FALSE, due), ==, "today");
  g_assert_cmpstr (desk_clock_urgency (due, FALSE, due - 3), ==, "soon");
  g_assert_cmpstr (desk_clock_urgency (due, FALSE, due - 4), ==, "running");
  g_assert_cmpstr (desk_clock_urgency (due, TRUE, due + 9), ==, "done");
}

static void
test_codes (void)
{
  for (int i = 0; i < DESK_N_CLOCKS; i++)
    {
      DeskClockRule rule = DESK_N_CLOCKS;

      g_assert_true (desk_clock_parse (desk_clock_code (i), &rule));
      g_assert_cmpint (rule, ==, i);
    }
  DeskClockRule rule;
  g_assert_false (desk_clock_parse ("harm-8", &rule));
  g_assert_false (desk_clock_parse (NULL, &rule));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legal-clock/harm", test_harm);
  g_test_add_func ("/legal-clock/plan", test_plan);
  g_test_add_func ("/legal-clock/starts", test_starts);
  g_test_add_func ("/legal-clock/urgency", test_urgency);
  g_test_add_func ("/legal-clock/codes", test_codes);
  return g_test_run ();
}
