/* What the book shows of a day or a week: its columns, and a box for every visit in each of them. A plain
 * picture of the store, read in one go; the grid draws it and knows nothing of the database. */
#pragma once

#include "desk-book-views.h"
#include "desk-book.h"
#include "desk-clinic.h"
#include "desk-gates.h"
#include "desk-hours.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_BOOK_DAY,  /* columns are rooms, chairs, people */
  DESK_BOOK_WEEK, /* columns are the days from Monday on */
  DESK_BOOK_MONTH, /* a picture of its own: desk-book-month.h */
} DeskBookMode;

typedef struct
{
  DeskDay day;
  gint64 resource_id; /* 0 in a week, and in the column of visits that have no place */
  char *title;
  char *subtitle; /* number of visits, or the holiday; may be empty */
  char *closed;   /* why nobody is there that day, or NULL */
  int opens, closes; /* of that day, minutes since midnight; what they would be when it is closed */
} DeskBookColumn;

typedef struct
{
  const DeskVisit *visit; /* lent by the board */
  guint column;
  guint lane, lanes; /* side by side with those it overlaps */
  int from, until;   /* minutes since midnight */
  DeskLight light;   /* of the gate the visit stands before; IDLE for none */
  gboolean muted;    /* not of the types that the view is about: pale, so that its time is seen to be taken */
} DeskBookBox;

typedef struct
{
  DeskBookMode mode;
  DeskDay day;   /* the one that was asked for */
  DeskDay first; /* the first one shown */
  guint n_days;
  GTimeZone *zone;
  int opens, closes; /* minutes since midnight: the earliest and the latest of the days shown */
  int from, until;   /* the part of the day that is drawn, whole hours */
  GPtrArray *types;     /* of DeskVisitType */
  GPtrArray *resources; /* of DeskResource, those out of service too */
  GPtrArray *visits;    /* of DeskVisit, by start; cancelled ones are left out */
  GArray *marks;        /* of DeskGateMark: visits to come that stand before a gate */
  GPtrArray *blocks;    /* of DeskTimeBlock that are on some day shown */
  GArray *columns;      /* of DeskBookColumn */
  GArray *boxes;        /* of DeskBookBox, by column, start */
} DeskBookBoard;

DeskBookBoard *desk_book_board_load (DeskDb *db, GTimeZone *zone, const DeskBookView *view, DeskBookMode mode, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_book_board_free (DeskBookBoard *board);

char *desk_book_closed_words (const DeskHoursOfDay *hours, DeskDay day);
gboolean desk_book_board_blocked (const DeskBookBoard *board, const DeskTimeBlock *block, guint column);
const DeskTimeBlock *desk_book_board_block_at (const DeskBookBoard *board, guint column, int minute);

const DeskBookColumn *desk_book_board_column (const DeskBookBoard *board, guint index);
const DeskBookBox *desk_book_board_box (const DeskBookBoard *board, guint index);
const DeskBookBox *desk_book_board_find (const DeskBookBoard *board, gint64 visit_id, guint column);
const DeskBookBox *desk_book_board_at (const DeskBookBoard *board, guint column, int minute, guint lane);
const DeskVisit *desk_book_board_visit (const DeskBookBoard *board, gint64 id);
const DeskGateMark *desk_book_board_mark (const DeskBookBoard *board, gint64 visit_id);
const DeskVisitType *desk_book_board_type (const DeskBookBoard *board, const char *code);
const DeskResource *desk_book_board_resource (const DeskBookBoard *board, gint64 id);
gint64 desk_book_board_instant (const DeskBookBoard *board, guint column, int minute);

/* The columns a box may be dropped on are resources: what the visit would then take. */
void desk_book_retarget (DeskVisit *visit, const GPtrArray *resources, gint64 from_id, gint64 to_id);
gint64 desk_book_first_free (const GPtrArray *visits, const GPtrArray *resources, const char *kind, const DeskVisit *wanted);
gint64 desk_book_resource_of (const DeskVisit *visit, const GPtrArray *resources, const char *kind);
void desk_book_set_resource (DeskVisit *visit, const GPtrArray *resources, const char *kind, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBookBoard, desk_book_board_free)

G_END_DECLS
