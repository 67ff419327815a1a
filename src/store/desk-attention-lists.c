/* Free time, calls that are due, and calls that are no longer at the time agreed. */
#include "desk-attention-private.h"
#include "desk-clocks.h"
#include "desk-freed.h"
#include "desk-recalls.h"

/* One line for each time that came free; its detail is start, end, how many fit, and the kind of visit. */
static gboolean
add_freed (DeskDb *db, GPtrArray *list, DeskDay today, gint64 now, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) slots = desk_freed_list (db, now, error);

  for (guint i = 0; slots && i < slots->len; i++)
    {
      const DeskFreedSlot *slot = slots->pdata[i];
      g_autoptr (DeskFreedLook) look = desk_freed_look (db, slot->id, now, error);

      if (!look)
        return FALSE;
      g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %s", slot->starts_at, slot->ends_at,
                                                 look->n_fits, slot->type);
      if (look->free)
        desk_attention_add (list, DESK_ATTENTION_FREED, slot->id, 0, g_strdup (""), desk_instant_day (slot->starts_at, zone), detail, today);
    }
  return slots != NULL;
}

/* One line for all calls that are due; its detail is how many. */
static gboolean
add_calls (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  gint64 n_due = 0;
  DeskDay oldest;

  if (!desk_recall_count (db, today, &n_due, &oldest, error))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, n_due);
  if (n_due)
    desk_attention_add (list, DESK_ATTENTION_CALLS, 0, 0, g_strdup (""), oldest, detail, today);
  return TRUE;
}

static gboolean
add_stale (DeskDb *db, GPtrArray *list, DeskDay today, gint64 now, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) stale = desk_clock_stale_list (db, now, error);

  for (guint i = 0; stale && i < stale->len; i++)
    {
      const DeskClockStale *one = stale->pdata[i];

      desk_attention_add (list, DESK_ATTENTION_WALL, one->visit_id, one->patient_id, g_strdup (one->patient_name),
                          desk_instant_day (one->starts_at, zone), one->wall_zone, today);
    }
  return stale != NULL;
}

gboolean
desk_attention_add_lists (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  gint64 midnight = desk_instant_at (today, 0, zone), now = CLAMP (g_get_real_time () / G_USEC_PER_SEC, midnight, midnight + 86399);

  return add_freed (db, list, today, now, zone, error) && add_calls (db, list, today, error)
         && add_stale (db, list, today, now, zone, error);
}
