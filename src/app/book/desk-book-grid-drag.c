/* What is seen while a visit is dragged: the ghost, and the slots it cannot have. */
#include <glib/gi18n.h>

#include "desk-book-grid-canvas.h"
#include "desk-book-words.h"

static const GdkRGBA vermilion = { 0.835f, 0.369f, 0, 1 };

static gboolean
takes (const DeskVisit *visit, gint64 resource_id)
{
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == resource_id)
      return TRUE;
  return FALSE;
}

static gboolean
share_resource (const DeskVisit *one, const DeskVisit *other)
{
  for (guint i = 0; one->resources && i < one->resources->len; i++)
    if (takes (other, g_array_index (one->resources, gint64, i)))
      return TRUE;
  return FALSE;
}

/* Whether the other keeps the dragged one out of a column: the same chair, room or person, or the same patient. */
static gboolean
stands_in_the_way (const DeskBookBoard *board, const DeskVisit *dragged, const DeskVisit *other, guint column)
{
  gint64 place = desk_book_board_column (board, column)->resource_id;

  if (other->id == dragged->id || !desk_visit_takes_slots (other->status))
    return FALSE;
  return other->patient_id == dragged->patient_id
         || (board->mode == DESK_BOOK_DAY ? takes (other, place) : share_resource (dragged, other));
}

/* Hatched: the times that the dragged visit can have in no way, all columns at once, without a question to the store.
 * The patient's own time is without buffers. */
void
grid_draw_forbidden (Canvas *c)
{
  DeskBookGrid *grid = c->grid;
  const DeskBookBoard *board = grid->board;
  const DeskVisit *dragged = grid->drag >= GRID_MOVING ? desk_book_board_visit (board, grid->drag_visit) : NULL;
  GdkRGBA color = vermilion;

  color.alpha = 0.55f;
  for (guint i = 0; dragged && i < board->visits->len; i++)
    {
      const DeskVisit *other = g_ptr_array_index (board->visits, i);
      gboolean own = other->patient_id == dragged->patient_id;
      gint64 from = own ? other->starts_at : other->busy_from, until = own ? other->ends_at : other->busy_until;

      for (guint column = 0; column < board->columns->len; column++)
        {
          gint64 midnight = desk_book_board_instant (board, column, 0);
          int first = (int) CLAMP ((from - midnight) / 60, board->from, board->until);
          int last = (int) CLAMP ((until - midnight) / 60, board->from, board->until);

          if (first < last && stands_in_the_way (board, dragged, other, column))
            canvas_hatch (c, &color, grid_x (grid, column) + 1, (int) grid_y (grid, first),
                          grid_column_width (grid, column) - 1, (last - first) * grid_minute_height (grid));
        }
    }
}

/* What is dragged, where it would land, with the times and what stands against it. */
void
grid_draw_drag (Canvas *c)
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
  canvas_frame (c, &area, &color, 2);

  g_autofree char *from = desk_book_time_words (grid->drag_minute);
  g_autofree char *until = desk_book_time_words ((grid->drag_minute + grid->drag_minutes) % 1440);
  g_autofree char *words = g_strdup_printf ("%s–%s%s%s", from, until, grid->drag_words ? "\n" : "",
                                            grid->drag_words ? grid->drag_words : "");
  g_autoptr (PangoLayout) label = canvas_layout (c, words, -1, 0.86, grid->drag_blocks);
  int label_width, label_height;
  pango_layout_set_width (label, MAX (240, (int) column - 8) * PANGO_SCALE);
  pango_layout_set_wrap (label, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (label, &label_width, &label_height);
  double left = CLAMP (x + 4, GRID_GUTTER, MAX (c->width - label_width - 8, GRID_GUTTER));
  canvas_fill (c, &c->paper, left - 2, y + 2, label_width + 4, label_height);
  canvas_text (c, label, left, y + 2, &c->ink);
}
