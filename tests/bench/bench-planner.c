/* The planner over a year: each strategy on problems drawn by chance, and against the solvers of whole
 * numbers that are packaged, on the same problems, at the same optimum.
 *
 * Arguments: problems of each strategy (1,000), problems for the solvers (0), their seconds (120). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plan-brute.h"
#include "plan-program.h"

static int
by_time (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return one < other ? -1 : one > other;
}

/* Microseconds of processor time: others may be running. */
static gint64
cpu_time (void)
{
  return (gint64)clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC;
}

/* With reasons: what desk_plan_solve () answers to who cannot be planned, too. */
static void
time_strategy (DeskPlanStrategy strategy, guint n)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) reasons = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint feasible = 0, hard = 0, hard_reasons = 0, plans_found = 0;
  gint64 none = 0;

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr (DeskPlanProblem) problem = random_year_problem (seed, strategy);
      gboolean too_hard;
      gint64 t0 = cpu_time ();
      g_autoptr (GPtrArray) plans = desk_plan_best (problem, &too_hard);
      gint64 took = cpu_time () - t0;

      g_array_append_val (times, took);
      feasible += plans->len > 0;
      plans_found += plans->len;
      hard += too_hard;
      if (plans->len == 0 && !too_hard && reasons->len < 100)
        {
          t0 = cpu_time ();
          g_autoptr (DeskPlanAnswer) answer = desk_plan_solve (problem);
          took = cpu_time () - t0;
          g_array_append_val (reasons, took);
          hard_reasons += answer->unexplained;
        }
    }
  g_array_sort (times, by_time);
  g_array_append_val (reasons, none);
  g_array_sort (reasons, by_time);
  printf ("%-9s %u problems of 365 days, %u with a plan (%.1f plans each): median %.3f ms, p99 %.3f ms, "
          "longest %.3f ms, "
          "%u too hard; %u without a plan and their reasons: median %.1f ms, longest %.1f ms, %u unexplained\n",
          desk_plan_strategy_code (strategy), n, feasible, (double)plans_found / MAX (feasible, 1),
          (double)g_array_index (times, gint64, n / 2) / 1000,
          (double)g_array_index (times, gint64, n * 99 / 100) / 1000,
          (double)g_array_index (times, gint64, n - 1) / 1000, hard, reasons->len - 1,
          (double)g_array_index (reasons, gint64, reasons->len / 2) / 1000,
          (double)g_array_index (reasons, gint64, reasons->len - 1) / 1000, hard_reasons);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint)MAX (atoi (argv[1]), 1) : 1000;
  int programs = argc > 2 ? atoi (argv[2]) : 0, seconds = argc > 3 ? atoi (argv[3]) : 120;

  for (int strategy = 0; strategy < DESK_N_PLAN_STRATEGIES; strategy++)
    time_strategy ((DeskPlanStrategy)strategy, n);
  return desk_bench_programs (programs, seconds) ? 0 : 1;
}
