/* Where each patient of the sample stands: from the first question to the last infusion. */
#include "desk-sample-parts.h"

#define DOSES 6

/* In the middle of six infusions; the next is on about that day. Past visits are looked for backwards, so that
 * whatever the book is full of, the order of blood, cells and infusions stays right. */
static void
in_treatment (DeskSample *sample, const DeskPatient *patient, DeskDay next)
{
  guint given = desk_random_below (&sample->random, DOSES);
  DeskSampleVisit visits[DOSES], draw, consultation;
  DeskUnit doses[DOSES];

  g_autofree char *started = desk_day_format (next - 10 * (int) given - 25);
  gint64 course = desk_bulk_course (sample->bulk, patient->id, "treatment-6", started);
  if (!desk_sample_visit (sample, patient->id, "infusion", next, 1, course, given + 3, &visits[given]))
    return;
  for (guint i = given; i-- > 0;)
    if (!desk_sample_visit (sample, patient->id, "infusion", MIN (visits[i + 1].day, sample->today) - desk_random_between (&sample->random, 7, 12),
                            -1, course, i + 3, &visits[i]))
      return;
  for (guint i = given + 1; i < DOSES; i++)
    if (!desk_sample_visit (sample, patient->id, "infusion", visits[i - 1].day + desk_random_between (&sample->random, 7, 12), 1, course,
                            i + 3, &visits[i]))
      return;
  if (!desk_sample_visit (sample, patient->id, "blood_draw", MIN (visits[0].day, sample->today) - 19, -1, course, 2, &draw)
      || !desk_sample_visit (sample, patient->id, "consultation", draw.day - 2, -1, course, 1, &consultation))
    return;

  desk_sample_visit_until (sample, &consultation, "done");
  desk_sample_visit_until (sample, &draw, "done");
  gint64 lot = desk_sample_lot (sample, patient, course, draw.day, DESK_SAMPLE_RELEASED);
  desk_sample_doses (sample, patient, lot, draw.day, DESK_SAMPLE_RELEASED, DOSES, doses);
  for (guint i = 0; i < DOSES; i++)
    if (i <= given + 1)
      desk_sample_infuse (sample, &doses[i], &visits[i]);
    else
      desk_sample_visit_until (sample, &visits[i], visits[i].status);
}

static void
treated_today (DeskSample *sample, const DeskPatient *patient)
{
  in_treatment (sample, patient, sample->today);
}

static void
treated_this_week (DeskSample *sample, const DeskPatient *patient)
{
  in_treatment (sample, patient, sample->today + desk_random_between (&sample->random, 1, 6));
}

/* One visit of that type around that day, led to where it would be. */
static void
one_visit (DeskSample *sample, const DeskPatient *patient, const char *type, DeskDay day)
{
  static const char *const ends[] = { "no_show", "cancelled_patient", "cancelled_late" };
  DeskSampleVisit visit;

  if (!desk_sample_visit (sample, patient->id, type, day, day < sample->today ? -1 : 1, 0, 0, &visit))
    return;
  /* Not everybody comes. */
  if (visit.day < sample->today && desk_random_one_in (&sample->random, 6))
    desk_bulk_visit_step (sample->bulk, visit.id, ends[desk_random_below (&sample->random, G_N_ELEMENTS (ends))],
                          desk_sample_by (sample, DESK_SAMPLE_RECEPTION_2, 0, visit.starts_at - 3600));
  else
    desk_sample_visit_until (sample, &visit, visit.status);
}

static DeskDay
around_today (DeskSample *sample)
{
  return sample->today + desk_random_between (&sample->random, -3, 6);
}

static void
draw_today (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "blood_draw", sample->today);
}

static void
draw_soon (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "viral_test", sample->today - desk_random_between (&sample->random, 1, 3));
  one_visit (sample, patient, "blood_draw", sample->today + desk_random_between (&sample->random, 1, 6));
}

static void
consultation_today (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "consultation", sample->today);
}

static void
consultation (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "consultation", around_today (sample));
}

static void
follow_up (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "follow_up", around_today (sample));
}

static void
remote (DeskSample *sample, const DeskPatient *patient)
{
  one_visit (sample, patient, "remote", around_today (sample));
}

/* Cells that grow, and the infusions of the course that wait for them: what moves when the culture is late. */
static void
culturing (DeskSample *sample, const DeskPatient *patient)
{
  DeskDay drawn = sample->today - desk_random_between (&sample->random, 2, 11);
  g_autofree char *started = desk_day_format (drawn);
  gint64 course = desk_bulk_course (sample->bulk, patient->id, "high-activity", started);
  DeskSampleVisit draw, infusion;

  if (!desk_sample_visit (sample, patient->id, "blood_draw", drawn, -1, course, 2, &draw))
    return;
  desk_sample_visit_until (sample, &draw, "done");
  desk_sample_lot (sample, patient, course, draw.day, DESK_SAMPLE_CULTURING);
  infusion.day = MAX (draw.day + 18, sample->today + 3) - 8;
  for (int step = 3; step <= 5; step++)
    if (desk_sample_visit (sample, patient->id, "infusion", infusion.day + 8, 1, course, step, &infusion))
      desk_sample_visit_until (sample, &infusion, infusion.status);
    else
      break;
}

/* Doses that wait in the tank, harvested long enough ago for that stage. */
static void
banked (DeskSample *sample, const DeskPatient *patient, DeskSampleLot stage, guint n, DeskUnit *units)
{
  int ago = stage == DESK_SAMPLE_QUARANTINE || stage == DESK_SAMPLE_CONDITIONAL ? 18 : desk_random_between (&sample->random, 40, 300);
  DeskDay drawn = sample->today - ago;
  gint64 lot = desk_sample_lot (sample, patient, 0, drawn, stage);

  desk_sample_doses (sample, patient, lot, drawn, stage, n, units);
}

static void
at_home (DeskSample *sample, const DeskPatient *patient)
{
  DeskUnit units[DOSES];

  banked (sample, patient, DESK_SAMPLE_RELEASED, desk_random_between (&sample->random, 1, 4), units);
}

static void
in_quarantine (DeskSample *sample, const DeskPatient *patient)
{
  DeskUnit units[DOSES];
  DeskSampleVisit visit;
  gboolean conditional = desk_random_one_in (&sample->random, 4)
                         && desk_sample_visit (sample, patient->id, "infusion", sample->today + 1, 1, 0, 0, &visit);

  sample->condition_visit = conditional ? visit.id : 0;
  banked (sample, patient, conditional ? DESK_SAMPLE_CONDITIONAL : DESK_SAMPLE_QUARANTINE, 3, units);
  if (conditional)
    desk_sample_visit_until (sample, &visit, visit.status);
}

/* What goes wrong now and then: no growth, a failed test, a doubtful label, a leaking bag. */
static void
in_trouble (DeskSample *sample, const DeskPatient *patient)
{
  DeskUnit units[DOSES];
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_QUALITY, 0, desk_sample_at (sample, sample->today - 2, 14 * 60));

  if (desk_random_one_in (&sample->random, 4))
    {
      desk_sample_lot (sample, patient, 0, sample->today - 15, DESK_SAMPLE_FAILED);
      return;
    }
  if (desk_random_one_in (&sample->random, 2))
    {
      banked (sample, patient, DESK_SAMPLE_REJECTED, 3, units);
      desk_sample_discard (sample, &units[0], sample->today - 10, "rejected: endotoxin above the limit");
      return;
    }
  banked (sample, patient, DESK_SAMPLE_RELEASED, 3, units);
  desk_bulk_hold (sample->bulk, units[0].id, 0, "label torn: identity to be confirmed", by);
  desk_sample_discard (sample, &units[2], sample->today - 5, "bag leaked at stocktake");
}

typedef void (*Story) (DeskSample *sample, const DeskPatient *patient);

/* Patients beyond the end of the list are only registered. */
static const Story stories[] = { treated_today, culturing, consultation_today, treated_this_week, at_home, draw_soon, in_quarantine,
                                 remote, draw_today, in_trouble, consultation, at_home, follow_up, treated_this_week,
                                 consultation };

/* Past visits and banked doses of a large clinic, for patients beyond the ones told whole. */
static void
in_short (DeskSample *sample, const DeskPatient *patient, guint index)
{
  DeskUnit units[DOSES];

  if (index % 50 == 0)
    one_visit (sample, patient, "consultation", sample->today - desk_random_between (&sample->random, 14, 900));
  if (index % 200 == 0)
    banked (sample, patient, DESK_SAMPLE_RELEASED, 2, units);
}

static guint
story_of (guint index)
{
  return index * 7 % 16;
}

/* Whether the index-th patient is being given doses: nobody is without having signed. */
gboolean
desk_sample_is_treated (guint index)
{
  guint number = story_of (index);

  return number < G_N_ELEMENTS (stories) && (stories[number] == treated_today || stories[number] == treated_this_week);
}

/* Visits and cells of the index-th patient. */
void
desk_sample_story (DeskSample *sample, const DeskPatient *patient, guint index)
{
  guint number = story_of (index);

  if (index >= DESK_SAMPLE_WHOLE)
    {
      in_short (sample, patient, index);
      return;
    }
  if (number >= G_N_ELEMENTS (stories))
    return;
  /* Nobody is called to a draw without having sent a single paper. */
  if (index >= DESK_SAMPLE_PAPERS && (stories[number] == draw_today || stories[number] == draw_soon))
    follow_up (sample, patient);
  else
    stories[number] (sample, patient);
}
