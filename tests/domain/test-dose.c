/* What a dose delivers, and until when: the worked examples of the clinic, and their edges. */
#include "desk-dose.h"

#define AT(hour, minute) ((gint64) (hour) * 3600 + (minute) * 60)

static void
test_delivered (void)
{
  static const struct
  {
    gint64 nominal;
    int viability, given, volume;
    gint64 cells;
  } rows[] = {
    { 1000000000, 78, 100, 100, 780000000 },
    { 1000000000, 0, 100, 100, 1000000000 }, /* not measured */
    { 1000000000, 100, 100, 100, 1000000000 },
    { 1000000000, 140, 100, 100, 1000000000 },
    { 1000000000, 78, 50, 100, 390000000 },
    { 1000000000, 78, 0, 100, 0 },
    { 1000000000, 78, 200, 100, 780000000 }, /* no more than was in the bag */
    { 1000000000, 78, 50, 0, 0 },
    { 999999999, 50, 1, 3, 166666666 },      /* down, never up */
    { G_MAXINT64 / 100, 100, 100, 100, G_MAXINT64 / 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (desk_dose_delivered (rows[i].nominal, rows[i].viability, rows[i].given, rows[i].volume), ==, rows[i].cells);
  g_assert_cmpint (desk_dose_of_volume (12000000, 85), ==, 1020000000);
}

static void
test_range (void)
{
  g_assert_false (desk_dose_in_range (780000000, 1000000000, 5000000000));
  g_assert_true (desk_dose_in_range (1020000000, 1000000000, 5000000000));
  g_assert_true (desk_dose_in_range (1000000000, 1000000000, 1000000000));
  g_assert_false (desk_dose_in_range (5000000001, 1000000000, 5000000000));
}

static void
test_dmso (void)
{
  g_assert_cmpint (desk_dose_dmso (50, 100, 50000), ==, 110);
  g_assert_cmpint (desk_dose_dmso (600, 100, 60000), ==, 1100);
  g_assert_cmpint (desk_dose_dmso (545, 100, 60000), ==, 1000); /* 999.2: up, never down */
  g_assert_cmpint (desk_dose_dmso (600, 50, 60000), ==, 550);
  g_assert_cmpint (desk_dose_dmso (600, 100, 0), ==, 0);
}

static void
test_clock (void)
{
  gint64 until = desk_thaw_use_until (AT (10, 0), 0);

  g_assert_cmpint (until, ==, AT (10, 30));
  g_assert_true (desk_thaw_in_time (until, AT (10, 29)));
  g_assert_true (desk_thaw_in_time (until, AT (10, 30)));
  g_assert_false (desk_thaw_in_time (until, AT (10, 30) + 1));
  g_assert_false (desk_thaw_in_time (until, AT (10, 31)));
  g_assert_cmpint (desk_thaw_use_until (AT (10, 0), 20 * 60), ==, AT (10, 20));

  g_assert_cmpint (desk_thaw_clock (0, 0, AT (10, 0)), ==, DESK_THAW_CLOCK_NONE);
  g_assert_cmpint (desk_thaw_clock (until, 0, AT (10, 0)), ==, DESK_THAW_CLOCK_GOOD);
  g_assert_cmpint (desk_thaw_clock (until, 0, AT (10, 19)), ==, DESK_THAW_CLOCK_GOOD);
  g_assert_cmpint (desk_thaw_clock (until, 0, AT (10, 20)), ==, DESK_THAW_CLOCK_HURRY);
  g_assert_cmpint (desk_thaw_clock (until, 0, AT (10, 30)), ==, DESK_THAW_CLOCK_HURRY);
  g_assert_cmpint (desk_thaw_clock (until, 0, AT (10, 31)), ==, DESK_THAW_CLOCK_OVER);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 cells; /* -1 for refused */
  } rows[] = {
    { "1.2e9", 1200000000 },   { "1,2E9", 1200000000 },        { "1.2×10^9", 1200000000 }, { "1.2 x 10⁹", 1200000000 },
    { "1.2*10^9", 1200000000 }, { "１．２×１０⁹", 1200000000 }, { "1200000000", 1200000000 }, { "0", 0 },
    { "", -1 },                { "e9", -1 },                   { "-1e9", -1 },             { "many", -1 },
    { "1e99", -1 },            { "1.2.3", -1 },                { "1e9e9", -1 },            { "nan", -1 },
    { "5x10", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 cells = -1;

      if (desk_dose_parse (rows[i].text, &cells) != (rows[i].cells >= 0) || cells != rows[i].cells)
        g_error ("%s: %" G_GINT64_FORMAT, rows[i].text, cells);
    }
  g_assert_false (desk_dose_parse (NULL, &(gint64){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dose/delivered", test_delivered);
  g_test_add_func ("/dose/range", test_range);
  g_test_add_func ("/dose/dmso", test_dmso);
  g_test_add_func ("/dose/clock", test_clock);
  g_test_add_func ("/dose/parse", test_parse);
  return g_test_run ();
}
