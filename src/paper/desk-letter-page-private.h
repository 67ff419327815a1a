/* Inside the paper layer: where the rows stand. */
#pragma once

#include "desk-letter-rows.h"

G_BEGIN_DECLS

#define DESK_ROW_CELLS 16 /* at most, as data/schema/letter.xsd says */

/* A row, or the lines [from, to) of its cells, at its place; y from the top of the paper. */
typedef struct
{
  const DeskRow *row;
  double y, height;
  guint from[DESK_ROW_CELLS], to[DESK_ROW_CELLS];
} DeskPlaced;

struct _DeskLetterLayout
{
  DeskLetterFonts *fonts;
  char *title, *language;
  DeskDay issued;
  GPtrArray *rows;      /* of DeskRow */
  GPtrArray *pages;     /* of GArray of DeskPlaced */
  DeskRowCell *foot;
  GPtrArray *page_feet; /* of DeskRowCell */
  DeskRowCell *mark;    /* or NULL */
  DeskRowCell *copy_mark, *copy_words; /* small at the head, large behind the text; or NULL */
  DeskSymbol *number;   /* of the paper, or NULL */
  gboolean rtl;
  const char *refusal;  /* the code of why it cannot be printed, or NULL */
};

G_END_DECLS
