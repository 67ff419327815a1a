#include "plan-program.h"

#include <stdio.h>
#include <string.h>

#include "plan-brute.h"

/* Trips before days before the end: the weights keep them apart. */
#define WEIGHT_TRIP 1000000
#define WEIGHT_DAY 1000

/* A year of a clinic, ONE_DRAW with everything given from the freezer: draw d, infusions x1 to xn.
 *
 * Binaries: draw and infusion k on day t; in Japan on day t; arrival and departure on day t. */
static void
write_gaps (GString *out, const DeskPlanProblem *problem, int n_days)
{
  int least = problem->culture_min + problem->release_days;

  for (int k = 1; k <= problem->infusions; k++)
    {
      g_string_append_printf (out, " one%d:", k);
      for (int t = 0; t < n_days; t++)
        g_string_append_printf (out, " + x%d_%d", k, t);
      g_string_append (out, " = 1\n");
      for (int t = 0; t < n_days; t++)
        {
          /* Whoever has the infusion k on day t had the one before (the draw) within the gap. */
          int from = k == 1 ? t - problem->bank_days : t - problem->gap_max;
          int to = k == 1 ? t - least : t - problem->gap_min;

          g_string_append_printf (out, " gap%d_%d: x%d_%d", k, t, k, t);
          for (int s = MAX (from, 0); s <= to; s++)
            g_string_append_printf (out, " - x%d_%d", k - 1, s);
          g_string_append (out, " <= 0\n");
        }
    }
  g_string_append (out, " one0:");
  for (int t = 0; t < n_days; t++)
    g_string_append_printf (out, " + x0_%d", t);
  g_string_append (out, " = 1\n");
}

/* in_t = in_t-1 + arrival_t - departure_t-1; a visit has its buffers in Japan; days at home between; a stay's length. */
static void
write_trips (GString *out, const DeskPlanProblem *problem, int n_days)
{
  for (int t = 0; t < n_days; t++)
    {
      g_string_append_printf (out, " in_%d: j_%d - a_%d", t, t, t);
      if (t > 0)
        g_string_append_printf (out, " - j_%d + l_%d", t - 1, t - 1);
      g_string_append (out, " = 0\n");
      g_string_append_printf (out, " last_%d: l_%d - j_%d <= 0\n", t, t, t);
      for (int k = 0; k <= problem->infusions; k++)
        for (int s = t - problem->before; s <= t + problem->after; s++)
          if (s < 0 || s >= n_days)
            g_string_append_printf (out, " b%d_%d_%d: x%d_%d = 0\n", k, t, s + 9, k, t);
          else
            g_string_append_printf (out, " b%d_%d_%d: x%d_%d - j_%d <= 0\n", k, t, s + 9, k, t, s);
      for (int s = MAX (t - problem->home_days, 0); s < t; s++)
        g_string_append_printf (out, " home_%d_%d: a_%d + j_%d <= 1\n", t, s, t, s);
      if (problem->stay_days && t + problem->stay_days < n_days)
        {
          /* Whoever arrives on day t has left after stay_days. */
          g_string_append_printf (out, " stay_%d: a_%d", t, t);
          for (int s = t; s < t + problem->stay_days; s++)
            g_string_append_printf (out, " - l_%d", s);
          g_string_append (out, " <= 0\n");
        }
    }
}

static void
write_bounds (GString *out, const DeskPlanProblem *problem, int n_days)
{
  g_string_append (out, "Bounds\n");
  for (int t = 0; t < n_days; t++)
    {
      const DeskPlanDay *day = &g_array_index (problem->days, DeskPlanDay, t);
      gboolean inside = problem->windows == NULL;

      for (guint i = 0; problem->windows && i < problem->windows->len; i++)
        {
          const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);

          inside = inside || (span->first <= problem->first + t && problem->first + t <= span->last);
        }
      if (!inside)
        g_string_append_printf (out, " j_%d = 0\n", t);
      if (day->closed || day->blackout || day->draws_left == 0)
        g_string_append_printf (out, " x0_%d = 0\n", t);
      for (int k = 1; (day->closed || day->blackout || day->infusions_left == 0) && k <= problem->infusions; k++)
        g_string_append_printf (out, " x%d_%d = 0\n", k, t);
    }
  g_string_append (out, "Binary\n");
  for (int t = 0; t < n_days; t++)
    {
      g_string_append_printf (out, " j_%d a_%d l_%d\n", t, t, t);
      for (int k = 0; k <= problem->infusions; k++)
        g_string_append_printf (out, " x%d_%d\n", k, t);
    }
  g_string_append (out, "End\n");
}

static char *
program_of (const DeskPlanProblem *problem)
{
  GString *out = g_string_new ("Minimize\n cost:");
  int n_days = problem->last - problem->first + 1;

  for (int t = 0; t < n_days; t++)
    g_string_append_printf (out, " + %d a_%d + %d j_%d + %d x%d_%d\n", WEIGHT_TRIP, t, WEIGHT_DAY, t, t,
                            problem->infusions, t);
  g_string_append (out, "Subject To\n");
  write_gaps (out, problem, n_days);
  write_trips (out, problem, n_days);
  write_bounds (out, problem, n_days);
  return g_string_free (out, FALSE);
}

/* The number after a word in what a program wrote; -1 when it is not there. */
static double
number_after (const char *text, const char *word)
{
  const char *at = text ? strstr (text, word) : NULL;

  return at ? g_ascii_strtod (at + strlen (word), NULL) : -1;
}

/* Runs a program on the file; the optimum if proven, else -1. */
static double
run (const char *program, const char *file, int seconds, double *took)
{
  g_autofree char *path = g_find_program_in_path (program), *out = NULL, *written = NULL;
  g_autofree char *limit = g_strdup_printf ("%d", seconds), *result = g_strconcat (file, ".out", NULL);
  const char *cbc[] = { path, file, "sec", limit, "solve", NULL };
  const char *glpsol[] = { path, "--lp", file, "--tmlim", limit, "-o", result, NULL };
  gboolean is_cbc = g_str_equal (program, "cbc");
  gint64 t0 = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) (is_cbc ? cbc : glpsol), NULL, 0, NULL, NULL, &out, NULL, NULL, &error))
    g_error ("%s", error->message);
  *took = (double) (g_get_monotonic_time () - t0) / 1e6;
  if (is_cbc)
    return strstr (out, "Result - Optimal solution found") ? number_after (out, "Objective value:") : -1;
  g_file_get_contents (result, &written, NULL, NULL);
  return written && strstr (written, "INTEGER OPTIMAL") ? number_after (written, "cost =") : -1;
}

/* A problem both can be asked: from the freezer alone, one window at most, so that a window is a bound of days. */
static DeskPlanProblem *
common_problem (guint32 seed)
{
  DeskPlanProblem *problem = random_year_problem (seed, DESK_PLAN_ONE_DRAW);

  problem->fresh_per_draw = 0;
  problem->bank_days = 365;
  problem->stay_days = problem->stay_days ? problem->stay_days : 90;
  if (problem->windows)
    {
      DeskDaySpan span = g_array_index (problem->windows, DeskDaySpan, 0);

      span.last += 120;
      g_array_set_size (problem->windows, 0);
      g_array_append_val (problem->windows, span);
    }
  return problem;
}

static gboolean
compare (const char *program, const DeskPlanProblem *problem, const char *file, int seconds)
{
  double took, theirs = run (program, file, seconds, &took), ours;
  gint64 t0 = g_get_monotonic_time ();
  g_autoptr (GPtrArray) plans = desk_plan_best (problem, NULL);
  double time = (double) (g_get_monotonic_time () - t0) / 1e6;
  const DeskPlan *best = plans->len ? g_ptr_array_index (plans, 0) : NULL;

  for (guint i = 1; i < plans->len; i++)
    {
      const DeskPlan *plan = g_ptr_array_index (plans, i);

      if (plan->n_trips == best->n_trips && plan->n_days < best->n_days)
        best = plan;
    }
  ours = best ? (double) best->n_trips * WEIGHT_TRIP + best->n_days * WEIGHT_DAY + best->end - problem->first : -1;
  printf ("%s: %s in %.1f s (optimum %.0f); planner %.3f ms (optimum %.0f, and %u plans), %.0f times as fast\n", program,
          theirs >= 0 ? "proven" : "nothing proven", took, theirs, time * 1e3, ours, plans->len, took / time);
  fflush (stdout);
  return theirs < 0 || ABS (theirs - ours) < 0.5;
}

/* See plan-program.h. */
gboolean
desk_bench_programs (int n, int seconds)
{
  static const char *const programs[] = { "cbc", "glpsol" };
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "plan.lp", NULL), *result = g_strconcat (file, ".out", NULL);
  gboolean same = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_find_program_in_path (programs[i]);

      if (!path)
        printf ("%s is not installed: not measured\n", programs[i]);
      for (int seed = 1, done = 0; path && done < n; seed++)
        {
          g_autoptr (DeskPlanProblem) problem = common_problem ((guint32) seed);
          g_autoptr (GPtrArray) plans = desk_plan_best (problem, NULL);
          g_autofree char *text = plans->len ? program_of (problem) : NULL;

          if (!text)
            continue;
          if (!g_file_set_contents (file, text, -1, NULL))
            g_error ("%s was not written", file);
          same = compare (programs[i], problem, file, seconds) && same;
          done++;
        }
    }
  remove (file);
  remove (result);
  remove (folder);
  return same;
}
