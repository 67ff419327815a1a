/* The clinic's hours and blocks: a half day, lunch, somebody's leave, a meeting, a holiday on which it is open. */
#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-holiday.h"
#include "desk-openings.h"
#include "desk-sample-parts.h"

/* The weekday with a morning only: Saturday, unless that is today. */
int
desk_sample_half_day (const DeskSample *sample)
{
  return desk_day_weekday (sample->today) == 6 ? 4 : 6;
}

static gboolean
add_block (DeskDb *db, gint64 resource_id, const char *kind, DeskDay first, DeskDay last, const char *weekdays, int from, int until,
           const char *reason, GError **error)
{
  DeskTimeBlock block = { .resource_id = resource_id, .kind = DESK_LEND (kind), .first = first, .last = last, .weekdays = DESK_LEND (weekdays),
                          .from = from, .until = until, .reason = DESK_LEND (reason) };

  return desk_time_block_save (db, &block, error);
}

/* The column of the nurse in the book; 0 with error. */
static gint64
nurse_of (DeskSample *sample, DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) resources = desk_resource_list (db, error);

  for (guint i = 0; resources && i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      if (resource->staff_id == sample->staff[DESK_SAMPLE_NURSE])
        return resource->id;
    }
  if (resources)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the nurse is not in the book");
  return 0;
}

/* The next holiday but those of the next two weeks, in which visits stand already. */
static DeskDay
next_holiday (DeskDay from)
{
  DeskDay day = from + 15;

  while (!desk_holiday_name (day, FALSE))
    day++;
  return day;
}

gboolean
desk_sample_hours (DeskSample *sample, DeskDb *db, GError **error)
{
  DeskDay today = sample->today, tomorrow = today + 1, far = today + 730;
  DeskOpening half = { desk_sample_half_day (sample), sample->clinic.opens, DESK_SAMPLE_LUNCH + 60 };
  gint64 nurse = nurse_of (sample, db, error);

  if (!nurse)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sample->physicians); i++)
    if (!add_block (db, sample->physicians[i], "lunch", tomorrow, far, "1234567", DESK_SAMPLE_LUNCH, DESK_SAMPLE_LUNCH + 60, "", error))
      return FALSE;
  return add_block (db, nurse, "lunch", tomorrow, far, "1234567", DESK_SAMPLE_LUNCH + 60, DESK_SAMPLE_LUNCH + 120, "", error)
         && add_block (db, nurse, "leave", today + 9, today + 13, "1234567", 0, 1440, "有給休暇 Annual leave", error)
         && add_block (db, nurse, "meeting", tomorrow, far, "2", 1050, 1080, "院内会議 Team meeting", error)
         && desk_opening_save (db, &half, error)
         && desk_open_day_add (db, next_holiday (today), "海外の患者さん Patients from abroad", error);
}
