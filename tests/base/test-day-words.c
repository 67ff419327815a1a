#include "desk-day-words.h"

static const struct
{
  const char *text, *iso; /* NULL: no day */
  DeskDayOrder order;
  gboolean ambiguous;
} cases[] = {
  { "1961-03-05", "1961-03-05" }, { "1961/3/5", "1961-03-05" }, { "1961.3.5", "1961-03-05" }, { "19610305", "1961-03-05" },
  { "１９６１／３／５", "1961-03-05" }, { "1961年3月5日", "1961-03-05" }, { " 1961-03 ", "1961-03" }, { "1961", "1961" },
  { "1961年3月", "1961-03" }, { "3/1961", "1961-03" }, { "March 1961", "1961-03" },
  { "5 March 1961", "1961-03-05" }, { "5 Mar 1961", "1961-03-05" }, { "Mar 5, 1961", "1961-03-05" }, { "5th March 1961", "1961-03-05" },
  { "05-MAR-1961", "1961-03-05" }, { "1961 Mar 5", "1961-03-05" }, { "3 Sept 1961", "1961-09-03" },
  { "13/4/1961", "1961-04-13" }, { "4/13/1961", "1961-04-13" }, { "5.5.1961", "1961-05-05" },
  { "3/4/1961", NULL, DESK_DAY_ORDER_NONE, TRUE }, { "3/4/1961", "1961-04-03", DESK_DAY_ORDER_DMY, TRUE },
  { "3/4/1961", "1961-03-04", DESK_DAY_ORDER_MDY, TRUE }, { "13/4/1961", "1961-04-13", DESK_DAY_ORDER_MDY },
  { "昭和36年3月5日", "1961-03-05" }, { "S36.3.5", "1961-03-05" }, { "s36/3/5", "1961-03-05" }, { "昭36.3.5", "1961-03-05" },
  { "Showa 36.3.5", "1961-03-05" }, { "Ｓ３６．３．５", "1961-03-05" }, { "昭和36年", "1961" }, { "昭和36年3月", "1961-03" },
  { "明治45年7月29日", "1912-07-29" }, { "大正元年7月30日", "1912-07-30" }, { "大正15年12月24日", "1926-12-24" },
  { "昭和元年12月25日", "1926-12-25" }, { "昭和64年1月7日", "1989-01-07" }, { "昭和64年1月8日", NULL }, { "平成元年1月8日", "1989-01-08" },
  { "平成31年4月30日", "2019-04-30" }, { "令和元年5月1日", "2019-05-01" }, { "R1.4.30", NULL }, { "令和8年2月1日", "2026-02-01" },
  { "r6641101", NULL }, { "S999999999", NULL }, { "昭和64年", "1989" }, { "昭和65年", NULL }, { "令和0年5月1日", NULL },
  { "", NULL }, { NULL, NULL }, { "soon", NULL }, { "1961-02-29", NULL }, { "1960-02-29", "1960-02-29" }, { "1961-13", NULL },
  { "1961-00-05", NULL }, { "61-03-05", NULL }, { "5 March 61", NULL }, { "5/6", NULL }, { "March", NULL }, { "5 March", NULL },
  { "0/4/1961", NULL }, { "99999999999", NULL }, { "19611305", NULL }, { "1961-03-05-01", NULL }, { "1961-03-05 10:00", NULL },
  { "sam 3.5", NULL }, { "3 March April 1961", NULL }, { "S36 March 5", NULL },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean ambiguous = TRUE;
      g_autofree char *iso = desk_day_read (cases[i].text, cases[i].order, &ambiguous);

      if (g_strcmp0 (iso, cases[i].iso) != 0 || ambiguous != cases[i].ambiguous)
        g_error ("%s: %s, not %s (ambiguous %d)", cases[i].text, iso, cases[i].iso, ambiguous);
    }
}

static void
test_era (void)
{
  static const struct
  {
    const char *iso, *era;
  } days[] = { { "1989-01-07", "昭和64年1月7日" }, { "1989-01-08", "平成元年1月8日" }, { "2026-02-01", "令和8年2月1日" },
               { "1912-07-29", "明治45年7月29日" }, { "1867-01-01", "1867年1月1日" } };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      DeskDay day;

      g_assert_true (desk_day_parse (days[i].iso, &day));
      g_autofree char *era = desk_day_era (day);
      g_assert_cmpstr (era, ==, days[i].era);
    }
}

/* Every day since the first era comes back from its era. */
static void
test_round_trip (void)
{
  for (DeskDay day = desk_day_from_ymd (1873, 1, 1); day < desk_day_from_ymd (2030, 1, 1); day++)
    {
      g_autofree char *era = desk_day_era (day), *iso = desk_day_read (era, DESK_DAY_ORDER_NONE, NULL);
      g_autofree char *plain = desk_day_format (day);

      g_assert_cmpstr (iso, ==, plain);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day-words/read", test_read);
  g_test_add_func ("/base/day-words/era", test_era);
  g_test_add_func ("/base/day-words/round-trip", test_round_trip);
  return g_test_run ();
}
