/* Why nothing fits: the smallest set of rules against all sets there are, and each relaxed rule against brute force. */
#include "desk-plan-relax.h"
#include "plan-brute.h"

#define SEEDS 700
#define ALL ((1u << DESK_N_PLAN_RULES) - 1)

static gboolean
fits_without (const DeskPlanProblem *problem, guint rules)
{
  g_autoptr (DeskPlanProblem) relaxed = desk_plan_problem_relaxed (problem, rules);
  g_autoptr (GPtrArray) plans = desk_plan_best (relaxed, NULL);

  return plans->len > 0;
}

static gboolean
comes_first (guint a, guint b)
{
  int more = __builtin_popcount (a) - __builtin_popcount (b);

  return more ? more < 0 : ((a ^ b) & -(a ^ b) & a) != 0;
}

/* By trying every set of rules that is smaller or comes before; 0 for none. */
static guint
exhaustive (const DeskPlanProblem *problem, guint most)
{
  for (int size = 1; size <= (int) most; size++)
    {
      guint best = 0;

      for (guint kept = 1; kept <= ALL; kept++)
        if (__builtin_popcount (kept) == size && (!best || comes_first (kept, best))
            && !fits_without (problem, ALL & ~kept))
          best = kept;
      if (best)
        return best;
    }
  return 0;
}

static guint
conflict_of (const DeskPlanAnswer *answer)
{
  guint rules = 0, others = 0;

  for (guint i = 0; i < answer->relaxations->len; i++)
    {
      const DeskPlanRelaxation *relaxation = g_ptr_array_index (answer->relaxations, i);
      guint *set = relaxation->in_conflict ? &rules : &others;

      g_assert_true (!relaxation->in_conflict || others == 0);
      g_assert_cmpuint (*set, <, 1u << relaxation->rule);
      *set |= 1u << relaxation->rule;
    }
  return rules;
}

static void
assert_relaxed (const DeskPlanProblem *problem, const DeskPlanAnswer *answer)
{
  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    {
      const DeskPlanRelaxation *relaxation = NULL;
      g_autoptr (DeskPlanProblem) relaxed = desk_plan_problem_relaxed (problem, 1u << rule);

      for (guint i = 0; i < answer->relaxations->len; i++)
        if ((int) ((DeskPlanRelaxation *) g_ptr_array_index (answer->relaxations, i))->rule == rule)
          relaxation = g_ptr_array_index (answer->relaxations, i);
      g_autoptr (GPtrArray) plans = desk_plan_best (relaxed, NULL);
      g_assert_cmpuint (plans->len, ==, relaxation ? relaxation->plans->len : 0);
      for (guint i = 0; i < plans->len; i++)
        {
          const DeskPlan *told = g_ptr_array_index (relaxation->plans, i), *now = g_ptr_array_index (plans, i);
          g_autoptr (DeskProblems) problems = desk_problems_new ();

          desk_plan_check (relaxed, told, problems);
          g_assert_cmpuint (problems->len, ==, 0);
          g_assert_true (told->n_trips == now->n_trips && told->n_days == now->n_days && told->end == now->end);
        }
    }
}

static void
smallest (void)
{
  guint sizes[DESK_N_PLAN_RULES + 1] = { 0 }, tried = 0, hard = 0, n = 0;

  for (guint32 seed = 1; seed <= (g_test_slow () ? 20 * SEEDS : SEEDS); seed++)
    {
      g_autoptr (DeskPlanProblem) problem = random_small_problem (seed, seed % DESK_N_PLAN_STRATEGIES);
      g_autoptr (DeskPlanAnswer) answer = desk_plan_solve (problem);
      guint rules;

      n++;
      g_assert_false (answer->too_hard);
      if (answer->unexplained)
        {
          g_assert_cmpint (problem->strategy, ==, DESK_PLAN_MIXED);
          hard++;
          continue;
        }
      if (answer->plans->len > 0)
        {
          g_assert_cmpuint (answer->relaxations->len, ==, 0);
          continue;
        }
      rules = conflict_of (answer);
      sizes[__builtin_popcount (rules)]++;
      assert_relaxed (problem, answer);
      if (!rules)
        {
          g_assert_false (fits_without (problem, ALL));
          continue;
        }
      g_assert_false (fits_without (problem, ALL & ~rules));
      if (__builtin_popcount (rules) > 3 || tried > 25)
        continue;
      tried++;
      g_assert_cmpuint (rules, ==, exhaustive (problem, (guint) __builtin_popcount (rules)));
    }
  g_test_message ("conflicts of 0 to 5 rules: %u %u %u %u %u %u", sizes[0], sizes[1], sizes[2], sizes[3], sizes[4],
                  sizes[5]);
  g_test_message ("%u of %u were too hard", hard, n);
  g_assert_cmpuint (hard * 50, <, n);
  g_assert_cmpuint (tried, >, 10);
  g_assert_cmpuint (sizes[1], >, 5);
  g_assert_cmpuint (sizes[2], >, 5);
}

/* The conflict is what a reader would say: 15 days end with the first infusion, the second is a week later, and the
 * time is over before a second trip. */
static void
readable (void)
{
  g_autoptr (DeskPlanProblem) problem = desk_plan_problem_new ();

  problem->infusions = 2;
  problem->gap_min = 7;
  problem->gap_max = 14;
  problem->culture_min = 14;
  problem->culture_max = 21;
  problem->bank_days = 365;
  problem->fresh_per_draw = 6;
  problem->first = 20000;
  problem->last = 20025;
  problem->stay_days = 15;
  problem->home_days = 20;

  g_autoptr (DeskPlanAnswer) answer = desk_plan_solve (problem);
  g_assert_cmpuint (answer->plans->len, ==, 0);
  g_assert_cmpuint (conflict_of (answer), ==,
                    1u << DESK_PLAN_RULE_GAP | 1u << DESK_PLAN_RULE_STAY | 1u << DESK_PLAN_RULE_HOME
                      | 1u << DESK_PLAN_RULE_HORIZON);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-relax/smallest", smallest);
  g_test_add_func ("/plan-relax/readable", readable);
  return g_test_run ();
}
