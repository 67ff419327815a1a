/* The grid's picture, back to front: shades, lines, boxes, cursor, now-line, ghost, headings. */
#include <glib/gi18n.h>

#include "desk-book-grid-private.h"
#include "desk-book-words.h"

typedef struct
{
  DeskBookGrid *grid;
  GtkSnapshot *snapshot;
  GdkRGBA ink, paper, shade, line, faint, accent;
  double width, height;
} Canvas;

static const GdkRGBA vermilion = { 0.835f, 0.369f, 0, 1 };
static const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 1 };

static void
fill (Canvas *c, const GdkRGBA *color, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (c->snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
frame (Canvas *c, const graphene_rect_t *area, const GdkRGBA *color, float width)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (c->snapshot, &outline, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

static PangoLayout *
layout (Canvas *c, const char *words, int width, double scale, gboolean bold)
{
  PangoLayout *result = gtk_widget_create_pango_layout (GTK_WIDGET (c->grid), words);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (result, attributes);
  pango_attr_list_unref (attributes);
  if (width > 0)
    {
      pango_layout_set_width (result, width * PANGO_SCALE);
      pango_layout_set_ellipsize (result, PANGO_ELLIPSIZE_END);
      pango_layout_set_alignment (result, PANGO_ALIGN_CENTER);
    }
  return result;
}

static void
text (Canvas *c, PangoLayout *words, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (c->snapshot);
  gtk_snapshot_translate (c->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (c->snapshot, words, color);
  gtk_snapshot_restore (c->snapshot);
}

/* Hatching is what says "closed" to those who do not see the shade. */
static void
hatch (Canvas *c, double x, double y, double width, double height)
{
  GskColorStop stops[] = { { 0, { 0 } }, { 0.85f, { 0 } }, { 0.85f, c->shade }, { 1, c->shade } };
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

  gtk_snapshot_append_repeating_linear_gradient (c->snapshot, &area, &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (7, 7), stops, G_N_ELEMENTS (stops));
}

static void
draw_closed (Canvas *c, guint index, const char *words)
{
  const DeskBookBoard *board = c->grid->board;
  double x = grid_x (c->grid, index);
  double column = grid_column_width (c->grid, index);
  gboolean spread = board->mode == DESK_BOOK_DAY;

  hatch (c, x, grid_y (c->grid, board->from), column,
         grid_y (c->grid, board->until) - grid_y (c->grid, board->from));
  if (spread && index > 0)
    return;
  double width = spread ? c->width - GRID_GUTTER : column;
  g_autoptr (PangoLayout) label = layout (c, words, (int) width - 8, 1.1, TRUE);
  text (c, label, (spread ? GRID_GUTTER : x) + 4,
        grid_y (c->grid, board->opens) + (spread ? -24 : 24), &c->ink);
}

static void
draw_shades (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  double opens = grid_y (c->grid, board->opens), closes = grid_y (c->grid, board->closes);
  double wide = c->width - GRID_GUTTER;

  fill (c, &c->shade, GRID_GUTTER, grid_y (c->grid, board->from), wide, opens - grid_y (c->grid, board->from));
  fill (c, &c->shade, GRID_GUTTER, closes, wide, grid_y (c->grid, board->until) - closes);
}

static void
draw_rows (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  for (int minute = board->from; minute <= board->until; minute += c->grid->row_minutes)
    {
      double y = (int) grid_y (c->grid, minute);

      if (y >= GRID_HEADING && y <= c->height)
        fill (c, minute % 60 == 0 ? &c->line : &c->faint, GRID_GUTTER, y, c->width - GRID_GUTTER, 1);
    }
  for (guint i = 0; i <= board->columns->len; i++)
    fill (c, &c->line, (int) grid_x (c->grid, i), GRID_HEADING, 1, c->height);
}

static void
draw_boxes (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  for (guint i = 0; i < board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (board, i);
      graphene_rect_t area;

      grid_box_area (c->grid, box, &area);
      if (area.origin.y + area.size.height < GRID_HEADING || area.origin.y > c->height
          || area.origin.x + area.size.width < GRID_GUTTER || area.origin.x > c->width)
        continue;
      fill (c, &c->paper, area.origin.x, area.origin.y, area.size.width, area.size.height);
      desk_book_box_draw (c->snapshot, GTK_WIDGET (c->grid), c->grid->texts, board, box, &area,
                          box->visit->id == c->grid->cut
                              || (c->grid->drag >= GRID_MOVING && box->visit->id == c->grid->drag_visit));
    }
}

static void
draw_cursor (Canvas *c)
{
  DeskBookGrid *grid = c->grid;
  gboolean focused = gtk_widget_is_focus (GTK_WIDGET (grid));

  for (guint i = 0; grid->visit && i < grid->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (grid->board, i);
      graphene_rect_t area;

      if (box->visit->id != grid->visit)
        continue;
      grid_box_area (grid, box, &area);
      graphene_rect_inset (&area, -1, -1);
      frame (c, &area, &c->accent, box->column == grid->column && focused ? 3 : 1.5f);
    }
  if (grid->visit)
    return;
  graphene_rect_t slot = GRAPHENE_RECT_INIT ((float) grid_x (c->grid, grid->column) + 1,
                                             (float) (int) grid_y (grid, grid->minute),
                                             (float) grid_column_width (grid, grid->column) - 1,
                                             (float) (grid->row_minutes * grid_minute_height (grid)) + 1);
  frame (c, &slot, focused ? &c->accent : &c->line, focused ? 2 : 1);
}

/* Only today has a now. */
static void
draw_now (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  DeskDay today = desk_instant_day (now, board->zone);
  double y = grid_y (c->grid, desk_instant_minute (now, board->zone));

  for (guint i = 0; i < board->columns->len; i++)
    if (desk_book_board_column (board, i)->day == today)
      fill (c, &red, grid_x (c->grid, i), y, grid_column_width (c->grid, i), 2);
  if (today >= board->first && today < board->first + (DeskDay) board->n_days)
    fill (c, &red, GRID_GUTTER - 8, y - 3, 8, 8);
}

static void
draw_ghost (Canvas *c)
{
  DeskBookGrid *grid = c->grid;

  if (grid->drag < GRID_MOVING)
    return;
  double x = grid_x (c->grid, grid->drag_column) + 1, y = (int) grid_y (grid, grid->drag_minute);
  double height = MAX (grid->drag_minutes * grid_minute_height (grid), 18);
  double column = grid_column_width (grid, grid->drag_column);
  GdkRGBA color = grid->drag_blocks ? vermilion : c->accent, tint = color;
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) column - 1, (float) height);

  tint.alpha = 0.25f;
  gtk_snapshot_append_color (c->snapshot, &c->paper, &area);
  gtk_snapshot_append_color (c->snapshot, &tint, &area);
  frame (c, &area, &color, 2);

  g_autofree char *from = desk_book_time_words (grid->drag_minute);
  g_autofree char *until = desk_book_time_words ((grid->drag_minute + grid->drag_minutes) % 1440);
  g_autofree char *words = g_strdup_printf ("%s–%s%s%s", from, until, grid->drag_words ? "\n" : "",
                                            grid->drag_words ? grid->drag_words : "");
  g_autoptr (PangoLayout) label = layout (c, words, -1, 0.86, grid->drag_blocks);
  int label_width, label_height;
  pango_layout_set_width (label, MAX (240, (int) column - 8) * PANGO_SCALE);
  pango_layout_set_wrap (label, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (label, &label_width, &label_height);
  double left = CLAMP (x + 4, GRID_GUTTER, MAX (c->width - label_width - 8, GRID_GUTTER));
  fill (c, &c->paper, left - 2, y + 2, label_width + 4, label_height);
  text (c, label, left, y + 2, &c->ink);
}

static void
draw_gutter (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  fill (c, &c->paper, 0, GRID_HEADING, GRID_GUTTER - 1, c->height);
  for (int minute = board->from; minute < board->until; minute += 60)
    {
      g_autofree char *words = desk_book_time_words (minute);
      g_autoptr (PangoLayout) label = layout (c, words, -1, 0.86, FALSE);

      text (c, label, 8, grid_y (c->grid, minute) + 1, &c->ink);
    }
}

static void
draw_headings (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  DeskDay today = desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, board->zone);

  gtk_snapshot_push_clip (c->snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) c->width, GRID_HEADING));
  fill (c, &c->paper, 0, 0, c->width, GRID_HEADING);
  for (guint i = 0; i < board->columns->len; i++)
    {
      const DeskBookColumn *column = desk_book_board_column (board, i);
      double x = grid_x (c->grid, i), width = grid_column_width (c->grid, i);
      gboolean now = board->mode == DESK_BOOK_WEEK && column->day == today;
      g_autoptr (PangoLayout) title = layout (c, column->title, (int) width - 8, 0.95, TRUE);
      g_autoptr (PangoLayout) subtitle = layout (c, column->subtitle, (int) width - 8, 0.8, FALSE);

      if (x + width < GRID_GUTTER || x > c->width)
        continue;
      text (c, title, x + 4, *column->subtitle ? 3 : 11, now ? &red : &c->ink);
      text (c, subtitle, x + 4, 22, &c->ink);
      fill (c, &c->line, (int) x, 6, 1, GRID_HEADING);
    }
  fill (c, &c->paper, 0, 0, GRID_GUTTER - 1, GRID_HEADING);
  fill (c, &c->line, 0, GRID_HEADING - 1, c->width, 1);
  gtk_snapshot_pop (c->snapshot);
}

static void
mix (GdkRGBA *color, const GdkRGBA *ink, float alpha)
{
  *color = *ink;
  color->alpha = alpha;
}

static void
canvas_init (Canvas *c, DeskBookGrid *grid, GtkSnapshot *snapshot)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (grid));

  c->grid = grid;
  c->snapshot = snapshot;
  c->width = gtk_widget_get_width (GTK_WIDGET (grid));
  c->height = gtk_widget_get_height (GTK_WIDGET (grid));
  gtk_style_context_get_color (style, &c->ink);
  if (!gtk_style_context_lookup_color (style, "view_bg_color", &c->paper))
    c->paper = (GdkRGBA){ 1, 1, 1, 1 };
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &c->accent))
    c->accent = (GdkRGBA){ 0.2f, 0.5f, 0.9f, 1 };
  mix (&c->shade, &c->ink, 0.09f);
  mix (&c->line, &c->ink, 0.22f);
  mix (&c->faint, &c->ink, 0.08f);
}

void
grid_draw (DeskBookGrid *self, GtkSnapshot *snapshot)
{
  Canvas c;

  canvas_init (&c, self, snapshot);
  fill (&c, &c.paper, 0, 0, c.width, c.height);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, GRID_HEADING, (float) c.width, (float) c.height));
  draw_shades (&c);
  draw_rows (&c);
  for (guint i = 0; i < self->board->columns->len; i++)
    if (desk_book_board_column (self->board, i)->closed)
      draw_closed (&c, i, desk_book_board_column (self->board, i)->closed);
  draw_boxes (&c);
  draw_now (&c);
  draw_cursor (&c);
  draw_ghost (&c);
  draw_gutter (&c);
  gtk_snapshot_pop (snapshot);
  draw_headings (&c);
}
