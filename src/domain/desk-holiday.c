/* Public holidays of Japan by the Act on National Holidays (Act 178 of 1948) as amended, and the special
 * acts for imperial events and for the Olympic years 2020 and 2021. The equinoxes are announced one year
 * ahead; the formula below has agreed with every announcement so far. */
#include "desk-holiday.h"

#define ALWAYS 9999

typedef enum
{
  ON_DAY,       /* day is the day of the month */
  ON_MONDAY,    /* day is which Monday of the month */
  ON_VERNAL,
  ON_AUTUMNAL,
} RuleKind;

typedef struct
{
  int first_year, last_year;
  RuleKind kind;
  int month, day;
  const char *name, *name_ja;
} HolidayRule;

static const HolidayRule rules[] = {
  { 1949, ALWAYS, ON_DAY, 1, 1, "New Year's Day", "元日" },
  { 1949, 1999, ON_DAY, 1, 15, "Coming of Age Day", "成人の日" },
  { 2000, ALWAYS, ON_MONDAY, 1, 2, "Coming of Age Day", "成人の日" },
  { 1967, ALWAYS, ON_DAY, 2, 11, "National Foundation Day", "建国記念の日" },
  { 2020, ALWAYS, ON_DAY, 2, 23, "Emperor's Birthday", "天皇誕生日" },
  { 1989, 1989, ON_DAY, 2, 24, "Funeral of the Showa Emperor", "大喪の礼" },
  { 1949, ALWAYS, ON_VERNAL, 3, 0, "Vernal Equinox Day", "春分の日" },
  { 1959, 1959, ON_DAY, 4, 10, "Wedding of the Crown Prince", "結婚の儀" },
  { 1949, 1988, ON_DAY, 4, 29, "Emperor's Birthday", "天皇誕生日" },
  { 1989, 2006, ON_DAY, 4, 29, "Greenery Day", "みどりの日" },
  { 2007, ALWAYS, ON_DAY, 4, 29, "Showa Day", "昭和の日" },
  { 2019, 2019, ON_DAY, 5, 1, "Enthronement Day", "天皇の即位の日" },
  { 1949, ALWAYS, ON_DAY, 5, 3, "Constitution Memorial Day", "憲法記念日" },
  { 2007, ALWAYS, ON_DAY, 5, 4, "Greenery Day", "みどりの日" },
  { 1949, ALWAYS, ON_DAY, 5, 5, "Children's Day", "こどもの日" },
  { 1993, 1993, ON_DAY, 6, 9, "Wedding of the Crown Prince", "結婚の儀" },
  { 1996, 2002, ON_DAY, 7, 20, "Marine Day", "海の日" },
  { 2003, 2019, ON_MONDAY, 7, 3, "Marine Day", "海の日" },
  { 2020, 2020, ON_DAY, 7, 23, "Marine Day", "海の日" },
  { 2021, 2021, ON_DAY, 7, 22, "Marine Day", "海の日" },
  { 2022, ALWAYS, ON_MONDAY, 7, 3, "Marine Day", "海の日" },
  { 2020, 2020, ON_DAY, 7, 24, "Sports Day", "スポーツの日" },
  { 2021, 2021, ON_DAY, 7, 23, "Sports Day", "スポーツの日" },
  { 2016, 2019, ON_DAY, 8, 11, "Mountain Day", "山の日" },
  { 2020, 2020, ON_DAY, 8, 10, "Mountain Day", "山の日" },
  { 2021, 2021, ON_DAY, 8, 8, "Mountain Day", "山の日" },
  { 2022, ALWAYS, ON_DAY, 8, 11, "Mountain Day", "山の日" },
  { 1966, 2002, ON_DAY, 9, 15, "Respect for the Aged Day", "敬老の日" },
  { 2003, ALWAYS, ON_MONDAY, 9, 3, "Respect for the Aged Day", "敬老の日" },
  { 1948, ALWAYS, ON_AUTUMNAL, 9, 0, "Autumnal Equinox Day", "秋分の日" },
  { 1966, 1999, ON_DAY, 10, 10, "Health and Sports Day", "体育の日" },
  { 2000, 2019, ON_MONDAY, 10, 2, "Health and Sports Day", "体育の日" },
  { 2022, ALWAYS, ON_MONDAY, 10, 2, "Sports Day", "スポーツの日" },
  { 2019, 2019, ON_DAY, 10, 22, "Enthronement Ceremony", "即位礼正殿の儀" },
  { 1948, ALWAYS, ON_DAY, 11, 3, "Culture Day", "文化の日" },
  { 1990, 1990, ON_DAY, 11, 12, "Enthronement Ceremony", "即位礼正殿の儀" },
  { 1948, ALWAYS, ON_DAY, 11, 23, "Labour Thanksgiving Day", "勤労感謝の日" },
  { 1989, 2018, ON_DAY, 12, 23, "Emperor's Birthday", "天皇誕生日" },
};

static const HolidayRule substitute = { 1973, ALWAYS, ON_DAY, 0, 0, "Substitute Holiday", "振替休日" };
static const HolidayRule citizens = { 1986, ALWAYS, ON_DAY, 0, 0, "Citizens' Holiday", "国民の休日" };

/* The day of March or September by the approximation of the Hydrographic Department (Shinkō Kōsoku
 * Sōsei): a constant per epoch, the tropical year's excess, less the leap days. Valid until 2150. */
static int
equinox_day (int year, gboolean vernal)
{
  static const struct
  {
    int last_year, leap_base;
    double vernal, autumnal;
  } epochs[] = {
    { 1979, 1983, 20.8357, 23.2588 },
    { 2099, 1980, 20.8431, 23.2488 },
    { ALWAYS, 1980, 21.8510, 24.2488 },
  };
  guint i = 0;

  while (year > epochs[i].last_year)
    i++;
  double base = vernal ? epochs[i].vernal : epochs[i].autumnal;
  return (int) (base + 0.242194 * (year - 1980) - (year - epochs[i].leap_base) / 4);
}

static int
rule_day (const HolidayRule *rule, int year)
{
  switch (rule->kind)
    {
    case ON_MONDAY:
      return 1 + (8 - desk_day_weekday (desk_day_from_ymd (year, rule->month, 1))) % 7 + 7 * (rule->day - 1);
    case ON_VERNAL:
    case ON_AUTUMNAL:
      return equinox_day (year, rule->kind == ON_VERNAL);
    default:
      return rule->day;
    }
}

static const HolidayRule *
national_holiday (DeskDay day)
{
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].month == month && year >= rules[i].first_year && year <= rules[i].last_year
        && rule_day (&rules[i], year) == mday)
      return &rules[i];
  return NULL;
}

/* Article 3 (2), in force from 12 April 1973: the day after a holiday that falls on a Sunday. Since 2007
 * it passes over further holidays; before, it was the Monday or nothing. */
static gboolean
is_substitute (DeskDay day, int year)
{
  if (day < desk_day_from_ymd (1973, 4, 12))
    return FALSE;
  if (year < 2007)
    return desk_day_weekday (day) == 1 && national_holiday (day - 1) != NULL;
  for (DeskDay d = day - 1; national_holiday (d); d--)
    if (desk_day_weekday (d) == 7)
      return TRUE;
  return FALSE;
}

/* Article 3 (3), in force from 27 December 1985: a day with a holiday before and after it. */
static gboolean
is_citizens (DeskDay day, int year)
{
  if (year < citizens.first_year || (year < 2007 && desk_day_weekday (day) == 7))
    return FALSE;
  return national_holiday (day - 1) && national_holiday (day + 1);
}

/* The holiday's name, static, in English or Japanese; NULL when the day is none or lies before the Act
 * came into force on 20 July 1948. */
const char *
desk_holiday_name (DeskDay day, gboolean japanese)
{
  if (day == DESK_DAY_NONE || day < desk_day_from_ymd (1948, 7, 20))
    return NULL;

  int year;
  const HolidayRule *rule = national_holiday (day);

  desk_day_to_ymd (day, &year, NULL, NULL);
  if (!rule && is_substitute (day, year))
    rule = &substitute;
  if (!rule && is_citizens (day, year))
    rule = &citizens;
  if (!rule)
    return NULL;
  return japanese ? rule->name_ja : rule->name;
}
