/* Inside the paper layer: a letter as rows of set text, before they are shared out over pages. */
#pragma once

#include <pango/pangocairo.h>

#include "desk-letter-fonts.h"
#include "desk-letter.h"
#include "desk-symbol.h"

G_BEGIN_DECLS

#define DESK_TEXT_WIDTH 493.0 /* between margins of 18 mm */
#define DESK_WRITE_LINE 21.0  /* height of a line to write on */
#define DESK_INK_HEIGHT 42.0  /* of the box with the strokes of a pen */
#define DESK_SEAL_SIZE 54.0

typedef enum
{
  DESK_ROW_TEXT,  /* one or two columns without frame; an item of a list behind its mark */
  DESK_ROW_NOTE,  /* in a frame */
  DESK_ROW_FIELD, /* framed; the first cell is a label */
  DESK_ROW_HEAD,  /* framed, on grey: the heading of a table */
  DESK_ROW_TABLE, /* framed */
  DESK_ROW_TOTAL, /* framed, below a thick line */
  DESK_ROW_CHECK,
  DESK_ROW_SIGNATURE,
  DESK_ROW_BARCODE,
  DESK_ROW_IMAGE,
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
  gboolean rtl;        /* begins on the right */
  gboolean ticked;
  int heading;         /* 1 to 3, or 0 */
  char *title;         /* of a heading, for the outline */
  DeskRowCell *seal;   /* in a signature, else NULL */
  char *ink;           /* in a signature: strokes, or NULL */
  guint ink_line;      /* the line they stand on, from 1 */
  DeskSymbol *symbol;  /* of a barcode */
  cairo_surface_t *picture;
  double x, width;     /* of barcode and picture */
  const DeskRow *head; /* repeated at the top of the next page, or NULL */
};

void desk_row_free (gpointer row);
GPtrArray *desk_letter_rows (const DeskLetter *letter, const DeskLetterFonts *fonts, const char **refusal);
DeskRowCell *desk_row_cell (const DeskLetterFonts *fonts, const DeskText *text, double x, double width, double size, gboolean bold, PangoAlignment align);
void desk_row_cell_free (gpointer cell);

G_END_DECLS
