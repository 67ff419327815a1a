#include "desk-cells-way.h"

typedef struct
{
  DeskPage *page; /* the page it is in; not owned */
} DeskCellsWayPrivate;

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DeskCellsWay, desk_cells_way, ADW_TYPE_BIN)

static void
desk_cells_way_class_init (DeskCellsWayClass *klass)
{
  /* chosen (unit, enter): a dose was chosen; whether the focus goes on to it. */
  signals[CHOSEN] = g_signal_new ("chosen", DESK_TYPE_CELLS_WAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
desk_cells_way_init (DeskCellsWay *self)
{
}

/* Gives it the page it is in, once, before anything else. */
void
desk_cells_way_load (DeskCellsWay *self, DeskPage *page)
{
  DeskCellsWayPrivate *priv = desk_cells_way_get_instance_private (self);

  priv->page = page;
  if (DESK_CELLS_WAY_GET_CLASS (self)->load)
    DESK_CELLS_WAY_GET_CLASS (self)->load (self);
}

void
desk_cells_way_refresh (DeskCellsWay *self)
{
  DESK_CELLS_WAY_GET_CLASS (self)->refresh (self);
}

void
desk_cells_way_enter (DeskCellsWay *self)
{
  DESK_CELLS_WAY_GET_CLASS (self)->enter (self);
}

gboolean
desk_cells_way_back (DeskCellsWay *self)
{
  DeskCellsWayClass *klass = DESK_CELLS_WAY_GET_CLASS (self);

  return klass->back && klass->back (self);
}

void
desk_cells_way_search (DeskCellsWay *self, const char *text)
{
  if (DESK_CELLS_WAY_GET_CLASS (self)->search)
    DESK_CELLS_WAY_GET_CLASS (self)->search (self, text);
}

void
desk_cells_way_search_next (DeskCellsWay *self)
{
  DeskCellsWayClass *klass = DESK_CELLS_WAY_GET_CLASS (self);

  if (klass->search_next)
    klass->search_next (self);
  else
    klass->enter (self);
}

gboolean
desk_cells_way_show (DeskCellsWay *self, DeskKind kind, gint64 id)
{
  DeskCellsWayClass *klass = DESK_CELLS_WAY_GET_CLASS (self);

  return klass->show && klass->show (self, kind, id);
}

/* Whether it works without the panel of the chosen dose. */
gboolean
desk_cells_way_is_alone (DeskCellsWay *self)
{
  return DESK_CELLS_WAY_GET_CLASS (self)->alone;
}

/* The page it is in: its session, its reader, today. Lent. */
DeskPage *
desk_cells_way_get_page (DeskCellsWay *self)
{
  return ((DeskCellsWayPrivate *) desk_cells_way_get_instance_private (self))->page;
}

/* Shows a dose in the panel beside the view; enter: the focus goes there. */
void
desk_cells_way_choose (DeskCellsWay *self, gint64 unit_id, gboolean enter)
{
  g_signal_emit (self, signals[CHOSEN], 0, unit_id, enter);
}
