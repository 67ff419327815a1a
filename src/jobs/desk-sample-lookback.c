/* What the sample's cultures were grown with and in, so that a look-back finds who met whom; and one that is over. */
#include "desk-sample-parts.h"

#define INCUBATORS 6
#define CULTURE_DAYS 14
#define BENCH_MINUTES 8
#define PER_CYTOKINE 8 /* lots to one lot of interleukin */

void
desk_sample_devices (DeskSample *sample)
{
  for (int i = 1; i <= INCUBATORS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Incubator %d", i);

      desk_bulk_device (sample->bulk, "incubator", name);
    }
  desk_bulk_device (sample->bulk, "bench", "Bench 1");
  desk_bulk_device (sample->bulk, "bench", "Bench 2");
  desk_bulk_device (sample->bulk, "freezer_program", "Freezer 1");
}

/* Albumin by the month, interleukin by the lot. */
static void
add_reagents (DeskSample *sample, gint64 lot_id, DeskDay drawn)
{
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_CULTURE, 0, desk_sample_at (sample, drawn, 15 * 60));
  int year, month;

  desk_day_to_ymd (drawn, &year, &month, NULL);
  g_autofree char *albumin = g_strdup_printf ("A-%02d%02d-%u", year % 100, month, 1 + sample->lots % 4);
  g_autofree char *cytokine = g_strdup_printf ("IL-%03u", 100 + sample->lots / PER_CYTOKINE);
  desk_bulk_reagent (sample->bulk, lot_id, "Albumin 25 %", albumin, by);
  desk_bulk_reagent (sample->bulk, lot_id, "Interleukin-2", cytokine, by);
}

/* The next free time of a bench on a day: on each there is one patient's culture at a time. */
static const char *
next_bench (DeskSample *sample, DeskDay day, DeskBulkActor *by)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (sample->benches, GINT_TO_POINTER (day)));

  g_hash_table_insert (sample->benches, GINT_TO_POINTER (day), GUINT_TO_POINTER (n + 1));
  by->at = desk_sample_at (sample, day, 11 * 60 + (int) (n / 2) * BENCH_MINUTES);
  return n % 2 ? "Bench 2" : "Bench 1";
}

/* Grown in an incubator from the draw to the harvest; on a bench on both days; what was harvested was frozen. */
void
desk_sample_lot_met (DeskSample *sample, gint64 lot_id, DeskDay drawn)
{
  DeskDay harvested = drawn + CULTURE_DAYS;
  gboolean growing = harvested > sample->today;
  g_autofree char *incubator = g_strdup_printf ("Incubator %u", 1 + sample->lots % INCUBATORS);
  DeskBulkActor by = desk_sample_by (sample, DESK_SAMPLE_CULTURE, 0, 0), harvest = by;
  const char *bench = next_bench (sample, drawn, &by);

  add_reagents (sample, lot_id, drawn);
  desk_bulk_device_use (sample->bulk, bench, lot_id, "seeding", by, by.at + BENCH_MINUTES * 60);
  by.at += BENCH_MINUTES * 60;
  if (!growing)
    bench = next_bench (sample, harvested, &harvest);
  desk_bulk_device_use (sample->bulk, incubator, lot_id, "culture", by, growing ? 0 : harvest.at);
  if (growing)
    return;
  desk_bulk_device_use (sample->bulk, bench, lot_id, "harvest", harvest, harvest.at + BENCH_MINUTES * 60);
  harvest.at += BENCH_MINUTES * 60;
  desk_bulk_device_use (sample->bulk, "Freezer 1", lot_id, "freezing", harvest, harvest.at + 3600);
}

/* The maker called back the first lot of interleukin, and then its own call: it is over. */
void
desk_sample_lookback (DeskSample *sample)
{
  g_autofree char *cytokine = g_strdup_printf ("IL-%03u", 100 + 1 / PER_CYTOKINE);
  DeskDay known = sample->today - 40;
  DeskBulkActor opened = desk_sample_by (sample, DESK_SAMPLE_QUALITY, 0, desk_sample_at (sample, known, 13 * 60));
  DeskBulkActor closed = desk_sample_by (sample, DESK_SAMPLE_MANAGER, 0, desk_sample_at (sample, known + 2, 16 * 60));
  g_autofree char *known_on = desk_day_format (known);
  int year;

  desk_day_to_ymd (known, &year, NULL, NULL);
  g_autofree char *number = g_strdup_printf ("LB%02d-0001", year % 100);
  desk_bulk_closed_lookback (sample->bulk, number, "Interleukin-2", cytokine, known_on, "the maker called the lot back", opened,
                             "the maker took its call back: a label, not the contents", closed);
  desk_bulk_counter (sample->bulk, "lookback", 2);
}
