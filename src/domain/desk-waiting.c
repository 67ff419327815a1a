#include "desk-waiting.h"

#include <string.h>

static const char *const outcomes[] = { "booked", "declined", "withdrawn", "unreachable", NULL };

static const char *const miss_codes[] = { "type", "day", "weekday", "time", "notice", "later", "same", "blackout", "busy", "stay",
                                          "window", "gate" };

DeskWaiting *
desk_waiting_new (gint64 patient_id, const char *type)
{
  DeskWaiting *waiting = g_new0 (DeskWaiting, 1);

  waiting->patient_id = patient_id;
  waiting->type = g_strdup (type);
  waiting->first_day = waiting->last_day = DESK_DAY_NONE;
  waiting->until_minute = 1440;
  waiting->weekdays = g_strdup ("1234567");
  waiting->priority = 2;
  waiting->note = g_strdup ("");
  waiting->outcome = g_strdup ("");
  return waiting;
}

DeskWaiting *
desk_waiting_copy (const DeskWaiting *waiting)
{
  DeskWaiting *copy = g_memdup2 (waiting, sizeof *waiting);

  copy->type = g_strdup (waiting->type);
  copy->weekdays = g_strdup (waiting->weekdays);
  copy->note = g_strdup (waiting->note);
  copy->outcome = g_strdup (waiting->outcome);
  copy->patient_name = g_strdup (waiting->patient_name);
  copy->patient_chart = g_strdup (waiting->patient_chart);
  copy->phone = g_strdup (waiting->phone);
  copy->languages = g_strdup (waiting->languages);
  return copy;
}

void
desk_waiting_free (DeskWaiting *waiting)
{
  if (!waiting)
    return;
  g_free (waiting->type);
  g_free (waiting->weekdays);
  g_free (waiting->note);
  g_free (waiting->outcome);
  g_free (waiting->patient_name);
  g_free (waiting->patient_chart);
  g_free (waiting->phone);
  g_free (waiting->languages);
  g_free (waiting);
}

void
desk_freed_slot_free (DeskFreedSlot *slot)
{
  if (!slot)
    return;
  g_free (slot->type);
  g_free (slot->outcome);
  g_free (slot->patient_name);
  g_free (slot);
}

/* What keeps them from it, 0 for nothing; known is what the store found (BLACKOUT to GATE). */
guint
desk_waiting_misses (const DeskWaiting *waiting, const DeskFreedSlot *slot, guint known, GTimeZone *zone, gint64 now)
{
  DeskDay day = desk_instant_day (slot->starts_at, zone);
  int from = desk_instant_minute (slot->starts_at, zone);
  int until = from + (int) ((slot->ends_at - slot->starts_at) / 60);
  guint misses = known;

  if (g_strcmp0 (waiting->type, slot->type) != 0)
    misses |= DESK_WAITING_TYPE;
  if ((waiting->first_day != DESK_DAY_NONE && day < waiting->first_day) || (waiting->last_day != DESK_DAY_NONE && day > waiting->last_day))
    misses |= DESK_WAITING_DAY;
  if (!strchr (waiting->weekdays, '0' + desk_day_weekday (day)))
    misses |= DESK_WAITING_WEEKDAY;
  if (from < waiting->from_minute || until > waiting->until_minute)
    misses |= DESK_WAITING_TIME;
  if (day - desk_instant_day (now, zone) < waiting->notice_days || slot->starts_at <= now)
    misses |= DESK_WAITING_NOTICE;
  if (waiting->visit_starts_at && waiting->visit_starts_at <= slot->starts_at)
    misses |= DESK_WAITING_LATER;
  if ((waiting->visit_id && waiting->visit_id == slot->visit_id) || waiting->patient_id == slot->patient_id)
    misses |= DESK_WAITING_SAME;
  return misses;
}

/* Without a doubt before those with one, then by priority, then who has waited longest. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const DeskWaitingFit *one = a, *two = b;
  const DeskWaiting *first = one->waiting, *second = two->waiting;

  if (one->fits != two->fits)
    return two->fits - one->fits;
  if (!one->misses != !two->misses)
    return !two->misses - !one->misses;
  if (first->priority != second->priority)
    return first->priority - second->priority;
  if (first->added_at != second->added_at)
    return first->added_at < second->added_at ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Judges each DeskWaitingFit of the array (waiting and known are filled) and brings them in the order to ask. */
void
desk_waiting_rank (GArray *fits, const DeskFreedSlot *slot, GTimeZone *zone, gint64 now)
{
  for (guint i = 0; i < fits->len; i++)
    {
      DeskWaitingFit *fit = &g_array_index (fits, DeskWaitingFit, i);

      fit->misses = desk_waiting_misses (fit->waiting, slot, fit->known, zone, now);
      fit->fits = !(fit->misses & ~DESK_WAITING_DOUBTS);
    }
  g_array_sort (fits, compare);
}

/* The code of one bit, static. */
const char *
desk_waiting_miss_code (DeskWaitingMiss miss)
{
  guint bit = g_bit_nth_lsf (miss, -1);

  return bit < G_N_ELEMENTS (miss_codes) ? miss_codes[bit] : "";
}

/* How it can end, NULL-terminated, static. */
const char *const *
desk_waiting_outcomes (void)
{
  return outcomes;
}

void
desk_waiting_check (const DeskWaiting *waiting, DeskProblems *problems)
{
  if (!waiting->patient_id)
    desk_problems_add (problems, "patient_id", "missing", NULL);
  if (!waiting->type || !*waiting->type)
    desk_problems_add (problems, "type", "missing", NULL);
  if (waiting->first_day != DESK_DAY_NONE && waiting->last_day != DESK_DAY_NONE && waiting->last_day < waiting->first_day)
    desk_problems_add (problems, "last_day", "before-first", NULL);
  if (waiting->from_minute < 0 || waiting->until_minute > 1440 || waiting->from_minute >= waiting->until_minute)
    desk_problems_add (problems, "until_minute", "times-crossed", NULL);
  if (!waiting->weekdays || !*waiting->weekdays || strspn (waiting->weekdays, "1234567") != strlen (waiting->weekdays))
    desk_problems_add (problems, "weekdays", "no-weekday", NULL);
  if (waiting->notice_days < 0 || waiting->notice_days > 365)
    desk_problems_add (problems, "notice_days", "out-of-range", NULL);
  if (waiting->priority < 1 || waiting->priority > 3)
    desk_problems_add (problems, "priority", "out-of-range", NULL);
}
