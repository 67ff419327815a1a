/* Plans that were damaged: the checker names the rule each time. And problems that cannot be asked. */
#include "plan-brute.h"

#define SEEDS 1500

typedef struct
{
  DeskPlanProblem *problem;
  DeskPlan *plan;
} Case;

/* Does the damage; FALSE when the plan has nothing to be damaged that way. */
typedef gboolean (*Damage) (Case *at);

static DeskPlanVisit *
visit (const Case *at, guint i)
{
  return &g_array_index (at->plan->visits, DeskPlanVisit, i);
}

static DeskPlanTrip *
trip (const Case *at, guint i)
{
  return &g_array_index (at->plan->trips, DeskPlanTrip, i);
}

static DeskPlanVisit *
last_visit (const Case *at)
{
  return visit (at, at->plan->visits->len - 1);
}

/* The first infusion from such a source, or NULL. */
static DeskPlanVisit *
infusion_from (const Case *at, DeskPlanSource source)
{
  for (guint i = 0; i < at->plan->visits->len; i++)
    if (visit (at, i)->infusion && visit (at, i)->source == source)
      return visit (at, i);
  return NULL;
}

static int
age_of (const Case *at, const DeskPlanVisit *infusion)
{
  for (guint i = 0; i < at->plan->visits->len; i++)
    if (visit (at, i)->draw && visit (at, i)->draw_number == infusion->from_draw)
      return infusion->day - visit (at, i)->day;
  g_assert_not_reached ();
}

static DeskPlanDay *
day_of (Case *at, DeskDay day)
{
  if (!at->problem->days)
    {
      static const DeskPlanDay open = { FALSE, FALSE, -1, -1 };

      at->problem->days = g_array_new (FALSE, FALSE, sizeof (DeskPlanDay));
      for (DeskDay d = at->problem->first; d <= at->problem->last; d++)
        g_array_append_val (at->problem->days, open);
    }
  return &g_array_index (at->problem->days, DeskPlanDay, day - at->problem->first);
}

static gboolean
gap_short (Case *at)
{
  at->problem->gap_min = at->problem->gap_max = at->problem->gap_max + 1;
  return at->problem->infusions > 1;
}

static gboolean
gap_long (Case *at)
{
  at->problem->gap_max = 0;
  return at->problem->infusions > 1;
}

static gboolean
culture (Case *at)
{
  const DeskPlanVisit *fresh = infusion_from (at, DESK_PLAN_FROM_FRESH);

  if (fresh)
    at->problem->culture_min = age_of (at, fresh) + 1;
  return fresh != NULL;
}

static gboolean
shelf (Case *at)
{
  const DeskPlanVisit *fresh = infusion_from (at, DESK_PLAN_FROM_FRESH);

  if (fresh)
    {
      at->problem->culture_max = age_of (at, fresh) - 1;
      at->problem->fresh_days = 0;
    }
  return fresh != NULL;
}

static gboolean
release_frozen (Case *at)
{
  const DeskPlanVisit *frozen = infusion_from (at, DESK_PLAN_FROM_FROZEN);

  if (frozen)
    at->problem->release_days = age_of (at, frozen) - at->problem->culture_min + 1;
  return frozen != NULL;
}

static gboolean
expiry_frozen (Case *at)
{
  const DeskPlanVisit *frozen = infusion_from (at, DESK_PLAN_FROM_FROZEN);

  if (frozen)
    at->problem->bank_days = age_of (at, frozen) - 1;
  return frozen != NULL;
}

static DeskPlanDose *
dose_of (const Case *at, gint64 id)
{
  for (guint i = 0; i < at->problem->doses->len; i++)
    if (g_array_index (at->problem->doses, DeskPlanDose, i).id == id)
      return &g_array_index (at->problem->doses, DeskPlanDose, i);
  g_assert_not_reached ();
}

static gboolean
release_banked (Case *at)
{
  const DeskPlanVisit *banked = infusion_from (at, DESK_PLAN_FROM_BANK);

  if (banked)
    dose_of (at, banked->dose_id)->ready = banked->day + 1;
  return banked != NULL;
}

static gboolean
expiry_banked (Case *at)
{
  const DeskPlanVisit *banked = infusion_from (at, DESK_PLAN_FROM_BANK);

  if (banked)
    dose_of (at, banked->dose_id)->expiry = banked->day - 1;
  return banked != NULL;
}

static gboolean
yield_banked (Case *at)
{
  const DeskPlanVisit *banked = infusion_from (at, DESK_PLAN_FROM_BANK);

  if (banked)
    dose_of (at, banked->dose_id)->count = 0;
  return banked != NULL;
}

static gboolean
no_such_dose (Case *at)
{
  DeskPlanVisit *banked = infusion_from (at, DESK_PLAN_FROM_BANK);

  if (banked)
    banked->dose_id = 4711;
  return banked != NULL;
}

static gboolean
yield (Case *at)
{
  at->problem->yield = 1;
  return at->problem->strategy == DESK_PLAN_ONE_DRAW && at->problem->infusions > 1;
}

static gboolean
too_many_fresh (Case *at)
{
  at->problem->fresh_per_draw = 0;
  return infusion_from (at, DESK_PLAN_FROM_FRESH) != NULL;
}

static gboolean
draws (Case *at)
{
  at->problem->max_draws = at->plan->n_draws - 1;
  return at->problem->strategy == DESK_PLAN_MIXED && at->plan->n_draws > 0;
}

static gboolean
windows (Case *at)
{
  DeskDaySpan span = { at->problem->first - 50, last_visit (at)->day + at->problem->after - 1 };

  g_clear_pointer (&at->problem->windows, g_array_unref);
  at->problem->windows = g_array_new (FALSE, FALSE, sizeof (DeskDaySpan));
  g_array_append_val (at->problem->windows, span);
  return TRUE;
}

static gboolean
stay (Case *at)
{
  const DeskPlanTrip *last = trip (at, at->plan->trips->len - 1);

  at->problem->permitted_until = DESK_DAY_NONE;
  at->problem->stay_days = last->departure - last->arrival;
  return at->problem->stay_days > 0;
}

static gboolean
permission (Case *at)
{
  at->problem->permitted_until = trip (at, 0)->departure - 1;
  return at->problem->here_since != DESK_DAY_NONE;
}

static gboolean
late_arrival (Case *at)
{
  at->problem->before++;
  return at->problem->here_since == DESK_DAY_NONE;
}

static gboolean
early_departure (Case *at)
{
  trip (at, at->plan->trips->len - 1)->departure--;
  return at->problem->after > 0;
}

static gboolean
home (Case *at)
{
  if (at->plan->trips->len > 1)
    at->problem->home_days = trip (at, 1)->arrival - trip (at, 0)->departure;
  return at->plan->trips->len > 1;
}

static gboolean
closed (Case *at)
{
  day_of (at, last_visit (at)->day)->closed = TRUE;
  return TRUE;
}

static gboolean
blackout (Case *at)
{
  day_of (at, visit (at, 0)->day)->blackout = TRUE;
  return TRUE;
}

static gboolean
no_chair (Case *at)
{
  day_of (at, last_visit (at)->day)->infusions_left = 0;
  return TRUE;
}

static gboolean
no_bench (Case *at)
{
  day_of (at, visit (at, 0)->day)->draws_left = 0;
  return visit (at, 0)->draw;
}

static gboolean
papers (Case *at)
{
  DeskPlanPaper *paper = g_new0 (DeskPlanPaper, 1);

  paper->code = g_strdup ("viral");
  paper->hard = paper->for_infusion = TRUE;
  paper->good_until = last_visit (at)->day - 1;
  if (!at->problem->papers)
    at->problem->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_paper_free);
  g_ptr_array_add (at->problem->papers, paper);
  return TRUE;
}

static gboolean
after_the_end (Case *at)
{
  at->problem->last = last_visit (at)->day - 1;
  return TRUE;
}

static gboolean
arrives_before_first (Case *at)
{
  trip (at, 0)->arrival = at->problem->first - 1;
  return at->problem->here_since == DESK_DAY_NONE;
}

static gboolean
two_on_a_day (Case *at)
{
  if (at->plan->visits->len > 1)
    visit (at, 1)->day = visit (at, 0)->day;
  return at->plan->visits->len > 1;
}

static gboolean
one_infusion_less (Case *at)
{
  g_array_set_size (at->plan->visits, at->plan->visits->len - 1);
  return TRUE;
}

static gboolean
for_nothing (Case *at)
{
  visit (at, 0)->draw = visit (at, 0)->infusion = FALSE;
  return TRUE;
}

static gboolean
from_no_draw (Case *at)
{
  last_visit (at)->from_draw = 77;
  return last_visit (at)->source != DESK_PLAN_FROM_BANK;
}

static gboolean
bank_against_strategy (Case *at)
{
  last_visit (at)->source = DESK_PLAN_FROM_BANK;
  return at->problem->strategy == DESK_PLAN_ONE_DRAW || at->problem->strategy == DESK_PLAN_DRAW_EACH;
}

static gboolean
draw_against_strategy (Case *at)
{
  last_visit (at)->draw = TRUE;
  last_visit (at)->draw_number = at->plan->n_draws + 1;
  return at->problem->strategy != DESK_PLAN_MIXED;
}

static gboolean
trip_for_nothing (Case *at)
{
  DeskPlanTrip more = { at->problem->last + 500, at->problem->last + 501 };

  g_array_append_val (at->plan->trips, more);
  return TRUE;
}

static gboolean
outside_of_trips (Case *at)
{
  trip (at, at->plan->trips->len - 1)->departure = last_visit (at)->day - 1;
  return TRUE;
}

static gboolean
trips_overlap (Case *at)
{
  if (at->plan->trips->len > 1)
    trip (at, 0)->departure = trip (at, 1)->arrival;
  return at->plan->trips->len > 1;
}

static gboolean
wrong_days (Case *at)
{
  at->plan->n_days--;
  return TRUE;
}

static gboolean
wrong_end (Case *at)
{
  at->plan->end--;
  return TRUE;
}

static const struct
{
  const char *field;
  Damage damage;
} damages[] = {
  { "gap", gap_short },
  { "gap", gap_long },
  { "culture", culture },
  { "shelf", shelf },
  { "release", release_frozen },
  { "expiry", expiry_frozen },
  { "release", release_banked },
  { "expiry", expiry_banked },
  { "yield", yield_banked },
  { "yield", no_such_dose },
  { "yield", yield },
  { "yield", too_many_fresh },
  { "draws", draws },
  { "windows", windows },
  { "stay", stay },
  { "stay", permission },
  { "buffers", late_arrival },
  { "buffers", early_departure },
  { "home", home },
  { "closed", closed },
  { "blackout", blackout },
  { "capacity", no_chair },
  { "capacity", no_bench },
  { "papers", papers },
  { "horizon", after_the_end },
  { "horizon", arrives_before_first },
  { "visits", two_on_a_day },
  { "visits", one_infusion_less },
  { "visits", for_nothing },
  { "visits", from_no_draw },
  { "strategy", bank_against_strategy },
  { "strategy", draw_against_strategy },
  { "trips", trip_for_nothing },
  { "trips", outside_of_trips },
  { "trips", trips_overlap },
  { "totals", wrong_days },
  { "totals", wrong_end },
};

static void
damage_one (const DeskPlanProblem *problem, const DeskPlan *plan, guint *done)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (DeskPlanProblem) changed = desk_plan_problem_copy (problem);
      g_autoptr (DeskPlan) damaged = desk_plan_copy (plan);
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      Case at = { changed, damaged };

      if (!damages[i].damage (&at))
        continue;
      done[i]++;
      desk_plan_check (changed, damaged, problems);
      if (!desk_problems_find (problems, damages[i].field))
        g_error ("damage %u: nothing said of %s", i, damages[i].field);
      g_assert_cmpstr (desk_problems_find (problems, damages[i].field)->code, ==, "broken");
    }
}

static void
damaged (void)
{
  guint done[G_N_ELEMENTS (damages)] = { 0 };
  gboolean told[DESK_N_PLAN_RULES] = { FALSE };

  for (guint32 seed = 1; seed <= SEEDS; seed++)
    {
      g_autoptr (DeskPlanProblem) problem = random_small_problem (seed, seed % DESK_N_PLAN_STRATEGIES);
      g_autoptr (GPtrArray) plans = desk_plan_best (problem, NULL);

      for (guint i = 0; i < plans->len; i++)
        damage_one (problem, g_ptr_array_index (plans, i), done);
    }
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      if (done[i] < 5)
        g_error ("damage %u (%s) was done %u times only", i, damages[i].field, done[i]);
      for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
        told[rule] = told[rule] || g_str_equal (damages[i].field, desk_plan_rule_code (rule));
    }
  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    g_assert_true (told[rule]);
}

static const struct
{
  gsize offset;
  int value;
  const char *field, *code;
} hostile_numbers[] = {
  { G_STRUCT_OFFSET (DeskPlanProblem, infusions), 0, "infusions", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, infusions), -3, "infusions", "negative" },
  { G_STRUCT_OFFSET (DeskPlanProblem, infusions), 25, "infusions", "too-many" },
  { G_STRUCT_OFFSET (DeskPlanProblem, infusions), G_MAXINT, "infusions", "too-many" },
  { G_STRUCT_OFFSET (DeskPlanProblem, gap_min), 300, "gap_max", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, gap_max), G_MAXINT, "gap_max", "too-long" },
  { G_STRUCT_OFFSET (DeskPlanProblem, culture_min), 0, "culture_min", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, culture_min), 200, "culture_max", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, fresh_days), G_MININT, "fresh_days", "negative" },
  { G_STRUCT_OFFSET (DeskPlanProblem, bank_days), G_MAXINT, "bank_days", "too-long" },
  { G_STRUCT_OFFSET (DeskPlanProblem, max_draws), 7, "max_draws", "too-many" },
  { G_STRUCT_OFFSET (DeskPlanProblem, before), 367, "before", "too-long" },
  { G_STRUCT_OFFSET (DeskPlanProblem, home_days), -1, "home_days", "negative" },
  { G_STRUCT_OFFSET (DeskPlanProblem, first), G_MAXINT, "first", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, last), G_MAXINT, "last", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, last), 1000, "last", "before-first" },
  { G_STRUCT_OFFSET (DeskPlanProblem, last), 20730, "last", "too-long" },
  { G_STRUCT_OFFSET (DeskPlanProblem, here_since), 20001, "here_since", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, here_since), 2, "here_since", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, permitted_until), 20100, "permitted_until", "out-of-range" },
  { G_STRUCT_OFFSET (DeskPlanProblem, strategy), 99, "strategy", "out-of-range" },
};

static DeskPlanProblem *
plain_problem (void)
{
  DeskPlanProblem *problem = desk_plan_problem_new ();

  problem->infusions = 6;
  problem->gap_min = 7;
  problem->gap_max = 14;
  problem->culture_min = 14;
  problem->culture_max = 21;
  problem->bank_days = 365;
  problem->first = 20000;
  problem->last = 20200;
  return problem;
}

static void
assert_refused (const DeskPlanProblem *problem, const char *field, const char *code)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_plan_problem_check (problem, problems);
  g_assert_nonnull (desk_problems_find (problems, field));
  g_assert_cmpstr (desk_problems_find (problems, field)->code, ==, code);
}

static void
hostile (void)
{
  g_autoptr (DeskPlanProblem) problem = plain_problem ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskDaySpan span = { 20000, 20100 }, crossed = { 20100, 20000 }, never = { G_MININT, G_MAXINT };
  DeskPlanDose dose = { 1, 20000, 20100, -1 };

  desk_plan_problem_check (problem, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (hostile_numbers); i++)
    {
      g_autoptr (DeskPlanProblem) changed = desk_plan_problem_copy (problem);

      G_STRUCT_MEMBER (int, changed, hostile_numbers[i].offset) = hostile_numbers[i].value;
      assert_refused (changed, hostile_numbers[i].field, hostile_numbers[i].code);
    }
  problem->windows = g_array_new (FALSE, FALSE, sizeof (DeskDaySpan));
  g_array_append_val (problem->windows, crossed);
  assert_refused (problem, "windows", "before-first");
  g_array_index (problem->windows, DeskDaySpan, 0) = never;
  assert_refused (problem, "windows", "out-of-range");
  for (int i = 0; i < 1000000; i++)
    g_array_append_val (problem->windows, span);
  assert_refused (problem, "windows", "too-many");
  problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
  g_array_append_val (problem->doses, dose);
  assert_refused (problem, "doses", "negative");
  dose.count = 1;
  g_array_index (problem->doses, DeskPlanDose, 0) = dose;
  g_array_append_val (problem->doses, dose);
  assert_refused (problem, "doses", "out-of-range");
  problem->days = g_array_new (FALSE, FALSE, sizeof (DeskPlanDay));
  assert_refused (problem, "days", "out-of-range");
}

static void
codes (void)
{
  for (int i = 0; i < DESK_N_PLAN_STRATEGIES; i++)
    {
      DeskPlanStrategy strategy = DESK_N_PLAN_STRATEGIES;

      g_assert_true (desk_plan_strategy_read (desk_plan_strategy_code ((DeskPlanStrategy) i), &strategy));
      g_assert_cmpint (strategy, ==, i);
      g_assert_false (desk_plan_strategy_read ("none", &strategy));
      g_assert_cmpint (strategy, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-check/damaged", damaged);
  g_test_add_func ("/plan-check/hostile", hostile);
  g_test_add_func ("/plan-check/codes", codes);
  return g_test_run ();
}
