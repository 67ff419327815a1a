#include "desk-clock.h"

#include <string.h>

/* Offsets differ by 26 hours at most, and a zone may skip a day on top of it (Samoa, 2011-12-30). */
#define AROUND (50 * 3600)

static gboolean
two_digits (const char *text, int *value)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = (text[0] - '0') * 10 + text[1] - '0';
  return TRUE;
}

/* FALSE when it is no YYYY-MM-DDThh:mm. */
gboolean
desk_wall_parse (const char *wall, DeskDay *day, int *minute)
{
  char iso[11];
  int hours, minutes;

  if (!wall || strlen (wall) != 16 || wall[10] != 'T' || wall[13] != ':' || !two_digits (wall + 11, &hours)
      || !two_digits (wall + 14, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  g_strlcpy (iso, wall, sizeof iso);
  if (!desk_day_parse (iso, day))
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

/* The caller frees it. */
char *
desk_wall_format (DeskDay day, int minute)
{
  g_autofree char *iso = desk_day_format (day);

  return g_strdup_printf ("%sT%02d:%02d", iso, minute / 60, minute % 60);
}

/* What the clocks of the zone show at that instant; the caller frees it. */
char *
desk_wall_of (gint64 instant, GTimeZone *zone)
{
  return desk_wall_format (desk_instant_day (instant, zone), desk_instant_minute (instant, zone));
}

static gint64
offset_of (GTimeZone *zone, int interval)
{
  return g_time_zone_get_offset (zone, interval);
}

static int
interval_at (GTimeZone *zone, gint64 instant)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant);
}

/* Of the two sides of the gap the local time lies in: before is the time read with the rules after it, and the other way
 * round, so that both lie as far from the gap as the time lies in it. */
static void
find_gap (gint64 local, GTimeZone *zone, int first, int last, DeskWallTimes *times)
{
  times->fit = DESK_WALL_GAP;
  for (int i = first; i < last; i++)
    {
      gint64 early = local - offset_of (zone, i + 1), late = local - offset_of (zone, i);

      if (early >= late || interval_at (zone, early) > i || interval_at (zone, late) <= i)
        continue;
      times->at[0] = early;
      times->at[1] = late;
      times->summer[0] = g_time_zone_is_dst (zone, interval_at (zone, early));
      times->summer[1] = g_time_zone_is_dst (zone, interval_at (zone, late));
      return;
    }
}

/* The instants at which the clocks of the zone show that time. */
void
desk_wall_times (DeskDay day, int minute, GTimeZone *zone, DeskWallTimes *times)
{
  gint64 local = (gint64) day * 86400 + minute * 60;
  int first = interval_at (zone, local - AROUND), last = interval_at (zone, local + AROUND);
  guint n = 0;

  *times = (DeskWallTimes) { 0 };
  for (int i = first; i <= last && n < 2; i++)
    {
      gint64 instant = local - offset_of (zone, i);

      if (interval_at (zone, instant) != i)
        continue;
      times->at[n] = instant;
      times->summer[n] = g_time_zone_is_dst (zone, i);
      n++;
    }
  if (n == 0)
    find_gap (local, zone, first, last, times);
  else
    times->fit = n == 2 ? DESK_WALL_TWICE : DESK_WALL_ONE;
}

/* What a wall time that was agreed means by the rules in force: in an overlap the one of the two that is stored, or the
 * nearer; in a gap the time after it. FALSE when it cannot be read. */
gboolean
desk_wall_instant (const char *wall, GTimeZone *zone, gint64 stored, gint64 *instant)
{
  DeskWallTimes times;
  DeskDay day;
  int minute;

  if (!desk_wall_parse (wall, &day, &minute))
    return FALSE;
  desk_wall_times (day, minute, zone, &times);
  *instant = times.fit == DESK_WALL_GAP ? times.at[1] : times.at[0];
  if (times.fit == DESK_WALL_TWICE && ABS (times.at[1] - stored) < ABS (times.at[0] - stored))
    *instant = times.at[1];
  return TRUE;
}

/* What to call one of two: "before" or "after" a gap; "summer" or "standard" time where the two differ in that, else
 * "first" or "second"; "" where there is one. Static. */
const char *
desk_wall_name_code (const DeskWallTimes *times, guint which)
{
  if (times->fit == DESK_WALL_ONE)
    return "";
  if (times->fit == DESK_WALL_GAP)
    return which ? "after" : "before";
  if (times->summer[0] == times->summer[1])
    return which ? "second" : "first";
  return times->summer[which] ? "summer" : "standard";
}

/* How many days later the calendar there is: -1 for yesterday. */
int
desk_wall_days_between (gint64 instant, GTimeZone *here, GTimeZone *there)
{
  return desk_instant_day (instant, there) - desk_instant_day (instant, here);
}
