#include "desk-hours.h"

#include <string.h>

#include "desk-holiday.h"
#include "desk-text.h"

#define MOST_REASON 200

struct _DeskHours
{
  DeskOpening week[8]; /* by ISO weekday; 0 is not used */
  gboolean closed[8];
  GHashTable *closed_days, *open_days; /* day → reason */
};

/* The clinic's hours on every weekday, and no day that differs. */
DeskHours *
desk_hours_new (const DeskClinic *clinic)
{
  DeskHours *hours = g_new0 (DeskHours, 1);

  for (int weekday = 1; weekday <= 7; weekday++)
    {
      hours->week[weekday] = (DeskOpening){ weekday, clinic->opens, clinic->closes };
      hours->closed[weekday] = clinic->closed_weekdays && strchr (clinic->closed_weekdays, '0' + weekday);
    }
  hours->closed_days = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  hours->open_days = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return hours;
}

void
desk_hours_free (DeskHours *hours)
{
  if (!hours)
    return;
  g_hash_table_unref (hours->closed_days);
  g_hash_table_unref (hours->open_days);
  g_free (hours);
}

/* Hours of one weekday that differ from the clinic's. */
void
desk_hours_set_weekday (DeskHours *hours, const DeskOpening *opening)
{
  g_return_if_fail (opening->weekday >= 1 && opening->weekday <= 7);
  hours->week[opening->weekday] = *opening;
}

void
desk_hours_close (DeskHours *hours, DeskDay day, const char *reason)
{
  g_hash_table_replace (hours->closed_days, GINT_TO_POINTER (day), g_strdup (reason));
}

/* Open although a holiday or a weekday says otherwise. */
void
desk_hours_open (DeskHours *hours, DeskDay day, const char *reason)
{
  g_hash_table_replace (hours->open_days, GINT_TO_POINTER (day), g_strdup (reason));
}

/* What holds on a day. The clinic's own closing has the first word, its own opening the second. */
DeskHoursOfDay
desk_hours_of_day (const DeskHours *hours, DeskDay day)
{
  int weekday = desk_day_weekday (day);
  DeskHoursOfDay of_day = { DESK_CLOSED_NOT, NULL, hours->week[weekday].opens, hours->week[weekday].closes };
  gpointer reason;

  if (g_hash_table_lookup_extended (hours->closed_days, GINT_TO_POINTER (day), NULL, &reason))
    {
      of_day.closed = DESK_CLOSED_DAY;
      of_day.reason = reason;
    }
  else if (g_hash_table_lookup_extended (hours->open_days, GINT_TO_POINTER (day), NULL, &reason))
    of_day.reason = reason;
  else if ((of_day.reason = desk_holiday_name (day, FALSE)))
    of_day.closed = DESK_CLOSED_HOLIDAY;
  else if (hours->closed[weekday])
    of_day.closed = DESK_CLOSED_WEEKDAY;
  return of_day;
}

gboolean
desk_hours_open_on (const DeskHours *hours, DeskDay day)
{
  return desk_hours_of_day (hours, day).closed == DESK_CLOSED_NOT;
}

void
desk_time_block_free (DeskTimeBlock *block)
{
  if (!block)
    return;
  g_free (block->kind);
  g_free (block->weekdays);
  g_free (block->reason);
  g_free (block);
}

DeskTimeBlock *
desk_time_block_copy (const DeskTimeBlock *block)
{
  DeskTimeBlock *copy = g_memdup2 (block, sizeof *block);

  copy->kind = g_strdup (block->kind);
  copy->weekdays = g_strdup (block->weekdays);
  copy->reason = g_strdup (block->reason);
  return copy;
}

/* Whether that day has the block's time, from … until. */
gboolean
desk_time_block_on (const DeskTimeBlock *block, DeskDay day)
{
  return day >= block->first && day <= block->last
         && (!block->weekdays || strchr (block->weekdays, '0' + desk_day_weekday (day)));
}

static gboolean
is_on_five (int minute)
{
  return minute >= 0 && minute <= 1440 && minute % 5 == 0;
}

/* Checks a block that was typed. */
void
desk_time_block_check (const DeskTimeBlock *block, DeskProblems *problems)
{
  if (block->first == DESK_DAY_NONE)
    desk_problems_add (problems, "first", "missing", NULL);
  if (block->last == DESK_DAY_NONE || block->last < block->first)
    desk_problems_add (problems, "last", block->last == DESK_DAY_NONE ? "missing" : "before-first", NULL);
  if (!block->weekdays || !*block->weekdays)
    desk_problems_add (problems, "weekdays", "missing", NULL);
  if (!is_on_five (block->from))
    desk_problems_add (problems, "from", "not-on-five", NULL);
  if (!is_on_five (block->until))
    desk_problems_add (problems, "until", "not-on-five", NULL);
  else if (block->until <= block->from)
    desk_problems_add (problems, "until", "before-begin", NULL);
  desk_text_check (block->reason ? block->reason : "", "reason", MOST_REASON, FALSE, problems);
}

/* Checks the hours of one weekday that were typed. */
void
desk_opening_check (const DeskOpening *opening, DeskProblems *problems)
{
  if (!is_on_five (opening->opens) || opening->opens == 1440)
    desk_problems_add (problems, "opens", "not-on-five", NULL);
  if (!is_on_five (opening->closes))
    desk_problems_add (problems, "closes", "not-on-five", NULL);
  else if (opening->closes <= opening->opens)
    desk_problems_add (problems, "closes", "before-opening", NULL);
}
