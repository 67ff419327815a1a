#include "desk-day-words.h"

#include <string.h>

/* First days of the eras, the newest first (facts/money-and-names.md 7.2). */
static const struct
{
  const char *kanji, *word;
  int year, month, day;
} eras[] = {
  { "令和", "reiwa", 2019, 5, 1 },  { "平成", "heisei", 1989, 1, 8 }, { "昭和", "showa", 1926, 12, 25 },
  { "大正", "taisho", 1912, 7, 30 }, { "明治", "meiji", 1868, 10, 23 },
};

static const char *const months[] = { "january", "february", "march",     "april",   "may",      "june",
                                      "july",    "august",   "september", "october", "november", "december" };

#define LONGEST_ERA 199 /* years; Showa had 64 */

/* What is left to read, and what was read so far; 0 for what is not there. */
typedef struct
{
  const char *p;
  int number[3];  /* in the order they stood */
  int digits[3];  /* how many each had */
  int n;
  int era;        /* index + 1 */
  int month;      /* by its name */
  int month_at;   /* how many numbers stood before its name */
} Reading;

static gboolean
skip_word (const char **p, const char *word)
{
  if (!g_str_has_prefix (*p, word))
    return FALSE;
  *p += strlen (word);
  return TRUE;
}

/* 昭和, 昭, showa, s. */
static gboolean
read_era (Reading *reading)
{
  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      g_autofree char *kanji = g_utf8_substring (eras[i].kanji, 0, 1);
      const char letter[] = { *eras[i].word, '\0' };
      const char *p = reading->p;

      if (!skip_word (&p, eras[i].kanji) && !skip_word (&p, kanji) && !skip_word (&p, eras[i].word)
          && !(skip_word (&p, letter) && !g_ascii_isalpha (*p)))
        continue;
      if (reading->era || reading->n)
        return FALSE;
      reading->era = i + 1;
      reading->p = p;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_month (Reading *reading)
{
  gsize length = 0;

  while (g_ascii_isalpha (reading->p[length]))
    length++;
  for (guint i = 0; i < G_N_ELEMENTS (months) && length >= 3; i++)
    if ((length == 3 || length == strlen (months[i]) || (length == 4 && i == 8))
        && strncmp (reading->p, months[i], length) == 0 && !reading->month)
      {
        reading->month = i + 1;
        reading->month_at = reading->n;
        reading->p += length;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_number (Reading *reading)
{
  int value = 0, digits = 0;

  if (reading->n == 3)
    return FALSE;
  /* The first year of an era is 元年. */
  if (reading->era && reading->n == 0 && skip_word (&reading->p, "元"))
    value = digits = 1;
  else
    for (; g_ascii_isdigit (*reading->p) && digits < 9; reading->p++, digits++)
      value = value * 10 + *reading->p - '0';
  if (digits == 0)
    return FALSE;
  reading->number[reading->n] = value;
  reading->digits[reading->n++] = digits;
  return TRUE;
}

/* Between the parts: signs, 年月日, and the ending of 5th. */
static gboolean
skip_between (Reading *reading)
{
  static const char *const between[] = { "年", "月", "日", "st", "nd", "rd", "th", "−", "–", "・" };

  if (*reading->p && strchr (" -/.,'", *reading->p))
    {
      reading->p++;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (between); i++)
    if (reading->n > 0 && skip_word (&reading->p, between[i]))
      return TRUE;
  return FALSE;
}

static char *
iso (int year, int month, int day)
{
  if (year < 1000 || year > 9999)
    return NULL;
  if (month == 0)
    return day == 0 ? g_strdup_printf ("%04d", year) : NULL;
  if (!desk_ymd_valid (year, month, day ? day : 1))
    return NULL;
  return day ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : g_strdup_printf ("%04d-%02d", year, month);
}

/* Within its era, or nothing; 昭和64年 ends on 7 January. */
static char *
iso_of_era (const Reading *reading)
{
  int at = reading->era - 1;
  int year = eras[at].year + reading->number[0] - 1;
  int month = reading->number[1], day = reading->number[2];
  DeskDay first = desk_day_from_ymd (eras[at].year, eras[at].month, eras[at].day);
  DeskDay end = at > 0 ? desk_day_from_ymd (eras[at - 1].year, eras[at - 1].month, eras[at - 1].day) : G_MAXINT32;

  if (reading->n == 0 || reading->month || reading->number[0] < 1 || reading->number[0] > LONGEST_ERA || (reading->n > 1 && (month < 1 || month > 12))
      || (reading->n > 2 && !desk_ymd_valid (year, month, day)))
    return NULL;
  /* Of a date known only in part some day must lie within. */
  DeskDay earliest = desk_day_from_ymd (year, month ? month : 1, day ? day : 1);
  DeskDay latest = day ? earliest : desk_day_from_ymd (year, month ? month : 12, 28);
  return latest < first || earliest >= end ? NULL : iso (year, month, day);
}

static char *
iso_with_month_word (const Reading *reading)
{
  int first = reading->number[0], second = reading->number[1];

  if (reading->n == 1)
    return reading->digits[0] == 4 ? iso (first, reading->month, 0) : NULL;
  if (reading->n != 2 || reading->month_at > 1)
    return NULL;
  if (reading->digits[0] == 4)
    return second ? iso (first, reading->month, second) : NULL;
  return reading->digits[1] == 4 && first ? iso (second, reading->month, first) : NULL;
}

static char *
iso_of_numbers (const Reading *reading, DeskDayOrder order, gboolean *ambiguous)
{
  const int *n = reading->number;

  if (reading->n == 1 && reading->digits[0] == 8)
    return n[0] / 100 % 100 && n[0] % 100 ? iso (n[0] / 10000, n[0] / 100 % 100, n[0] % 100) : NULL;
  if (reading->digits[0] == 4)
    {
      if ((reading->n > 1 && n[1] == 0) || (reading->n > 2 && n[2] == 0))
        return NULL;
      return iso (n[0], reading->n > 1 ? n[1] : 0, reading->n > 2 ? n[2] : 0);
    }
  if (reading->n == 2)
    return reading->digits[1] == 4 && n[0] ? iso (n[1], n[0], 0) : NULL;
  if (reading->n != 3 || reading->digits[2] != 4 || n[0] == 0 || n[1] == 0)
    return NULL;

  g_autofree char *dmy = iso (n[2], n[1], n[0]), *mdy = iso (n[2], n[0], n[1]);
  if (dmy && mdy && strcmp (dmy, mdy) != 0)
    {
      if (ambiguous)
        *ambiguous = TRUE;
      if (order == DESK_DAY_ORDER_NONE)
        return NULL;
      return order == DESK_DAY_ORDER_DMY ? g_steal_pointer (&dmy) : g_steal_pointer (&mdy);
    }
  return dmy ? g_steal_pointer (&dmy) : g_steal_pointer (&mdy);
}

/* The ISO form (YYYY, YYYY-MM or YYYY-MM-DD) of a day as people write it, or NULL for what is none: 1961-03-05,
 * 1961/3/5, 19610305, 5 March 1961, Mar 5, 1961, 05.03.1961, 昭和36年3月5日, S36.3.5; months and years alone too.
 * Years have four digits but for eras. *ambiguous (may be NULL) is set where 3/4/1961 could be either, whatever order
 * says. The caller frees it. */
char *
desk_day_read (const char *text, DeskDayOrder order, gboolean *ambiguous)
{
  g_autofree char *plain = text ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;
  g_autofree char *folded = plain ? g_utf8_strdown (plain, -1) : NULL;
  Reading reading = { .p = folded ? g_strstrip (folded) : "" };

  if (ambiguous)
    *ambiguous = FALSE;
  if (*reading.p == '\0')
    return NULL;
  while (*reading.p)
    if (!read_number (&reading) && !read_month (&reading) && !read_era (&reading) && !skip_between (&reading))
      return NULL;
  if (reading.era)
    return iso_of_era (&reading);
  return reading.month ? iso_with_month_word (&reading) : iso_of_numbers (&reading, order, ambiguous);
}

/* 昭和36年3月5日, the first year as 元年; years before 1868 as they are. The caller frees it. */
char *
desk_day_era (DeskDay day)
{
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    if (day >= desk_day_from_ymd (eras[i].year, eras[i].month, eras[i].day))
      {
        int n = year - eras[i].year + 1;

        return n == 1 ? g_strdup_printf ("%s元年%d月%d日", eras[i].kanji, month, mday)
                      : g_strdup_printf ("%s%d年%d月%d日", eras[i].kanji, n, month, mday);
      }
  return g_strdup_printf ("%d年%d月%d日", year, month, mday);
}
