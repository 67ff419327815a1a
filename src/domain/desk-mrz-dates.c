/* Dates of a machine-readable zone, YYMMDD without a century, and likely readings of misread signs. */
#include <string.h>

#include "desk-mrz-private.h"

#define EXPIRED_YEARS 10 /* a document shown here is hardly longer out of date … */
#define VALID_YEARS 50   /* … and none is given for longer */
#define CHILD_YEARS 12   /* up to this age somebody 100 years older is possible too */

/* Signs that readers take for one another (ICAO 9303-3 allows either only where the other cannot stand). */
static const char digit_looks[] = "O0Q0D0I1L1Z2S5G6B8";
static const char letter_looks[] = "0O1I2Z5S6G8B";

static char
look_up (const char *pairs, char c)
{
  for (; *pairs; pairs += 2)
    if (pairs[0] == c)
      return pairs[1];
  return c;
}

/* The text with letters that look like digits as digits; the caller frees it. */
char *
desk_mrz_as_digits (const char *text, gsize length)
{
  char *digits = g_strndup (text, length);

  for (char *p = digits; *p; p++)
    *p = look_up (digit_looks, *p);
  return digits;
}

/* The text with digits that look like letters as letters; the caller frees it. */
char *
desk_mrz_as_letters (const char *text)
{
  char *letters = g_strdup (text);

  for (char *p = letters; *p; p++)
    *p = look_up (letter_looks, *p);
  return letters;
}

/* Two digits; 0 for unknown (<<, or 00 as some issuers write, which is warned of); -1 for anything else. */
static int
read_part (const char *two, const char *field, DeskProblems *problems)
{
  if (two[0] == '<' && two[1] == '<')
    return 0;
  if (!g_ascii_isdigit (two[0]) || !g_ascii_isdigit (two[1]))
    return -1;
  if (two[0] == '0' && two[1] == '0')
    desk_problems_warn (problems, field, "zeros", NULL);
  return (two[0] - '0') * 10 + two[1] - '0';
}

/* Born in the newest century that is not in the future. */
static int
birth_year (int yy, int month, int day, DeskDay today)
{
  int year, now_month, now_day;

  desk_day_to_ymd (today, &year, &now_month, &now_day);
  int full = year - year % 100 + yy;
  gboolean later = full == year && (month > now_month || (month == now_month && day > now_day));
  return full > year || later ? full - 100 : full;
}

/* The year from ten before to fifty after now, else the nearest. */
static int
expiry_year (int yy, DeskDay today)
{
  int year, month, day;

  desk_day_to_ymd (today, &year, &month, &day);
  int full = year - year % 100 + yy;
  if (full < year - (100 - VALID_YEARS))
    full += 100;
  else if (full > year + VALID_YEARS)
    full -= 100;
  return full;
}

static void
doubt_birth (int year, int month, int day, DeskDay today, DeskProblems *problems)
{
  g_autofree char *born = g_strdup_printf ("%04d-%02d-%02d", year, MAX (month, 1), MAX (day, 1));
  g_autofree char *other = g_strdup_printf ("%d", year - 100);

  if (desk_partial_date_age (born, today) <= CHILD_YEARS)
    desk_problems_warn (problems, "birth", "century", other);
}

static void
doubt_expiry (int year, int month, int day, DeskDay today, DeskProblems *problems)
{
  int now_year, now_month, now_day;

  desk_day_to_ymd (today, &now_year, &now_month, &now_day);
  if (year < now_year - EXPIRED_YEARS)
    desk_problems_warn (problems, "expiry", "far-off", NULL);
  else if (month && day && desk_day_from_ymd (year, month, day) < today)
    desk_problems_warn (problems, "expiry", "expired", NULL);
}

/* The date of six signs as YYYY-MM-DD, or YYYY-MM or YYYY where the rest is <<; "" when all is; NULL when it is no
 * date. Appends warnings for the field birth or expiry. The caller frees it. */
char *
desk_mrz_day (const char *six, gboolean birth, DeskDay today, DeskProblems *problems)
{
  const char *field = birth ? "birth" : "expiry";

  if (strspn (six, "<") == 6)
    {
      desk_problems_warn (problems, field, "not-stated", NULL);
      return g_strdup ("");
    }
  if (!g_ascii_isdigit (six[0]) || !g_ascii_isdigit (six[1]))
    return NULL;

  int yy = (six[0] - '0') * 10 + six[1] - '0';
  int month = read_part (six + 2, field, problems), day = read_part (six + 4, field, problems);
  if (month < 0 || day < 0 || month > 12 || (month == 0 && day > 0))
    return NULL;

  /* Whether there is a 29 February is only known with the century. */
  int year = birth ? birth_year (yy, month, day, today) : expiry_year (yy, today);
  if (month && day && !desk_ymd_valid (year, month, day))
    return NULL;
  if (birth)
    doubt_birth (year, month, day, today, problems);
  else
    doubt_expiry (year, month, day, today, problems);
  if (day)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  desk_problems_warn (problems, field, "partial", NULL);
  return month ? g_strdup_printf ("%04d-%02d", year, month) : g_strdup_printf ("%04d", year);
}
