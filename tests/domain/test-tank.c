#include <string.h>

#include "desk-tank.h"

#define HOUR 3600
#define NOW (20000 * (gint64) 86400)
#define NONE DESK_TANK_NONE

typedef struct
{
  double hours; /* before now */
  int level, after; /* after: NONE when not filled */
} Reading;

static void
add (GPtrArray *checks, const Reading *reading)
{
  DeskTankCheck *check = desk_tank_check_new (1);

  check->at = NOW - (gint64) (reading->hours * HOUR);
  check->level = reading->level;
  check->filled = reading->after != NONE;
  check->level_after = reading->after;
  g_ptr_array_add (checks, check);
}

static GPtrArray *
checks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) desk_tank_check_free);
}

/* A tank that loses 10 mm a day, give or take the stick's error, filled every seventh day: n days up to yesterday. */
static GPtrArray *
quiet_days (int n)
{
  static const int noise[] = { 0, 3, -4, 2, -1, 5, -3 };
  GPtrArray *checks = checks_new ();

  for (int day = n; day > 0; day--)
    {
      int since = (n - day) % 7;
      Reading reading = { 24.0 * day, 300 - 10 * since + (since ? noise[since] : 0), NONE };

      if (since == 0)
        reading = (Reading) { 24.0 * day, 230, 300 };
      add (checks, &reading);
    }
  return checks;
}

static const DeskTankRule rule = { .every_hours = 24, .level_low = 120, .level_full = 300, .warm_at = -1500, .probe_due_on = (char *) "",
                                   .phone = (char *) "" };

static void
test_slope (void)
{
  static const struct
  {
    const char *what;
    int days;
    Reading more[5];
    gboolean falling;
  } cases[] = {
    /* The 14th day of the quiet ones is six days after a filling: it stood at 240 − 3. */
    { "as ever", 14, { { 0, 228, NONE } }, FALSE },
    { "the stick's error", 14, { { 0, 218, NONE } }, FALSE },
    { "twice and a half as fast", 14, { { 0, 211, NONE } }, TRUE },
    { "in an hour", 14, { { 23, 195, NONE } }, TRUE },
    { "a little each hour", 14, { { 18, 230, NONE }, { 17, 224, NONE }, { 16, 217, NONE }, { 15, 210, NONE } }, TRUE },
    { "a little once in an hour", 14, { { 18, 233, NONE }, { 17, 229, NONE } }, FALSE },
    { "too few readings", 5, { { 0, 100, NONE } }, FALSE },
    { "just enough of them", 7, { { 0, 150, NONE } }, TRUE },
    { "filled and not written down", 14, { { 0, 300, NONE } }, FALSE },
    { "filled, the level not read", 14, { { 12, 228, -1 }, { 0, 200, NONE } }, FALSE },
    { "filled, then fast", 14, { { 12, 228, 300 }, { 0, 260, NONE } }, TRUE },
    { "fast, then filled", 14, { { 12, 195, 300 }, { 0, 295, NONE } }, FALSE },
    { "slower than ever", 14, { { 0, 237, NONE } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = quiet_days (cases[i].days);
      DeskTankLook look;

      for (guint r = 0; r < 5 && cases[i].more[r].level; r++)
        {
          add (checks, &cases[i].more[r]);
          if (cases[i].more[r].after == -1)
            ((DeskTankCheck *) checks->pdata[checks->len - 1])->level_after = NONE;
        }
      desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
      if (desk_tank_has (&look, DESK_TANK_FALLING) != cases[i].falling)
        g_error ("%s: %d mm a day against %d", cases[i].what, look.fall, look.usual_fall);
    }
}

/* Wherever the noise of a quiet tank falls, it is quiet: 2,000 tanks of 40 days. */
static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  int alarms = 0;

  for (int tank = 0; tank < 2000; tank++)
    {
      g_autoptr (GPtrArray) checks = checks_new ();
      double level = 300, loss = g_rand_double_range (random, 4, 25);
      DeskTankLook look;

      for (int day = 40; day >= 0; day--)
        {
          int read = (int) level + g_rand_int_range (random, -3, 4);
          Reading reading = { 24.0 * day + g_rand_double_range (random, -2, 2), read, level < 150 ? 300 : NONE };

          if (level < 150)
            level = 300;
          add (checks, &reading);
          level -= loss;
        }
      desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
      alarms += desk_tank_has (&look, DESK_TANK_FALLING);
    }
  g_assert_cmpint (alarms, ==, 0);
}

static void
test_level (void)
{
  static const struct
  {
    Reading readings[3];
    guint signs;
    int level;
    const char *headline;
  } cases[] = {
    { { { 1, 200, NONE } }, 0, 200, "good" },
    { { { 1, 120, NONE } }, 0, 120, "good" }, /* at the mark is not below it */
    { { { 1, 119, NONE } }, 1 << DESK_TANK_LOW, 119, "low" },
    { { { 1, 100, 300 } }, 0, 300, "good" },
    { { { 1, 100, 110 } }, 1 << DESK_TANK_LOW, 110, "low" },
    { { { 25, 110, NONE }, { 1, 100, NONE } }, 1 << DESK_TANK_LOW | 1 << DESK_TANK_FAILING, 100, "failing" },
    { { { 25, 110, 300 }, { 1, 100, 300 } }, 1 << DESK_TANK_FAILING, 300, "failing" }, /* empties in a day */
    { { { 25, 110, 300 }, { 1, 290, NONE } }, 0, 290, "good" },
    { { { 49, 110, NONE }, { 25, 100, 300 }, { 1, 290, NONE } }, 0, 290, "good" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = checks_new ();
      DeskTankLook look;

      for (guint r = 0; r < 3 && cases[i].readings[r].level; r++)
        add (checks, &cases[i].readings[r]);
      desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
      g_test_message ("case %u", i);
      g_assert_cmpuint (look.signs, ==, cases[i].signs);
      g_assert_cmpint (look.level, ==, cases[i].level);
      g_assert_cmpstr (desk_tank_headline (&look), ==, cases[i].headline);
    }
}

static void
test_clock (void)
{
  static const struct
  {
    int every, hours; /* since the last check; -1 for none */
    gboolean due, missed;
  } cases[] = {
    { 24, 23, FALSE, FALSE }, { 24, 24, TRUE, FALSE }, { 24, 27, TRUE, FALSE }, { 24, 28, TRUE, TRUE },
    { 8, 7, FALSE, FALSE },   { 8, 9, TRUE, FALSE },   { 8, 10, TRUE, TRUE },   { 168, 170, TRUE, FALSE },
    { 168, 172, TRUE, TRUE }, { 24, -1, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = checks_new ();
      DeskTankRule daily = rule;
      Reading reading = { cases[i].hours, 200, NONE };
      DeskTankLook look;

      daily.every_hours = cases[i].every;
      if (cases[i].hours >= 0)
        add (checks, &reading);
      desk_tank_look (&daily, checks, FALSE, NOW, 20000, &look);
      g_test_message ("case %u", i);
      g_assert_cmpint (desk_tank_has (&look, DESK_TANK_DUE), ==, cases[i].due);
      g_assert_cmpint (desk_tank_has (&look, DESK_TANK_MISSED), ==, cases[i].missed);
    }
}

static void
test_signs (void)
{
  g_autoptr (GPtrArray) checks = checks_new ();
  Reading reading = { 1, 100, NONE };
  DeskTankRule due = rule;
  DeskTankLook look;

  desk_tank_look (NULL, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "no-rules");
  add (checks, &reading);
  DeskTankCheck *check = checks->pdata[0];
  check->temperature = -1501;
  desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "low");
  check->temperature = -1500;
  desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "warm");
  desk_tank_look (&rule, checks, TRUE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "down");
  check->temperature = NONE;
  check->level = 200;
  check->frost = TRUE;
  desk_tank_look (&rule, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "lid");
  check->frost = FALSE;
  due.probe_due_on = (char *) "2024-10-18"; /* day 20014 */
  desk_tank_look (&due, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "probe");
  due.probe_due_on = (char *) "2024-10-19";
  desk_tank_look (&due, checks, FALSE, NOW, 20000, &look);
  g_assert_cmpstr (desk_tank_headline (&look), ==, "good");
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gboolean millimetres;
    int value; /* -9999: refused */
  } cases[] = {
    { "180", TRUE, 180 },      { "180 mm", TRUE, 180 },   { "１８０", TRUE, 180 },    { "18 cm", TRUE, 180 },     { "18.5cm", TRUE, 185 },
    { "", TRUE, NONE },        { "mm", TRUE, -9999 },     { "18 km", TRUE, -9999 },   { "123456", TRUE, -9999 },  { "-187", FALSE, -1870 },
    { "−187.5", FALSE, -1875 }, { "-187,5 °C", FALSE, -1875 }, { "－１９６℃", FALSE, -1960 }, { "40 L", FALSE, 400 }, { "--1", FALSE, -9999 },
    { "1.2.3", FALSE, -9999 }, { " ", FALSE, NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int value;
      gboolean ok = cases[i].millimetres ? desk_tank_read_millimetres (cases[i].text, &value) : desk_tank_read_tenths (cases[i].text, &value);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].value != -9999);
      if (ok)
        g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_forms (void)
{
  static const struct
  {
    const char *field, *code;
    int level, temperature, after, litres, filled;
    gint64 by, supersedes;
  } cases[] = {
    { NULL, NULL, 100, NONE, NONE, NONE, 0, 1, 0 },
    { NULL, NULL, NONE, -1800, NONE, NONE, 0, 1, 0 },
    { "level", "nothing-read", NONE, NONE, NONE, NONE, 0, 1, 0 },
    { "level", "not-in-range", 5001, NONE, NONE, NONE, 0, 1, 0 },
    { "temperature", "not-in-range", NONE, -2732, NONE, NONE, 0, 1, 0 },
    { "level_after", "not-filled", 100, NONE, 200, NONE, 0, 1, 0 },
    { NULL, NULL, 100, NONE, 200, 300, 1, 1, 0 },
    { "level_after", "fell-by-filling", 200, NONE, 100, NONE, 1, 1, 0 },
    { "level", "above-full", 451, NONE, NONE, NONE, 0, 1, 0 },
    { "by_id", "missing", 100, NONE, NONE, NONE, 0, 0, 0 },
    { "note", "reason-needed", 100, NONE, NONE, NONE, 0, 1, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      g_autoptr (DeskTankCheck) check = desk_tank_check_new (1);

      check->level = cases[i].level;
      check->temperature = cases[i].temperature;
      check->level_after = cases[i].after;
      check->litres = cases[i].litres;
      check->filled = cases[i].filled;
      check->by_id = cases[i].by;
      check->supersedes = cases[i].supersedes;
      desk_tank_check_check (check, &rule, NOW, problems);
      g_test_message ("case %u", i);
      g_assert_cmpuint (problems->len, ==, cases[i].code ? 1 : 0);
      if (cases[i].code)
        {
          g_assert_cmpstr (desk_problems_get (problems, 0)->field, ==, cases[i].field);
          g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, cases[i].code);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tank/slope", test_slope);
  g_test_add_func ("/tank/noise", test_noise);
  g_test_add_func ("/tank/level", test_level);
  g_test_add_func ("/tank/clock", test_clock);
  g_test_add_func ("/tank/signs", test_signs);
  g_test_add_func ("/tank/read", test_read);
  g_test_add_func ("/tank/forms", test_forms);
  return g_test_run ();
}
