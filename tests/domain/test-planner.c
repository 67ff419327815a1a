/* The planner against every plan there is, and its checker against plans that were damaged. */
#include <string.h>

#include "plan-brute.h"

#define INSTANCES 20000
#define SLOW_INSTANCES 200000

static void
assert_sound (const DeskPlanProblem *problem, const DeskPlan *plan, guint32 seed)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_plan_check (problem, plan, problems);
  if (problems->len > 0)
    g_error ("seed %u, %s: a plan breaks %s on %s", seed, desk_plan_strategy_code (problem->strategy),
             desk_problems_get (problems, 0)->field, desk_problems_get (problems, 0)->detail);
}

static void
assert_same (const DeskPlanProblem *problem, const GPtrArray *plans, const GArray *brute, guint32 seed)
{
  const char *strategy = desk_plan_strategy_code (problem->strategy);

  if (plans->len != brute->len)
    for (guint i = 0; i < MAX (plans->len, brute->len); i++)
      {
        const DeskPlan *plan = i < plans->len ? g_ptr_array_index (plans, i) : NULL;
        const BruteBest *best = i < brute->len ? &g_array_index (brute, BruteBest, i) : NULL;

        g_test_message ("%d %d %d | %d %d %d", plan ? plan->n_trips : 0, plan ? plan->n_days : 0,
                        plan ? plan->end - problem->first : 0, best ? best->trips : 0, best ? best->days : 0,
                        best ? best->end : 0);
      }
  if (plans->len != brute->len)
    g_error ("seed %u, %s: %u plans, not %u", seed, strategy, plans->len, brute->len);
  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *plan = g_ptr_array_index (plans, i);
      const BruteBest *best = &g_array_index (brute, BruteBest, i);

      if (plan->n_trips != best->trips || plan->n_days != best->days || plan->end - problem->first != best->end
          || plan->n_draws != best->draws || plan->n_fresh != best->fresh)
        g_error ("seed %u, %s, plan %u: %d trips, %d days, end %d, %d draws, %d fresh; not %d, %d, %d, %d, %d", seed,
                 strategy, i, plan->n_trips, plan->n_days, plan->end - problem->first, plan->n_draws, plan->n_fresh,
                 best->trips, best->days, best->end, best->draws, best->fresh);
    }
}

static void
exact (void)
{
  guint n = g_test_slow () ? SLOW_INSTANCES : INSTANCES, feasible = 0, alternatives = 0;
  gint64 brute_time = 0, time = 0;

  for (guint32 seed = 1; seed <= n; seed++)
    {
      g_autoptr (DeskPlanProblem) problem = random_small_problem (seed, seed % DESK_N_PLAN_STRATEGIES);
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      gboolean too_hard;
      gint64 t0 = g_get_monotonic_time ();
      g_autoptr (GArray) brute = brute_plans (problem);
      gint64 t1 = g_get_monotonic_time ();

      desk_plan_problem_check (problem, problems);
      g_assert_cmpuint (problems->len, ==, 0);
      g_autoptr (GPtrArray) plans = desk_plan_best (problem, &too_hard);
      brute_time += t1 - t0;
      time += g_get_monotonic_time () - t1;
      g_assert_false (too_hard);
      for (guint i = 0; i < plans->len; i++)
        assert_sound (problem, g_ptr_array_index (plans, i), seed);
      assert_same (problem, plans, brute, seed);
      feasible += brute->len > 0;
      alternatives += brute->len > 1;
    }
  g_test_message ("%u problems, %u with a plan, %u with several; brute force %.1f s, planner %.2f s", n, feasible,
                  alternatives, (double) brute_time / 1e6, (double) time / 1e6);
  g_assert_cmpuint (feasible, >, n / 4);
  g_assert_cmpuint (alternatives, >, n / 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/planner/exact", exact);
  return g_test_run ();
}
