/* What the map knows, for its drawing. */
#pragma once

#include "desk-cells-map.h"
#include "desk-cells-words.h"

G_BEGIN_DECLS

typedef struct
{
  const DeskUnit *unit;           /* owned by units; NULL where none stands */
  const DeskContainer *container; /* owned by children; NULL where none stands */
  const DeskPlaceBlock *block;    /* owned by blocks; NULL where it is not blocked */
  const DeskCellSign *sign;
  PangoLayout *letter, *name, *tail; /* made when first drawn */
} DeskMapCell;

struct _DeskCellsMap
{
  GtkWidget parent_instance;

  char *path;               /* "Tank A, Rack 2, Box 3" */
  DeskContainer *container; /* what is shown; NULL for nothing */
  int rows, cols;           /* of what is drawn: its places or, without any, tiles for what stands in it */
  gboolean tiles;
  GPtrArray *units, *children, *blocks;
  DeskMapCell *cells;       /* rows × cols */
  DeskDay today;
  GHashTable *matches; /* of unit ids (gint64), or NULL when nothing is searched */
  GHashTable *hits;    /* container id → number found inside */
  gint64 in_hand, container_in_hand;
  int row, col;        /* the cursor, from 1 */
  int drop_row, drop_col;
  char *sentence;
};

DeskMapCell *desk_cells_map_cell (DeskCellsMap *self, int row, int col);
void desk_cells_map_forget_layouts (DeskCellsMap *self);
void desk_cells_map_shape (DeskCellsMap *self);
void desk_cells_map_size (DeskCellsMap *self, int *width, int *height);
void desk_cells_map_rect (DeskCellsMap *self, int row, int col, graphene_rect_t *rect);
gboolean desk_cells_map_place_at (DeskCellsMap *self, double x, double y, int *row, int *col);
void desk_cells_map_draw (DeskCellsMap *self, GtkSnapshot *snapshot);

G_END_DECLS
