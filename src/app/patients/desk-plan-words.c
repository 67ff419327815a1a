#include "desk-plan-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-gate-words.h"
#include "desk-words.h"

/* "12 Mar", without weekday or year, for a picture; the caller frees it. */
char *
desk_plan_day_words (DeskDay day)
{
  g_autofree char *words = desk_words_day_short (day);
  char *bracket = strchr (words, '('), *space = strchr (words, ' ');

  if (bracket)
    return g_strndup (words, (gsize) (bracket - words));
  return g_strdup (space ? space + 1 : words);
}

/* "12 Mar 2027"; the caller frees it. */
char *
desk_plan_long_day_words (DeskDay day)
{
  g_autofree char *words = desk_plan_day_words (day), *iso = desk_day_format (day);

  /* Japanese has nothing to shorten. */
  return strchr (words, ' ') ? g_strdup_printf ("%s %.4s", words, iso) : desk_words_iso_day (iso);
}

/* "2 trips · 31 days in Japan · last infusion 12 Mar 2027 · 1 draw"; the caller frees it. */
char *
desk_plan_sum_words (const DeskPlan *plan)
{
  g_autofree char *trips = g_strdup_printf (g_dngettext (NULL, "%d trip", "%d trips", (gulong) plan->n_trips), plan->n_trips);
  g_autofree char *days = g_strdup_printf (g_dngettext (NULL, "%d day in Japan", "%d days in Japan", (gulong) plan->n_days), plan->n_days);
  g_autofree char *draws = g_strdup_printf (g_dngettext (NULL, "%d draw", "%d draws", (gulong) plan->n_draws), plan->n_draws);
  g_autofree char *day = desk_plan_long_day_words (plan->end);
  g_autofree char *end = g_strdup_printf (_("last infusion %s"), day);
  const char *facts[] = { trips, days, end, plan->n_draws ? draws : _("no draw") };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* What an alternative is the best in, "fewest trips · earliest end"; "" for a compromise between others. */
char *
desk_plan_merit_words (const GPtrArray *plans, guint index)
{
  const DeskPlan *plan = plans->pdata[index];
  gboolean trips = TRUE, days = TRUE, end = TRUE;

  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *other = plans->pdata[i];

      trips = trips && plan->n_trips <= other->n_trips;
      days = days && plan->n_days <= other->n_days;
      end = end && plan->end <= other->end;
    }
  const char *facts[] = { trips ? _("fewest trips") : "", days ? _("fewest days") : "", end ? _("earliest end") : "" };
  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static const DeskPlanPaper *
paper_of (const DeskPlanProblem *problem, const char *code)
{
  for (guint i = 0; problem->papers && i < problem->papers->len; i++)
    if (g_str_equal (((const DeskPlanPaper *) problem->papers->pdata[i])->code, code))
      return problem->papers->pdata[i];
  return NULL;
}

/* Which papers are too old on the day they are needed: "Viral markers (good until 3 Jan 2027)"; "" for none. */
char *
desk_plan_stale_words (const DeskPlanProblem *problem, const DeskPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; plan->stale && i < plan->stale->len; i++)
    {
      const char *code = plan->stale->pdata[i];
      const DeskPlanPaper *paper = paper_of (problem, code);
      g_autofree char *day = paper ? desk_plan_long_day_words (paper->good_until) : g_strdup ("");

      g_string_append (text, text->len ? _("; ") : "");
      if (paper && paper->good_until != DESK_DAY_NONE)
        g_string_append_printf (text, _("%s (good until %s)"), desk_gate_words_rule (code), day);
      else
        g_string_append_printf (text, _("%s (not there yet)"), desk_gate_words_rule (code));
    }
  return g_string_free (text, FALSE);
}

/* "frozen cells of draw 1"; doses are the numbers of the banked ones by id, or NULL. */
char *
desk_plan_source_words (const DeskPlanVisit *visit, GHashTable *doses)
{
  const char *number = doses ? g_hash_table_lookup (doses, &visit->dose_id) : NULL;

  if (visit->source == DESK_PLAN_FROM_FRESH)
    return g_strdup_printf (_("fresh cells of draw %d"), visit->from_draw);
  if (visit->source == DESK_PLAN_FROM_FROZEN)
    return g_strdup_printf (_("frozen cells of draw %d"), visit->from_draw);
  return number ? g_strdup_printf (_("banked dose %s"), number) : g_strdup (_("a banked dose"));
}

/* The number an infusion has among those of the plan, from 1; 0 for a visit that is none. */
int
desk_plan_infusion_number (const DeskPlan *plan, guint index)
{
  int number = 0;

  for (guint i = 0; i <= index; i++)
    number += g_array_index (plan->visits, DeskPlanVisit, i).infusion ? 1 : 0;
  return g_array_index (plan->visits, DeskPlanVisit, index).infusion ? number : 0;
}

/* "Infusion 3, frozen cells of draw 1 · blood draw 2", without its day; the caller frees it. */
char *
desk_plan_visit_words (const DeskPlan *plan, guint index, GHashTable *doses)
{
  const DeskPlanVisit *visit = &g_array_index (plan->visits, DeskPlanVisit, index);
  g_autofree char *source = visit->infusion ? desk_plan_source_words (visit, doses) : NULL;
  g_autofree char *infusion
      = source ? g_strdup_printf (_("Infusion %d, %s"), desk_plan_infusion_number (plan, index), source) : g_strdup ("");
  g_autofree char *draw = visit->draw ? g_strdup_printf (_("Draw %d"), visit->draw_number) : g_strdup ("");
  const char *facts[] = { infusion, draw };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* "3 Jan – 17 Jan · 15 days"; the caller frees it. */
char *
desk_plan_trip_words (const DeskPlanTrip *trip)
{
  g_autofree char *arrival = desk_plan_day_words (trip->arrival), *departure = desk_plan_day_words (trip->departure);
  g_autofree char *days = g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", (gulong) (trip->departure - trip->arrival + 1)), trip->departure - trip->arrival + 1);

  return g_strdup_printf ("%s – %s · %s", arrival, departure, days);
}

/* A rule with the numbers it has in the problem; the caller frees it. */
char *
desk_plan_rule_words (const DeskPlanProblem *p, DeskPlanRule rule)
{
  g_autofree char *last = desk_plan_long_day_words (p->last);

  switch (rule)
    {
    case DESK_PLAN_RULE_GAP:
      return g_strdup_printf (_("%d to %d days between infusions"), p->gap_min, p->gap_max);
    case DESK_PLAN_RULE_CULTURE:
      return g_strdup_printf (_("A culture of %d to %d days"), p->culture_min, p->culture_max);
    case DESK_PLAN_RULE_SHELF:
      return g_strdup_printf (g_dngettext (NULL, "Fresh cells keep %d day", "Fresh cells keep %d days", (gulong) p->fresh_days), p->fresh_days);
    case DESK_PLAN_RULE_RELEASE:
      return g_strdup_printf (_("Frozen doses are released %d days after the harvest"), p->release_days);
    case DESK_PLAN_RULE_EXPIRY:
      return g_strdup (_("Frozen doses expire"));
    case DESK_PLAN_RULE_YIELD:
      return p->strategy == DESK_PLAN_BANKED || p->yield == 0 ? g_strdup (_("The doses there are"))
                                                             : g_strdup_printf (_("A draw gives %d doses at most"), p->yield);
    case DESK_PLAN_RULE_DRAWS:
      return g_strdup_printf (_("At most %d draws"), p->max_draws);
    case DESK_PLAN_RULE_STAY:
      return p->stay_days ? g_strdup_printf (_("Stays of at most %d days"), p->stay_days) : g_strdup (_("The permission to stay"));
    case DESK_PLAN_RULE_BUFFERS:
      return g_strdup_printf (_("Arrival %d days before the first visit, departure %d days after the last"), p->before, p->after);
    case DESK_PLAN_RULE_HOME:
      return g_strdup_printf (_("%d days at home between two trips"), p->home_days);
    case DESK_PLAN_RULE_HORIZON:
      return g_strdup_printf (_("All visits until %s"), last);
    default:
      return g_strdup (desk_words ("plan-rule", desk_plan_rule_code (rule)));
    }
}

/* What relaxing a rule would give: "Clinic open on closed days: 2 trips · 30 days in Japan · …"; that it alone does not
 * help where it does not. */
char *
desk_plan_gain_words (const DeskPlanRelaxation *relaxation)
{
  const char *relaxed = desk_words ("plan-relax", desk_plan_rule_code (relaxation->rule));

  if (relaxation->plans->len == 0)
    return g_strdup_printf (relaxation->too_hard ? _("%s: whether that helps alone is not known")
                                                 : _("%s: does not help alone"),
                            relaxed);
  g_autofree char *sum = desk_plan_sum_words (relaxation->plans->pdata[0]);
  return relaxation->plans->len == 1
             ? g_strdup_printf (_("%s: %s"), relaxed, sum)
             : g_strdup_printf (g_dngettext (NULL, "%s: %s, and %u other", "%s: %s, and %u others", relaxation->plans->len - 1),
                                relaxed, sum, relaxation->plans->len - 1);
}

/* The end of the text as a day for people, where it is one. */
static char *
detail_words (const char *detail)
{
  const char *last = strrchr (detail, ' ');
  DeskDay day;

  last = last ? last + 1 : detail;
  if (!desk_day_parse (last, &day))
    return g_strdup (detail);
  g_autofree char *before = g_strndup (detail, (gsize) (last - detail)), *words = desk_plan_long_day_words (day);
  return g_strconcat (before, words, NULL);
}

/* Why a plan was not booked: what moved since, as desk_plan_red () calls it, or a rule. The caller frees it. */
char *
desk_plan_problem_words (const DeskProblem *problem)
{
  const char *red = desk_words ("plan-red", problem->code);
  g_autofree char *detail = detail_words (problem->detail ? problem->detail : "");
  DeskProblem plain = { .field = problem->field, .code = problem->code };
  g_autofree char *words = red != problem->code ? g_strdup (red) : desk_words_problem (&plain);

  return *detail ? g_strdup_printf ("%s (%s)", words, detail) : g_steal_pointer (&words);
}
