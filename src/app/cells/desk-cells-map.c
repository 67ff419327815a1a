#include "desk-cells-map.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-words.h"

#define HEAD 28      /* letters at the left, numbers above */
#define MIN_WIDTH 46
#define MIN_HEIGHT 38
#define MAX_WIDTH 110
#define MAX_HEIGHT 64
#define BADGE 17

typedef struct
{
  const DeskUnit *unit; /* owned by units; NULL for an empty place */
  const DeskCellSign *sign;
  PangoLayout *letter, *name, *tail; /* made when first drawn */
} Cell;

struct _DeskCellsMap
{
  GtkWidget parent_instance;

  char *path;        /* "Tank A, Rack 2, Box 3" */
  int rows, cols;
  GPtrArray *units;
  Cell *cells;       /* rows × cols */
  DeskDay today;
  GHashTable *matches; /* of unit ids (gint64), or NULL when nothing is searched */
  gint64 in_hand;
  int row, col;      /* the cursor, from 1 */
  int drop_row, drop_col;
  char *sentence;
};

enum
{
  CURSOR,
  CHOSEN,
  OPENED,
  MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCellsMap, desk_cells_map, GTK_TYPE_WIDGET)

static Cell *
cell_at (DeskCellsMap *self, int row, int col)
{
  if (row < 1 || col < 1 || row > self->rows || col > self->cols)
    return NULL;
  return &self->cells[(row - 1) * self->cols + col - 1];
}

static void
forget_layouts (DeskCellsMap *self)
{
  for (int i = 0; i < self->rows * self->cols; i++)
    {
      g_clear_object (&self->cells[i].letter);
      g_clear_object (&self->cells[i].name);
      g_clear_object (&self->cells[i].tail);
    }
}

static void
clear_cells (DeskCellsMap *self)
{
  forget_layouts (self);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->units, g_ptr_array_unref);
}

/* Width and height of one place, as the space allows. */
static void
cell_size (DeskCellsMap *self, int *width, int *height)
{
  *width = CLAMP ((gtk_widget_get_width (GTK_WIDGET (self)) - HEAD - 4) / MAX (1, self->cols), MIN_WIDTH, MAX_WIDTH);
  *height
      = CLAMP ((gtk_widget_get_height (GTK_WIDGET (self)) - HEAD - 4) / MAX (1, self->rows), MIN_HEIGHT, MAX_HEIGHT);
}

static gboolean
place_at (DeskCellsMap *self, double x, double y, int *row, int *col)
{
  int width, height;

  cell_size (self, &width, &height);
  *col = x < HEAD ? 0 : (int) (x - HEAD) / width + 1;
  *row = y < HEAD ? 0 : (int) (y - HEAD) / height + 1;
  return cell_at (self, *row, *col) != NULL;
}

/* ── drawing ─────────────────────────────────────────────────────────────────────────────────── */

static PangoLayout *
layout_new (DeskCellsMap *self, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attrs);
  return layout;
}

static void
draw_text (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, float width, float height,
           const GdkRGBA *color)
{
  int w, h;

  pango_layout_get_pixel_size (layout, &w, &h);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + (width - w) / 2, y + (height - h) / 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_frame (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float width, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[]) { width, width, width, width },
                              (GdkRGBA[]) { *color, *color, *color, *color });
}

static void
draw_unit (DeskCellsMap *self, GtkSnapshot *snapshot, Cell *cell, const graphene_rect_t *at, const GdkRGBA *text)
{
  const DeskCellSign *sign = cell->sign;
  GdkRGBA tint = sign->color, letter = sign->dark_letter ? (GdkRGBA) { 0, 0, 0, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
  float x = at->origin.x, y = at->origin.y, width = at->size.width, height = at->size.height;

  if (!cell->name)
    {
      g_autofree char *own = desk_cells_initials (cell->unit->patient_name);
      g_autofree char *initials = *cell->unit->biohazard ? g_strconcat ("☣", own, NULL) : g_steal_pointer (&own);

      cell->letter = layout_new (self, sign->letter, 0.8, TRUE);
      cell->name = layout_new (self, initials, 1.0, TRUE);
      cell->tail = layout_new (self, desk_cells_tail (cell->unit->number), 0.82, FALSE);
    }
  tint.alpha = 0.24;
  gtk_snapshot_append_color (snapshot, &tint, at);
  gtk_snapshot_append_color (snapshot, &sign->color, &GRAPHENE_RECT_INIT (x, y, BADGE, BADGE));
  draw_text (snapshot, cell->letter, x, y, BADGE, BADGE, &letter);
  draw_text (snapshot, cell->name, x + BADGE, y, width - BADGE, height / 2 + 2, text);
  draw_text (snapshot, cell->tail, x + BADGE, y + height / 2 - 1, width - BADGE, height / 2, text);
}

/* Whether the search leaves this place in the light. */
static gboolean
is_lit (DeskCellsMap *self, const Cell *cell)
{
  return !self->matches || (cell->unit && g_hash_table_contains (self->matches, &cell->unit->id));
}

static void
draw_cell (DeskCellsMap *self, GtkSnapshot *snapshot, int row, int col, const graphene_rect_t *at, const GdkRGBA *text)
{
  Cell *cell = cell_at (self, row, col);
  gboolean lit = is_lit (self, cell), in_hand = cell->unit && cell->unit->id == self->in_hand;
  GdkRGBA faint = *text, accent = { 0.21, 0.52, 0.89, 1 };

  faint.alpha = cell->unit ? 0.35 : 0.16;
  if (!lit || in_hand)
    gtk_snapshot_push_opacity (snapshot, in_hand ? 0.5 : 0.22);
  if (cell->unit)
    draw_unit (self, snapshot, cell, at, text);
  draw_frame (snapshot, at, 1, &faint);
  if (!lit || in_hand)
    gtk_snapshot_pop (snapshot);
  if (self->matches && lit)
    draw_frame (snapshot, at, 2, text);
  if (row == self->drop_row && col == self->drop_col)
    draw_frame (snapshot, at, 3, &accent);
  if (row == self->row && col == self->col)
    {
      accent.alpha = gtk_widget_has_focus (GTK_WIDGET (self)) ? 1 : 0.45;
      draw_frame (snapshot, at, 3, &accent);
    }
}

static void
draw_heads (DeskCellsMap *self, GtkSnapshot *snapshot, int width, int height, const GdkRGBA *text)
{
  for (int row = 1; row <= self->rows; row++)
    {
      g_autofree char *name = desk_place_name (row, 1);
      name[strlen (name) - 1] = '\0'; /* "B1" without its column */
      g_autoptr (PangoLayout) layout = layout_new (self, name, 0.9, row == self->row);
      draw_text (snapshot, layout, 0, HEAD + (row - 1) * height, HEAD, height, text);
    }
  for (int col = 1; col <= self->cols; col++)
    {
      g_autofree char *name = g_strdup_printf ("%d", col);
      g_autoptr (PangoLayout) layout = layout_new (self, name, 0.9, col == self->col);
      draw_text (snapshot, layout, HEAD + (col - 1) * width, 0, width, HEAD, text);
    }
}

static void
desk_cells_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);
  GdkRGBA text;
  int width, height;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cell_size (self, &width, &height);
  draw_heads (self, snapshot, width, height, &text);
  for (int row = 1; row <= self->rows; row++)
    for (int col = 1; col <= self->cols; col++)
      draw_cell (
          self, snapshot, row, col,
          &GRAPHENE_RECT_INIT (HEAD + (col - 1) * width + 1, HEAD + (row - 1) * height + 1, width - 2, height - 2),
          &text);
}

static void
desk_cells_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = HEAD + self->cols * MIN_WIDTH + 4;
  else
    *minimum = *natural = HEAD + self->rows * MIN_HEIGHT + 4;
}

static void
desk_cells_map_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (desk_cells_map_parent_class)->css_changed (widget, change);
  forget_layouts (DESK_CELLS_MAP (widget));
}

/* ── the cursor ──────────────────────────────────────────────────────────────────────────────── */

static void
tell_cursor (DeskCellsMap *self)
{
  Cell *cell = cell_at (self, self->row, self->col);

  g_free (self->sentence);
  self->sentence = cell ? desk_cells_sentence (self->path, self->row, self->col, cell->unit, self->today)
                        : g_strdup (_("Choose a box to see its places."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->sentence, -1);
  g_signal_emit (self, signals[CURSOR], 0);
}

/* Puts the cursor on a place; one outside the box is ignored. */
void
desk_cells_map_set_cursor (DeskCellsMap *self, int row, int col)
{
  if (!cell_at (self, row, col))
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
  Cell *cell = cell_at (self, row, col);

  return cell ? cell->unit : NULL;
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

  if (!desk_cells_map_get_unit (self, self->row, self->col))
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
  if (!place_at (self, x, y, &row, &col))
    return;
  desk_cells_map_set_cursor (self, row, col);
  g_signal_emit (self, signals[n_press == 2 ? OPENED : CHOSEN], 0);
}

static gboolean
on_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  DeskCellsMap *self = DESK_CELLS_MAP (widget);
  int row = self->row, col = self->col;

  if (!keyboard && !place_at (self, x, y, &row, &col))
    return FALSE;
  g_autofree char *sentence
      = desk_cells_sentence (self->path, row, col, desk_cells_map_get_unit (self, row, col), self->today);
  gtk_tooltip_set_text (tooltip, sentence);
  return TRUE;
}

/* ── dragging ────────────────────────────────────────────────────────────────────────────────── */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer user_data)
{
  DeskCellsMap *self = user_data;
  int row, col;
  const DeskUnit *unit = place_at (self, x, y, &row, &col) ? desk_cells_map_get_unit (self, row, col) : NULL;

  return unit ? gdk_content_provider_new_typed (G_TYPE_INT64, unit->id) : NULL;
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
  gboolean empty = place_at (self, x, y, &row, &col) && !desk_cells_map_get_unit (self, row, col);

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
  if (!place_at (self, x, y, &row, &col) || desk_cells_map_get_unit (self, row, col))
    return FALSE;
  desk_cells_map_set_cursor (self, row, col);
  g_signal_emit (self, signals[MOVED], 0, g_value_get_int64 (value));
  return TRUE;
}

static void
add_controllers (DeskCellsMap *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

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

/* Shows a box: its path in words, its grid, its units (the map takes the array). The cursor stays where it was
 * in the same box, and goes to the first place of another. */
void
desk_cells_map_set_box (DeskCellsMap *self, const char *path, int rows, int cols, GPtrArray *units, DeskDay today)
{
  gboolean same = g_strcmp0 (path, self->path) == 0 && rows == self->rows && cols == self->cols;

  clear_cells (self);
  g_free (self->path);
  self->path = g_strdup (path);
  self->rows = rows;
  self->cols = cols;
  self->units = units;
  self->today = today;
  self->cells = g_new0 (Cell, MAX (1, rows * cols));
  for (guint i = 0; units && i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];
      Cell *cell = cell_at (self, unit->row, unit->col);

      if (!cell)
        continue;
      cell->unit = unit;
      cell->sign = desk_cells_sign (desk_unit_headline (unit, today));
    }
  if (!same)
    self->row = self->col = rows > 0 && cols > 0 ? 1 : 0;
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

/* Shows a unit as cut, until 0 is set. */
void
desk_cells_map_set_in_hand (DeskCellsMap *self, gint64 unit_id)
{
  self->in_hand = unit_id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
desk_cells_map_finalize (GObject *object)
{
  DeskCellsMap *self = DESK_CELLS_MAP (object);

  clear_cells (self);
  g_clear_pointer (&self->matches, g_hash_table_unref);
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
  /* moved (unit): that unit was dropped on the empty place under the cursor. */
  signals[MOVED] = g_signal_new ("moved", DESK_TYPE_CELLS_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT64);
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
