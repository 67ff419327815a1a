/* When the clinic is open, and the bits that find free time. */
#include "desk-bits.h"
#include "desk-hours.h"

static DeskDay
day (const char *iso)
{
  DeskDay out;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

static void
test_days (void)
{
  char week[] = "67";
  DeskClinic clinic = { .opens = 540, .closes = 1080, .closed_weekdays = week };
  static const struct { const char *day; DeskClosedWhy closed; const char *reason; int opens, closes; } cases[] = {
    { "2026-06-03", DESK_CLOSED_NOT, NULL, 540, 1080 },               /* Wednesday */
    { "2026-06-04", DESK_CLOSED_NOT, NULL, 540, 780 },                /* half a day */
    { "2026-06-06", DESK_CLOSED_WEEKDAY, NULL, 540, 1080 },           /* Saturday */
    { "2026-06-13", DESK_CLOSED_NOT, "Overseas", 540, 1080 },         /* one that is open */
    { "2026-05-05", DESK_CLOSED_HOLIDAY, "Children's Day", 540, 1080 },
    { "2026-05-06", DESK_CLOSED_NOT, "Golden Week", 540, 1080 },      /* a substitute holiday, open all the same */
    { "2026-06-10", DESK_CLOSED_DAY, "Inspection", 540, 1080 },
    { "2026-06-11", DESK_CLOSED_DAY, "Fire drill", 540, 780 },        /* closed and open: closed has the first word */
  };
  g_autoptr (DeskHours) hours = desk_hours_new (&clinic);
  DeskOpening thursday = { 4, 540, 780 };

  desk_hours_set_weekday (hours, &thursday);
  desk_hours_close (hours, day ("2026-06-10"), "Inspection");
  desk_hours_close (hours, day ("2026-06-11"), "Fire drill");
  desk_hours_open (hours, day ("2026-06-11"), "Drill moved");
  desk_hours_open (hours, day ("2026-06-13"), "Overseas");
  desk_hours_open (hours, day ("2026-05-06"), "Golden Week");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskHoursOfDay of_day = desk_hours_of_day (hours, day (cases[i].day));

      g_test_message ("%s", cases[i].day);
      g_assert_cmpint (of_day.closed, ==, cases[i].closed);
      g_assert_cmpstr (of_day.reason, ==, cases[i].reason);
      g_assert_cmpint (of_day.opens, ==, cases[i].opens);
      g_assert_cmpint (of_day.closes, ==, cases[i].closes);
      g_assert_cmpint (desk_hours_open_on (hours, day (cases[i].day)), ==, cases[i].closed == DESK_CLOSED_NOT);
    }
}

static void
test_blocks (void)
{
  DeskTimeBlock block = { .first = day ("2026-06-01"), .last = day ("2026-06-12"), .weekdays = (char *) "135", .from = 720, .until = 780 };
  static const struct { const char *field; int from, until; const char *weekdays; } wrong[] = {
    { "until", 780, 780, "1" }, { "until", 780, 720, "1" }, { "from", 721, 780, "1" }, { "from", -5, 780, "1" },
    { "until", 720, 1445, "1" }, { "weekdays", 720, 780, "" },
  };
  g_autoptr (DeskProblems) fine = desk_problems_new ();

  g_assert_true (desk_time_block_on (&block, day ("2026-06-01")));
  g_assert_false (desk_time_block_on (&block, day ("2026-06-02")));
  g_assert_true (desk_time_block_on (&block, day ("2026-06-12")));
  g_assert_false (desk_time_block_on (&block, day ("2026-06-15")));
  g_assert_false (desk_time_block_on (&block, day ("2026-05-29")));
  desk_time_block_check (&block, fine);
  g_assert_cmpuint (fine->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      block.from = wrong[i].from;
      block.until = wrong[i].until;
      block.weekdays = (char *) wrong[i].weekdays;
      desk_time_block_check (&block, problems);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_cmpstr (desk_problems_get (problems, 0)->field, ==, wrong[i].field);
    }
}

static void
test_opening (void)
{
  static const struct { int opens, closes; gboolean good; } rows[]
      = { { 540, 780, TRUE }, { 0, 1440, TRUE }, { 780, 540, FALSE }, { 541, 780, FALSE }, { 1440, 1440, FALSE }, { 540, 1445, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskOpening opening = { 1, rows[i].opens, rows[i].closes };

      desk_opening_check (&opening, problems);
      g_assert_cmpint (problems->len == 0, ==, rows[i].good);
    }
}

static void
assert_same (const DeskBits *bits, const gboolean *plain, guint n)
{
  guint next = 0;

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (desk_bits_get (bits, i), ==, plain[i]);
  while (next < n && !plain[next])
    next++;
  g_assert_cmpuint (desk_bits_next (bits, 0), ==, next);
  g_assert_false (desk_bits_get (bits, n));
}

/* Against the same done bit by bit, at every length that meets the edges of a word. */
static void
test_bits (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      guint n = g_test_rand_int_range (1, 300), length = g_test_rand_int_range (1, 150), by = g_test_rand_int_range (0, 150);
      g_autoptr (DeskBits) bits = desk_bits_new (n);
      g_autofree gboolean *plain = g_new0 (gboolean, n + 1), *fits = g_new0 (gboolean, n + 1), *later = g_new0 (gboolean, n + 1);

      desk_bits_put (bits, -5, n + 5, TRUE);
      for (guint i = 0; i < n; i++)
        plain[i] = TRUE;
      for (guint k = 0; k < 3; k++)
        {
          int from = g_test_rand_int_range (-20, n + 20), until = from + g_test_rand_int_range (0, 40);

          desk_bits_put (bits, from, until, k == 2);
          for (int i = MAX (from, 0); i < MIN (until, (int) n); i++)
            plain[i] = k == 2;
        }
      assert_same (bits, plain, n);
      for (guint i = 0; i < n; i++)
        {
          fits[i] = i + length <= n;
          for (guint k = i; k < n && k < i + length; k++)
            fits[i] = fits[i] && plain[k];
        }
      for (guint i = by; i < n; i++)
        later[i] = plain[i - by];

      g_autoptr (DeskBits) eroded = desk_bits_copy (bits), moved = desk_bits_copy (bits);
      desk_bits_fits (eroded, length);
      assert_same (eroded, fits, n);
      desk_bits_later (moved, by);
      assert_same (moved, later, n);
      desk_bits_and (eroded, moved);
      desk_bits_or (moved, bits);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpint (desk_bits_get (eroded, i), ==, fits[i] && later[i]);
          g_assert_cmpint (desk_bits_get (moved, i), ==, later[i] || plain[i]);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hours/days", test_days);
  g_test_add_func ("/hours/blocks", test_blocks);
  g_test_add_func ("/hours/opening", test_opening);
  g_test_add_func ("/hours/bits", test_bits);
  return g_test_run ();
}
