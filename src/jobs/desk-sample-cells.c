/* Lots and doses of the sample: collected, grown, tested, frozen, given. */
#include "desk-code-check.h"
#include "desk-sample-parts.h"

#define CULTURE_DAYS 14

typedef struct
{
  const char *test, *unit, *limit;
  int low, high; /* of the value invented */
  int failing;
} Test;

/* Limits as in a usual plan: facts/cells.md 5.5. */
static const Test tests[] = {
  { "viability", "%", "≥ 70 %", 84, 97, 58 }, { "count", "cells", "", 18, 62, 6 },
  { "purity", "%", "> 50 %", 58, 91, 31 },    { "endotoxin", "EU/kg", "≤ 5 EU/kg", 0, 2, 9 },
  { "mycoplasma", "", "negative", 0, 0, 0 },  { "sterility", "", "negative", 0, 0, 0 },
};

/* Who did it with whom; witness 0, the first receptionist, stands for nobody. */
DeskBulkActor
desk_sample_by (DeskSample *sample, DeskSampleStaff performer, DeskSampleStaff witness, gint64 at)
{
  return (DeskBulkActor) { sample->staff[performer], witness ? sample->staff[witness] : 0, at };
}

static void
add_result (DeskSample *sample, gint64 lot_id, const Test *test, gboolean passed, const char *stage, DeskDay day)
{
  g_autofree char *reported = desk_day_format (day);
  int number = passed ? desk_random_between (&sample->random, test->low, test->high) : test->failing;
  const char *power = g_str_equal (test->test, "count") ? "00000000" : "";
  g_autofree char *value = test->high ? g_strdup_printf ("%d%s", number, power) : g_strdup (test->limit);
  DeskResult result = { .lot_id = lot_id, .test = DESK_LEND (test->test), .value = value, .unit = DESK_LEND (test->unit),
                        .limit_text = DESK_LEND (test->limit), .passed = passed, .stage = DESK_LEND (stage),
                        .reported_on = reported, .entered_by = sample->staff[DESK_SAMPLE_CULTURE_2] };

  gint64 id = desk_bulk_result (sample->bulk, &result, desk_sample_at (sample, day, 16 * 60));
  if (g_str_equal (stage, "final"))
    desk_bulk_result_check (sample->bulk, id, desk_sample_by (sample, DESK_SAMPLE_CULTURE, 0, desk_sample_at (sample, day, 16 * 60 + 30)));
}

static void
add_results (DeskSample *sample, gint64 lot_id, DeskDay drawn, DeskSampleLot stage)
{
  DeskDay harvested = drawn + CULTURE_DAYS;

  if (stage == DESK_SAMPLE_CULTURING || stage == DESK_SAMPLE_FAILED)
    {
      add_result (sample, lot_id, &tests[0], stage == DESK_SAMPLE_CULTURING, "preliminary", MIN (drawn + 5, sample->today));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      gboolean pending = i >= 4 && (stage == DESK_SAMPLE_QUARANTINE || stage == DESK_SAMPLE_CONDITIONAL);

      add_result (sample, lot_id, &tests[i], !(stage == DESK_SAMPLE_REJECTED && i == 3),
                  pending ? "preliminary" : "final", harvested + (i >= 4 ? 3 : 1));
    }
}

/* A collection on that day, for the course or 0, and the lot grown from it, with results for its stage; its id. */
gint64
desk_sample_lot (DeskSample *sample, const DeskPatient *patient, gint64 course, DeskDay drawn, DeskSampleLot stage)
{
  static const char *const statuses[] = { [DESK_SAMPLE_CULTURING] = "culturing", [DESK_SAMPLE_QUARANTINE] = "harvested",
                                          [DESK_SAMPLE_CONDITIONAL] = "harvested", [DESK_SAMPLE_RELEASED] = "harvested",
                                          [DESK_SAMPLE_REJECTED] = "harvested", [DESK_SAMPLE_FAILED] = "failed" };
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_NURSE, 0, desk_sample_at (sample, drawn, 10 * 60));
  int year, month, day;

  desk_day_to_ymd (drawn, &year, &month, &day);
  sample->lots++;
  g_autofree char *collection = desk_code_local (DESK_LOCAL_COLLECTION, year, sample->lots);
  g_autofree char *number = desk_code_local (DESK_LOCAL_LOT, year, sample->lots);
  g_autofree char *started = desk_day_format (drawn);
  g_autofree char *expected = desk_day_format (drawn + CULTURE_DAYS);
  DeskLot lot = { .patient_id = patient->id, .number = number, .facility = sample->clinic.facility,
                  .plan_number = sample->clinic.plan_number, .started_on = started, .expected_on = expected,
                  .status = DESK_LEND (statuses[stage]),
                  .harvested_on = g_str_equal (statuses[stage], "harvested") ? expected : DESK_LEND (""), .note = DESK_LEND (stage == DESK_SAMPLE_FAILED ? "no growth after day 7" : "") };

  lot.collection_id = desk_bulk_collection (sample->bulk, patient->id, course, collection, "blood_draw",
                                            desk_random_between (&sample->random, 6, 10) * 5, by);
  gint64 id = desk_bulk_lot (sample->bulk, &lot);
  add_results (sample, id, drawn, stage);
  desk_sample_lot_met (sample, id, drawn);
  return id;
}

static void
freeze (DeskSample *sample, gint64 unit_id, guint tank, gint64 at)
{
  GArray *boxes = sample->boxes[tank];
  guint place = sample->place[tank]++;
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_CULTURE, DESK_SAMPLE_CULTURE_2, at);

  if (place / 81 >= boxes->len)
    return; /* the tank is full: the dose stays filled, which is what the page should show then */
  desk_bulk_place (sample->bulk, unit_id, g_array_index (boxes, gint64, place / 81), (int) (place % 81 / 9) + 1,
                   (int) (place % 9) + 1, by);
  desk_bulk_life (sample->bulk, unit_id, "frozen", by, NULL);
}

static void
judge (DeskSample *sample, gint64 unit_id, DeskDay harvested, DeskSampleLot stage)
{
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_QUALITY, DESK_SAMPLE_PHYSICIAN,
                                     desk_sample_at (sample, harvested + 3, 17 * 60));

  if (stage == DESK_SAMPLE_RELEASED)
    desk_bulk_quality (sample->bulk, unit_id, "released", by, NULL);
  else if (stage == DESK_SAMPLE_CONDITIONAL && sample->condition_visit)
    {
      g_autofree char *due = desk_day_format (harvested + 14);
      const char *reason = "mycoplasma and 14-day sterility pending; rapid tests negative";

      /* The first dose alone, for the one visit; the others wait. */
      desk_bulk_condition (sample->bulk, unit_id, sample->condition_visit, "mycoplasma,sterility", reason, due, by);
      desk_bulk_quality (sample->bulk, unit_id, "conditional", by, reason);
      sample->condition_visit = 0;
    }
  else if (stage == DESK_SAMPLE_REJECTED)
    desk_bulk_quality (sample->bulk, unit_id, "rejected", by, "endotoxin above the limit");
}

static void
fill_dose (DeskSample *sample, DeskUnit *unit, DeskDay harvested, DeskSampleLot stage)
{
  DeskBulk *bulk = sample->bulk;
  gint64 at = desk_sample_at (sample, harvested, 15 * 60);
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_CULTURE, DESK_SAMPLE_CULTURE_2, at);

  unit->id = desk_bulk_unit (bulk, unit, at);
  desk_bulk_life (bulk, unit->id, "planned", by, NULL);
  desk_bulk_life (bulk, unit->id, "filled", by, NULL);
  desk_bulk_quality (bulk, unit->id, "quarantine", by, NULL);
  desk_bulk_label (bulk, unit->id, "none", by);
  desk_bulk_label (bulk, unit->id, "printed", by);
  desk_bulk_label (bulk, unit->id, "verified", by);
  freeze (sample, unit->id, (guint) unit->patient_id % 2, at + 3600);
  judge (sample, unit->id, harvested, stage);
}

/* Fills and freezes n doses of the lot (at most 6) and judges their quality by the stage. units get id, lot and
 * patient. */
void
desk_sample_doses (DeskSample *sample, const DeskPatient *patient, gint64 lot_id, DeskDay drawn, DeskSampleLot stage,
                   guint n, DeskUnit *units)
{
  int year, month, day;
  DeskDay harvested = drawn + CULTURE_DAYS;
  gint64 cells = (gint64) desk_random_between (&sample->random, 8, 24) * 100000000;
  g_autofree char *use_until = desk_day_format (desk_day_add_months (harvested, 24));

  desk_day_to_ymd (drawn, &year, &month, &day);
  /* Doses of one patient lie together, seldom right behind the ones before. */
  sample->place[patient->id % 2] += desk_random_one_in (&sample->random, 2) ? 0 : desk_random_below (&sample->random, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *lot = desk_code_local (DESK_LOCAL_LOT, year, sample->lots);
      g_autofree char *number = desk_code_local_unit (lot, (int) i + 1);

      units[i] = (DeskUnit) { .lot_id = lot_id, .patient_id = patient->id, .kind = DESK_LEND ("dose_frozen"),
                              .number = number, .volume_ml = 100, .cells = cells, .use_until = use_until };
      fill_dose (sample, &units[i], harvested, stage);
      units[i].number = units[i].use_until = NULL;
    }
}

void
desk_sample_discard (DeskSample *sample, const DeskUnit *unit, DeskDay day, const char *reason)
{
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_CULTURE, DESK_SAMPLE_QUALITY,
                                     desk_sample_at (sample, day, 17 * 60 + 30));
  gint64 approver = by.witness; /* quality */

  desk_bulk_take_out (sample->bulk, unit->id, by);
  desk_bulk_discard (sample->bulk, unit->id, g_str_has_prefix (reason, "rejected") ? "failed_test" : "damaged", reason, approver, by);
  desk_bulk_life (sample->bulk, unit->id, "discarded", by, reason);
}
