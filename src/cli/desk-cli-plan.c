/* The planner on the command line: a problem in a file, or one that the clinic's own file says. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "desk-clinics.h"
#include "desk-plan-file.h"
#include "desk-plan-problem.h"

/* The days of the visits of one trip, and what is done on each. */
static void
print_visit (const DeskPlanVisit *visit)
{
  g_autofree char *day = desk_day_format (visit->day);

  printf ("      %s ", day);
  if (visit->draw)
    printf (_ (" draw %d"), visit->draw_number);
  if (visit->draw && visit->infusion)
    printf (",");
  if (visit->infusion && visit->source == DESK_PLAN_FROM_FRESH)
    printf (_ (" infusion, fresh from draw %d"), visit->from_draw);
  else if (visit->infusion && visit->source == DESK_PLAN_FROM_FROZEN)
    printf (_ (" infusion, frozen from draw %d"), visit->from_draw);
  else if (visit->infusion)
    printf (_ (" infusion, banked dose %s"), visit->dose_id ? "" : "—");
  if (visit->infusion && visit->source == DESK_PLAN_FROM_BANK && visit->dose_id)
    printf ("%" G_GINT64_FORMAT, visit->dose_id);
  printf ("\n");
}

static void
print_plan (const DeskPlan *plan, guint number)
{
  g_autofree char *end = desk_day_format (plan->end);
  g_autofree char *trips = g_strdup_printf (ngettext ("%d trip", "%d trips", (gulong) plan->n_trips), plan->n_trips);
  g_autofree char *days = g_strdup_printf (ngettext ("%d day in Japan", "%d days in Japan", (gulong) plan->n_days), plan->n_days);
  guint at = 0;

  printf (_ ("%u. %s, %s, last infusion on %s\n"), number, trips, days, end);
  for (guint i = 0; i < plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (plan->trips, DeskPlanTrip, i);
      g_autofree char *arrival = desk_day_format (trip->arrival), *departure = desk_day_format (trip->departure);

      printf ("    %s – %s\n", arrival, departure);
      for (; at < plan->visits->len && g_array_index (plan->visits, DeskPlanVisit, at).day <= trip->departure; at++)
        print_visit (&g_array_index (plan->visits, DeskPlanVisit, at));
    }
  for (guint i = 0; i < plan->stale->len; i++)
    printf (_ ("    too old by then, to be made anew: %s\n"), (const char *) plan->stale->pdata[i]);
}

static void
print_relaxation (const DeskPlanRelaxation *relaxation)
{
  const char *rule = desk_plan_rule_code (relaxation->rule);

  if (relaxation->plans->len == 0)
    {
      printf (relaxation->too_hard ? _ ("  %s: whether it helps alone is not known\n")
                                   : _ ("  %s: alone it does not help\n"),
              rule);
      return;
    }
  printf (_ ("  %s: without it there would be\n"), rule);
  for (guint i = 0; i < relaxation->plans->len; i++)
    {
      const DeskPlan *plan = relaxation->plans->pdata[i];
      g_autofree char *end = desk_day_format (plan->end);

      printf (_ ("    trips %d, days in Japan %d, last infusion on %s\n"), plan->n_trips, plan->n_days, end);
    }
}

/* Nothing that fits is an answer too. */
static void
print_answer (const DeskPlanAnswer *answer)
{
  gboolean others = FALSE;

  for (guint i = 0; i < answer->plans->len; i++)
    print_plan (answer->plans->pdata[i], i + 1);
  if (answer->too_hard && answer->plans->len == 0)
    printf ("%s\n", _ ("The search was given up: whether anything fits is not known."));
  else if (answer->too_hard)
    printf ("%s\n", _ ("The search was given up; there may be better plans."));
  if (answer->plans->len > 0 || answer->too_hard)
    return;
  if (answer->unexplained)
    printf ("%s\n", _ ("Nothing fits, but the search for the reason was given up."));
  else
    printf ("%s\n", _ ("Nothing fits. These rules cannot hold together:"));
  for (guint i = 0; answer->relaxations && i < answer->relaxations->len; i++)
    {
      const DeskPlanRelaxation *relaxation = answer->relaxations->pdata[i];

      if (!relaxation->in_conflict && !others)
        printf ("%s\n", _ ("These would help as well:"));
      others = others || !relaxation->in_conflict;
      print_relaxation (relaxation);
    }
}

static gboolean
answer (const DeskPlanProblem *problem, const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskPlanAnswer) found = desk_plan_solve (problem);

  if (args->given & DESK_OPT_OUTPUT)
    return desk_plan_file_write_answer (found, args->output, args->force, error);
  print_answer (found);
  return TRUE;
}

/* plan PROBLEM.xml [-o OUT.xml] */
gboolean
desk_cli_plan (const DeskCliArgs *args, GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (DeskPlanProblem) problem = desk_plan_file_read (args->argument, desk_cli_cancellable (), &own);

  if (problem)
    return answer (problem, args, error);
  if (g_error_matches (own, DESK_ERROR, DESK_ERROR_REFUSED))
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED,
                         _ ("files from outside are read only in a sandbox, and none can be made here: is bubblewrap installed?"));
  else
    g_set_error (error, DESK_ERROR, own->code, "%s: %s", args->argument, own->message);
  return FALSE;
}

static gboolean
check (const DeskPlanProblem *problem, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_plan_problem_check (problem, problems);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, 0)->field,
               desk_problems_get (problems, 0)->code);
  return FALSE;
}

/* --clinic FILE plan-patient --patient CHART [--template CODE] [-o OUT.xml]: what the patient's page asks. */
gboolean
desk_cli_plan_patient (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  DeskPlanOptions options;
  gint64 id;

  desk_plan_options_init (&options);
  options.template_code = args->template;
  if (!db || !desk_cli_find_patient (db, args, &id, error))
    return FALSE;
  g_autoptr (DeskPlanFile) file
      = desk_plan_problem_load (db, id, &options, args->given & DESK_OPT_DATE ? args->date : desk_cli_today (), error);
  return file && check (file->problem, error) && answer (file->problem, args, error);
}
