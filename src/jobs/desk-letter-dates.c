#include "desk-letter-dates.h"

#include <stdlib.h>
#include <string.h>

static const char *const months[] = { "January", "February", "March", "April", "May", "June",
                                      "July", "August", "September", "October", "November", "December" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const weekdays_ja[] = { "月", "火", "水", "木", "金", "土", "日" };

static gboolean
is_japanese (const char *language)
{
  return g_strcmp0 (language, "ja") == 0;
}

/* "Sunday, 1 February 2026" or 2026年2月1日(日); without the weekday on request. The caller frees it. */
char *
desk_letter_date (DeskDay day, const char *language, gboolean weekday)
{
  int year, month, mday, index = desk_day_weekday (day) - 1;

  desk_day_to_ymd (day, &year, &month, &mday);
  if (is_japanese (language))
    return weekday ? g_strdup_printf ("%d年%d月%d日(%s)", year, month, mday, weekdays_ja[index])
                   : g_strdup_printf ("%d年%d月%d日", year, month, mday);
  return weekday ? g_strdup_printf ("%s, %d %s %d", weekdays[index], mday, months[month - 1], year)
                 : g_strdup_printf ("%d %s %d", mday, months[month - 1], year);
}

/* A day that may be known only to the month or year; NULL for what is no date. The caller frees it. */
char *
desk_letter_partial_date (const char *iso, const char *language)
{
  DeskDay day;

  if (!desk_partial_date_valid (iso))
    return NULL;
  if (desk_day_parse (iso, &day))
    return desk_letter_date (day, language, FALSE);
  int year = atoi (iso), month = strlen (iso) > 5 ? atoi (iso + 5) : 0;
  if (is_japanese (language))
    return month ? g_strdup_printf ("%d年%d月", year, month) : g_strdup_printf ("%d年", year);
  return month ? g_strdup_printf ("%s %d", months[month - 1], year) : g_strdup_printf ("%d", year);
}
