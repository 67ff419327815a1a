#include "desk-letter-put.h"

#include "desk-country.h"
#include "desk-letter-dates.h"

/* Sets a text in English and, where there is one, in Japanese. */
void
desk_letter_put_both (DeskFields *fields, const char *name, const char *english, const char *japanese)
{
  desk_fields_set (fields, name, english);
  if (japanese && *japanese)
    desk_fields_set_in (fields, name, "ja", japanese);
}

/* Sets what a code is called; a code that is not in the table is its own name. */
void
desk_letter_put_word (DeskFields *fields, const char *name, const DeskLetterWord *words, guint n, const char *code)
{
  const char *const *languages = desk_letter_date_languages ();

  desk_fields_set (fields, name, code);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; g_strcmp0 (words[i].code, code) == 0 && languages[j]; j++)
      if (j == 0)
        desk_fields_set (fields, name, words[i].in[0]);
      else if (words[i].in[j])
        desk_fields_set_in (fields, name, languages[j], words[i].in[j]);
}

/* Sets a day, or nothing for DESK_DAY_NONE. With the weekday it is words for good; without, the letter writes it. */
void
desk_letter_put_day (DeskFields *fields, const char *name, DeskDay day, gboolean weekday)
{
  const char *const *languages = desk_letter_date_languages ();
  g_autofree char *iso = day == DESK_DAY_NONE ? NULL : desk_day_format (day);

  if (iso && !weekday)
    desk_fields_set_day (fields, name, iso);
  for (guint i = 0; iso && weekday && languages[i]; i++)
    {
      g_autofree char *text = desk_letter_date (day, languages[i], TRUE);

      if (i == 0)
        desk_fields_set (fields, name, text);
      else
        desk_fields_set_in (fields, name, languages[i], text);
    }
}

/* Sets a day that may be known only to the month or year; nothing for what is no date. */
void
desk_letter_put_partial (DeskFields *fields, const char *name, const char *iso)
{
  desk_fields_set_day (fields, name, iso);
}

/* Sets day and time on the clocks of a zone; nothing for 0. */
void
desk_letter_put_moment (DeskFields *fields, const char *name, gint64 instant, GTimeZone *zone)
{
  const char *const *languages = desk_letter_date_languages ();
  int minute = instant ? desk_instant_minute (instant, zone) : 0;

  for (guint i = 0; instant && languages[i]; i++)
    {
      g_autofree char *day = desk_letter_date (desk_instant_day (instant, zone), languages[i], FALSE);
      g_autofree char *text = g_strdup_printf ("%s %02d:%02d", day, minute / 60, minute % 60);

      if (i == 0)
        desk_fields_set (fields, name, text);
      else
        desk_fields_set_in (fields, name, languages[i], text);
    }
}

/* Sets a country's name. */
void
desk_letter_put_country (DeskFields *fields, const char *name, const char *alpha3)
{
  const char *const *languages = desk_letter_date_languages ();

  desk_fields_set (fields, name, desk_country_name (alpha3, "en"));
  for (guint i = 1; alpha3 && *alpha3 && languages[i]; i++)
    desk_fields_set_in (fields, name, languages[i], desk_country_name (alpha3, languages[i]));
}

/* Sets "1" or nothing, for a condition. */
void
desk_letter_put_flag (DeskFields *fields, const char *name, gboolean holds)
{
  desk_fields_set (fields, name, holds ? "1" : NULL);
}

void
desk_letter_put_number (DeskFields *fields, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  desk_fields_set (fields, name, text);
}

/* The letter forms a person's own name wants, or NULL: Han characters look different in each country. */
const char *
desk_letter_name_forms (const char *nationality)
{
  static const struct
  {
    const char *nationality, *forms;
  } known[] = {
    { "CHN", "zh-cn" }, { "SGP", "zh-cn" }, { "MYS", "zh-cn" }, { "TWN", "zh-tw" },
    { "HKG", "zh-hk" }, { "MAC", "zh-hk" }, { "KOR", "ko" },    { "JPN", "ja" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (nationality, known[i].nationality) == 0)
      return known[i].forms;
  return NULL;
}
