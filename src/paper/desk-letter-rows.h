/* Inside the paper layer: a letter as rows of set text, before they are shared out over pages. */
#pragma once

#include <pango/pangocairo.h>

#include "desk-letter.h"

G_BEGIN_DECLS

#define DESK_TEXT_WIDTH 493.0 /* between margins of 18 mm */

typedef enum
{
  DESK_ROW_TEXT,  /* one or two columns without frame */
  DESK_ROW_NOTE,  /* in a frame */
  DESK_ROW_FIELD, /* framed; the first cell is a label */
  DESK_ROW_HEAD,  /* framed, on grey: the heading of a table */
  DESK_ROW_TABLE, /* framed */
  DESK_ROW_CHECK,
  DESK_ROW_SIGNATURE,
  DESK_ROW_RULE,
  DESK_ROW_SPACE,
  DESK_ROW_BREAK,
} DeskRowKind;

/* One line of a cell's text; y from the top of the text. */
typedef struct
{
  PangoLayoutLine *line;
  double x, top, baseline, bottom;
} DeskRowLine;

typedef struct
{
  PangoLayout *layout;
  double x, width; /* of the frame, from the left margin */
  double indent;   /* of the text within the frame, on both sides */
  GArray *lines;   /* of DeskRowLine */
} DeskRowCell;

typedef struct _DeskRow DeskRow;
struct _DeskRow
{
  DeskRowKind kind;
  GPtrArray *cells;    /* of DeskRowCell */
  double before;       /* white above, not at the top of a page */
  double padding;      /* between frame and text, above and below */
  double least;        /* height it has at least */
  gboolean whole;      /* never split */
  gboolean keep_next;  /* on one page with the next */
  gboolean ticked;
  int heading;         /* 1 to 3, or 0 */
  char *title;         /* of a heading, for the outline */
  DeskRowCell *seal;   /* in a signature, else NULL */
  const DeskRow *head; /* repeated at the top of the next page, or NULL */
};

void desk_row_free (gpointer row);
GPtrArray *desk_letter_rows (const DeskLetter *letter, PangoContext *context);
PangoContext *desk_letter_context (void);
DeskRowCell *desk_row_cell (PangoContext *context, const DeskText *text, double x, double width, double size, gboolean bold, PangoAlignment align);
void desk_row_cell_free (gpointer cell);

G_END_DECLS
