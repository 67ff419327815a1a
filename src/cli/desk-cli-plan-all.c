/* plan-all: everybody on the waiting list, over the same chairs. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "desk-plan-all.h"
#include "desk-plan-file.h"
#include "desk-plan-many.h"

#define IMPROVE_MS 3000

static void
one_free (gpointer one)
{
  desk_plan_of_many_free (one);
}

/* The answer by patient, with what each would have alone. */
static GPtrArray *
collect (const DeskPlanMany *many, const DeskPlanAllAnswer *answer)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (one_free);

  for (guint i = 0; i < many->waiters->len; i++)
    {
      const DeskPlanWaiter *waiter = many->waiters->pdata[i];
      const DeskPlanPlace *place = &g_array_index (answer->places, DeskPlanPlace, i);
      DeskPlanOfMany *one = g_new0 (DeskPlanOfMany, 1);

      one->chart = g_strdup (waiter->chart);
      one->name = g_strdup (waiter->name);
      one->priority = waiter->priority;
      one->plan = place->plan ? desk_plan_copy (place->plan) : NULL;
      one->bound_end = DESK_DAY_NONE;
      if (place->bound < DESK_PLAN_ALL_NONE)
        {
          gint64 rest = place->bound % DESK_PLAN_ALL_TRIP;

          one->bound_trips = (int) (place->bound / DESK_PLAN_ALL_TRIP);
          one->bound_days = (int) (rest / DESK_PLAN_ALL_DAY);
          one->bound_end = waiter->file->problem->first + (DeskDay) (rest % DESK_PLAN_ALL_DAY);
        }
      g_ptr_array_add (all, one);
    }
  return all;
}

/* Chart number, name, priority, trips, days, end, and by how much each is above what the patient would have alone; with
 * tabs between. */
static void
print_all (const GPtrArray *all, const DeskPlanAllAnswer *answer, guint n_left_out)
{
  for (guint i = 0; i < all->len; i++)
    {
      const DeskPlanOfMany *one = all->pdata[i];
      g_autofree char *end = one->plan ? desk_day_format (one->plan->end) : NULL;

      if (one->plan)
        printf ("%s\t%s\t%d\t%d\t%d\t%s\t%+d\t%+d\t%+d\n", one->chart, one->name, one->priority, one->plan->n_trips, one->plan->n_days, end,
                one->plan->n_trips - one->bound_trips, one->plan->n_days - one->bound_days, (int) (one->plan->end - one->bound_end));
      else
        printf ("%s\t%s\t%d\t%s\n", one->chart, one->name, one->priority,
                one->bound_trips ? _ ("no room") : _ ("nothing fits"));
    }
  printf (_ ("%u of %u have a plan; %.2f %% above the bound\n"), answer->n_placed, all->len,
          answer->bound > 0 ? 100.0 * (double) (answer->cost - answer->bound) / (double) answer->bound : 0.0);
  if (n_left_out)
    printf (_ ("left out because their numbers contradict each other: %u\n"), n_left_out);
}

/* --clinic FILE plan-all [--template CODE] [-o OUT.xml] */
gboolean
desk_cli_plan_all (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  DeskDay today = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  DeskPlanOptions options;

  desk_plan_options_init (&options);
  options.template_code = args->template;
  g_autoptr (DeskPlanMany) many = db ? desk_plan_many_load (db, &options, today, error) : NULL;
  if (!many)
    return FALSE;
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (DeskPlanPatient));
  for (guint i = 0; i < many->waiters->len; i++)
    {
      const DeskPlanWaiter *waiter = many->waiters->pdata[i];
      DeskPlanPatient patient = { waiter->file->problem, waiter->priority, NULL };

      g_array_append_val (patients, patient);
    }
  DeskPlanAllTask task = { .patients = patients, .first = many->first, .rooms = many->rooms, .milliseconds = IMPROVE_MS, .seed = 1 };
  g_autoptr (DeskPlanAllAnswer) answer = desk_plan_all (&task);
  g_autoptr (GPtrArray) all = collect (many, answer);

  if (args->given & DESK_OPT_OUTPUT)
    return desk_plan_file_write_all (all, many->first, many->first + (DeskDay) many->rooms->len - 1, args->output, args->force, error);
  print_all (all, answer, many->left_out->len);
  return TRUE;
}
