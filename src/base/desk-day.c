#include "desk-day.h"

#include <string.h>

static const int month_lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static int
days_in_month (int year, int month)
{
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month_lengths[month - 1] + (month == 2 && leap);
}

/* Whether the three numbers name a day between the years 1 and 9999. */
gboolean
desk_ymd_valid (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month (year, month);
}

/* The day of a valid date. Counts in 400-year eras of 146,097 days that begin on 1 March, so that the
 * leap day is the last of its year. */
DeskDay
desk_day_from_ymd (int year, int month, int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int yoe = y - era * 400;
  int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 719468;
}

/* The inverse of desk_day_from_ymd (); any of the three may be NULL. */
void
desk_day_to_ymd (DeskDay day, int *year, int *month, int *mday)
{
  int z = day + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;
  int m = mp < 10 ? mp + 3 : mp - 9;

  if (mday)
    *mday = doy - (153 * mp + 2) / 5 + 1;
  if (month)
    *month = m;
  if (year)
    *year = yoe + era * 400 + (m <= 2);
}

/* 1 for Monday to 7 for Sunday (ISO 8601). */
int
desk_day_weekday (DeskDay day)
{
  return ((day % 7 + 7) % 7 + 3) % 7 + 1;
}

/* The same day of the month, months later (or earlier); the last day where that month is shorter. */
DeskDay
desk_day_add_months (DeskDay day, int months)
{
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  int index = year * 12 + month - 1 + months;
  year = index / 12 - (index % 12 < 0);
  month = index - year * 12 + 1;

  return desk_day_from_ymd (year, month, MIN (mday, days_in_month (year, month)));
}

static gboolean
read_digits (const char **p, int count, int *out)
{
  int value = 0;

  for (int i = 0; i < count; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      value = value * 10 + (**p - '0');
    }
  *out = value;
  return TRUE;
}

/* Reads exactly YYYY-MM-DD; leaves out untouched when it is anything else. */
gboolean
desk_day_parse (const char *iso, DeskDay *out)
{
  int year, month, day;
  const char *p = iso;

  if (!p || !read_digits (&p, 4, &year) || *p++ != '-' || !read_digits (&p, 2, &month) || *p++ != '-'
      || !read_digits (&p, 2, &day) || *p != '\0' || !desk_ymd_valid (year, month, day))
    return FALSE;

  *out = desk_day_from_ymd (year, month, day);
  return TRUE;
}

/* YYYY-MM-DD, or NULL for DESK_DAY_NONE; the caller frees it. */
char *
desk_day_format (DeskDay day)
{
  int year, month, mday;

  if (day == DESK_DAY_NONE)
    return NULL;
  desk_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

static gboolean
partial_date_read (const char *text, int *year, int *month, int *day)
{
  const char *p = text;

  *month = *day = 0;
  if (!p || !read_digits (&p, 4, year) || *year < 1)
    return FALSE;
  if (*p == '\0')
    return TRUE;
  if (*p++ != '-' || !read_digits (&p, 2, month) || *month < 1 || *month > 12)
    return FALSE;
  if (*p == '\0')
    return TRUE;
  return *p++ == '-' && read_digits (&p, 2, day) && *p == '\0' && desk_ymd_valid (*year, *month, *day);
}

/* YYYY, YYYY-MM or YYYY-MM-DD: birth dates known only to the month or year are legal (ICAO 9303). */
gboolean
desk_partial_date_valid (const char *text)
{
  int year, month, day;

  return partial_date_read (text, &year, &month, &day);
}

/* Full years of age, or -1 where the date is unknown; a missing month or day counts as the first. */
int
desk_partial_date_age (const char *birth, DeskDay today)
{
  int year, month, day, now_year, now_month, now_day;

  if (!partial_date_read (birth, &year, &month, &day))
    return -1;
  desk_day_to_ymd (today, &now_year, &now_month, &now_day);
  month = MAX (month, 1);
  day = MAX (day, 1);
  gboolean before = now_month < month || (now_month == month && now_day < day);
  return now_year - year - before;
}

static gint64
zone_offset (gint64 instant, GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant);

  return g_time_zone_get_offset (zone, interval);
}

static gint64
floor_div (gint64 value, gint64 by)
{
  return value / by - (value % by < 0);
}

/* The calendar day at that instant in the zone. */
DeskDay
desk_instant_day (gint64 instant, GTimeZone *zone)
{
  return (DeskDay) floor_div (instant + zone_offset (instant, zone), 86400);
}

/* Minutes since midnight at that instant in the zone. */
int
desk_instant_minute (gint64 instant, GTimeZone *zone)
{
  gint64 local = instant + zone_offset (instant, zone);

  return (int) ((local - floor_div (local, 86400) * 86400) / 60);
}

/* The instant of a wall-clock time; in an overlap the earlier, in a gap the time after it. */
gint64
desk_instant_at (DeskDay day, int minute, GTimeZone *zone)
{
  gint64 local = (gint64) day * 86400 + minute * 60;
  gint64 time = local;
  int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &time);

  return time - g_time_zone_get_offset (zone, interval);
}

/* YYYY-MM-DDThh:mm:ssZ; the caller frees it. */
char *
desk_instant_format (gint64 instant)
{
  int year, month, day;
  gint64 days = floor_div (instant, 86400);
  int second = (int) (instant - days * 86400);

  desk_day_to_ymd ((DeskDay) days, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, second / 3600, second / 60 % 60,
                          second % 60);
}
