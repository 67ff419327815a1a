/* Tanks of the sample: their rules, two months of checks, one stocktake that is closed. */
#include "desk-sample-parts.h"

#define CHECK_DAYS 60
#define COUNT_DAYS 21
#define FULL 300
#define LOW 120

/* What has not come yet is not written: the sample may be made before the morning's round. */
static void
add_check (DeskSample *sample, const DeskTankCheck *check)
{
  if (check->at <= g_get_real_time () / G_USEC_PER_SEC)
    desk_bulk_tank_check (sample->bulk, check);
}

/* A tank of nitrogen: read every morning, filled each Monday and Thursday; it loses some 18 mm a day, at the end
 * of one that leaks twice as much and more. */
static void
check_tank (DeskSample *sample, gint64 tank, gboolean leaks)
{
  int level = FULL;

  for (DeskDay day = sample->today - CHECK_DAYS; day <= sample->today - (leaks ? 1 : 0); day++)
    {
      int weekday = desk_day_weekday (day);
      gboolean filled = (weekday == 1 || weekday == 4) && !(leaks && day > sample->today - 4);
      DeskTankCheck check = { .container_id = tank, .at = desk_sample_at (sample, day, 7 * 60 + 30), .level = level,
                              .temperature = -1890 - desk_random_between (&sample->random, 0, 30), .level_after = DESK_TANK_NONE,
                              .litres = DESK_TANK_NONE, .filled = filled, .alarm_tested = weekday == 1,
                              .by_id = sample->staff[day % 2 ? DESK_SAMPLE_CULTURE : DESK_SAMPLE_CULTURE_2] };

      if (filled)
        {
          check.level_after = FULL;
          check.litres = (FULL - level) * 4;
          level = FULL;
          if (check.litres < 10)
            check.litres = 10;
        }
      add_check (sample, &check);
      level -= desk_random_between (&sample->random, 15, 21) * (leaks && day >= sample->today - 2 ? 2 : 1);
    }
}

static void
check_freezer (DeskSample *sample, gint64 freezer)
{
  for (DeskDay day = sample->today - CHECK_DAYS; day <= sample->today; day++)
    {
      DeskTankCheck check = { .container_id = freezer, .at = desk_sample_at (sample, day, 7 * 60 + 40), .level = DESK_TANK_NONE,
                              .temperature = -810 + desk_random_between (&sample->random, 0, 25), .level_after = DESK_TANK_NONE,
                              .litres = DESK_TANK_NONE, .by_id = sample->staff[DESK_SAMPLE_CULTURE] };

      add_check (sample, &check);
    }
}

/* Two tanks and a freezer with their checks, and a stocktake of a rack three weeks ago. */
void
desk_sample_tanks (DeskSample *sample)
{
  g_autofree char *probe = desk_day_format (sample->today + 9);
  int year, month, day;

  for (guint i = 0; i < G_N_ELEMENTS (sample->tanks); i++)
    {
      gboolean tank = i < 2;
      DeskTankRule rule = { .container_id = sample->tanks[i], .every_hours = 24, .level_low = tank ? LOW : DESK_TANK_NONE,
                            .level_full = tank ? FULL : DESK_TANK_NONE, .warm_at = tank ? -1500 : -700,
                            .probe_due_on = tank ? DESK_LEND ("") : probe, .phone = DESK_LEND ("03-5555-0142") };

      desk_bulk_tank_rule (sample->bulk, &rule);
    }
  check_tank (sample, sample->tanks[0], FALSE);
  check_tank (sample, sample->tanks[1], TRUE);
  check_freezer (sample, sample->tanks[2]);

  desk_day_to_ymd (sample->today - COUNT_DAYS, &year, &month, &day);
  g_autofree char *number = g_strdup_printf ("T%02d-0001", year % 100);
  desk_bulk_count (sample->bulk, number, sample->counted,
                   desk_sample_by (sample, DESK_SAMPLE_CULTURE, DESK_SAMPLE_QUALITY,
                                   desk_sample_at (sample, sample->today - COUNT_DAYS, 18 * 60)));
}
