/* The smallest set of rules that cannot hold together, and what each rule alone costs.
 *
 * A set of rules conflicts when nothing fits though all other rules are relaxed. Every such set has a rule in
 * common with every set whose relaxing helps. So: take the smallest set that meets all sets known to help; if
 * it conflicts it is the smallest there is; if not, what it leaves relaxed is made as small as possible and
 * is one more set that helps. A rule that is not in a conflict cannot help alone. */
#include "desk-plan-relax.h"

#include "desk-planner-private.h"

#define ALL_RULES ((1u << DESK_N_PLAN_RULES) - 1)
#define LONGER_SHELF 7
#define LONGER_HORIZON 183
#define NO_LIMIT 7000
#define PROBE_WORK 4000000    /* for one question whether anything fits, counted as in desk-plan-sweep.c */
#define VERDICT_WORK 16000000 /* for the question whether a set conflicts */
#define LAYING_WORK 20000     /* for laying a question out */

typedef enum
{
  UNASKED,
  YES,
  NO,
  UNSURE
} Verdict;

typedef struct
{
  const DeskPlanProblem *problem;
  guint8 fits[1 << DESK_N_PLAN_RULES]; /* of Verdict, by the rules relaxed */
  DeskPlan *alone[DESK_N_PLAN_RULES];  /* any plan without that rule */
  gint64 *work;
  gboolean unexplained;
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

/* Any plan, or NULL; sure: whether that is certain. */
static DeskPlan *
find_any (const PlanGround *ground, gint64 *work, gboolean *sure)
{
  const PlanSearch search = { .any = TRUE };
  g_autoptr (GPtrArray) plans = NULL;

  if (ground->strategy == DESK_PLAN_MIXED)
    return desk_plan_mixed_any (ground, work, sure);
  plans = desk_plan_sweep (ground, &search, work);
  *sure = plans->len > 0 || *work > 0;
  return plans->len > 0 ? g_ptr_array_steal_index (plans, 0) : NULL;
}

/* Whether anything fits without those rules, if so much work tells it. */
static Verdict
fits (Probe *probe, guint relaxed, gint64 most)
{
  gint64 given = MIN (most, *probe->work), work = given;
  gboolean sure;

  if (probe->fits[relaxed] != UNASKED)
    return probe->fits[relaxed];
  if (given <= 0)
    return UNSURE;

  g_autoptr (DeskPlanProblem) problem = desk_plan_problem_relaxed (probe->problem, relaxed);
  g_autofree PlanGround *ground = g_new (PlanGround, 1);
  g_autoptr (DeskPlan) plan = NULL;

  desk_plan_ground_lay (ground, problem);
  desk_plan_ground_freeze (ground);
  plan = find_any (ground, &work, &sure);
  *probe->work -= given - work + LAYING_WORK;
  probe->fits[relaxed] = plan ? YES : sure ? NO : UNSURE;
  for (int rule = 0; plan && rule < DESK_N_PLAN_RULES; rule++)
    if (relaxed == 1u << rule)
      probe->alone[rule] = g_steal_pointer (&plan);
  return probe->fits[relaxed];
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
smallest_meeting (Probe *probe, const GArray *helping)
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
  *probe->work -= ALL_RULES;
  return best;
}

/* The smallest set of rules that conflict; 0 when nothing fits even without any of them, or when it is not found.
 * That one of the helping sets is not known, or not as small as can be, does no harm: what meets those that are
 * known and conflicts is the smallest. */
static guint
smallest_conflict (Probe *probe)
{
  g_autoptr (GArray) helping = g_array_new (FALSE, FALSE, sizeof (guint));
  guint kept;
  Verdict verdict;

  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    if (fits (probe, 1u << rule, PROBE_WORK) == YES)
      {
        guint alone = 1u << rule;

        g_array_append_val (helping, alone);
      }
  kept = smallest_meeting (probe, helping);
  while ((verdict = fits (probe, ALL_RULES & ~kept, VERDICT_WORK)) == YES)
    {
      guint relaxed = ALL_RULES & ~kept;

      for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
        if (relaxed & 1u << rule && fits (probe, relaxed & ~(1u << rule), PROBE_WORK) == YES)
          relaxed &= ~(1u << rule);
      g_array_append_val (helping, relaxed);
      kept = smallest_meeting (probe, helping);
    }
  probe->unexplained = verdict == UNSURE;
  return verdict == NO ? kept : 0;
}

/* left: how many are still to be told, this one too; each has its part of the work. */
static DeskPlanRelaxation *
relaxation (Probe *probe, DeskPlanRule rule, gboolean in_conflict, int left)
{
  DeskPlanRelaxation *without = g_new0 (DeskPlanRelaxation, 1);

  without->rule = rule;
  without->in_conflict = in_conflict;
  if (probe->fits[1u << rule] != NO)
    {
      g_autoptr (DeskPlanProblem) problem = desk_plan_problem_relaxed (probe->problem, 1u << rule);
      g_autofree PlanGround *ground = g_new (PlanGround, 1);
      gint64 given = MAX (*probe->work / left, 1), work = given;

      desk_plan_ground_lay (ground, problem);
      without->plans = desk_plan_ground_best (ground, FALSE, &work);
      *probe->work -= given - work;
      without->too_hard = work <= 0;
    }
  else
    without->plans = g_ptr_array_new_with_free_func ((GDestroyNotify)desk_plan_free);
  if (without->plans->len == 0 && probe->alone[rule])
    g_ptr_array_add (without->plans, g_steal_pointer (&probe->alone[rule]));
  return without;
}

/* See desk-plan-relax.h. */
void
desk_plan_relax (const DeskPlanProblem *problem, DeskPlanAnswer *answer, gint64 *work)
{
  g_autofree Probe *probe = g_new0 (Probe, 1);
  gint64 reserve = *work / 4; /* for the plans */
  guint conflict, told;

  *work -= reserve;
  probe->problem = problem;
  probe->work = work;
  probe->fits[0] = NO;
  conflict = told = smallest_conflict (probe);
  *work = MAX (*work, 0) + reserve;
  for (int rule = 0; probe->unexplained && rule < DESK_N_PLAN_RULES; rule++)
    if (probe->fits[1u << rule] == YES)
      told |= 1u << rule;
  for (int rule = 0, left = count (told); rule < DESK_N_PLAN_RULES; rule++)
    if (told & 1u << rule)
      g_ptr_array_add (answer->relaxations,
                       relaxation (probe, (DeskPlanRule)rule, (conflict & 1u << rule) != 0, left--));
  answer->unexplained = probe->unexplained;
  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    desk_plan_free (probe->alone[rule]);
}
