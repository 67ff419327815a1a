/* The cursor: arrows over slots and visits, Tab from visit to visit, Enter. */
#include "desk-book-grid-private.h"

static const DeskBookBox *
here (DeskBookGrid *self)
{
  return self->visit ? desk_book_board_find (self->board, self->visit, self->column) : NULL;
}

static void
go (DeskBookGrid *self, guint column, int minute, guint lane)
{
  const DeskBookBox *box = desk_book_board_at (self->board, column, minute, lane);

  if (!box)
    box = desk_book_board_at (self->board, column, minute, 0);
  grid_set_cursor (self, column, box ? box->from : minute, box ? box->visit->id : 0);
  grid_show_cursor (self);
}

/* The next row, or the visit that begins before it. */
static int
minute_below (DeskBookGrid *self, int minute)
{
  int below = (minute / self->row_minutes + 1) * self->row_minutes;

  for (guint i = 0; i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);

      if (box->column == self->column && box->from > minute && box->from < below)
        below = box->from;
    }
  return below;
}

/* The row above, or the start of the visit that ends after it. */
static int
minute_above (DeskBookGrid *self, int minute)
{
  int above = (minute + self->row_minutes - 1) / self->row_minutes * self->row_minutes - self->row_minutes;

  for (guint i = 0; i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);

      if (box->column == self->column && box->until <= minute && box->until > above)
        above = box->until - 1;
    }
  return above;
}

static gboolean
move_vertically (DeskBookGrid *self, int direction)
{
  const DeskBookBox *box = here (self);
  int minute = direction > 0 ? (box ? box->until : minute_below (self, self->minute))
                             : minute_above (self, box ? box->from : self->minute);

  if (minute >= self->board->from && minute < self->board->until)
    go (self, self->column, minute, box ? box->lane : 0);
  return TRUE;
}

/* Through the lanes of a column first, then to the next column. */
static gboolean
move_sideways (DeskBookGrid *self, int direction)
{
  const DeskBookBox *box = here (self);
  const DeskBookBox *beside = NULL;
  int column = (int) self->column + direction;

  if (box && (direction > 0 || box->lane > 0))
    beside = desk_book_board_at (self->board, self->column, self->minute, box->lane + (guint) direction);
  if (beside && beside != box)
    go (self, self->column, self->minute, beside->lane);
  else if (column >= 0 && column < (int) self->board->columns->len)
    go (self, (guint) column, self->minute, direction > 0 ? 0 : G_MAXUINT);
  return TRUE;
}

static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);
  int across, down;

  g_variant_get (args, "(ii)", &across, &down);
  if (!self->board || self->drag >= GRID_MOVING)
    return TRUE;
  return down ? move_vertically (self, down) : move_sideways (self, across);
}

static gboolean
is_shown (DeskBookGrid *self, const DeskVisit *visit)
{
  return desk_book_board_find (self->board, visit->id, self->column) != NULL;
}

/* By time, then as the store orders them: a visit in two columns counts once, one that the view leaves out never. */
static const DeskVisit *
visit_beside (DeskBookGrid *self, int direction)
{
  const GPtrArray *visits = self->board->visits;
  gint64 at = desk_book_board_instant (self->board, self->column, self->minute);
  gboolean passed = FALSE;

  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, direction > 0 ? i : visits->len - 1 - i);

      if (self->visit && !passed)
        passed = visit->id == self->visit;
      else if (is_shown (self, visit) && (self->visit || (direction > 0 ? visit->starts_at >= at : visit->starts_at < at)))
        return visit;
    }
  return NULL;
}

/* The first or last visit: of the column, or of all. */
static gboolean
on_end (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);
  const DeskBookBox *found = NULL;
  gboolean last, all;

  g_variant_get (args, "(bb)", &last, &all);
  for (guint i = 0; self->board && i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);

      if ((all || box->column == self->column)
          && (!found || (last ? box->visit->starts_at >= found->visit->starts_at
                              : box->visit->starts_at < found->visit->starts_at)))
        found = box;
    }
  if (found)
    {
      grid_set_cursor (self, found->column, found->from, found->visit->id);
      grid_show_cursor (self);
    }
  return TRUE;
}

/* At the last visit Tab goes on to the next widget, as everywhere. */
static gboolean
on_tab (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);
  const DeskVisit *visit = self->board ? visit_beside (self, g_variant_get_int32 (args)) : NULL;

  if (!visit)
    return FALSE;
  desk_book_grid_select (self, visit->id);
  return TRUE;
}

static gboolean
on_enter (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);

  if (!self->board)
    return FALSE;
  if (self->visit)
    g_signal_emit_by_name (self, "visit-activated", self->visit);
  else
    g_signal_emit_by_name (self, "slot-activated", self->column, self->minute);
  return TRUE;
}

static gboolean
on_card (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return DESK_BOOK_GRID (widget)->board && grid_card_toggle (DESK_BOOK_GRID (widget));
}

void
grid_keys_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key, pad;
    int across, down;
  } arrows[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, on_arrow, "(ii)", arrows[i].across, arrows[i].down);
      gtk_widget_class_add_binding (widget_class, arrows[i].pad, 0, on_arrow, "(ii)", arrows[i].across, arrows[i].down);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Tab, 0, on_tab, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Tab, GDK_SHIFT_MASK, on_tab, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, on_tab, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_end, "(bb)", TRUE, FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, on_end, "(bb)", TRUE, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, on_end, "(bb)", FALSE, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, on_card, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_enter, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_enter, NULL);
}
