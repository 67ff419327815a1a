/* The lists of the sample clinic: one visit given up, people who wait for its time and for others, calls that are due. */
#include "desk-clocks.h"
#include "desk-freed.h"
#include "desk-recalls.h"
#include "desk-sample-parts.h"
#include "desk-waitings.h"

#define GIVEN_UP 9 /* the patient who cannot come after all */
#define AHEAD 10   /* days until then */

/* Needs the book, while it is still written in bulk. */
void
desk_sample_free_time (DeskSample *sample)
{
  DeskSampleVisit visit = { 0 };

  if (sample->patients < GIVEN_UP
      || !desk_sample_visit (sample, GIVEN_UP, "infusion", desk_sample_open_day (sample, sample->today + AHEAD, 1), 1, 0, 0, &visit))
    return;
  desk_bulk_visit_step (sample->bulk, visit.id, "cancelled_patient",
                        desk_sample_by (sample, DESK_SAMPLE_RECEPTION, DESK_SAMPLE_RECEPTION, desk_sample_at (sample, sample->today, 8 * 60 + 40)));
}

/* Who waits, in the order of the list. */
static const struct
{
  gint64 patient_id;
  int priority, from, until, notice, days;
  const char *weekdays, *type, *note;
} people[] = {
  { 23, 1, 0, 1440, 2, 12, "1234567", "infusion", "Flies home soon" },
  { 31, 2, 9 * 60, 13 * 60, 3, 20, "12345", "infusion", "" },
  { 47, 2, 0, 1440, 0, 5, "1234567", "infusion", "Can come on short notice" },
  { 52, 3, 0, 1440, 21, 30, "1234567", "infusion", "Needs a flight" },
  { 16, 2, 10 * 60, 16 * 60, 1, 3, "24", "consultation", "" },
};

gboolean
desk_sample_lists (DeskSample *sample, DeskDb *db, GError **error)
{
  gint64 now = desk_sample_at (sample, sample->today, 8 * 60 + 30);
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (DeskWaiting) waiting = desk_waiting_new (people[i].patient_id, people[i].type);

      if (people[i].patient_id > sample->patients)
        continue;
      waiting->priority = people[i].priority;
      waiting->from_minute = people[i].from;
      waiting->until_minute = people[i].until;
      waiting->notice_days = people[i].notice;
      g_free (waiting->weekdays);
      waiting->weekdays = g_strdup (people[i].weekdays);
      g_free (waiting->note);
      waiting->note = g_strdup (people[i].note);
      waiting->added_at = desk_sample_at (sample, sample->today - people[i].days, 11 * 60);
      if (!desk_waiting_save (db, waiting, error))
        return FALSE;
    }
  return desk_clock_fill_missing (db, now, &n, error) && desk_freed_tidy (db, now, &n, error) && desk_recalls_make (db, now, &n, error);
}
