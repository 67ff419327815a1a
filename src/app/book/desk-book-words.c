#include "desk-book-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-clock-words.h"
#include "desk-gate-words.h"
#include "desk-words.h"

/* The letter stands in the stripe of the box, so that its colour is never the only sign. Okabe–Ito. */
static const struct
{
  const char *status, *letter, *color;
} looks[] = {
  /* Translators: one letter (or character) for each status of a visit, shown in a narrow stripe */
  { "proposed", NC_("visit status letter", "P"), "#999999" },
  { "held", NC_("visit status letter", "H"), "#cc79a7" },
  { "booked", NC_("visit status letter", "B"), "#0072b2" },
  { "confirmed", NC_("visit status letter", "C"), "#56b4e9" },
  { "arrived", NC_("visit status letter", "A"), "#e69f00" },
  { "checked_in", NC_("visit status letter", "I"), "#d55e00" },
  { "in_room", NC_("visit status letter", "R"), "#009e73" },
  { "done", NC_("visit status letter", "D"), "#6f7a80" },
  { "no_show", NC_("visit status letter", "N"), "#8b0000" },
  { "left_unseen", NC_("visit status letter", "L"), "#8b0000" },
};

/* One letter for a status, in the user's language. */
const char *
desk_book_status_letter (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (strcmp (looks[i].status, status) == 0)
      return g_dpgettext2 (NULL, "visit status letter", looks[i].letter);
  return "×";
}

/* The colour of a status; its letter says the same to those who do not see it. */
void
desk_book_status_color (const char *status, GdkRGBA *color)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (strcmp (looks[i].status, status) == 0)
      {
        gdk_rgba_parse (color, looks[i].color);
        return;
      }
  gdk_rgba_parse (color, "#777777");
}

/* What the clinic calls a type, in the window's language; "" for NULL. */
const char *
desk_book_type_name (const DeskVisitType *type)
{
  return type ? desk_words_pick (type->name, type->name_ja) : "";
}

/* "09:30"; the caller frees it. */
char *
desk_book_time_words (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/* "10:00–11:00"; the caller frees it. */
char *
desk_book_span_words (const DeskVisit *visit, GTimeZone *zone)
{
  g_autofree char *from = desk_words_time (visit->starts_at, zone), *until = desk_words_time (visit->ends_at, zone);

  return g_strdup_printf ("%s–%s", from, until);
}

/* "Chair 2, Dr Sato"; the caller frees it. */
char *
desk_book_resources_words (const DeskVisit *visit, const GPtrArray *resources)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      for (guint j = 0; visit->resources && j < visit->resources->len; j++)
        if (g_array_index (visit->resources, gint64, j) == resource->id)
          g_string_append_printf (words, "%s%s", words->len ? _(", ") : "",
                                  desk_words_pick (resource->name, resource->name_ja));
    }
  return g_string_free (words, FALSE);
}

/* Somebody is here and has not been taken to a room yet. */
gboolean
desk_book_waits (const DeskVisit *visit)
{
  return g_strcmp0 (visit->status, "arrived") == 0 || g_strcmp0 (visit->status, "checked_in") == 0;
}

/* Minutes since the arrival of somebody who waits; 0 for all others. */
int
desk_book_waiting_minutes (const DeskVisit *visit)
{
  return CLAMP (desk_visit_waiting_minutes (visit, g_get_real_time () / G_USEC_PER_SEC), 0, 999);
}

/* "Arrived, 12 minutes", or the status alone; the caller frees it. */
char *
desk_book_status_words (const DeskVisit *visit)
{
  const char *status = desk_words ("visit-status", visit->status);
  guint minutes = (guint) desk_book_waiting_minutes (visit);

  if (!desk_book_waits (visit))
    return g_strdup (status);
  g_autofree char *wait = g_strdup_printf (g_dngettext (NULL, "%u minute", "%u minutes", minutes), minutes);
  return g_strconcat (status, _(", "), wait, NULL);
}

static gboolean
reads_leftwards (const char *words)
{
  for (const char *at = words; *at; at = g_utf8_next_char (at))
    switch (g_unichar_get_script (g_utf8_get_char (at)))
      {
      case G_UNICODE_SCRIPT_ARABIC:
      case G_UNICODE_SCRIPT_HEBREW:
      case G_UNICODE_SCRIPT_SYRIAC:
      case G_UNICODE_SCRIPT_THAANA:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

/* A name within a line of another script: Arabic letters must not turn the line round. The caller frees it. */
char *
desk_book_isolate (const char *words)
{
  return words && reads_leftwards (words) ? g_strconcat ("\342\201\250", words, "\342\201\251", NULL) : g_strdup (words ? words : "");
}

static void
add_words (GString *sentence, const char *words)
{
  if (words && *words)
    g_string_append_printf (sentence, "%s%s", sentence->len ? _(", ") : "", words);
}

/* A visit in one sentence, for whoever listens; the caller frees it. */
char *
desk_book_visit_words (const DeskBookBoard *board, const DeskVisit *visit)
{
  g_autofree char *span = desk_book_span_words (visit, board->zone);
  g_autofree char *places = desk_book_resources_words (visit, board->resources);
  g_autofree char *day = desk_words_day_short (desk_instant_day (visit->starts_at, board->zone));
  g_autofree char *name = desk_book_isolate (visit->patient_name);
  g_autofree char *status = desk_book_status_words (visit);
  const DeskGateMark *mark = desk_book_board_mark (board, visit->id);
  GString *words = g_string_new (NULL);

  if (board->mode == DESK_BOOK_WEEK)
    g_string_append_printf (words, "%s ", day);
  /* Translators: time, kind of visit, patient, status */
  g_string_append_printf (words, _("%s %s, %s, %s"), span,
                          desk_book_type_name (desk_book_board_type (board, visit->type)), name, status);
  add_words (words, places);
  if (mark && mark->summary.light != DESK_LIGHT_IDLE)
    {
      g_autofree char *gate = desk_gate_words_summary (mark->gate, &mark->summary);
      add_words (words, gate);
    }
  g_autofree char *theirs = desk_clock_theirs (visit);
  if (theirs)
    add_words (words, theirs);
  if (visit->dose_number)
    {
      g_string_append (words, _(", "));
      g_string_append_printf (words, _("dose %s"), visit->dose_number);
      if (visit->biohazard)
        g_string_append_printf (words, " (%s)", _("biohazard"));
    }
  g_autofree char *over = desk_book_override_words (visit);
  if (over)
    {
      g_string_append (words, _(", "));
      g_string_append_printf (words, _("warning passed over: %s"), over);
    }
  return g_string_free (words, FALSE);
}

/* "Lunch", "Leave: Kyoto congress"; the caller frees it. */
char *
desk_book_block_words (const DeskTimeBlock *block)
{
  const char *kind = desk_words ("time-block", block->kind);

  return block->reason && *block->reason ? g_strconcat (kind, _(": "), block->reason, NULL) : g_strdup (kind);
}

/* "10:00 Chair 2, free", or why it is not; the caller frees it. */
char *
desk_book_slot_words (const DeskBookBoard *board, guint column, int minute)
{
  const DeskBookColumn *place = desk_book_board_column (board, column);
  g_autofree char *time = desk_book_time_words (minute);
  const DeskTimeBlock *block = desk_book_board_block_at (board, column, minute);
  g_autofree char *blocked = block ? desk_book_block_words (block) : NULL;
  const char *state = place->closed                                       ? place->closed
                      : blocked                                           ? blocked
                      : minute < place->opens || minute >= place->closes ? _("outside opening hours")
                                                                          : _("free");

  /* Translators: time, chair or day, "free" */
  return g_strdup_printf (_("%s %s, %s"), time, place->title, state);
}

/* What people type for a day: 2026-11-24, 11-24, 11/24, 24, +7 (days after base). */
gboolean
desk_book_parse_day (const char *text, DeskDay base, DeskDay *day)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  int year, month, mday, typed, first, second, read = 0;

  if (!normal)
    return FALSE;
  g_strdelimit (g_strstrip (normal), "/.", '-');
  if (desk_day_parse (normal, day))
    return TRUE;
  if (*normal == '+' && sscanf (normal, "+%4d%n", &first, &read) == 1 && !normal[read])
    {
      *day = base + first;
      return TRUE;
    }
  desk_day_to_ymd (base, &year, &month, &mday);
  if (sscanf (normal, "%4d-%2d-%2d%n", &typed, &first, &second, &read) == 3 && !normal[read])
    year = typed, month = first, mday = second;
  else if (sscanf (normal, "%2d-%2d%n", &first, &second, &read) == 2 && !normal[read])
    month = first, mday = second;
  else if (sscanf (normal, "%2d%n", &first, &read) == 1 && !normal[read])
    mday = first;
  else
    return FALSE;
  if (!desk_ymd_valid (year, month, mday))
    return FALSE;
  *day = desk_day_from_ymd (year, month, mday);
  return TRUE;
}

/* What people type for a time: 9:30, 0930, 930, 9; minutes since midnight, on five minutes. */
gboolean
desk_book_parse_time (const char *text, int *minute)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  int hour, minutes = 0, read = 0;

  if (!normal)
    return FALSE;
  g_strdelimit (g_strstrip (normal), ".h", ':');
  if (!g_ascii_isdigit (*normal))
    return FALSE;
  if (sscanf (normal, "%2d:%2d%n", &hour, &minutes, &read) == 2 && !normal[read])
    ;
  else if (sscanf (normal, "%4d%n", &hour, &read) == 1 && !normal[read])
    {
      minutes = read > 2 ? hour % 100 : 0;
      hour = read > 2 ? hour / 100 : hour;
    }
  else
    return FALSE;
  if (hour < 0 || hour > 23 || minutes < 0 || minutes > 59 || minutes % 5 != 0)
    return FALSE;
  *minute = hour * 60 + minutes;
  return TRUE;
}
