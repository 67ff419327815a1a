#include "desk-book-paper.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-clock-words.h"
#include "desk-words.h"

/* "S. J.", for a sheet that lies about: the first character of each part of the name. The caller frees it. */
char *
desk_book_paper_initials (const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name ? name : "", " -", -1);
  GString *initials = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      {
        if (initials->len)
          g_string_append_c (initials, ' ');
        g_string_append_unichar (initials, g_utf8_get_char (parts[i]));
        g_string_append_c (initials, '.');
      }
  return g_string_free (initials, FALSE);
}

static DeskBookPrint *
paper_new (const char *title, const char *view, const DeskClinic *clinic, GTimeZone *zone)
{
  g_autofree char *when = desk_words_when (g_get_real_time () / G_USEC_PER_SEC, zone);
  /* Translators: at the foot of a printed sheet; the time it was printed */
  g_autofree char *foot = g_strdup_printf (_("Printed %s"), when);
  g_autofree char *all = view && *view ? g_strdup_printf ("%s · %s", title, view) : g_strdup (title);

  return desk_book_print_new (desk_words_language (), all, desk_words_pick (clinic->name, clinic->name_ja), foot);
}

static void
add_column (DeskBookPrint *print, const DeskBookColumn *column)
{
  DeskBookPrintColumn out = { g_strdup (column->title), g_strdup (column->subtitle), g_strdup (column->closed), column->opens, column->closes };

  g_array_append_val (print->columns, out);
}

static char *
marks_of (const DeskBookBox *box)
{
  static const char *const lights[]
      = { [DESK_LIGHT_IDLE] = "", [DESK_LIGHT_GREEN] = "✓", [DESK_LIGHT_AMBER] = "△", [DESK_LIGHT_RED] = "✕" };
  const DeskVisit *visit = box->visit;
  g_auto (GStrv) languages = g_strsplit (visit->languages ? visit->languages : "", ",", 2);
  g_autofree char *language = g_ascii_strup (languages[0] ? languages[0] : "", -1);

  return g_strdup_printf ("%s%s%s %s", language, visit->dose_number ? " ◆" : "", visit->override && *visit->override ? " ⚠" : "",
                          lights[box->light]);
}

static void
add_box (DeskBookPrint *print, const DeskBookBoard *board, const DeskBookBox *box, gboolean initials)
{
  const DeskVisit *visit = box->visit;
  const char *type = desk_book_type_name (desk_book_board_type (board, visit->type));
  DeskBookPrintBox out = { .column = box->column, .lane = box->lane, .lanes = box->lanes, .from = box->from, .until = box->until };

  g_autofree char *theirs = desk_clock_theirs_short (visit);

  out.time = desk_book_time_words (box->from);
  out.name = initials ? desk_book_paper_initials (visit->patient_name) : g_strdup (visit->patient_name ? visit->patient_name : "");
  out.detail = visit->dose_number ? g_strdup_printf ("%s ◆ %s", type, visit->dose_number)
               : theirs           ? g_strdup_printf ("%s, %s", type, theirs)
                                  : g_strdup (type);
  out.marks = marks_of (box);
  out.letter = g_strdup (desk_book_status_letter (visit->status));
  out.dashed = g_strcmp0 (visit->status, "proposed") == 0 || g_strcmp0 (visit->status, "held") == 0;
  g_array_append_val (print->boxes, out);
}

static void
add_blocks (DeskBookPrint *print, const DeskBookBoard *board)
{
  for (guint i = 0; i < board->blocks->len; i++)
    for (guint column = 0; column < board->columns->len; column++)
      {
        const DeskTimeBlock *block = g_ptr_array_index (board->blocks, i);

        if (!desk_book_board_blocked (board, block, column) || desk_book_board_column (board, column)->closed)
          continue;
        DeskBookPrintBlock out = { column, block->from, block->until, desk_book_block_words (block) };
        g_array_append_val (print->blocks, out);
      }
}

/* A day or a week as it is shown; view is the name of the view, or NULL. With initials nobody is named. */
DeskBookPrint *
desk_book_paper_of_board (const DeskBookBoard *board, const DeskClinic *clinic, const char *view, gboolean initials)
{
  g_autofree char *first = desk_words_day (board->first);
  g_autofree char *last = desk_words_day (board->first + (DeskDay) board->n_days - 1);
  g_autofree char *title = board->n_days > 1 ? g_strdup_printf ("%s – %s", first, last) : g_strdup (first);
  DeskBookPrint *print = paper_new (title, view, clinic, board->zone);

  print->from = board->from;
  print->until = board->until;
  for (guint i = 0; i < board->columns->len; i++)
    add_column (print, desk_book_board_column (board, i));
  add_blocks (print, board);
  for (guint i = 0; i < board->boxes->len; i++)
    add_box (print, board, desk_book_board_box (board, i), initials);
  return print;
}

static void
add_day (DeskBookPrint *print, const DeskBookMonthBoard *board, const DeskBookMonthDay *day)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  int year, month, mday;

  desk_day_to_ymd (day->day, &year, &month, &mday);
  for (guint t = 0; t < board->types->len; t++)
    if (day->counts[t] > 0)
      {
        g_autofree char *count = desk_book_month_count_words (board, day, t);
        g_strv_builder_add (lines, count);
      }
  DeskBookPrintDay out = { .number = g_strdup_printf ("%d", mday), .note = g_strdup (day->closed ? day->closed : day->note),
                           .lines = g_strv_builder_end (lines), .closed = day->closed != NULL, .outside = day->outside,
                           .today = day->day == board->today };
  g_array_append_val (print->days, out);
}

/* A month of numbers: there are no names on it. */
DeskBookPrint *
desk_book_paper_of_month (const DeskBookMonthBoard *board, const DeskClinic *clinic, GTimeZone *zone, const char *view)
{
  g_autofree char *title = desk_book_month_title (board);
  DeskBookPrint *print = paper_new (title, view, clinic, zone);

  for (int i = 0; i < 7; i++)
    print->weekdays[i] = g_strdup (desk_words_weekday (i + 1));
  for (guint i = 0; i < board->days->len; i++)
    add_day (print, board, desk_book_month_board_day (board, i));
  return print;
}
