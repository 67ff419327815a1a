#include "desk-letter-dates.h"

#include <stdlib.h>
#include <string.h>

/* In forms: Y year, M month as a number, N month by its name, G its name within a date, D day, W weekday. */
typedef struct
{
  const char *language;
  const char *day, *with_weekday, *month, *year;
  const char *months[12];
  const char *within[12]; /* the month's name within a date, where that is another form of it */
  const char *weekdays[7];
} Forms;

#define HAN "Y年M月D日", "Y年M月D日(W)", "Y年M月", "Y年", { NULL }, { NULL }

static const Forms forms[] = {
  { "en", "D N Y", "W, D N Y", "N Y", "Y",
    { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" },
    { NULL },
    { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" } },
  { "ja", HAN, { "月", "火", "水", "木", "金", "土", "日" } },
  { "zh", HAN, { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" } },
  { "zh-TW", HAN, { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" } },
  { "ko", "Y년 M월 D일", "Y년 M월 D일(W)", "Y년 M월", "Y년", { NULL }, { NULL }, { "월", "화", "수", "목", "금", "토", "일" } },
  /* Latin digits: the same as in the passport, and as the desk says them. */
  { "ar", "D N Y", "W، D N Y", "N Y", "Y",
    { "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" },
    { NULL },
    { "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد" } },
  { "ru", "D G Y г.", "W, D G Y г.", "N Y г.", "Y г.",
    { "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь" },
    { "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря" },
    { "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье" } },
  { "vi", "ngày D tháng M năm Y", "W, ngày D tháng M năm Y", "tháng M năm Y", "năm Y", { NULL }, { NULL },
    { "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật" } },
};

/* First days by facts/money-and-names.md, 7.2; before the first there is none to write. */
static const struct
{
  int year, month, day;
  const char *name;
} eras[] = {
  { 2019, 5, 1, "令和" }, { 1989, 1, 8, "平成" }, { 1926, 12, 25, "昭和" }, { 1912, 7, 30, "大正" }, { 1868, 10, 23, "明治" },
};

/* What stands on a copy, before the English word. */
static const struct
{
  const char *language, *words;
} copies[] = {
  { "ja", "再発行 " }, { "zh", "副本 " },   { "zh-TW", "副本 " },    { "ko", "사본 " },      { "ar", "نسخة " },   { "ru", "КОПИЯ " },
  { "vi", "BẢN SAO " }, { "id", "SALINAN " }, { "th", "สำเนา " }, { "es", "COPIA " }, { "fr", "COPIE " }, { "de", "KOPIE " },
};

/* The languages days are written in, NULL-terminated; English is the first. */
const char *const *
desk_letter_date_languages (void)
{
  static const char *const languages[] = { "en", "ja", "zh", "zh-TW", "ko", "ar", "ru", "vi", NULL };

  return languages;
}

static const Forms *
forms_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (forms[i].language, language) == 0)
      return &forms[i];
  return &forms[0];
}

static char *
write_date (const Forms *in, const char *form, int year, int month, int mday, const char *weekday)
{
  GString *out = g_string_new (NULL);

  for (const char *p = form; *p; p++)
    switch (*p)
      {
      case 'Y':
        g_string_append_printf (out, "%d", year);
        break;
      case 'M':
        g_string_append_printf (out, "%d", month);
        break;
      case 'D':
        g_string_append_printf (out, "%d", mday);
        break;
      case 'N':
        g_string_append (out, in->months[month - 1]);
        break;
      case 'G':
        g_string_append (out, in->within[month - 1]);
        break;
      case 'W':
        g_string_append (out, weekday);
        break;
      default:
        g_string_append_c (out, *p);
      }
  return g_string_free (out, FALSE);
}

/* "Sunday, 1 February 2026", 2026年2月1日(日); without the weekday on request. The caller frees it. */
char *
desk_letter_date (DeskDay day, const char *language, gboolean weekday)
{
  const Forms *in = forms_of (language);
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  return write_date (in, weekday ? in->with_weekday : in->day, year, month, mday, in->weekdays[desk_day_weekday (day) - 1]);
}

/* A day that may be known only to the month or year; NULL for what is no date. The caller frees it. */
char *
desk_letter_partial_date (const char *iso, const char *language)
{
  const Forms *in = forms_of (language);
  DeskDay day;

  if (!desk_partial_date_valid (iso))
    return NULL;
  if (desk_day_parse (iso, &day))
    return desk_letter_date (day, language, FALSE);
  int year = atoi (iso), month = strlen (iso) > 5 ? atoi (iso + 5) : 0;
  return write_date (in, month ? in->month : in->year, year, month, 0, "");
}

/* 令和8年2月1日; the first year is 元年. NULL before Meiji. The caller frees it. */
char *
desk_letter_era_date (DeskDay day)
{
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    if (day >= desk_day_from_ymd (eras[i].year, eras[i].month, eras[i].day))
      {
        int count = year - eras[i].year + 1;
        g_autofree char *number = count == 1 ? g_strdup ("元") : g_strdup_printf ("%d", count);

        return g_strdup_printf ("%s%s年%d月%d日", eras[i].name, number, month, mday);
      }
  return NULL;
}

/* A day of a field, written for a language: the era's year where it is asked for and the whole day is known. NULL for what is
 * no date. The caller frees it. */
char *
desk_letter_day_words (const char *iso, const char *language, DeskFilter filter)
{
  DeskDay day;
  gboolean whole = desk_partial_date_valid (iso) && desk_day_parse (iso, &day);
  char *era = whole && filter == DESK_FILTER_ERA ? desk_letter_era_date (day) : NULL;

  if (era)
    return era;
  if (filter == DESK_FILTER_ISO)
    return desk_partial_date_valid (iso) ? g_strdup (iso) : NULL;
  return whole ? desk_letter_date (day, language, filter == DESK_FILTER_WEEKDAY) : desk_letter_partial_date (iso, language);
}

/* "再発行 COPY · 2026-11-22 · no. 2": what stands over every page of a paper made again. The caller frees it. */
char *
desk_letter_copy_mark (const char *language, DeskDay day, guint number)
{
  g_autofree char *iso = desk_day_format (day);
  const char *words = "";

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (g_strcmp0 (copies[i].language, language) == 0)
      words = copies[i].words;
  return g_strdup_printf ("%sCOPY · %s · no. %u", words, iso, number);
}
