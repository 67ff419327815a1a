/* The legal clocks as a table: code, days from the day of knowing. */
#include "desk-legal-clock.h"

#include <string.h>

#define PERIOD_DAYS 60 /* of other harm, from the filing of the plan: its first day counts */
#define AFTER_PERIOD 10
#define SOON_DAYS 3

static const struct
{
  const char *code;
  int days;             /* after the day of knowing; -1: by the plan's periods */
  gboolean needs_harm;  /* somebody was given what may have harmed */
} rules[DESK_N_CLOCKS] = {
  [DESK_CLOCK_PROCESSOR] = { "processor", 0, FALSE },
  [DESK_CLOCK_HARM_7] = { "harm-7", 7, TRUE },
  [DESK_CLOCK_MINISTER] = { "minister", 7, TRUE },
  [DESK_CLOCK_HARM_15] = { "harm-15", 15, TRUE },
  [DESK_CLOCK_HARM_60] = { "harm-60", -1, TRUE },
};

void
desk_legal_clock_free (DeskLegalClock *clock)
{
  g_free (clock->done_by);
  g_free (clock->outcome);
  g_free (clock->note);
  g_free (clock);
}

const char *
desk_clock_code (DeskClockRule rule)
{
  return rules[rule].code;
}

gboolean
desk_clock_parse (const char *code, DeskClockRule *rule)
{
  for (int i = 0; i < DESK_N_CLOCKS; i++)
    if (g_strcmp0 (rules[i].code, code) == 0)
      {
        *rule = i;
        return TRUE;
      }
  return FALSE;
}

/* The last day of the period of sixty that holds the day: the filing day is the first day of the first period. */
DeskDay
desk_plan_period_end (DeskDay plan_filed, DeskDay on)
{
  int whole = MAX (0, on - plan_filed) / PERIOD_DAYS;

  return plan_filed + (whole + 1) * PERIOD_DAYS - 1;
}

/* By when the report on the year that holds the day is due: years count from the filing day, and the days (90 of
 * care, 60 of manufacture) from the year's last day. */
DeskDay
desk_plan_report_due (DeskDay plan_filed, DeskDay on, int days)
{
  DeskDay next = desk_day_add_months (plan_filed, 12);

  for (int year = 2; next <= on; year++)
    next = desk_day_add_months (plan_filed, 12 * year);
  return next - 1 + days;
}

/* The earliest reading; DESK_DAY_NONE for a clock by the plan's periods where nobody wrote down when it was filed. */
DeskDay
desk_clock_due (DeskClockRule rule, DeskDay known, DeskDay plan_filed)
{
  if (rules[rule].days >= 0)
    return known + rules[rule].days;
  return plan_filed == DESK_DAY_NONE ? DESK_DAY_NONE : desk_plan_period_end (plan_filed, known) + AFTER_PERIOD;
}

/* The processor is told in any case; the reports of harm wait for somebody having been given the cells. That it did
 * no harm is for a person to say, in words, not for the program to assume. */
gboolean
desk_clock_starts (DeskClockRule rule, guint infused, DeskDay plan_filed)
{
  if (rules[rule].needs_harm && infused == 0)
    return FALSE;
  return rules[rule].days >= 0 || plan_filed != DESK_DAY_NONE;
}

/* "done", "late", "today", "soon" (three days or fewer) or "running". */
const char *
desk_clock_urgency (DeskDay due, gboolean done, DeskDay today)
{
  if (done)
    return "done";
  if (due < today)
    return "late";
  if (due == today)
    return "today";
  return due - today <= SOON_DAYS ? "soon" : "running";
}
