/* Where everything lies: minutes and columns to pixels and back, the cursor's area, scrolling to it. */
#include <math.h>

#include "desk-book-grid-private.h"

/* Pixels a minute: a row must hold one line of text. */
double
grid_minute_height (DeskBookGrid *self)
{
  int row = self->row_minutes == 15 ? 19 : self->row_minutes == 10 ? 18 : 16;

  return (double) row / self->row_minutes;
}

static double
edge (DeskBookGrid *self, guint column)
{
  return column < self->edges->len ? g_array_index (self->edges, double, column) : 0;
}

double
grid_column_width (DeskBookGrid *self, guint column)
{
  return edge (self, column + 1) - edge (self, column);
}

/* A column is as wide as its lanes need; what is left over is shared out. */
static void
set_edges (DeskBookGrid *self)
{
  guint n = self->board->columns->len;
  g_autofree double *widths = g_new (double, n);
  double room = gtk_widget_get_width (GTK_WIDGET (self)) - GRID_GUTTER, sum = 0;

  for (guint i = 0; i < n; i++)
    widths[i] = GRID_COLUMN;
  for (guint i = 0; i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);

      widths[box->column] = MAX (widths[box->column], box->lanes * GRID_LANE + GRID_STRIP);
    }
  for (guint i = 0; i < n; i++)
    sum += widths[i];
  double more = MAX (room - sum, 0) / n, even = room / n, x = 0;
  gboolean all_even = TRUE;
  for (guint i = 0; i < n; i++)
    all_even = all_even && widths[i] <= even;
  g_array_set_size (self->edges, 0);
  for (guint i = 0; i <= n; i++)
    {
      g_array_append_val (self->edges, x);
      x += i == n ? 0 : all_even ? even : widths[i] + more;
    }
}

/* Of a minute of the day, in the widget. */
double
grid_y (DeskBookGrid *self, int minute)
{
  return GRID_HEADING + (minute - self->board->from) * grid_minute_height (self)
         - (self->vadjustment ? gtk_adjustment_get_value (self->vadjustment) : 0);
}

double
grid_x (DeskBookGrid *self, guint column)
{
  return GRID_GUTTER + edge (self, column)
         - (self->hadjustment ? gtk_adjustment_get_value (self->hadjustment) : 0);
}

void
grid_box_area (DeskBookGrid *self, const DeskBookBox *box, graphene_rect_t *area)
{
  double strip = self->board->mode == DESK_BOOK_WEEK ? GRID_STRIP : 3;
  double width = (grid_column_width (self, box->column) - strip) / box->lanes;
  double top = grid_y (self, box->from);
  int left = (int) (grid_x (self, box->column) + 2 + box->lane * width);

  graphene_rect_init (area, left, (int) top, (int) width - 1, MAX ((int) (grid_y (self, box->until) - top) - 1, 8));
}

/* What lies at a point of the widget: the column and minute (not yet on a row), and the box or NULL. FALSE on
 * the headings. */
gboolean
grid_hit (DeskBookGrid *self, double x, double y, guint *column, int *minute, const DeskBookBox **box)
{
  if (!self->board || x < GRID_GUTTER || y < GRID_HEADING)
    return FALSE;

  guint across = 0;
  double down = self->board->from + (y - grid_y (self, self->board->from)) / grid_minute_height (self);
  while (across < self->board->columns->len && x >= grid_x (self, across + 1))
    across++;
  if (across == self->board->columns->len || down < self->board->from || down >= self->board->until)
    return FALSE;
  *column = across;
  *minute = (int) down;
  if (box)
    {
      *box = NULL;
      for (guint i = 0; i < self->board->boxes->len && !*box; i++)
        {
          const DeskBookBox *candidate = desk_book_board_box (self->board, i);
          graphene_rect_t area;

          grid_box_area (self, candidate, &area);
          if (graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
            *box = candidate;
        }
    }
  return TRUE;
}

/* Of the visit under the cursor, or of its slot. */
void
grid_cursor_area (DeskBookGrid *self, graphene_rect_t *area)
{
  const DeskBookBox *box = self->visit ? desk_book_board_find (self->board, self->visit, self->column) : NULL;

  if (box)
    grid_box_area (self, box, area);
  else
    graphene_rect_init (area, (float) grid_x (self, self->column) + 1, (float) grid_y (self, self->minute),
                        (float) grid_column_width (self, self->column) - 2,
                        (float) (self->row_minutes * grid_minute_height (self)));
}

/* Scrolls as little as needed. */
void
grid_show_cursor (DeskBookGrid *self)
{
  graphene_rect_t area;

  if (!self->vadjustment || !self->hadjustment)
    return;
  grid_cursor_area (self, &area);
  double x = area.origin.x - GRID_GUTTER + gtk_adjustment_get_value (self->hadjustment);
  double y = area.origin.y - GRID_HEADING + gtk_adjustment_get_value (self->vadjustment);
  gtk_adjustment_clamp_page (self->hadjustment, x, x + area.size.width);
  gtk_adjustment_clamp_page (
      self->vadjustment, y, MIN (y + area.size.height, y + gtk_adjustment_get_page_size (self->vadjustment)));
}

/* Tells the scrollbars how large the picture is. */
void
grid_configure (DeskBookGrid *self)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - GRID_GUTTER, 1);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - GRID_HEADING, 1);

  if (!self->board || !self->hadjustment || !self->vadjustment)
    return;
  set_edges (self);
  double wide = floor (edge (self, self->board->columns->len)); /* a sum of fractions may be a hair too much */
  double high = (self->board->until - self->board->from) * grid_minute_height (self) + 8;
  gtk_adjustment_configure (self->hadjustment, gtk_adjustment_get_value (self->hadjustment), 0, MAX (wide, width),
                            GRID_COLUMN, width * 0.9, width);
  gtk_adjustment_configure (self->vadjustment, gtk_adjustment_get_value (self->vadjustment), 0, MAX (high, height),
                            self->row_minutes * grid_minute_height (self), height * 0.9, height);
  if (self->scroll_to >= 0 && height > 1)
    {
      gtk_adjustment_set_value (self->vadjustment, (self->scroll_to - self->board->from) * grid_minute_height (self));
      self->scroll_to = -1;
    }
}
