#include "desk-ripple.h"

#include <string.h>

#define NONE DESK_DAY_NONE

/* Days are counted from a Monday far from every edge; the clinic is closed on the days named. */
#define D(n) (20000 + (n))

typedef struct
{
  int closed[6]; /* offsets; 0 ends it */
  int taken[8];  /* where stops were put, to be seen by those that follow */
  guint n_taken;
} Ground;

static gboolean
is_free (guint index, DeskDay day, gboolean taken, gpointer user_data)
{
  Ground *ground = user_data;

  for (guint i = 0; ground->closed[i]; i++)
    if (day == D (ground->closed[i]))
      return FALSE;
  for (guint i = 0; i < ground->n_taken; i++)
    if (day == ground->taken[i])
      return FALSE;
  if (taken)
    ground->taken[ground->n_taken++] = day;
  return TRUE;
}

/* A stop: day, struck, shift, after, gap; the rest is seldom. Days are offsets, 0 for none. */
#define STOP(d, s, sh, a, lo, hi, ...) \
  { .day = (d), .struck = s, .shift = sh, .after = a, .min_days = lo, .max_days = hi, __VA_ARGS__ }

static DeskRippleStop
real (DeskRippleStop stop)
{
  stop.day = D (stop.day);
  stop.earliest = stop.earliest ? D (stop.earliest) : NONE;
  stop.latest = stop.latest ? D (stop.latest) : NONE;
  stop.not_on = stop.not_on ? D (stop.not_on) : NONE;
  stop.stay_first = stop.stay_first ? D (stop.stay_first) : NONE;
  stop.stay_last = stop.stay_last ? D (stop.stay_last) : NONE;
  return stop;
}

static const struct
{
  const char *label;
  DeskRippleStop stops[4];
  guint n;
  int closed[6];
  DeskRippleGo goes[4]; /* days as offsets */
} cases[] = {
  { "nothing is struck, nothing moves", { STOP (10, FALSE, 0, -1, 0, 0), STOP (17, FALSE, 0, 0, 7, 14) }, 2, { 0 },
    { { DESK_RIPPLE_STAYS, 10 }, { DESK_RIPPLE_STAYS, 17 } } },
  { "three days late: the next stays within its gap of 7 to 14 only when it can",
    { STOP (10, TRUE, 3, -1, 0, 0), STOP (20, FALSE, 0, 0, 7, 14), STOP (27, FALSE, 0, 1, 7, 14) }, 3, { 0 },
    { { DESK_RIPPLE_MOVES, 13 }, { DESK_RIPPLE_STAYS, 20 }, { DESK_RIPPLE_STAYS, 27 } } },
  { "three days late: what is weekly goes along",
    { STOP (10, TRUE, 3, -1, 0, 0), STOP (17, FALSE, 0, 0, 7, 14), STOP (24, FALSE, 0, 1, 7, 14) }, 3, { 0 },
    { { DESK_RIPPLE_MOVES, 13 }, { DESK_RIPPLE_MOVES, 20 }, { DESK_RIPPLE_MOVES, 27 } } },
  { "late onto a closed day: the day after", { STOP (10, TRUE, 3, -1, 0, 0) }, 1, { 13 }, { { DESK_RIPPLE_MOVES, 14 } } },
  { "cells keep to that day and no longer: earlier within it is no use",
    { STOP (10, TRUE, 3, -1, 0, 0, .earliest = 13, .latest = 14) }, 1, { 13, 14 }, { { DESK_RIPPLE_NOWHERE, 10 } } },
  { "closed day: the nearest, later before earlier",
    { STOP (10, TRUE, 0, -1, 0, 0, .nearest = TRUE, .not_on = 10) }, 1, { 0 }, { { DESK_RIPPLE_MOVES, 11 } } },
  { "closed day: the day before when the next is closed too",
    { STOP (10, TRUE, 0, -1, 0, 0, .nearest = TRUE, .not_on = 10) }, 1, { 11 }, { { DESK_RIPPLE_MOVES, 9 } } },
  { "closed day: earlier where later would push what follows",
    { STOP (10, TRUE, 0, -1, 0, 0, .nearest = TRUE, .not_on = 10), STOP (17, FALSE, 0, 0, 7, 14) }, 2, { 0 },
    { { DESK_RIPPLE_MOVES, 9 }, { DESK_RIPPLE_STAYS, 17 } } },
  { "closed day: within its own gap",
    { STOP (3, FALSE, 0, -1, 0, 0), STOP (10, TRUE, 0, 0, 5, 7, .nearest = TRUE, .not_on = 10) }, 2, { 0 },
    { { DESK_RIPPLE_STAYS, 3 }, { DESK_RIPPLE_MOVES, 9 } } },
  { "within the stay before anything else",
    { STOP (10, TRUE, 0, -1, 0, 0, .nearest = TRUE, .not_on = 10, .stay_first = 5, .stay_last = 10) }, 1, { 9 },
    { { DESK_RIPPLE_MOVES, 8 } } },
  { "out of the stay when there is no other day",
    { STOP (10, TRUE, 3, -1, 0, 0, .earliest = 13, .stay_first = 5, .stay_last = 12) }, 1, { 0 },
    { { DESK_RIPPLE_MOVES_OUT_OF_STAY, 13 } } },
  { "out of the gap when there is no other day",
    { STOP (3, FALSE, 0, -1, 0, 0), STOP (10, TRUE, 1, 0, 7, 8) }, 2, { 10, 11 },
    { { DESK_RIPPLE_STAYS, 3 }, { DESK_RIPPLE_MOVES_OUT_OF_GAP, 12 } } },
  { "who is kept stays, and what follows counts from where he stays",
    { STOP (10, TRUE, 3, -1, 0, 0, .kept = TRUE), STOP (17, FALSE, 0, 0, 7, 14) }, 2, { 0 },
    { { DESK_RIPPLE_MOVES, 13 }, { DESK_RIPPLE_STAYS, 17 } } },
  { "what somebody put outside its gap is not drawn in",
    { STOP (10, TRUE, 2, -1, 0, 0), STOP (40, FALSE, 0, 0, 7, 14) }, 2, { 0 },
    { { DESK_RIPPLE_MOVES, 12 }, { DESK_RIPPLE_STAYS, 40 } } },
  { "this and later ones by the same days",
    { STOP (10, TRUE, 7, -1, 0, 0), STOP (17, TRUE, 7, 0, 7, 7), STOP (24, TRUE, 7, 1, 7, 7) }, 3, { 0 },
    { { DESK_RIPPLE_MOVES, 17 }, { DESK_RIPPLE_MOVES, 24 }, { DESK_RIPPLE_MOVES, 31 } } },
  { "earlier by the same days, but not before tomorrow",
    { STOP (10, TRUE, -12, -1, 0, 0), STOP (17, TRUE, -12, 0, 7, 14) }, 2, { 0 },
    { { DESK_RIPPLE_MOVES, 1 }, { DESK_RIPPLE_MOVES, 8 } } },
  { "two never on one place",
    { STOP (10, TRUE, 3, -1, 0, 0), STOP (11, TRUE, 2, -1, 0, 0) }, 2, { 0 },
    { { DESK_RIPPLE_MOVES, 13 }, { DESK_RIPPLE_MOVES, 14 } } },
};

static void
test_run (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Ground ground = { 0 };
      DeskRippleStop stops[4];
      DeskRippleGo goes[4];

      for (guint s = 0; s < cases[i].n; s++)
        stops[s] = real (cases[i].stops[s]);
      g_test_message ("%s", cases[i].label);
      memcpy (ground.closed, cases[i].closed, sizeof ground.closed);
      desk_ripple_run (stops, cases[i].n, D (0), is_free, &ground, goes);
      for (guint s = 0; s < cases[i].n; s++)
        {
          g_assert_cmpint (goes[s].day - D (0), ==, cases[i].goes[s].day);
          g_assert_cmpstr (desk_ripple_fit_code (goes[s].fit), ==, desk_ripple_fit_code (cases[i].goes[s].fit));
        }
    }
}

/* Whatever is struck: what moves within its gap is within it, kept stops stay, nothing is before tomorrow. */
static void
test_random (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      DeskRippleStop stops[6];
      DeskRippleGo goes[6];
      Ground ground = { 0 };
      DeskDay day = D (5);

      for (guint i = 0; i < 5; i++)
        ground.closed[i] = g_test_rand_int_range (1, 60);
      for (int i = 0; i < 6; i++)
        {
          DeskRippleStop stop = STOP (0, g_test_rand_int_range (0, 3) == 0, g_test_rand_int_range (-4, 8), i - 1, 2, 9);

          day += g_test_rand_int_range (2, 10);
          stop.kept = g_test_rand_int_range (0, 5) == 0;
          stops[i] = real (stop);
          stops[i].day = day;
        }
      ground.closed[5] = 0;
      desk_ripple_run (stops, 6, D (0), is_free, &ground, goes);
      for (int i = 1; i < 6; i++)
        {
          DeskDay base = stops[i - 1].kept ? stops[i - 1].day : goes[i - 1].day;

          g_assert_cmpint (goes[i].day, >, D (0));
          if (goes[i].fit == DESK_RIPPLE_MOVES)
            {
              g_assert_cmpint (goes[i].day, >=, base + 2);
              g_assert_cmpint (goes[i].day, <=, base + 9);
            }
          if (goes[i].fit == DESK_RIPPLE_STAYS)
            g_assert_cmpint (goes[i].day, ==, stops[i].day);
        }
    }
}

static void
test_codes (void)
{
  DeskRippleKind kind;

  for (guint i = 0; i < DESK_N_RIPPLES; i++)
    {
      g_assert_true (desk_ripple_kind_read (desk_ripple_kind_code (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_false (desk_ripple_kind_read ("earthquake", &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ripple/run", test_run);
  g_test_add_func ("/ripple/random", test_random);
  g_test_add_func ("/ripple/codes", test_codes);
  return g_test_run ();
}
