/* The smallest set of rules that cannot hold together, and what each rule alone costs.
 *
 * A set of rules conflicts when nothing fits though all other rules are relaxed. Every such set has a rule in
 * common with every set whose relaxing helps. So: take the smallest set that meets all sets known to help; if
 * it conflicts it is the smallest there is; if not, what it leaves relaxed is made as small as possible and
 * is one more set that helps. */
#include "desk-plan-relax.h"

#include "desk-planner-private.h"

#define ALL_RULES ((1u << DESK_N_PLAN_RULES) - 1)
#define LONGER_SHELF 7
#define LONGER_HORIZON 183
#define NO_LIMIT 7000
#define WORK 50000000       /* for all questions whether anything fits, counted as in desk-plan-sweep.c */
#define PROBE_WORK 15000000 /* for one of them */
#define PLANS_WORK 15000000 /* for all plans without a rule */

typedef struct
{
  const DeskPlanProblem *problem;
  gint8 fits[1 << DESK_N_PLAN_RULES]; /* by the rules relaxed: 0 not known, 1 yes, -1 no */
  gint64 work, plans_work;
  gboolean too_hard;
} Probe;

static void
relax_doses (DeskPlanProblem *problem, guint rules)
{
  gboolean enough = rules & 1u << DESK_PLAN_RULE_YIELD;

  for (guint i = 0; problem->doses && i < problem->doses->len; i++)
    {
      DeskPlanDose *dose = &g_array_index (problem->doses, DeskPlanDose, i);

      if (rules & 1u << DESK_PLAN_RULE_RELEASE)
        dose->ready = DESK_DAY_NONE;
      if (rules & 1u << DESK_PLAN_RULE_EXPIRY)
        dose->expiry = DESK_DAY_NONE;
      if (enough)
        dose->count = problem->infusions;
    }
  if (enough && problem->strategy == DESK_PLAN_BANKED && (!problem->doses || problem->doses->len == 0))
    {
      DeskPlanDose dose = { 0, DESK_DAY_NONE, DESK_DAY_NONE, problem->infusions };

      if (!problem->doses)
        problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
      g_array_append_val (problem->doses, dose);
    }
}

static void
relax_days (DeskPlanProblem *problem, guint rules)
{
  for (guint i = 0; problem->days && i < problem->days->len; i++)
    {
      DeskPlanDay *day = &g_array_index (problem->days, DeskPlanDay, i);

      if (rules & 1u << DESK_PLAN_RULE_CLOSED)
        day->closed = FALSE;
      if (rules & 1u << DESK_PLAN_RULE_BLACKOUT)
        day->blackout = FALSE;
      if (rules & 1u << DESK_PLAN_RULE_CAPACITY)
        day->draws_left = day->infusions_left = -1;
    }
  if (rules & 1u << DESK_PLAN_RULE_HORIZON)
    problem->last += LONGER_HORIZON; /* days that are not listed are free */
}

static void
relax_trips (DeskPlanProblem *problem, guint rules)
{
  if (rules & 1u << DESK_PLAN_RULE_WINDOWS)
    g_clear_pointer (&problem->windows, g_array_unref);
  if (rules & 1u << DESK_PLAN_RULE_STAY)
    {
      problem->stay_days = 0;
      problem->permitted_until = DESK_DAY_NONE;
    }
  if (rules & 1u << DESK_PLAN_RULE_BUFFERS)
    problem->before = problem->after = 0;
  if (rules & 1u << DESK_PLAN_RULE_HOME)
    problem->home_days = 0;
}

/* See desk-plan-relax.h. */
DeskPlanProblem *
desk_plan_problem_relaxed (const DeskPlanProblem *problem, guint rules)
{
  DeskPlanProblem *relaxed = desk_plan_problem_copy (problem);

  if (rules & 1u << DESK_PLAN_RULE_GAP)
    {
      relaxed->gap_min = 1;
      relaxed->gap_max = NO_LIMIT;
    }
  if (rules & 1u << DESK_PLAN_RULE_CULTURE)
    relaxed->culture_max = NO_LIMIT;
  if (rules & 1u << DESK_PLAN_RULE_SHELF)
    relaxed->fresh_days += LONGER_SHELF;
  if (rules & 1u << DESK_PLAN_RULE_RELEASE)
    relaxed->release_days = 0;
  if (rules & 1u << DESK_PLAN_RULE_EXPIRY)
    relaxed->bank_days = NO_LIMIT;
  if (rules & 1u << DESK_PLAN_RULE_YIELD)
    {
      relaxed->yield = 0;
      relaxed->fresh_per_draw = relaxed->infusions;
    }
  if (rules & 1u << DESK_PLAN_RULE_DRAWS)
    relaxed->max_draws = relaxed->infusions;
  relax_doses (relaxed, rules);
  relax_days (relaxed, rules);
  relax_trips (relaxed, rules);
  for (guint i = 0; (rules & 1u << DESK_PLAN_RULE_PAPERS) && relaxed->papers && i < relaxed->papers->len; i++)
    ((DeskPlanPaper *)g_ptr_array_index (relaxed->papers, i))->hard = FALSE;
  return relaxed;
}

static gboolean
found (Probe *probe, const PlanGround *ground, gboolean *sure)
{
  const PlanSearch search = { .any = TRUE };
  gint64 given = MIN (PROBE_WORK, probe->work), work = given;
  gboolean yes;

  if (ground->strategy == DESK_PLAN_MIXED)
    yes = desk_plan_mixed_any (ground, &work, sure);
  else
    {
      g_autoptr (GPtrArray) plans = desk_plan_sweep (ground, &search, &work);

      yes = plans->len > 0;
      *sure = yes || work > 0;
    }
  probe->work -= given - MAX (work, 0);
  return yes;
}

/* Whether anything fits without those rules. */
static gboolean
fits (Probe *probe, guint relaxed)
{
  if (probe->fits[relaxed] == 0)
    {
      g_autoptr (DeskPlanProblem) problem = desk_plan_problem_relaxed (probe->problem, relaxed);
      g_autofree PlanGround *ground = g_new (PlanGround, 1);
      gboolean sure, yes;

      desk_plan_ground_lay (ground, problem);
      desk_plan_ground_freeze (ground);
      yes = found (probe, ground, &sure);
      probe->too_hard = probe->too_hard || !sure;
      probe->fits[relaxed] = yes ? 1 : -1;
    }
  return probe->fits[relaxed] > 0;
}

static int
count (guint rules)
{
  return __builtin_popcount (rules);
}

/* Whether a comes before b in the order sets are told: fewer first, then by their rules. */
static gboolean
before (guint a, guint b)
{
  guint differs = a ^ b;

  if (count (a) != count (b))
    return count (a) < count (b);
  return (differs & -differs & a) != 0;
}

static guint
smallest_meeting (const GArray *helping)
{
  guint best = ALL_RULES;

  for (guint set = 0; set <= ALL_RULES; set++)
    {
      gboolean meets = before (set, best);

      for (guint i = 0; i < helping->len && meets; i++)
        meets = (set & g_array_index (helping, guint, i)) != 0;
      if (meets)
        best = set;
    }
  return best;
}

/* The smallest set of rules that conflict; 0 when nothing fits even without any of them. */
static guint
smallest_conflict (Probe *probe)
{
  g_autoptr (GArray) helping = g_array_new (FALSE, FALSE, sizeof (guint));
  guint kept = 0;

  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    if (fits (probe, 1u << rule))
      {
        guint alone = 1u << rule;

        g_array_append_val (helping, alone);
      }
  if (!fits (probe, ALL_RULES))
    return 0;
  kept = smallest_meeting (helping);
  while (fits (probe, ALL_RULES & ~kept) && !probe->too_hard)
    {
      guint relaxed = ALL_RULES & ~kept;

      for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
        if (relaxed & 1u << rule && fits (probe, relaxed & ~(1u << rule)))
          relaxed &= ~(1u << rule);
      g_array_append_val (helping, relaxed);
      kept = smallest_meeting (helping);
    }
  return probe->too_hard ? 0 : kept;
}

static DeskPlanRelaxation *
relaxation (Probe *probe, DeskPlanRule rule, gboolean in_conflict)
{
  DeskPlanRelaxation *without = g_new0 (DeskPlanRelaxation, 1);

  without->rule = rule;
  without->in_conflict = in_conflict;
  if (fits (probe, 1u << rule))
    {
      g_autoptr (DeskPlanProblem) problem = desk_plan_problem_relaxed (probe->problem, 1u << rule);

      g_autofree PlanGround *ground = g_new (PlanGround, 1);
      gint64 given = probe->plans_work, work = given;

      desk_plan_ground_lay (ground, problem);
      without->plans = desk_plan_ground_best (ground, FALSE, &work);
      probe->plans_work -= given - MAX (work, 0);
      probe->too_hard = probe->too_hard || work <= 0;
    }
  else
    without->plans = g_ptr_array_new_with_free_func ((GDestroyNotify)desk_plan_free);
  return without;
}

/* See desk-plan-relax.h. */
void
desk_plan_relax (const DeskPlanProblem *problem, DeskPlanAnswer *answer)
{
  g_autofree Probe *probe = g_new0 (Probe, 1);
  guint conflict;

  probe->problem = problem;
  probe->work = WORK;
  probe->plans_work = PLANS_WORK;
  probe->fits[0] = -1;
  conflict = smallest_conflict (probe);
  for (int in_conflict = 1; in_conflict >= 0; in_conflict--)
    for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
      if (((conflict >> rule) & 1) == (guint)in_conflict && (in_conflict || fits (probe, 1u << rule)))
        g_ptr_array_add (answer->relaxations, relaxation (probe, (DeskPlanRule)rule, in_conflict));
  answer->unexplained = probe->too_hard;
}
