#include "desk-day.h"

static void
test_round_trip (void)
{
  for (DeskDay day = desk_day_from_ymd (1868, 1, 1); day < desk_day_from_ymd (2200, 1, 1); day++)
    {
      int year, month, mday;

      desk_day_to_ymd (day, &year, &month, &mday);
      g_assert_true (desk_ymd_valid (year, month, mday));
      g_assert_cmpint (desk_day_from_ymd (year, month, mday), ==, day);
    }
  g_assert_cmpint (desk_day_from_ymd (1970, 1, 1), ==, 0);
}

static void
test_against_glib (void)
{
  for (DeskDay day = -40000; day < 60000; day += 7)
    {
      g_autoptr (GDateTime) epoch = g_date_time_new_utc (1970, 1, 1, 0, 0, 0);
      g_autoptr (GDateTime) then = g_date_time_add_days (epoch, day);
      g_autofree char *ours = desk_day_format (day);
      g_autofree char *theirs = g_date_time_format (then, "%Y-%m-%d");

      g_assert_cmpstr (ours, ==, theirs);
      g_assert_cmpint (desk_day_weekday (day), ==, g_date_time_get_day_of_week (then));
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *result;
  } cases[] = {
    { "2026-02-28", "2026-02-28" }, { "2024-02-29", "2024-02-29" }, { "2026-02-29", NULL }, { "2026-2-28", NULL },
    { "", NULL },                   { NULL, NULL },                 { "2026-02-28 ", NULL }, { "0000-01-01", NULL },
    { "2026-13-01", NULL },         { "1900-02-29", NULL },         { "2000-02-29", "2000-02-29" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskDay day = DESK_DAY_NONE;
      g_assert_cmpint (desk_day_parse (cases[i].text, &day), ==, cases[i].result != NULL);
      g_autofree char *text = desk_day_format (day);
      g_assert_cmpstr (text, ==, cases[i].result);
    }
}

static void
test_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
    { "2026-01-31", 1, "2026-02-28" }, { "2024-01-31", 1, "2024-02-29" }, { "2026-03-31", -1, "2026-02-28" },
    { "2026-11-15", 3, "2027-02-15" }, { "2026-01-15", -1, "2025-12-15" }, { "2026-05-31", 12, "2027-05-31" },
    { "0002-01-06", -12, "0001-01-06" }, { "0001-01-06", -13, "-001-12-06" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskDay day;
      g_assert_true (desk_day_parse (cases[i].from, &day));
      g_autofree char *text = desk_day_format (desk_day_add_months (day, cases[i].months));
      g_assert_cmpstr (text, ==, cases[i].to);
    }
}

static void
test_partial (void)
{
  DeskDay today = desk_day_from_ymd (2026, 11, 22);

  g_assert_true (desk_partial_date_valid ("1985"));
  g_assert_true (desk_partial_date_valid ("1985-04"));
  g_assert_true (desk_partial_date_valid ("1985-04-03"));
  g_assert_false (desk_partial_date_valid ("1985-4"));
  g_assert_false (desk_partial_date_valid ("1985-04-31"));
  g_assert_false (desk_partial_date_valid ("85"));
  g_assert_cmpint (desk_partial_date_age ("1985-11-22", today), ==, 41);
  g_assert_cmpint (desk_partial_date_age ("1985-11-23", today), ==, 40);
  g_assert_cmpint (desk_partial_date_age ("1985", today), ==, 41);
  g_assert_cmpint (desk_partial_date_age ("", today), ==, -1);
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GTimeZone) york = g_time_zone_new_identifier ("America/New_York");
  DeskDay day = desk_day_from_ymd (2026, 3, 8);
  gint64 instant = desk_instant_at (day, 9 * 60 + 30, tokyo);

  g_autofree char *text = desk_instant_format (instant);
  g_assert_cmpstr (text, ==, "2026-03-08T00:30:00Z");
  g_assert_cmpint (desk_instant_day (instant, tokyo), ==, day);
  g_assert_cmpint (desk_instant_minute (instant, tokyo), ==, 9 * 60 + 30);
  g_assert_cmpint (desk_instant_day (instant, york), ==, day - 1);
  g_assert_cmpint (desk_instant_minute (instant, york), ==, 19 * 60 + 30);

  /* 02:30 does not exist that night in New York: the first minute after the gap comes back. */
  g_assert_cmpint (desk_instant_minute (desk_instant_at (day, 150, york), york), >=, 180);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/round-trip", test_round_trip);
  g_test_add_func ("/day/against-glib", test_against_glib);
  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/months", test_months);
  g_test_add_func ("/day/partial", test_partial);
  g_test_add_func ("/day/zone", test_zone);
  return g_test_run ();
}
