/* Doses given in the sample: ordered, thawed in a bath of their own, checked, signed for, with how the patient did. */
#include "desk-sample-parts.h"

#define THAW_LIMIT (30 * 60)

/* Everybody's PIN; README says so, and only a sample has it. Its hash is made beforehand: it is no secret. */
#define PIN_HASH \
  "$argon2id$v=19$m=65536,t=2,p=1$KSkL6EqWB+Kz60iLojVs7Q$tEPihEmoIoVJI4cnsRsGMTtU/lxuernipCm7i7i0kmc"

static const char *const baths[DESK_SAMPLE_CHAIRS][2] = { { "Water bath 1", "BATH-1" }, { "Water bath 2", "BATH-2" }, { "Water bath 3", "BATH-3" } };

/* A bath beside each chair, and the PINs. */
void
desk_sample_baths (DeskSample *sample)
{
  for (guint i = 0; i < G_N_ELEMENTS (baths); i++)
    desk_bulk_bath (sample->bulk, baths[i][0], baths[i][1]);
  for (guint i = 0; i < DESK_SAMPLE_N_STAFF; i++)
    desk_bulk_secret (sample->bulk, sample->staff[i], PIN_HASH, 0);
}

static void
measure (DeskSample *sample, const DeskSampleVisit *visit, const char *phase, gint64 at)
{
  DeskRandom *random = &sample->random;
  const int values[] = { desk_random_between (random, 108, 142), desk_random_between (random, 62, 88),
                         desk_random_between (random, 58, 92), desk_random_between (random, 361, 371),
                         desk_random_between (random, 95, 99) };

  desk_bulk_vitals (sample->bulk, visit->id, phase, values, desk_sample_by (sample, DESK_SAMPLE_NURSE, 0, at));
}

/* From the tank to the running drip: some ten minutes from when the patient sits. */
static void
begin (DeskSample *sample, const DeskUnit *unit, const DeskSampleVisit *visit)
{
  DeskBulk *bulk = sample->bulk;
  const char *bath = baths[visit->chair][0];
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_NURSE, DESK_SAMPLE_NURSE_2, visit->starts_at);

  desk_bulk_take_out (bulk, unit->id, by);
  desk_bulk_life (bulk, unit->id, "picked", by, NULL);
  by.at += 120;
  desk_bulk_thaw (bulk, unit->id, visit->id, bath, by);
  desk_bulk_life (bulk, unit->id, "thawing", by, NULL);
  by.at += desk_random_between (&sample->random, 150, 240);
  desk_bulk_thawed (bulk, unit->id, THAW_LIMIT, by);
  desk_bulk_life (bulk, unit->id, "thawed", by, NULL);
  measure (sample, visit, "before", by.at);
  by.at += 120;
  desk_bulk_check (bulk, unit->id, visit->id, by);
  desk_bulk_life (bulk, unit->id, "at_bedside", by, NULL);
  by.at += 60;
  desk_bulk_sign (bulk, by.witness, "infuse", unit->id, by.at);
  desk_bulk_infuse (bulk, unit, visit->id, by);
  desk_bulk_life (bulk, unit->id, "infusing", by, NULL);
}

static void
end (DeskSample *sample, const DeskUnit *unit, const DeskSampleVisit *visit)
{
  static const char *const reactions[] = { "Chills", "Fever", "Headache", "Nausea" };
  DeskBulk *bulk = sample->bulk;
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_NURSE, 0, visit->ends_at);
  gboolean well = !desk_random_one_in (&sample->random, 12);

  measure (sample, visit, "during", visit->starts_at + 1500);
  measure (sample, visit, "after", visit->ends_at);
  desk_bulk_infusion_end (bulk, unit, unit->volume_ml, well ? "" : reactions[desk_random_below (&sample->random, 4)],
                          well ? 0 : desk_random_between (&sample->random, 1, 2), by);
  desk_bulk_unreserve (bulk, unit->id, by);
  desk_bulk_life (bulk, unit->id, "infused", by, NULL);
  desk_bulk_visit_step (bulk, visit->id, "done", by);
}

/* Gives the dose at the visit, which is led as far as its status says: reserved, or at the patient's side, or given. Who
 * sits in the second chair waits for it: the order is there, the dose still in its tank. */
void
desk_sample_infuse (DeskSample *sample, const DeskUnit *unit, const DeskSampleVisit *visit)
{
  gboolean done = g_str_equal (visit->status, "done");
  gboolean here = g_str_equal (visit->status, "in_room");

  gint64 promised = MIN (visit->starts_at - 10 * 86400, desk_sample_at (sample, sample->today - 1, 9 * 60));

  desk_bulk_reserve (sample->bulk, unit, visit->id, desk_sample_by (sample, DESK_SAMPLE_RECEPTION, 0, promised));
  if (done || here || g_str_equal (visit->status, "checked_in"))
    desk_bulk_order (sample->bulk, visit->id, sample->staff[DESK_SAMPLE_PHYSICIAN], 500000000, 5000000000,
                     desk_random_between (&sample->random, 44, 84) * 1000,
                     MIN (visit->starts_at - 3600, desk_sample_at (sample, sample->today - 1, 17 * 60)));
  desk_sample_visit_until (sample, visit, done ? "in_room" : visit->status);
  if (done || (here && visit->chair != 1))
    begin (sample, unit, visit);
  if (done)
    end (sample, unit, visit);
}
