/* Wall times of many zones: none, one and two instants. Transitions as published in the tz database. */
#include "desk-clock.h"

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static void
test_times (void)
{
  static const struct
  {
    const char *zone, *wall;
    DeskWallFit fit;
    const char *first, *second; /* UTC */
    const char *names[2];
  } cases[] = {
    { "America/New_York", "2026-03-08T01:55", DESK_WALL_ONE, "2026-03-08T06:55:00Z", NULL, { "", "" } },
    { "America/New_York", "2026-03-08T02:00", DESK_WALL_GAP, "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", { "before", "after" } },
    { "America/New_York", "2026-03-08T02:30", DESK_WALL_GAP, "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z", { "before", "after" } },
    { "America/New_York", "2026-03-08T03:00", DESK_WALL_ONE, "2026-03-08T07:00:00Z", NULL, { "", "" } },
    { "America/New_York", "2026-11-01T00:55", DESK_WALL_ONE, "2026-11-01T04:55:00Z", NULL, { "", "" } },
    { "America/New_York", "2026-11-01T01:30", DESK_WALL_TWICE, "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", { "summer", "standard" } },
    { "America/New_York", "2026-11-01T02:00", DESK_WALL_ONE, "2026-11-01T07:00:00Z", NULL, { "", "" } },
    { "Europe/London", "2026-03-29T01:15", DESK_WALL_GAP, "2026-03-29T00:15:00Z", "2026-03-29T01:15:00Z", { "before", "after" } },
    { "Europe/London", "2026-10-25T01:15", DESK_WALL_TWICE, "2026-10-25T00:15:00Z", "2026-10-25T01:15:00Z", { "summer", "standard" } },
    /* The south: summer time ends in April. */
    { "Australia/Sydney", "2026-10-04T02:30", DESK_WALL_GAP, "2026-10-03T15:30:00Z", "2026-10-03T16:30:00Z", { "before", "after" } },
    { "Australia/Sydney", "2026-04-05T02:30", DESK_WALL_TWICE, "2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z", { "summer", "standard" } },
    /* Half an hour. */
    { "Australia/Lord_Howe", "2026-10-04T02:15", DESK_WALL_GAP, "2026-10-03T15:15:00Z", "2026-10-03T15:45:00Z", { "before", "after" } },
    { "Australia/Lord_Howe", "2026-10-04T02:30", DESK_WALL_ONE, "2026-10-03T15:30:00Z", NULL, { "", "" } },
    { "Australia/Lord_Howe", "2026-04-05T01:45", DESK_WALL_TWICE, "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", { "summer", "standard" } },
    /* Iran's last summer time began at midnight; it has had none since. */
    { "Asia/Tehran", "2022-03-22T00:30", DESK_WALL_GAP, "2022-03-21T20:00:00Z", "2022-03-21T21:00:00Z", { "before", "after" } },
    { "Asia/Tehran", "2022-09-21T23:30", DESK_WALL_TWICE, "2022-09-21T19:00:00Z", "2022-09-21T20:00:00Z", { "summer", "standard" } },
    { "Asia/Tehran", "2026-03-22T00:30", DESK_WALL_ONE, "2026-03-21T21:00:00Z", NULL, { "", "" } },
    /* Samoa had no Friday, 30 December 2011. */
    { "Pacific/Apia", "2011-12-30T10:00", DESK_WALL_GAP, "2011-12-29T20:00:00Z", "2011-12-30T20:00:00Z", { "before", "after" } },
    { "Pacific/Apia", "2011-12-29T23:55", DESK_WALL_ONE, "2011-12-30T09:55:00Z", NULL, { "", "" } },
    { "Pacific/Apia", "2011-12-31T00:00", DESK_WALL_ONE, "2011-12-30T10:00:00Z", NULL, { "", "" } },
    /* Clocks went back without summer time. */
    { "Europe/Moscow", "2014-10-26T01:30", DESK_WALL_TWICE, "2014-10-25T21:30:00Z", "2014-10-25T22:30:00Z", { "first", "second" } },
    /* Neither ever. */
    { "Asia/Tokyo", "2026-03-08T02:30", DESK_WALL_ONE, "2026-03-07T17:30:00Z", NULL, { "", "" } },
    { "Asia/Kathmandu", "2026-11-01T01:30", DESK_WALL_ONE, "2026-10-31T19:45:00Z", NULL, { "", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = zone_of (cases[i].zone);
      DeskWallTimes times;
      DeskDay day;
      int minute;

      g_test_message ("%s %s", cases[i].zone, cases[i].wall);
      g_assert_true (desk_wall_parse (cases[i].wall, &day, &minute));
      desk_wall_times (day, minute, zone, &times);
      g_autofree char *first = desk_instant_format (times.at[0]), *second = desk_instant_format (times.at[1]);
      g_autofree char *back = desk_wall_of (times.at[0], zone);
      g_assert_cmpint (times.fit, ==, cases[i].fit);
      g_assert_cmpstr (first, ==, cases[i].first);
      if (cases[i].second)
        g_assert_cmpstr (second, ==, cases[i].second);
      g_assert_cmpstr (desk_wall_name_code (&times, 0), ==, cases[i].names[0]);
      g_assert_cmpstr (desk_wall_name_code (&times, 1), ==, cases[i].names[1]);
      if (times.fit == DESK_WALL_GAP)
        g_assert_cmpstr (back, <, cases[i].wall);
      else
        g_assert_cmpstr (back, ==, cases[i].wall);
    }
}

/* Every quarter of an hour of two years, of every zone of the table: what is found shows that time, and an instant is
 * found by the time it shows. */
static void
test_there_and_back (void)
{
  static const char *const names[] = { "America/New_York", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Tehran",
                                       "Pacific/Apia", "America/St_Johns", "Pacific/Chatham", "Asia/Tokyo" };

  for (guint z = 0; z < G_N_ELEMENTS (names); z++)
    {
      g_autoptr (GTimeZone) zone = zone_of (names[z]);
      gint64 from = G_GINT64_CONSTANT (1293840000); /* 2011-01-01 */

      for (gint64 instant = from; instant < from + 2 * 366 * 86400; instant += 900)
        {
          DeskWallTimes times;

          desk_wall_times (desk_instant_day (instant, zone), desk_instant_minute (instant, zone), zone, &times);
          g_assert_cmpint (times.fit, !=, DESK_WALL_GAP);
          g_assert_true (times.at[0] == instant || (times.fit == DESK_WALL_TWICE && times.at[1] == instant));
        }
    }
}

static void
test_instant (void)
{
  static const struct
  {
    const char *wall, *stored, *instant;
  } cases[] = {
    { "2026-06-01T09:30", "2026-06-01T13:30:00Z", "2026-06-01T13:30:00Z" },
    { "2026-06-01T09:30", "2026-06-01T14:30:00Z", "2026-06-01T13:30:00Z" }, /* the rules were others when it was booked */
    { "2026-11-01T01:30", "2026-11-01T06:30:00Z", "2026-11-01T06:30:00Z" }, /* the second was meant, and stays */
    { "2026-11-01T01:30", "2026-11-01T05:30:00Z", "2026-11-01T05:30:00Z" },
    { "2026-03-08T02:30", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z" }, /* a gap is new there: the time after it */
  };
  g_autoptr (GTimeZone) zone = zone_of ("America/New_York");
  gint64 instant;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) stored = g_date_time_new_from_iso8601 (cases[i].stored, NULL);

      g_assert_true (desk_wall_instant (cases[i].wall, zone, g_date_time_to_unix (stored), &instant));
      g_autofree char *found = desk_instant_format (instant);
      g_assert_cmpstr (found, ==, cases[i].instant);
    }
  g_assert_false (desk_wall_instant ("", zone, 0, &instant));
}

static void
test_text (void)
{
  static const char *const bad[] = { "", "2026-03-08", "2026-03-08 09:30", "2026-03-08T24:00", "2026-03-08T09:60", "2026-02-30T09:30",
                                     "2026-03-08T9:30", "2026-03-08T09:300", "2026-03-08T-9:30" };
  DeskDay day;
  int minute;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (desk_wall_parse (bad[i], &day, &minute));
  g_assert_false (desk_wall_parse (NULL, &day, &minute));
  g_assert_true (desk_wall_parse ("2026-03-08T09:05", &day, &minute));
  g_autofree char *again = desk_wall_format (day, minute);
  g_assert_cmpstr (again, ==, "2026-03-08T09:05");
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) tokyo = zone_of ("Asia/Tokyo"), york = zone_of ("America/New_York"), apia = zone_of ("Pacific/Apia");
  gint64 morning = desk_instant_at (desk_day_from_ymd (2026, 12, 3), 9 * 60, tokyo);

  g_assert_cmpint (desk_wall_days_between (morning, tokyo, york), ==, -1);
  g_assert_cmpint (desk_wall_days_between (morning + 14 * 3600 + 1800, tokyo, york), ==, 0);
  g_assert_cmpint (desk_wall_days_between (morning + 13 * 3600, tokyo, apia), ==, 1);
  g_assert_cmpint (desk_wall_days_between (morning, tokyo, tokyo), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/times", test_times);
  g_test_add_func ("/clock/there-and-back", test_there_and_back);
  g_test_add_func ("/clock/instant", test_instant);
  g_test_add_func ("/clock/text", test_text);
  g_test_add_func ("/clock/days", test_days);
  return g_test_run ();
}
