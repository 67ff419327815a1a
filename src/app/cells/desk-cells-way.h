/* One view of the Cells page (bank, lots, tanks …): a template, a fill and actions of its own. The table in
 * desk-cells-page.c lists them; one is built when it is first looked at. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_WAY (desk_cells_way_get_type ())
G_DECLARE_DERIVABLE_TYPE (DeskCellsWay, desk_cells_way, DESK, CELLS_WAY, AdwBin)

struct _DeskCellsWayClass
{
  AdwBinClass parent_class;

  gboolean alone; /* works without the panel of the chosen dose */

  /* The page is there: desk_cells_way_get_page () from now on. May be left out. */
  void (*load) (DeskCellsWay *self);
  /* Read again what is shown; focus, selection and scroll stay. */
  void (*refresh) (DeskCellsWay *self);
  /* Put the focus where work begins. */
  void (*enter) (DeskCellsWay *self);
  /* Esc: one step back inside; FALSE when there is none. May be left out. */
  gboolean (*back) (DeskCellsWay *self);
  /* What is searched from now on; a refresh follows. May be left out. */
  void (*search) (DeskCellsWay *self, const char *text);
  /* Enter in the search: on to the next match. May be left out. */
  void (*search_next) (DeskCellsWay *self);
  /* Show one thing; FALSE when it is not of this view. May be left out. */
  gboolean (*show) (DeskCellsWay *self, DeskKind kind, gint64 id);
};

void desk_cells_way_load (DeskCellsWay *self, DeskPage *page);
void desk_cells_way_refresh (DeskCellsWay *self);
void desk_cells_way_enter (DeskCellsWay *self);
gboolean desk_cells_way_back (DeskCellsWay *self);
void desk_cells_way_search (DeskCellsWay *self, const char *text);
void desk_cells_way_search_next (DeskCellsWay *self);
gboolean desk_cells_way_show (DeskCellsWay *self, DeskKind kind, gint64 id);
gboolean desk_cells_way_is_alone (DeskCellsWay *self);

DeskPage *desk_cells_way_get_page (DeskCellsWay *self);
void desk_cells_way_choose (DeskCellsWay *self, gint64 unit_id, gboolean enter);

G_END_DECLS
