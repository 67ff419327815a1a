/* Visits of the sample, put one after the other onto free chairs, rooms and physicians. */
#include <string.h>

#include "desk-sample-parts.h"

/* The sample shows the clinic at half past eleven. */
#define NOW_MINUTE (11 * 60 + 30)

static const DeskVisitType *
find_type (DeskSample *sample, const char *code)
{
  for (guint i = 0; i < sample->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (sample->types, i);

      if (g_str_equal (type->code, code))
        return type;
    }
  g_return_val_if_reached (NULL);
}

/* Since which minute the resource is free on that day. */
static gint64 *
free_from (DeskSample *sample, gint64 resource, DeskDay day)
{
  gint64 key = resource * 1000000 + day;
  gint64 *entry = g_hash_table_lookup (sample->taken, &key);

  if (!entry)
    {
      entry = g_new (gint64, 2); /* key and value in one piece: the table frees the key */
      entry[0] = key;
      entry[1] = sample->clinic.opens;
      g_hash_table_insert (sample->taken, entry, entry);
    }
  return &entry[1];
}

/* The resources that such a visit would take, the choice-th of the ways there are; 0 when there is no more. */
static guint
resources_for (DeskSample *sample, const DeskVisitType *type, guint choice, gint64 resources[2])
{
  if (g_str_equal (type->needs, "chair"))
    {
      if (choice >= DESK_SAMPLE_CHAIRS)
        return 0;
      resources[0] = sample->chairs[choice];
      return 1;
    }
  if (choice >= G_N_ELEMENTS (sample->physicians))
    return 0;
  resources[0] = sample->physicians[choice];
  resources[1] = sample->rooms[choice];
  return strstr (type->needs, "room") ? 2 : 1;
}

/* The earliest minute the busy time can begin on that day, and on what; −1 when the day is full. */
static int
find_slot (DeskSample *sample, const DeskVisitType *type, DeskDay day, gint64 best[2], guint *n_best)
{
  int best_minute = -1, length = type->before + type->minutes + type->after;
  int closes = desk_day_weekday (day) == desk_sample_half_day (sample) ? DESK_SAMPLE_LUNCH + 60 : sample->clinic.closes;
  gint64 resources[2];
  guint n;

  for (guint choice = 0; (n = resources_for (sample, type, choice, resources)); choice++)
    {
      int minute = (int) *free_from (sample, resources[0], day);

      if (n == 2)
        minute = MAX (minute, (int) *free_from (sample, resources[1], day));
      if (day > sample->today && !strstr (type->needs, "chair") && minute < DESK_SAMPLE_LUNCH + 60 && minute + length > DESK_SAMPLE_LUNCH)
        minute = DESK_SAMPLE_LUNCH + 60;
      if (minute + length > closes || (best_minute >= 0 && minute >= best_minute))
        continue;
      best_minute = minute;
      memcpy (best, resources, sizeof resources);
      *n_best = n;
    }
  return best_minute;
}

static const char *
status_of (DeskSample *sample, DeskDay day, int start, int end)
{
  DeskRandom *random = &sample->random;

  if (day < sample->today || (day == sample->today && end <= NOW_MINUTE - 15))
    return "done";
  if (day > sample->today)
    return desk_random_one_in (random, 3) ? "confirmed" : desk_random_one_in (random, 9) ? "held" : "booked";
  if (start <= NOW_MINUTE)
    return "in_room";
  if (start <= NOW_MINUTE + 45)
    return desk_random_one_in (random, 2) ? "checked_in" : "arrived";
  return desk_random_one_in (random, 4) ? "booked" : "confirmed";
}

static void
insert_visit (DeskSample *sample, DeskVisit *wanted, const DeskVisitType *type, int minute, DeskSampleVisit *visit)
{
  int start = minute + type->before;

  visit->chair = 0;
  for (guint i = 0; i < DESK_SAMPLE_CHAIRS; i++)
    if (wanted->resources->len && g_array_index (wanted->resources, gint64, 0) == sample->chairs[i])
      visit->chair = i;
  visit->status = status_of (sample, visit->day, start, start + type->minutes);
  visit->starts_at = desk_sample_at (sample, visit->day, start);
  desk_visit_set_time (wanted, type, visit->starts_at, type->minutes);
  visit->ends_at = wanted->ends_at;
  wanted->status = DESK_LEND (g_str_equal (visit->status, "held") ? "held" : "booked");
  if (g_str_equal (visit->status, "held"))
    wanted->held_until = desk_sample_at (sample, MIN (visit->day, sample->today + visit->day % 4), 18 * 60);
  if (!type->remote)
    g_array_append_val (sample->visited, visit->day);
  visit->id = desk_bulk_visit (sample->bulk, wanted, visit->day, wanted->starts_at - 20 * 86400);
}

/* Books a visit on the first day from day on, in the direction of step, that has room for it. Gives up after
 * two years of full days. The visit is booked: desk_sample_visit_until () leads it on. */
gboolean
desk_sample_visit (DeskSample *sample, gint64 patient_id, const char *type_code, DeskDay day, int step, gint64 course_id,
                   int course_step, DeskSampleVisit *visit)
{
  const DeskVisitType *type = find_type (sample, type_code);
  g_autoptr (GArray) resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskVisit wanted = { .patient_id = patient_id, .type = DESK_LEND (type_code), .course_id = course_id,
                       .course_step = course_step, .resources = resources };
  gint64 best[2];
  guint n = 0;
  int minute = -1;

  visit->day = desk_sample_open_day (sample, day, step);
  for (int tries = 0; tries < 700; tries++, visit->day = desk_sample_open_day (sample, visit->day + step, step))
    if ((minute = find_slot (sample, type, visit->day, best, &n)) >= 0)
      break;
  if (minute < 0)
    return FALSE;

  int pause = desk_random_one_in (&sample->random, 3) ? 5 * desk_random_between (&sample->random, 1, 4) : 0;
  for (guint i = 0; i < n; i++)
    *free_from (sample, best[i], visit->day) = minute + type->before + type->minutes + type->after + pause;
  g_array_append_vals (resources, best, n);
  insert_visit (sample, &wanted, type, minute, visit);
  return TRUE;
}

typedef struct
{
  const char *status;
  gint64 at;
} Step;

/* Leads a booked visit along its usual way up to that status, each step stamped. */
void
desk_sample_visit_until (DeskSample *sample, const DeskSampleVisit *visit, const char *status)
{
  const Step way[] = {
    { "confirmed", visit->starts_at - 3 * 86400 }, { "arrived", visit->starts_at - 900 },
    { "checked_in", visit->starts_at - 300 },      { "in_room", visit->starts_at },
    { "done", visit->ends_at },
  };

  if (g_str_equal (status, "booked") || g_str_equal (status, "held"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      DeskSampleStaff by = i < 2 ? DESK_SAMPLE_RECEPTION : DESK_SAMPLE_NURSE;

      desk_bulk_visit_step (sample->bulk, visit->id, way[i].status, desk_sample_by (sample, by, 0, way[i].at));
      if (g_str_equal (way[i].status, status))
        return;
    }
}
