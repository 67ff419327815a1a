/* Many patients over the same room: counted anew, without anything of the solver. */
#include "desk-plan-all.h"
#include "plan-brute.h"

#define PATIENTS 40
#define BATCHES 6
#define DAYS 365

typedef struct
{
  GPtrArray *problems; /* owned */
  GArray *patients, *rooms;
  DeskDay first;
} Batch;

static DeskPlanProblem *
patient_problem (GRand *rand, DeskDay first)
{
  DeskPlanProblem *problem
      = random_year_problem (g_rand_int (rand), g_rand_boolean (rand) ? DESK_PLAN_ONE_DRAW : DESK_PLAN_DRAW_EACH);
  int by = first - problem->first;

  problem->first += by;
  problem->last += by;
  problem->infusions = g_rand_int_range (rand, 2, 7);
  for (guint i = 0; problem->windows && i < problem->windows->len; i++)
    {
      g_array_index (problem->windows, DeskDaySpan, i).first += by;
      g_array_index (problem->windows, DeskDaySpan, i).last += by;
    }
  return problem;
}

static Batch *
batch_new (guint32 seed, int draws, int infusions)
{
  GRand *rand = g_rand_new_with_seed (seed);
  Batch *batch = g_new0 (Batch, 1);

  batch->first = 20000;
  batch->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_problem_free);
  batch->patients = g_array_new (FALSE, FALSE, sizeof (DeskPlanPatient));
  batch->rooms = g_array_new (FALSE, FALSE, sizeof (DeskPlanRoom));
  for (int i = 0; i < PATIENTS; i++)
    {
      DeskPlanPatient patient = { patient_problem (rand, batch->first), g_rand_int_range (rand, 0, 3), NULL };

      g_ptr_array_add (batch->problems, (gpointer) patient.problem);
      g_array_append_val (batch->patients, patient);
    }
  for (int i = 0; i < DAYS; i++)
    {
      DeskPlanRoom room = { g_rand_int_range (rand, 0, draws + 1), i % 50 == 7 ? -1 : infusions };

      g_array_append_val (batch->rooms, room);
    }
  g_rand_free (rand);
  return batch;
}

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->problems);
  g_array_unref (batch->patients);
  g_array_unref (batch->rooms);
  g_free (batch);
}

static DeskPlanAllTask
task_of (const Batch *batch, int milliseconds)
{
  return (DeskPlanAllTask) { .patients = batch->patients, .first = batch->first, .rooms = batch->rooms,
                             .milliseconds = milliseconds, .seed = 7 };
}

static void
assert_within_room (const Batch *batch, const DeskPlanAllAnswer *answer)
{
  int draws[DAYS] = { 0 }, infusions[DAYS] = { 0 };

  for (guint i = 0; i < answer->places->len; i++)
    {
      const DeskPlan *plan = g_array_index (answer->places, DeskPlanPlace, i).plan;

      for (guint v = 0; plan && v < plan->visits->len; v++)
        {
          const DeskPlanVisit *visit = &g_array_index (plan->visits, DeskPlanVisit, v);

          draws[visit->day - batch->first] += visit->draw;
          infusions[visit->day - batch->first] += visit->infusion;
        }
    }
  for (int day = 0; day < DAYS; day++)
    {
      const DeskPlanRoom *room = &g_array_index (batch->rooms, DeskPlanRoom, day);

      g_assert_true (room->draws < 0 || draws[day] <= room->draws);
      g_assert_true (room->infusions < 0 || infusions[day] <= room->infusions);
    }
}

static void
assert_sound (const Batch *batch, const DeskPlanAllAnswer *answer)
{
  gint64 cost = 0, bound = 0;
  guint placed = 0;

  assert_within_room (batch, answer);
  for (guint i = 0; i < answer->places->len; i++)
    {
      const DeskPlanPlace *place = &g_array_index (answer->places, DeskPlanPlace, i);
      const DeskPlanPatient *patient = &g_array_index (batch->patients, DeskPlanPatient, i);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      if (place->plan)
        desk_plan_check (patient->problem, place->plan, problems);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpint (place->cost, ==, desk_plan_all_cost (patient->problem, place->plan));
      g_assert_cmpint (place->bound, <=, place->cost);
      cost += place->cost;
      bound += place->bound;
      placed += place->plan != NULL;
    }
  g_assert_cmpint (cost, ==, answer->cost);
  g_assert_cmpint (bound, ==, answer->bound);
  g_assert_cmpuint (placed, ==, answer->n_placed);
}

/* Sum of the costs of the patients of a priority. */
static gint64
class_cost (const Batch *batch, const DeskPlanAllAnswer *answer, int priority)
{
  gint64 cost = 0;

  for (guint i = 0; i < answer->places->len; i++)
    if (g_array_index (batch->patients, DeskPlanPatient, i).priority == priority)
      cost += g_array_index (answer->places, DeskPlanPlace, i).cost;
  return cost;
}

static void
sound (void)
{
  gboolean crowded = FALSE, better = FALSE;

  for (guint32 seed = 1; seed <= BATCHES; seed++)
    {
      Batch *batch = batch_new (seed, 1 + (int) seed % 2, 1 + (int) seed % 3);
      DeskPlanAllTask at_once = task_of (batch, 0), longer = task_of (batch, g_test_slow () ? 3000 : 300);
      g_autoptr (DeskPlanAllAnswer) greedy = desk_plan_all (&at_once);
      g_autoptr (DeskPlanAllAnswer) improved = desk_plan_all (&longer);

      assert_sound (batch, greedy);
      assert_sound (batch, improved);
      g_assert_cmpint (greedy->cost, ==, greedy->greedy_cost);
      g_assert_cmpint (improved->greedy_cost, ==, greedy->cost);
      for (int priority = 0; priority < 3; priority++)
        {
          gint64 now = class_cost (batch, improved, priority), before = class_cost (batch, greedy, priority);

          g_assert_cmpint (now, <=, before);
          if (now < before)
            break;
        }
      crowded = crowded || greedy->cost > greedy->bound;
      better = better || improved->cost < greedy->cost;
      batch_free (batch);
    }
  g_assert_true (crowded);
  g_assert_true (better);
}

/* Two who want the same only chair: it is his who comes first, wherever he stands in the list. */
static void
priority (void)
{
  for (int first = 0; first < 2; first++)
    {
      Batch *batch = batch_new (3, 1, 1);
      g_autoptr (DeskPlanProblem) problem = desk_plan_problem_copy (g_ptr_array_index (batch->problems, 0));

      problem->strategy = DESK_PLAN_BANKED;
      problem->infusions = 1;
      problem->stay_days = 0;
      g_clear_pointer (&problem->days, g_array_unref);
      g_clear_pointer (&problem->windows, g_array_unref);
      g_clear_pointer (&problem->doses, g_array_unref);
      problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
      g_array_append_val (problem->doses, ((DeskPlanDose) { 1, batch->first + 10, batch->first + 10, 1 }));
      g_array_set_size (batch->patients, 0);
      for (int i = 0; i < 2; i++)
        {
          DeskPlanPatient patient = { problem, i == first ? 1 : 2, NULL };

          g_array_append_val (batch->patients, patient);
        }
      g_array_index (batch->rooms, DeskPlanRoom, 10).infusions = 1;

      DeskPlanAllTask task = task_of (batch, 50);
      g_autoptr (DeskPlanAllAnswer) answer = desk_plan_all (&task);
      g_assert_cmpuint (answer->n_placed, ==, 1);
      g_assert_nonnull (g_array_index (answer->places, DeskPlanPlace, first).plan);
      assert_sound (batch, answer);
      batch_free (batch);
    }
}

static void
fixed_stay (void)
{
  Batch *batch = batch_new (5, 1, 2);
  DeskPlanAllTask task = task_of (batch, 0), again = task_of (batch, 200);
  g_autoptr (DeskPlanAllAnswer) before = desk_plan_all (&task);
  guint n_fixed = 0;

  for (guint i = 0; i < batch->patients->len; i += 2)
    {
      g_array_index (batch->patients, DeskPlanPatient, i).fixed = g_array_index (before->places, DeskPlanPlace, i).plan;
      n_fixed += g_array_index (before->places, DeskPlanPlace, i).plan != NULL;
    }
  g_assert_cmpuint (n_fixed, >, 5);

  g_autoptr (DeskPlanAllAnswer) after = desk_plan_all (&again);
  assert_sound (batch, after);
  for (guint i = 0; i < batch->patients->len; i++)
    {
      const DeskPlan *plan = g_array_index (batch->patients, DeskPlanPatient, i).fixed;
      const DeskPlan *now = g_array_index (after->places, DeskPlanPlace, i).plan;

      for (guint v = 0; plan && v < plan->visits->len; v++)
        g_assert_cmpint (g_array_index (plan->visits, DeskPlanVisit, v).day, ==,
                         g_array_index (now->visits, DeskPlanVisit, v).day);
    }
  batch_free (batch);
}

static gboolean
stop_soon (double fraction, gint64 cost, gpointer user_data)
{
  g_assert_cmpfloat (fraction, <=, 1);
  return ++*(int *) user_data < 60;
}

static void
cancelled (void)
{
  Batch *batch = batch_new (9, 1, 1);
  DeskPlanAllTask task = task_of (batch, 600000);
  int asked = 0;

  task.progress = stop_soon;
  task.user_data = &asked;
  g_autoptr (DeskPlanAllAnswer) answer = desk_plan_all (&task);
  g_assert_true (answer->cancelled);
  g_assert_cmpint (asked, ==, 60);
  assert_sound (batch, answer);
  batch_free (batch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-all/sound", sound);
  g_test_add_func ("/plan-all/priority", priority);
  g_test_add_func ("/plan-all/fixed-stay", fixed_stay);
  g_test_add_func ("/plan-all/cancelled", cancelled);
  return g_test_run ();
}
