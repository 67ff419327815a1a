/* What the book shows of a month: for each day how many visits of each type, what is left, and why it is closed. */
#pragma once

#include "desk-book-board.h"

G_BEGIN_DECLS

typedef struct
{
  DeskDay day;
  gboolean outside;  /* of the month before or after, to fill the week */
  char *closed;      /* why nobody is there, or NULL */
  char *note;        /* why it is open although it would not be, or NULL */
  guint n_visits;
  guint *counts;     /* as many as there are types */
  int infusions_left, draws_left; /* how many more find room; -1 where that is not known: closed, past */
} DeskBookMonthDay;

typedef struct
{
  DeskDay month;     /* its first day */
  DeskDay today;
  guint n_weeks;
  guint most;        /* the largest count of a type on any day */
  GPtrArray *types;  /* of DeskVisitType */
  GArray *days;      /* of DeskBookMonthDay, whole weeks from Monday on */
} DeskBookMonthBoard;

DeskBookMonthBoard *desk_book_month_board_load (DeskDb *db, GTimeZone *zone, const DeskBookView *view, DeskDay day, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_book_month_board_free (DeskBookMonthBoard *board);
const DeskBookMonthDay *desk_book_month_board_day (const DeskBookMonthBoard *board, guint index);
char *desk_book_month_title (const DeskBookMonthBoard *board);
char *desk_book_month_count_words (const DeskBookMonthBoard *board, const DeskBookMonthDay *day, guint type);
char *desk_book_month_left_words (const DeskBookMonthDay *day);
char *desk_book_month_day_words (const DeskBookMonthBoard *board, const DeskBookMonthDay *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBookMonthBoard, desk_book_month_board_free)

G_END_DECLS
