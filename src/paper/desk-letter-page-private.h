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
  PangoContext *context;
  char *title, *language;
  DeskDay issued;
  GPtrArray *rows;      /* of DeskRow */
  GPtrArray *pages;     /* of GArray of DeskPlaced */
  DeskRowCell *foot;
  GPtrArray *page_feet; /* of DeskRowCell */
  DeskRowCell *mark;    /* or NULL */
  char *copy_mark;      /* or NULL */
  gboolean too_long;    /* more pages than a letter may have: the rest is not there */
};

G_END_DECLS
