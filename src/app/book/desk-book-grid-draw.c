/* The grid's picture, back to front: shades, lines, boxes, cursor, now-line, ghost, headings. */
#include <glib/gi18n.h>

#include "desk-book-grid-canvas.h"
#include "desk-book-words.h"

static const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 1 };

void
canvas_fill (Canvas *c, const GdkRGBA *color, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (c->snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

void
canvas_frame (Canvas *c, const graphene_rect_t *area, const GdkRGBA *color, float width)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (c->snapshot, &outline, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

PangoLayout *
canvas_layout (Canvas *c, const char *words, int width, double scale, gboolean bold)
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

void
canvas_text (Canvas *c, PangoLayout *words, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (c->snapshot);
  gtk_snapshot_translate (c->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (c->snapshot, words, color);
  gtk_snapshot_restore (c->snapshot);
}

/* Hatching is what says "closed" to those who do not see the shade. */
void
canvas_hatch (Canvas *c, const GdkRGBA *color, double x, double y, double width, double height)
{
  const GdkRGBA none = { color->red, color->green, color->blue, 0 };
  GskColorStop stops[] = { { 0, none }, { 0.8f, none }, { 0.8f, *color }, { 1, *color } };
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

  gtk_snapshot_append_repeating_linear_gradient (c->snapshot, &area, &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (7, 7), stops, G_N_ELEMENTS (stops));
}

static gboolean
has_boxes (const DeskBookBoard *board, guint column)
{
  for (guint i = 0; i < board->boxes->len; i++)
    if (desk_book_board_box (board, i)->column == column)
      return TRUE;
  return FALSE;
}

/* Why it is closed stands in the heading as well: boxes are not drawn over the words. */
static void
draw_closed (Canvas *c, guint index, const char *words)
{
  const DeskBookBoard *board = c->grid->board;
  double x = grid_x (c->grid, index);
  double column = grid_column_width (c->grid, index);
  gboolean spread = board->mode == DESK_BOOK_DAY;

  canvas_hatch (c, &c->shade, x, grid_y (c->grid, board->from), column,
         grid_y (c->grid, board->until) - grid_y (c->grid, board->from));
  if (spread ? index > 0 : has_boxes (board, index))
    return;
  double width = spread ? c->width - GRID_GUTTER : column;
  g_autoptr (PangoLayout) label = canvas_layout (c, words, (int) width - 8, 1.1, TRUE);
  canvas_text (c, label, (spread ? GRID_GUTTER : x) + 4,
        grid_y (c->grid, board->opens) + (spread ? -24 : 24), &c->ink);
}

/* Before opening and after closing, of each column's own day. */
static void
draw_shades (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  double top = grid_y (c->grid, board->from), bottom = grid_y (c->grid, board->until);

  for (guint i = 0; i < board->columns->len; i++)
    {
      const DeskBookColumn *column = desk_book_board_column (board, i);
      double x = grid_x (c->grid, i), width = grid_column_width (c->grid, i);
      double opens = grid_y (c->grid, column->opens), closes = grid_y (c->grid, column->closes);

      canvas_fill (c, &c->shade, x, top, width, opens - top);
      canvas_fill (c, &c->shade, x, closes, width, bottom - closes);
    }
}

/* Times that are not for visits: hatched, with their kind and reason at the top. */
static void
draw_blocks (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  GdkRGBA tint = c->accent, hatch = c->ink;

  tint.alpha = 0.06f;
  hatch.alpha = 0.18f;
  for (guint i = 0; i < board->blocks->len * board->columns->len; i++)
    {
      const DeskTimeBlock *block = g_ptr_array_index (board->blocks, i / board->columns->len);
      guint column = i % board->columns->len;
      double x = grid_x (c->grid, column) + 1, width = grid_column_width (c->grid, column) - 1;
      int from = MAX (block->from, board->from), until = MIN (block->until, board->until);

      if (from >= until || !desk_book_board_blocked (board, block, column) || desk_book_board_column (board, column)->closed)
        continue;
      double y = (int) grid_y (c->grid, from), height = (int) grid_y (c->grid, until) - y;
      canvas_fill (c, &tint, x, y, width, height);
      canvas_hatch (c, &hatch, x, y, width, height);
      if (height < 14)
        continue;
      g_autofree char *words = desk_book_block_words (block);
      g_autoptr (PangoLayout) label = canvas_layout (c, words, (int) width - 8, 0.8, FALSE);
      int label_width, label_height;
      pango_layout_get_pixel_size (label, &label_width, &label_height);
      canvas_fill (c, &c->paper, x + (width - label_width) / 2 - 3, y + 2, label_width + 6, MIN (label_height, height - 3));
      canvas_text (c, label, x + 4, y + 2, &c->ink);
    }
}

static void
draw_rows (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  for (int minute = board->from; minute <= board->until; minute += c->grid->row_minutes)
    {
      double y = (int) grid_y (c->grid, minute);

      if (y >= GRID_HEADING && y <= c->height)
        canvas_fill (c, minute % 60 == 0 ? &c->line : &c->faint, GRID_GUTTER, y, c->width - GRID_GUTTER, 1);
    }
  for (guint i = 0; i <= board->columns->len; i++)
    canvas_fill (c, &c->line, (int) grid_x (c->grid, i), GRID_HEADING, 1, c->height);
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
      desk_book_box_draw (c->snapshot, GTK_WIDGET (c->grid), c->grid->texts, board, box, &area, &c->paper,
                          box->visit->id == c->grid->cut
                              || (c->grid->drag >= GRID_MOVING && box->visit->id == c->grid->drag_visit));
    }
}

static void
draw_cursor (Canvas *c)
{
  DeskBookGrid *grid = c->grid;
  gboolean focused = grid_has_focus (grid);

  for (guint i = 0; grid->visit && i < grid->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (grid->board, i);
      graphene_rect_t area;

      if (box->visit->id != grid->visit)
        continue;
      grid_box_area (grid, box, &area);
      graphene_rect_inset (&area, -1, -1);
      canvas_frame (c, &area, &c->accent, box->column == grid->column && focused ? 3 : 1.5f);
    }
  if (grid->visit)
    return;
  graphene_rect_t slot = GRAPHENE_RECT_INIT ((float) grid_x (c->grid, grid->column) + 1,
                                             (float) (int) grid_y (grid, grid->minute),
                                             (float) grid_column_width (grid, grid->column) - 1,
                                             (float) (grid->row_minutes * grid_minute_height (grid)) + 1);
  canvas_frame (c, &slot, focused ? &c->accent : &c->line, focused ? 2 : 1);
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
      canvas_fill (c, &red, grid_x (c->grid, i), y, grid_column_width (c->grid, i), 2);
  if (today >= board->first && today < board->first + (DeskDay) board->n_days)
    canvas_fill (c, &red, GRID_GUTTER - 8, y - 3, 8, 8);
}

static void
draw_gutter (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  canvas_fill (c, &c->paper, 0, GRID_HEADING, GRID_GUTTER - 1, c->height);
  for (int minute = board->from; minute < board->until; minute += 60)
    {
      PangoLayout **label = &c->grid->hours[minute / 60];

      if (!*label)
        {
          g_autofree char *words = desk_book_time_words (minute);
          *label = canvas_layout (c, words, -1, 0.86, FALSE);
        }
      canvas_text (c, *label, 8, grid_y (c->grid, minute) + 1, &c->ink);
    }
}

/* Forgets the words of headings and hours: the board, the language or the font is another. */
void
grid_labels_clear (DeskBookGrid *self)
{
  g_ptr_array_set_size (self->titles, 0);
  g_ptr_array_set_size (self->subtitles, 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->hours); i++)
    g_clear_object (&self->hours[i]);
}

static void
fill_labels (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;

  for (guint i = c->grid->titles->len; i < board->columns->len; i++)
    {
      g_ptr_array_add (c->grid->titles, canvas_layout (c, desk_book_board_column (board, i)->title, 1, 0.95, TRUE));
      g_ptr_array_add (c->grid->subtitles, canvas_layout (c, desk_book_board_column (board, i)->subtitle, 1, 0.8, FALSE));
    }
}

static void
draw_headings (Canvas *c)
{
  const DeskBookBoard *board = c->grid->board;
  DeskDay today = desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, board->zone);

  fill_labels (c);
  gtk_snapshot_push_clip (c->snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) c->width, GRID_HEADING));
  canvas_fill (c, &c->paper, 0, 0, c->width, GRID_HEADING);
  for (guint i = 0; i < board->columns->len; i++)
    {
      const DeskBookColumn *column = desk_book_board_column (board, i);
      double x = grid_x (c->grid, i), width = grid_column_width (c->grid, i);
      gboolean now = board->mode == DESK_BOOK_WEEK && column->day == today;
      PangoLayout *title = g_ptr_array_index (c->grid->titles, i), *subtitle = g_ptr_array_index (c->grid->subtitles, i);

      if (x + width < GRID_GUTTER || x > c->width)
        continue;
      pango_layout_set_width (title, ((int) width - 8) * PANGO_SCALE);
      pango_layout_set_width (subtitle, ((int) width - 8) * PANGO_SCALE);
      if (now)
        canvas_fill (c, &red, x + 1, 0, width - 1, 3);
      canvas_text (c, title, x + 4, *column->subtitle ? 4 : 11, now ? &red : &c->ink);
      canvas_text (c, subtitle, x + 4, 22, &c->ink);
      canvas_fill (c, &c->line, (int) x, 6, 1, GRID_HEADING);
    }
  canvas_fill (c, &c->paper, 0, 0, GRID_GUTTER - 1, GRID_HEADING);
  canvas_fill (c, &c->line, 0, GRID_HEADING - 1, c->width, 1);
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
  canvas_fill (&c, &c.paper, 0, 0, c.width, c.height);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, GRID_HEADING, (float) c.width, (float) c.height));
  draw_shades (&c);
  draw_rows (&c);
  draw_blocks (&c);
  for (guint i = 0; i < self->board->columns->len; i++)
    if (desk_book_board_column (self->board, i)->closed)
      draw_closed (&c, i, desk_book_board_column (self->board, i)->closed);
  draw_boxes (&c);
  grid_draw_forbidden (&c);
  draw_now (&c);
  draw_cursor (&c);
  grid_draw_drag (&c);
  draw_gutter (&c);
  gtk_snapshot_pop (snapshot);
  draw_headings (&c);
}
