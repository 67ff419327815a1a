/* Plans for many patients over shared chairs: the greedy turn, and how far above the bound after one and ten seconds.
 * The bound is what everybody costs alone, so it cannot be reached where room is short. Argument: patients (200). */
#include <stdio.h>
#include <stdlib.h>

#include "desk-plan-all.h"
#include "plan-brute.h"

#define DAYS 365
#define FIRST 20000

/* Six infusions from one draw, first on the shelf; each with windows and a stay of his own. */
static DeskPlanProblem *
patient_problem (guint32 seed)
{
  DeskPlanProblem *problem = random_year_problem (seed, seed % 4 ? DESK_PLAN_ONE_DRAW : DESK_PLAN_DRAW_EACH);
  int by = FIRST - problem->first;

  problem->first += by;
  problem->last += by;
  problem->fresh_per_draw = MAX (problem->fresh_per_draw, 1);
  for (guint i = 0; problem->windows && i < problem->windows->len; i++)
    {
      g_array_index (problem->windows, DeskDaySpan, i).first += by;
      g_array_index (problem->windows, DeskDaySpan, i).last += by;
    }
  g_clear_pointer (&problem->days, g_array_unref); /* closed and full days are the clinic's */
  return problem;
}

static double
above (gint64 cost, gint64 bound)
{
  return 100.0 * (double) (cost - bound) / (double) bound;
}

static void
measure (const GArray *patients, int chairs, int draws)
{
  g_autoptr (GArray) rooms = g_array_new (FALSE, FALSE, sizeof (DeskPlanRoom));
  static const int seconds[] = { 0, 1, 10 };

  for (int day = 0; day < DAYS; day++)
    {
      DeskPlanRoom room = { (FIRST + day) % 7 < 2 ? 0 : draws, (FIRST + day) % 7 < 2 ? 0 : chairs };

      g_array_append_val (rooms, room);
    }
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      DeskPlanAllTask task = { .patients = patients, .first = FIRST, .rooms = rooms, .milliseconds = seconds[i] * 1000,
                               .seed = 1 };
      gint64 t0 = g_get_monotonic_time ();
      g_autoptr (DeskPlanAllAnswer) answer = desk_plan_all (&task);
      double took = (double) (g_get_monotonic_time () - t0) / 1e6;

      printf ("%u patients, %d chairs, %d draws a day, %2d s: %.2f s, %u placed, %.3f %% above everybody alone "
              "(%+" G_GINT64_FORMAT " days of end or 1/400 of a day in Japan), %u rounds\n",
              patients->len, chairs, draws, seconds[i], took, answer->n_placed, above (answer->cost, answer->bound),
              answer->cost - answer->bound, answer->n_rounds);
      fflush (stdout);
    }
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : 200;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_problem_free);
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (DeskPlanPatient));

  for (guint32 seed = 1; patients->len < n; seed++)
    {
      DeskPlanPatient patient = { patient_problem (seed), 0, NULL };

      g_ptr_array_add (problems, (gpointer) patient.problem);
      g_array_append_val (patients, patient);
    }
  measure (patients, 8, 2);
  measure (patients, 5, 2);
  measure (patients, 4, 2);
  return 0;
}
