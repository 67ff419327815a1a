#include "desk-book-month-board.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-blocks.h"
#include "desk-book-words.h"
#include "desk-openings.h"
#include "desk-words.h"

/* Everything that was read, while the days are counted. */
typedef struct
{
  GTimeZone *zone;
  const DeskBookView *view;
  GPtrArray *visits, *blocks, *resources;
  const DeskHours *hours;
} Reading;

typedef struct
{
  int from, until; /* minutes of the day */
} Span;

static void
day_clear (gpointer data)
{
  DeskBookMonthDay *day = data;

  g_free (day->closed);
  g_free (day->note);
  g_free (day->counts);
}

void
desk_book_month_board_free (DeskBookMonthBoard *board)
{
  g_clear_pointer (&board->types, g_ptr_array_unref);
  g_clear_pointer (&board->days, g_array_unref);
  g_free (board);
}

const DeskBookMonthDay *
desk_book_month_board_day (const DeskBookMonthBoard *board, guint index)
{
  return &g_array_index (board->days, DeskBookMonthDay, index);
}

static gboolean
takes (const DeskVisit *visit, gint64 resource_id)
{
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == resource_id)
      return TRUE;
  return FALSE;
}

static gboolean
in_view (const DeskBookView *view, const DeskVisit *visit)
{
  gboolean any = !view || view->resources->len == 0;
  g_auto (GStrv) types = view && *view->types ? g_strsplit (view->types, ",", 0) : NULL;

  for (guint i = 0; !any && i < view->resources->len; i++)
    any = takes (visit, g_array_index (view->resources, gint64, i));
  return any && (!types || g_strv_contains ((const char *const *) types, visit->type));
}

/* When a resource is taken on a day, by visits with their buffers and by blocks. */
static GArray *
taken_spans (const Reading *r, gint64 resource_id, DeskDay day)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gint64 midnight = desk_instant_at (day, 0, r->zone);

  for (guint i = 0; i < r->visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (r->visits, i);
      Span span = { (int) CLAMP ((visit->busy_from - midnight) / 60, -1440, 2880), (int) CLAMP ((visit->busy_until - midnight) / 60, -1440, 2880) };

      if (span.until > 0 && span.from < 1440 && desk_visit_takes_slots (visit->status) && takes (visit, resource_id))
        g_array_append_val (spans, span);
    }
  for (guint i = 0; i < r->blocks->len; i++)
    {
      const DeskTimeBlock *block = g_ptr_array_index (r->blocks, i);
      Span span = { block->from, block->until };

      if ((block->resource_id == 0 || block->resource_id == resource_id) && desk_time_block_on (block, day))
        g_array_append_val (spans, span);
    }
  return spans;
}

/* The end of whatever lies in the way of [from, until), or -1. */
static int
in_the_way (const GArray *spans, int from, int until)
{
  int end = -1;

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (span->from < until && from < span->until)
        end = MAX (end, span->until);
    }
  return end;
}

/* How many more visits of a type fit one after the other into the gaps that are left of its chairs (or rooms). */
static int
room_for (const Reading *r, const DeskVisitType *type, const DeskHoursOfDay *hours, DeskDay day)
{
  int n = 0;

  for (guint i = 0; i < r->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (r->resources, i);

      if (!resource->active || g_str_equal (resource->kind, "staff") || !strstr (type->needs, resource->kind))
        continue;
      g_autoptr (GArray) spans = taken_spans (r, resource->id, day);
      for (int at = hours->opens; at + type->minutes <= hours->closes;)
        {
          int end = in_the_way (spans, at - type->before, at + type->minutes + type->after);

          n += end < 0 ? 1 : 0;
          at = end < 0 ? at + type->minutes + type->after + type->before : MAX (end + type->before, at + 5);
        }
    }
  return n;
}

static int
already (const Reading *r, const DeskVisitType *type, DeskDay day)
{
  int n = 0;

  for (guint i = 0; i < r->visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (r->visits, i);

      n += g_strcmp0 (visit->type, type->code) == 0 && desk_visit_takes_slots (visit->status)
           && desk_instant_day (visit->starts_at, r->zone) == day;
    }
  return n;
}

/* Within what a day bears of the type, where that is limited. */
static int
left_of (const Reading *r, const DeskBookMonthBoard *board, const char *code, const DeskHoursOfDay *hours, const DeskBookMonthDay *day)
{
  for (guint i = 0; i < board->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (board->types, i);

      if (!g_str_equal (type->code, code))
        continue;
      if (day->closed || day->day < board->today)
        return -1;
      int room = room_for (r, type, hours, day->day);
      return type->per_day > 0 ? CLAMP (type->per_day - already (r, type, day->day), 0, room) : room;
    }
  return -1;
}

static void
count_visits (const Reading *r, DeskBookMonthBoard *board)
{
  DeskDay first = desk_book_month_board_day (board, 0)->day;

  for (guint i = 0; i < r->visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (r->visits, i);
      gint64 index = (gint64) desk_instant_day (visit->starts_at, r->zone) - first;

      if (index < 0 || index >= (gint64) board->days->len || g_str_has_prefix (visit->status, "cancelled") || !in_view (r->view, visit))
        continue;
      DeskBookMonthDay *day = &g_array_index (board->days, DeskBookMonthDay, index);
      day->n_visits++;
      for (guint t = 0; t < board->types->len; t++)
        if (g_strcmp0 (((DeskVisitType *) g_ptr_array_index (board->types, t))->code, visit->type) == 0)
          board->most = MAX (board->most, ++day->counts[t]);
    }
}

static void
add_days (const Reading *r, DeskBookMonthBoard *board, DeskDay first, DeskDay next_month)
{
  for (guint i = 0; i < board->n_weeks * 7; i++)
    {
      DeskBookMonthDay day = { .day = first + (DeskDay) i };
      DeskHoursOfDay hours = desk_hours_of_day (r->hours, day.day);

      day.outside = day.day < board->month || day.day >= next_month;
      day.closed = desk_book_closed_words (&hours, day.day);
      day.note = day.closed ? NULL : g_strdup (hours.reason);
      day.counts = g_new0 (guint, board->types->len);
      day.infusions_left = left_of (r, board, "infusion", &hours, &day);
      day.draws_left = left_of (r, board, "blood_draw", &hours, &day);
      g_array_append_val (board->days, day);
    }
}

/* Reads the month of that day, in whole weeks; NULL when the store failed. */
DeskBookMonthBoard *
desk_book_month_board_load (DeskDb *db, GTimeZone *zone, const DeskBookView *view, DeskDay day, DeskDay today, GError **error)
{
  g_autoptr (DeskBookMonthBoard) board = g_new0 (DeskBookMonthBoard, 1);
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  board->month = day - mday + 1;
  board->today = today;
  DeskDay next_month = desk_day_add_months (board->month, 1);
  DeskDay first = board->month - desk_day_weekday (board->month) + 1;
  board->n_weeks = (guint) (next_month - first + 6) / 7;
  DeskDay end = first + (DeskDay) board->n_weeks * 7;
  board->days = g_array_new (FALSE, FALSE, sizeof (DeskBookMonthDay));
  g_array_set_clear_func (board->days, day_clear);

  g_autoptr (GPtrArray) visits
      = desk_visit_between (db, desk_instant_at (first, 0, zone), desk_instant_at (end, 0, zone), error);
  g_autoptr (GPtrArray) blocks = visits ? desk_time_block_list (db, first, end - 1, error) : NULL;
  g_autoptr (GPtrArray) resources = blocks ? desk_resource_list (db, error) : NULL;
  g_autoptr (DeskHours) hours = resources ? desk_hours_load (db, first, end - 1, error) : NULL;
  if (!hours || !(board->types = desk_visit_type_list (db, error)))
    return NULL;
  Reading r = { zone, view, visits, blocks, resources, hours };
  add_days (&r, board, first, next_month);
  count_visits (&r, board);
  return g_steal_pointer (&board);
}

/* "November 2026"; the caller frees it. */
char *
desk_book_month_title (const DeskBookMonthBoard *board)
{
  return desk_words_month (board->month);
}

/* "6 × Infusion"; the caller frees it. */
char *
desk_book_month_count_words (const DeskBookMonthBoard *board, const DeskBookMonthDay *day, guint type)
{
  return g_strdup_printf ("%u × %s", day->counts[type], desk_book_type_name (g_ptr_array_index (board->types, type)));
}

/* "Free: infusions 4, draws 2", empty where that is not known; the caller frees it. */
char *
desk_book_month_left_words (const DeskBookMonthDay *day)
{
  if (day->infusions_left < 0)
    return g_strdup ("");
  /* Translators: how many infusions and blood draws still find room on a day */
  return g_strdup_printf (_("Free: infusions %d, draws %d"), day->infusions_left, day->draws_left);
}

/* A day in one sentence, for whoever listens; the caller frees it. */
char *
desk_book_month_day_words (const DeskBookMonthBoard *board, const DeskBookMonthDay *day)
{
  g_autofree char *date = desk_words_day (day->day), *left = desk_book_month_left_words (day);
  GString *words = g_string_new (date);

  if (day->day == board->today)
    g_string_append_printf (words, "%s%s", _(", "), _("today"));
  if (day->closed || day->note)
    g_string_append_printf (words, "%s%s", _(", "), day->closed ? day->closed : day->note);
  for (guint t = 0; t < board->types->len; t++)
    if (day->counts[t] > 0)
      {
        g_autofree char *count = desk_book_month_count_words (board, day, t);
        g_string_append_printf (words, "%s%s", _(", "), count);
      }
  if (day->n_visits == 0)
    g_string_append_printf (words, "%s%s", _(", "), _("no visits"));
  if (*left)
    g_string_append_printf (words, "%s%s", _(", "), left);
  return g_string_free (words, FALSE);
}
