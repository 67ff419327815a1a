#include "desk-holiday.h"

#include <string.h>

static const struct
{
  const char *day, *name, *name_ja;
} cases[] = {
  { "1948-07-19", NULL, NULL },
  { "1948-09-23", "Autumnal Equinox Day", "秋分の日" },
  { "1959-04-10", "Wedding of the Crown Prince", "結婚の儀" },
  { "1973-02-12", NULL, NULL }, /* substitutes begin in April 1973 */
  { "1973-04-30", "Substitute Holiday", "振替休日" },
  { "1985-05-04", NULL, NULL },
  { "1988-05-04", "Citizens' Holiday", "国民の休日" },
  { "1989-02-24", "Funeral of the Showa Emperor", "大喪の礼" },
  { "1999-01-15", "Coming of Age Day", "成人の日" },
  { "2000-01-10", "Coming of Age Day", "成人の日" },
  { "2000-01-15", NULL, NULL },
  { "2018-12-24", "Substitute Holiday", "振替休日" },
  { "2019-02-23", NULL, NULL }, /* no birthday of the emperor in 2019 */
  { "2019-04-30", "Citizens' Holiday", "国民の休日" },
  { "2019-05-01", "Enthronement Day", "天皇の即位の日" },
  { "2019-05-02", "Citizens' Holiday", "国民の休日" },
  { "2019-05-06", "Substitute Holiday", "振替休日" },
  { "2019-05-07", NULL, NULL },
  { "2019-10-22", "Enthronement Ceremony", "即位礼正殿の儀" },
  { "2019-12-23", NULL, NULL },
  { "2020-02-24", "Substitute Holiday", "振替休日" },
  { "2020-07-20", NULL, NULL },
  { "2020-07-23", "Marine Day", "海の日" },
  { "2020-07-24", "Sports Day", "スポーツの日" },
  { "2020-08-10", "Mountain Day", "山の日" },
  { "2020-08-11", NULL, NULL },
  { "2020-10-12", NULL, NULL },
  { "2021-07-22", "Marine Day", "海の日" },
  { "2021-08-09", "Substitute Holiday", "振替休日" },
  { "2021-10-11", NULL, NULL },
  { "2026-05-06", "Substitute Holiday", "振替休日" }, /* three days after a Sunday */
  { "2026-09-20", NULL, NULL },
  { "2026-09-21", "Respect for the Aged Day", "敬老の日" },
  { "2026-09-22", "Citizens' Holiday", "国民の休日" },
  { "2026-09-23", "Autumnal Equinox Day", "秋分の日" },
  { "2026-09-24", NULL, NULL },
};

static DeskDay
day (const char *iso)
{
  DeskDay out = DESK_DAY_NONE;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].day);
      g_assert_cmpstr (desk_holiday_name (day (cases[i].day), FALSE), ==, cases[i].name);
      g_assert_cmpstr (desk_holiday_name (day (cases[i].day), TRUE), ==, cases[i].name_ja);
    }
  g_assert_null (desk_holiday_name (DESK_DAY_NONE, FALSE));
}

/* Every day of the list is a holiday and no other day of its years is. */
static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("DESK_TEST_DATA"), "holidays-japan.tsv", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  DeskDay next = DESK_DAY_NONE;
  guint n = 0;

  for (guint i = 0; lines[i]; i++)
    {
      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      DeskDay holiday = day (cells[0]);

      for (; next != DESK_DAY_NONE && next < holiday; next++)
        if (desk_holiday_name (next, TRUE))
          g_error ("no holiday: %s %s", desk_day_format (next), desk_holiday_name (next, TRUE));
      g_test_message ("%s", lines[i]);
      g_assert_nonnull (desk_holiday_name (holiday, TRUE));
      /* The list calls citizens' and substitute holidays alike, and glosses some names in brackets. */
      if (!g_str_has_suffix (cells[1], "休日") && !strstr (cells[1], "（"))
        g_assert_cmpstr (desk_holiday_name (holiday, TRUE), ==, cells[1]);
      next = holiday + 1;
      n++;
    }
  g_assert_cmpuint (n, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holiday/table", test_table);
  g_test_add_func ("/holiday/list", test_list);
  return g_test_run ();
}
