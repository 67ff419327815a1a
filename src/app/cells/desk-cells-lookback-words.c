#include "desk-cells-lookback-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-words.h"

/* "Sterility · L26-0042", "Lot of a reagent · Albumin 25 % A-123", "Device · Bath 1 · 3 Oct – 4 Oct". */
char *
desk_lookback_about (const DeskLookback *lookback)
{
  const char *what = *lookback->test ? desk_words ("test", lookback->test)
                                     : desk_words ("lookback-cause", desk_lookback_cause_code (lookback->cause));
  g_autoptr (GString) text = g_string_new (what);

  if (*lookback->about)
    g_string_append_printf (text, " · %s", lookback->about);
  if (lookback->from != DESK_DAY_NONE)
    {
      g_autofree char *from = desk_words_day (lookback->from), *until = desk_words_day (lookback->until);

      g_string_append_printf (text, lookback->until > lookback->from ? " · %s – %s" : " · %s", from, until);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "same water bath: Bath 1, Thu 26 Sep 2024". */
char *
desk_lookback_road_words (const DeskLookbackRoad *road)
{
  const char *words = desk_words ("lookback-road", desk_road_code (road->road));
  g_autofree char *day = road->day == DESK_DAY_NONE ? NULL : desk_words_day (road->day);
  g_autoptr (GString) text = g_string_new (words);

  if (*road->ref)
    g_string_append_printf (text, ": %s", road->ref);
  if (day)
    g_string_append_printf (text, ", %s", day);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All roads, one line each. That a dose is of its lot is in its number already. */
char *
desk_lookback_roads (const DeskLookbackItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->roads->len; i++)
    {
      const DeskLookbackRoad *road = item->roads->pdata[i];
      g_autofree char *words = desk_lookback_road_words (road);

      if (road->road == DESK_ROAD_LOT || strstr (text->str, words))
        continue;
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "✓ Told · MORI YUI", or "○ Open" with the tries that reached nobody. */
char *
desk_lookback_decision (const DeskLookbackItem *item)
{
  if (item->reviewed_at)
    return g_strdup_printf ("✓ %s · %s", desk_words ("lookback-decision", item->decision), item->reviewed_by);
  if (item->tried)
    return g_strdup_printf (ngettext ("○ Tried %u time", "○ Tried %u times", item->tried), item->tried);
  return g_strdup (_("○ Not decided"));
}

/* "! 2 days left", "✕ 3 days late", "✓ Reported · MORI YUI". */
char *
desk_lookback_clock_left (const DeskLegalClock *clock, DeskDay today)
{
  int days = clock->due - today;

  if (clock->done_at)
    return g_strdup_printf ("✓ %s · %s", desk_words ("clock-outcome", clock->outcome), clock->done_by);
  if (days < 0)
    return g_strdup_printf (ngettext ("✕ %d day late", "✕ %d days late", -days), -days);
  if (days == 0)
    return g_strdup (_("! Today"));
  if (strcmp (desk_clock_urgency (clock->due, FALSE, today), "soon") == 0)
    return g_strdup_printf (ngettext ("! %d day left", "! %d days left", days), days);
  return g_strdup_printf (ngettext ("%d day left", "%d days left", days), days);
}

/* The style class beside the words; NULL for none. */
const char *
desk_lookback_clock_style (const DeskLegalClock *clock, DeskDay today)
{
  const char *urgency = desk_clock_urgency (clock->due, clock->done_at != 0, today);

  if (strcmp (urgency, "done") == 0)
    return "success";
  if (strcmp (urgency, "late") == 0)
    return "error";
  return strcmp (urgency, "running") == 0 ? NULL : "warning";
}
