/* How the map looks, and which place lies where. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-cells-map-private.h"

#define HEAD 30       /* names of the rows at the left, of the columns above */
#define ROUND_HEAD 92 /* with the round tank seen from above in the corner */
#define RACK_GAP 10   /* between the racks of a round tank */
#define MIN_WIDTH 46
#define MIN_HEIGHT 38
#define MAX_WIDTH 110
#define MAX_HEIGHT 64
#define TILE_HEIGHT 58
#define BADGE 17

DeskMapCell *
desk_cells_map_cell (DeskCellsMap *self, int row, int col)
{
  if (row < 1 || col < 1 || row > self->rows || col > self->cols)
    return NULL;
  return &self->cells[(row - 1) * self->cols + col - 1];
}

void
desk_cells_map_forget_layouts (DeskCellsMap *self)
{
  for (int i = 0; self->cells && i < self->rows * self->cols; i++)
    {
      g_clear_object (&self->cells[i].letter);
      g_clear_object (&self->cells[i].name);
      g_clear_object (&self->cells[i].tail);
    }
}

/* ── where what lies ─────────────────────────────────────────────────────────────────────────── */

static gboolean
is_round (DeskCellsMap *self)
{
  return self->container && !self->tiles && strcmp (desk_container_layout (self->container), "sector") == 0;
}

static int
levels_of (DeskCellsMap *self)
{
  return is_round (self) ? MAX (1, self->container->levels) : 1;
}

static int
head_of (DeskCellsMap *self)
{
  return self->tiles ? 4 : is_round (self) ? ROUND_HEAD : HEAD;
}

static int
gaps_of (DeskCellsMap *self)
{
  return levels_of (self) > 1 ? (self->cols / levels_of (self) - 1) * RACK_GAP : 0;
}

/* Rows and columns that are drawn: its places or, without any, tiles in rows for what stands in it. */
void
desk_cells_map_shape (DeskCellsMap *self)
{
  guint n = self->children ? self->children->len : 0;

  self->tiles = self->container && !desk_container_has_places (self->container);
  if (!self->container)
    self->rows = self->cols = 0;
  else if (self->tiles)
    {
      self->cols = n == 0 ? 0 : MIN ((int) n, n > 40 ? 6 : 4);
      self->rows = n == 0 ? 0 : ((int) n + self->cols - 1) / self->cols;
    }
  else
    {
      self->rows = self->container->rows;
      self->cols = self->container->cols;
    }
}

/* Width and height of one place, as the space allows. */
static void
cell_size (DeskCellsMap *self, int *width, int *height)
{
  int head = head_of (self), wide = gtk_widget_get_width (GTK_WIDGET (self)), high = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->tiles)
    {
      *width = CLAMP ((wide - head - 4) / MAX (1, self->cols), 100, 240);
      *height = TILE_HEIGHT;
      return;
    }
  *width = CLAMP ((wide - head - 4 - gaps_of (self)) / MAX (1, self->cols), MIN_WIDTH, MAX_WIDTH);
  *height = CLAMP ((high - head - 4) / MAX (1, self->rows), MIN_HEIGHT, MAX_HEIGHT);
}

/* The least it needs. */
void
desk_cells_map_size (DeskCellsMap *self, int *width, int *height)
{
  int head = head_of (self);

  *width = self->tiles ? head + self->cols * 100 + 4 : head + self->cols * MIN_WIDTH + gaps_of (self) + 4;
  *height = self->tiles ? head + self->rows * TILE_HEIGHT + 4 : head + self->rows * MIN_HEIGHT + 4;
}

void
desk_cells_map_rect (DeskCellsMap *self, int row, int col, graphene_rect_t *rect)
{
  int width, height, head = head_of (self), gap = (col - 1) / levels_of (self) * (levels_of (self) > 1 ? RACK_GAP : 0);

  cell_size (self, &width, &height);
  graphene_rect_init (rect, head + (col - 1) * width + gap + 1, head + (row - 1) * height + 1, width - 2, height - 2);
}

gboolean
desk_cells_map_place_at (DeskCellsMap *self, double x, double y, int *row, int *col)
{
  int width, height, head = head_of (self), levels = levels_of (self);

  cell_size (self, &width, &height);
  *row = y < head ? 0 : (int) (y - head) / height + 1;
  *col = x < head ? 0 : (int) (x - head) / width + 1;
  if (levels > 1 && x >= head)
    {
      int group = levels * width + RACK_GAP, rack = (int) (x - head) / group, within = (int) (x - head) % group / width;

      *col = within < levels ? rack * levels + within + 1 : 0;
    }
  return desk_cells_map_cell (self, *row, *col) != NULL;
}

/* The places that are in sight: a box may have many thousands. */
static void
visible_range (DeskCellsMap *self, int *first_row, int *last_row, int *first_col, int *last_col)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  int width, height, head = head_of (self);
  graphene_rect_t bounds;

  *first_row = *first_col = 1;
  *last_row = self->rows;
  *last_col = self->cols;
  if (!viewport || !gtk_widget_compute_bounds (viewport, GTK_WIDGET (self), &bounds))
    return;
  cell_size (self, &width, &height);
  *first_row = CLAMP ((int) (bounds.origin.y - head) / height, 1, MAX (1, self->rows));
  *last_row = CLAMP ((int) (bounds.origin.y + bounds.size.height - head) / height + 1, *first_row, self->rows);
  *first_col = CLAMP ((int) (bounds.origin.x - head - gaps_of (self)) / width, 1, MAX (1, self->cols));
  *last_col = CLAMP ((int) (bounds.origin.x + bounds.size.width - head) / width + 1, *first_col, self->cols);
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
  /* One that knows its width is in the middle of it by itself. */
  float left = pango_layout_get_width (layout) > 0 ? 0 : MAX (0, (width - w) / 2);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + left, y + (height - h) / 2));
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
draw_unit (DeskCellsMap *self, GtkSnapshot *snapshot, DeskMapCell *cell, const graphene_rect_t *at, const GdkRGBA *text)
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

/* How full in a colour; the numbers say it too. */
static void
room_color (const DeskContainer *container, GdkRGBA *color)
{
  static const GdkRGBA colors[] = { [DESK_ROOM_ENOUGH] = { 0.21, 0.52, 0.89, 1 }, [DESK_ROOM_80] = { 0.90, 0.62, 0.00, 1 },
                                    [DESK_ROOM_90] = { 0.84, 0.37, 0.00, 1 }, [DESK_ROOM_FULL] = { 0.60, 0.20, 0.20, 1 } };

  *color = colors[desk_container_room (container->used, container->capacity)];
}

static PangoLayout *
fitting (PangoLayout *layout, float width)
{
  pango_layout_set_width (layout, (int) (width - 6) * PANGO_SCALE);
  pango_layout_set_height (layout, 0);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  return layout;
}

/* A rack in its tank, a box in its rack: name, how full in number and bar. */
static void
draw_container (DeskCellsMap *self, GtkSnapshot *snapshot, DeskMapCell *cell, const graphene_rect_t *at, const GdkRGBA *text)
{
  const DeskContainer *container = cell->container;
  float x = at->origin.x, y = at->origin.y, width = at->size.width, height = at->size.height;
  double part = container->capacity > 0 ? MIN (1, (double) container->used / container->capacity) : 0;
  GdkRGBA color, ground = *text, track = *text;

  if (!cell->name)
    {
      g_autofree char *numbers = g_strdup_printf ("%s%d / %d", container->usable ? "" : "✕ ", container->used, container->capacity);

      cell->name = fitting (layout_new (self, container->name, 0.95, TRUE), width);
      cell->tail = fitting (layout_new (self, numbers, 0.82, FALSE), width);
    }
  room_color (container, &color);
  ground.alpha = 0.06;
  track.alpha = 0.15;
  gtk_snapshot_append_color (snapshot, &ground, at);
  draw_text (snapshot, cell->name, x + 3, y, width - 6, (height - 6) / 2 + 1, text);
  draw_text (snapshot, cell->tail, x + 3, y + (height - 6) / 2 - 1, width - 6, (height - 6) / 2, text);
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (x + 4, y + height - 8, width - 8, 5));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x + 4, y + height - 8, (width - 8) * part, 5));
}

static void
draw_block (DeskCellsMap *self, GtkSnapshot *snapshot, DeskMapCell *cell, const graphene_rect_t *at, const GdkRGBA *text)
{
  GdkRGBA ground = *text;

  if (!cell->letter)
    cell->letter = layout_new (self, "✕", 1.3, TRUE);
  ground.alpha = 0.18;
  gtk_snapshot_append_color (snapshot, &ground, at);
  draw_text (snapshot, cell->letter, at->origin.x, at->origin.y, at->size.width, at->size.height, text);
}

/* Whether the search leaves this place in the light. */
static gboolean
is_lit (DeskCellsMap *self, const DeskMapCell *cell)
{
  if (!self->matches)
    return TRUE;
  if (cell->container)
    return self->hits && g_hash_table_lookup (self->hits, &cell->container->id);
  return cell->unit && g_hash_table_contains (self->matches, &cell->unit->id);
}

static gboolean
is_in_hand (DeskCellsMap *self, const DeskMapCell *cell)
{
  return (cell->unit && cell->unit->id == self->in_hand) || (cell->container && cell->container->id == self->container_in_hand);
}

static void
draw_content (DeskCellsMap *self, GtkSnapshot *snapshot, DeskMapCell *cell, const graphene_rect_t *at, const GdkRGBA *text)
{
  GdkRGBA closed = *text;

  closed.alpha = 0.08;
  if (cell->unit)
    draw_unit (self, snapshot, cell, at, text);
  else if (cell->container)
    draw_container (self, snapshot, cell, at, text);
  else if (cell->block)
    draw_block (self, snapshot, cell, at, text);
  else if (!self->container->usable)
    gtk_snapshot_append_color (snapshot, &closed, at);
}

static void
draw_cell (DeskCellsMap *self, GtkSnapshot *snapshot, int row, int col, const GdkRGBA *text)
{
  DeskMapCell *cell = desk_cells_map_cell (self, row, col);
  gboolean lit = is_lit (self, cell), in_hand = is_in_hand (self, cell);
  GdkRGBA faint = *text, accent = { 0.21, 0.52, 0.89, 1 };
  graphene_rect_t at;

  if (self->tiles && !cell->container)
    return;
  desk_cells_map_rect (self, row, col, &at);
  faint.alpha = cell->unit || cell->container ? 0.35 : 0.16;
  if (!lit || in_hand)
    gtk_snapshot_push_opacity (snapshot, in_hand ? 0.5 : 0.22);
  draw_content (self, snapshot, cell, &at, text);
  draw_frame (snapshot, &at, 1, &faint);
  if (!lit || in_hand)
    gtk_snapshot_pop (snapshot);
  if (self->matches && lit)
    draw_frame (snapshot, &at, 2, text);
  if (row == self->drop_row && col == self->drop_col)
    draw_frame (snapshot, &at, 3, &accent);
  if (row == self->row && col == self->col)
    {
      accent.alpha = gtk_widget_has_focus (GTK_WIDGET (self)) ? 1 : 0.45;
      draw_frame (snapshot, &at, 3, &accent);
    }
}

static void
draw_head (DeskCellsMap *self, GtkSnapshot *snapshot, const char *name, gboolean bold, float x, float y, float width, float height,
           const GdkRGBA *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, name, 0.9, bold);

  draw_text (snapshot, layout, x, y, width, height, text);
}

static void
draw_heads (DeskCellsMap *self, GtkSnapshot *snapshot, int first_row, int last_row, int first_col, int last_col, const GdkRGBA *text)
{
  int head = head_of (self), levels = levels_of (self);
  graphene_rect_t at;

  for (int row = first_row; row <= last_row; row++)
    {
      g_autofree char *name = desk_place_row_name (self->container, row);

      desk_cells_map_rect (self, row, 1, &at);
      if (self->container->rows > 1 || is_round (self))
        draw_head (self, snapshot, name, row == self->row, 0, at.origin.y, head, at.size.height, text);
    }
  for (int col = first_col; col <= last_col; col++)
    {
      g_autofree char *whole = desk_place_col_name (self->container, col);
      g_auto (GStrv) parts = g_strsplit (whole, "-", 2);

      desk_cells_map_rect (self, 1, col, &at);
      draw_head (self, snapshot, levels > 1 && parts[1] ? parts[1] : whole, col == self->col, at.origin.x, head - HEAD, at.size.width, HEAD, text);
      if (levels > 1 && (col - 1) % levels == 0)
        draw_head (self, snapshot, parts[0], (col - 1) / levels == (self->col - 1) / levels, at.origin.x, head - HEAD - 20,
                   at.size.width * levels, 20, text);
    }
}

/* The round tank from above, in the corner: its sectors clockwise from the top, the one of the cursor filled. */
static void
draw_round (DeskCellsMap *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  double size = ROUND_HEAD - 26, r = size / 2 - 2, cx = size / 2 + 2, cy = size / 2 + 2;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, ROUND_HEAD, ROUND_HEAD));

  for (int sector = 1; sector <= self->rows; sector++)
    {
      double from = -G_PI / 2 + (sector - 1) * 2 * G_PI / self->rows, to = from + 2 * G_PI / self->rows;

      cairo_move_to (cr, cx, cy);
      cairo_arc (cr, cx, cy, r, from, to);
      cairo_close_path (cr);
      if (sector == self->row)
        cairo_set_source_rgba (cr, 0.21, 0.52, 0.89, 0.55);
      else
        cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.05);
      cairo_fill_preserve (cr);
      cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.6);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  for (int sector = 1; sector <= self->rows && self->rows <= 12; sector++)
    {
      double middle = -G_PI / 2 + (sector - 0.5) * 2 * G_PI / self->rows;
      g_autofree char *name = g_strdup_printf ("%d", sector);

      draw_head (self, snapshot, name, sector == self->row, cx + cos (middle) * r * 0.62 - 10, cy + sin (middle) * r * 0.62 - 10, 20, 20, text);
    }
}

void
desk_cells_map_draw (DeskCellsMap *self, GtkSnapshot *snapshot)
{
  int first_row, last_row, first_col, last_col;
  GdkRGBA text;

  if (!self->container || self->rows == 0 || self->cols == 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &text);
  visible_range (self, &first_row, &last_row, &first_col, &last_col);
  if (!self->tiles)
    draw_heads (self, snapshot, first_row, last_row, first_col, last_col, &text);
  if (is_round (self))
    draw_round (self, snapshot, &text);
  for (int row = first_row; row <= last_row; row++)
    for (int col = first_col; col <= last_col; col++)
      draw_cell (self, snapshot, row, col, &text);
}
