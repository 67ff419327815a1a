#include "desk-cells-map.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-map-private.h"

/* What a dragged container is called on the way. */
#define CONTAINER_PREFIX "uketsuke-container:"

enum
{
  CURSOR,
  CHOSEN,
  OPENED,
  MOVED,
  CONTAINER_MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCellsMap, desk_cells_map, GTK_TYPE_WIDGET)

static void
clear_cells (DeskCellsMap *self)
{
  desk_cells_map_forget_layouts (self);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->container, desk_container_free);
}

static void
desk_cells_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  desk_cells_map_draw (DESK_CELLS_MAP (widget), snapshot);
}

static void
desk_cells_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  int width, height;

  desk_cells_map_size (DESK_CELLS_MAP (widget), &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

/* What is drawn depends on what is in sight, and on the width. */
static void
desk_cells_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  desk_cells_map_forget_layouts (DESK_CELLS_MAP (widget));
}

static void
desk_cells_map_realize (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  GTK_WIDGET_CLASS (desk_cells_map_parent_class)->realize (widget);
  if (!viewport)
    return;
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (viewport)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}

static void
desk_cells_map_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (desk_cells_map_parent_class)->css_changed (widget, change);
  desk_cells_map_forget_layouts (DESK_CELLS_MAP (widget));
}

/* ── the cursor ──────────────────────────────────────────────────────────────────────────────── */

/* What is at a place, for the eye and for the screen reader. The caller frees it. */
static char *
sentence_at (DeskCellsMap *self, int row, int col)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);

  if (!cell || (self->tiles && !cell->container))
    return g_strdup (self->tiles ? "" : _("Choose a box to see its places."));
  g_autofree char *place = self->tiles ? NULL : desk_place_name_in (self->container, row, col);
  if (cell->container)
    return desk_cells_container_sentence (self->path, place, cell->container);
  if (cell->block)
    return g_strdup_printf (_("%s, %s: blocked: %s (%s)"), self->path, place, cell->block->reason, cell->block->opened_by);
  return desk_cells_sentence (self->path, place, cell->unit, self->today);
}

static void
tell_cursor (DeskCellsMap *self)
{
  g_free (self->sentence);
  self->sentence = sentence_at (self, self->row, self->col);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->sentence, -1);
  g_signal_emit (self, signals[CURSOR], 0);
}

/* Puts the cursor on a place; one outside the box is ignored. */
void
desk_cells_map_set_cursor (DeskCellsMap *self, int row, int col)
{
  if (!desk_cells_map_cell (self, row, col))
    return;
  self->row = row;
  self->col = col;
  tell_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where the cursor is, from 1; 0 when no box is shown. */
void
desk_cells_map_get_cursor (DeskCellsMap *self, int *row, int *col)
{
  *row = self->row;
  *col = self->col;
}

/* The unit at a place, lent until the box is set again; NULL when it is empty. */
const DeskUnit *
desk_cells_map_get_unit (DeskCellsMap *self, int row, int col)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);

  return cell ? cell->unit : NULL;
}

/* The container that stands at a place, lent until the box is set again; NULL when none does. */
const DeskContainer *
desk_cells_map_get_container (DeskCellsMap *self, int row, int col)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);

  return cell ? cell->container : NULL;
}

/* Why a place cannot be used, lent; NULL when it can. */
const char *
desk_cells_map_get_block (DeskCellsMap *self, int row, int col)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);

  return cell && cell->block ? cell->block->reason : NULL;
}

/* Whether nothing stands at a place of what is shown and it is not blocked. */
gboolean
desk_cells_map_is_free (DeskCellsMap *self, int row, int col)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);

  return cell && !self->tiles && !cell->unit && !cell->container && !cell->block;
}

/* What is under the cursor, in words; lent. */
const char *
desk_cells_map_get_sentence (DeskCellsMap *self)
{
  return self->sentence;
}

static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);
  int down, right;

  g_variant_get (args, "(ii)", &down, &right);
  if (self->rows == 0)
    return FALSE;
  desk_cells_map_set_cursor (self, CLAMP (self->row + down, 1, self->rows), CLAMP (self->col + right, 1, self->cols));
  return TRUE;
}

static gboolean
on_open (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);

  if (!desk_cells_map_get_unit (self, self->row, self->col) && !desk_cells_map_get_container (self, self->row, self->col))
    return FALSE;
  g_signal_emit (self, signals[OPENED], 0);
  return TRUE;
}

static void
on_click (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  DeskCellsMap *self = user_data;
  int row, col;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!desk_cells_map_place_at (self, x, y, &row, &col))
    return;
  desk_cells_map_set_cursor (self, row, col);
  g_signal_emit (self, signals[n_press == 2 ? OPENED : CHOSEN], 0);
}

static gboolean
on_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);
  int row = self->row, col = self->col;

  if (!keyboard && !desk_cells_map_place_at (self, x, y, &row, &col))
    return FALSE;
  g_autofree char *sentence = sentence_at (self, row, col);
  gtk_tooltip_set_text (tooltip, sentence);
  return TRUE;
}

/* ── dragging ────────────────────────────────────────────────────────────────────────────────── */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer user_data)
{
  DeskCellsMap *self = user_data;
  int row, col;
  DeskMapCell *cell = desk_cells_map_place_at (self, x, y, &row, &col) ? desk_cells_map_cell (self, row, col) : NULL;

  if (cell && cell->unit)
    return gdk_content_provider_new_typed (G_TYPE_INT64, cell->unit->id);
  if (!cell || !cell->container)
    return NULL;
  g_autofree char *name = g_strdup_printf (CONTAINER_PREFIX "%" G_GINT64_FORMAT, cell->container->id);
  return gdk_content_provider_new_typed (G_TYPE_STRING, name);
}

static void
set_drop (DeskCellsMap *self, int row, int col)
{
  self->drop_row = row;
  self->drop_col = col;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkDragAction
on_drop_motion (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  DeskCellsMap *self = user_data;
  int row, col;
  gboolean empty = desk_cells_map_place_at (self, x, y, &row, &col)
                   && (desk_cells_map_is_free (self, row, col) || desk_cells_map_get_container (self, row, col));

  set_drop (self, empty ? row : 0, empty ? col : 0);
  return empty ? GDK_ACTION_MOVE : 0;
}

static void
on_drop_leave (GtkDropTarget *target, gpointer user_data)
{
  set_drop (user_data, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  DeskCellsMap *self = user_data;
  int row, col;

  set_drop (self, 0, 0);
  if (!desk_cells_map_place_at (self, x, y, &row, &col)
      || !(desk_cells_map_is_free (self, row, col) || desk_cells_map_get_container (self, row, col)))
    return FALSE;
  desk_cells_map_set_cursor (self, row, col);
  if (G_VALUE_HOLDS_INT64 (value))
    g_signal_emit (self, signals[MOVED], 0, g_value_get_int64 (value));
  else if (g_str_has_prefix (g_value_get_string (value), CONTAINER_PREFIX))
    g_signal_emit (self, signals[CONTAINER_MOVED], 0,
                   g_ascii_strtoll (g_value_get_string (value) + strlen (CONTAINER_PREFIX), NULL, 10));
  return TRUE;
}

static void
add_controllers (DeskCellsMap *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE);
  GType types[] = { G_TYPE_INT64, G_TYPE_STRING };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (click, "pressed", G_CALLBACK (on_click), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ── what is shown ───────────────────────────────────────────────────────────────────────────── */

static void
fill_cells (DeskCellsMap *self)
{
  self->cells = g_new0 (DeskMapCell, MAX (1, self->rows * self->cols));
  for (guint i = 0; i < self->units->len; i++)
    {
      const DeskUnit *unit = self->units->pdata[i];
      DeskMapCell *cell = desk_cells_map_cell (self, unit->row, unit->col);

      if (!cell)
        continue;
      cell->unit = unit;
      cell->sign = desk_cells_sign (desk_unit_headline (unit, self->today));
    }
  for (guint i = 0; i < self->children->len; i++)
    {
      const DeskContainer *child = self->children->pdata[i];
      DeskMapCell *cell = self->tiles ? &self->cells[i] : desk_cells_map_cell (self, child->row, child->col);

      if (cell)
        cell->container = child;
    }
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const DeskPlaceBlock *block = self->blocks->pdata[i];
      DeskMapCell *cell = desk_cells_map_cell (self, block->row, block->col);

      if (cell)
        cell->block = block;
    }
}

/* Shows a container: its path in words, its units, what stands in it, its blocked places (the map takes the three
 * arrays). The cursor stays where it was in the same container, and goes to the first place of another. */
void
desk_cells_map_set_box (DeskCellsMap *self, const char *path, const DeskContainer *container, GPtrArray *units,
                        GPtrArray *children, GPtrArray *blocks, DeskDay today)
{
  int rows = self->rows, cols = self->cols;
  gboolean same = self->container && self->container->id == container->id;

  clear_cells (self);
  g_free (self->path);
  self->path = g_strdup (path);
  self->container = desk_container_copy (container);
  self->units = units;
  self->children = children;
  self->blocks = blocks;
  self->today = today;
  desk_cells_map_shape (self);
  fill_cells (self);
  same = same && rows == self->rows && cols == self->cols;
  if (!same)
    self->row = self->col = self->rows > 0 && self->cols > 0 ? 1 : 0;
  tell_cursor (self);
  if (same)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Lights these units (a set of gint64) and dims all else; NULL lights everything. */
void
desk_cells_map_set_matches (DeskCellsMap *self, GHashTable *unit_ids)
{
  g_clear_pointer (&self->matches, g_hash_table_unref);
  self->matches = unit_ids ? g_hash_table_ref (unit_ids) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How many units the search found inside each container, by id; NULL when nothing is searched. */
void
desk_cells_map_set_hits (DeskCellsMap *self, GHashTable *hits)
{
  g_clear_pointer (&self->hits, g_hash_table_unref);
  self->hits = hits ? g_hash_table_ref (hits) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Shows a unit, or a container, as cut, until 0 is set. */
void
desk_cells_map_set_in_hand (DeskCellsMap *self, gint64 unit_id, gint64 container_id)
{
  self->in_hand = unit_id;
  self->container_in_hand = container_id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
desk_cells_map_finalize (GObject *object)
{
  DeskCellsMap *self = DESK_CELLS_MAP (object);

  clear_cells (self);
  g_clear_pointer (&self->matches, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_hash_table_unref);
  g_free (self->path);
  g_free (self->sentence);
  G_OBJECT_CLASS (desk_cells_map_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  const struct
  {
    guint key, keypad;
    int down, right;
  } arrows[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0 },         { GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0 },
    { GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1 },     { GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, 0, -1000 },  { GDK_KEY_End, GDK_KEY_KP_End, 0, 1000 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -1000, 0 }, { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (klass, arrows[i].key, 0, on_arrow, "(ii)", arrows[i].down, arrows[i].right);
      gtk_widget_class_add_binding (klass, arrows[i].keypad, 0, on_arrow, "(ii)", arrows[i].down, arrows[i].right);
    }
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, on_open, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, on_open, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, on_open, NULL);
}

static void
desk_cells_map_class_init (DeskCellsMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_cells_map_finalize;
  widget_class->snapshot = desk_cells_map_snapshot;
  widget_class->measure = desk_cells_map_measure;
  widget_class->size_allocate = desk_cells_map_size_allocate;
  widget_class->realize = desk_cells_map_realize;
  widget_class->css_changed = desk_cells_map_css_changed;
  gtk_widget_class_set_css_name (widget_class, "cellsmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_keys (widget_class);

  /* cursor (): the cursor or what lies under it is another. */
  signals[CURSOR]
      = g_signal_new ("cursor", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* chosen (): the place under the cursor was clicked. */
  signals[CHOSEN]
      = g_signal_new ("chosen", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* opened (): Enter or a double click on the unit under the cursor. */
  signals[OPENED]
      = g_signal_new ("opened", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* moved (unit): that unit was dropped on the empty place or the container under the cursor. */
  signals[MOVED] = g_signal_new ("moved", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT64);
  /* container-moved (container): that container was dropped on the place or the container under the cursor. */
  signals[CONTAINER_MOVED] = g_signal_new ("container-moved", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
desk_cells_map_init (DeskCellsMap *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_tooltip), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  add_controllers (self);
  self->sentence = g_strdup ("");
}
