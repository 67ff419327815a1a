/* Values over time: the chart of one test, and what the viral tests say now. */
#include <string.h>

#include "desk-lab.h"

void
desk_lab_viral_free (DeskLabViral *viral)
{
  if (!viral)
    return;
  g_free (viral->collected_on);
  g_free (viral);
}

void
desk_lab_point_free (DeskLabPoint *point)
{
  if (!point)
    return;
  desk_lab_value_free (point->value);
  g_free (point->collected_on);
  g_free (point->laboratory);
  g_free (point->shown);
  g_free (point);
}

/* Whether a line may join two values. Markers differ between kits and ALP between methods: of those anything that may
 * mean another kit ends the line. */
static gboolean
comparable (const DeskLabPoint *a, const DeskLabPoint *b)
{
  const DeskLabTest *test = desk_lab_find (a->value->test);

  if (strcmp (a->value->test, b->value->test) != 0)
    return FALSE;
  if (test && !test->marker && strcmp (test->id, "alp") != 0)
    return TRUE;
  return strcmp (a->laboratory, b->laboratory) == 0 && strcmp (a->value->loinc, b->value->loinc) == 0
         && strcmp (a->value->local_code, b->value->local_code) == 0 && strcmp (a->value->range_text, b->value->range_text) == 0;
}

/* Puts the values of one test, oldest first, into the unit of the newest number where that is legal, and says where a
 * line must not go on. Returns that unit as it was written; free it. */
char *
desk_lab_series_align (const GPtrArray *points)
{
  const char *unit = "";
  const DeskLabPoint *before = NULL;
  double number;

  for (guint i = points->len; i > 0; i--)
    {
      const DeskLabPoint *point = points->pdata[i - 1];

      if (!desk_lab_number (point->value->value, &number))
        continue;
      unit = point->value->unit;
      break;
    }
  for (guint i = 0; i < points->len; i++)
    {
      DeskLabPoint *point = points->pdata[i];

      g_free (point->shown);
      point->shown = desk_lab_convert (point->value->test, point->value->value, point->value->unit, unit);
      if (point->shown)
        desk_lab_number (point->shown, &point->number);
      point->breaks = !before || !before->shown || !point->shown || !comparable (before, point);
      before = point;
    }
  return g_strdup (unit);
}

static const DeskLabPoint *
newest (const GPtrArray *points, const char *test)
{
  for (guint i = points->len; i > 0; i--)
    if (strcmp (((DeskLabPoint *) points->pdata[i - 1])->value->test, test) == 0)
      return points->pdata[i - 1];
  return NULL;
}

/* Whichever of the two is worse decides; nothing is nonreactive unless both are. */
static const char *
worse (const char *a, const char *b)
{
  static const char *const order[] = { "reactive", "indeterminate", "", "nonreactive" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (strcmp (a, order[i]) == 0 || strcmp (b, order[i]) == 0)
      return order[i];
  return "";
}

static const char *
known_outcome (const char *outcome)
{
  static const char *const outcomes[] = { "nonreactive", "reactive", "indeterminate" };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (strcmp (outcomes[i], outcome) == 0)
      return outcomes[i];
  return "";
}

/* One DeskLabViral for each of hiv, hbsag, antihbc, hcvab, htlv and syphilis, in that order, from the patient's values, oldest
 * first. Syphilis needs both RPR and TPHA: with one alone it is reactive or not known. Free with
 * g_ptr_array_unref (). */
GPtrArray *
desk_lab_viral_of (const GPtrArray *points)
{
  static const struct
  {
    const char *agent, *tests[2];
  } agents[] = {
    { "hiv", { "hiv" } },     { "hbsag", { "hbsag" } }, { "antihbc", { "antihbc" } },
    { "hcvab", { "hcvab" } }, { "htlv", { "htlv" } },   { "syphilis", { "rpr", "tpha" } },
  };
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_viral_free);

  for (guint i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      DeskLabViral *viral = g_new0 (DeskLabViral, 1);
      const char *outcome = "nonreactive", *day = NULL;

      viral->agent = agents[i].agent;
      viral->final = TRUE;
      for (guint j = 0; j < 2 && agents[i].tests[j]; j++)
        {
          const DeskLabPoint *point = newest (points, agents[i].tests[j]);

          outcome = worse (outcome, point ? known_outcome (point->value->outcome) : "");
          if (!point)
            continue;
          viral->final = viral->final && strcmp (point->value->status, "P") != 0;
          if (day && strcmp (day, point->collected_on) <= 0)
            continue;
          day = point->collected_on;
          viral->report_id = point->value->report_id;
        }
      viral->outcome = outcome;
      viral->collected_on = g_strdup (day ? day : "");
      g_ptr_array_add (out, viral);
    }
  return out;
}
