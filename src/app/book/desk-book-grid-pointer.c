/* The mouse: a click on a slot or visit, a box dragged elsewhere, its lower edge dragged longer or shorter. */
#include "desk-book-grid-private.h"
#include "desk-book-words.h"

#define EDGE 6        /* pixels above the lower edge that take hold of the length */
#define THRESHOLD 6   /* pixels before a click becomes a drag */
#define NEAR_BORDER 28

static int
snap (DeskBookGrid *self, int minute)
{
  return (minute + self->row_minutes / 2) / self->row_minutes * self->row_minutes;
}

/* The place under a point of the widget, on a row; FALSE beside the columns. */
gboolean
desk_book_grid_slot_at (DeskBookGrid *self, double x, double y, guint *column, int *minute)
{
  if (!grid_hit (self, x, y, column, minute, NULL))
    return FALSE;
  *minute = CLAMP (*minute / self->row_minutes * self->row_minutes, self->board->from, self->board->until - 5);
  return TRUE;
}

static int
visit_minutes (const DeskVisit *visit)
{
  return (int) ((visit->ends_at - visit->starts_at) / 60);
}

/* Lets go of what is being dragged; FALSE when nothing was. */
gboolean
desk_book_grid_cancel_drag (DeskBookGrid *self)
{
  gboolean dragging = self->drag >= GRID_MOVING;

  self->drag = GRID_IDLE;
  g_clear_pointer (&self->drag_words, g_free);
  g_clear_pointer (&self->checked, g_hash_table_unref);
  if (dragging)
    gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->gesture));
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return dragging;
}

static void
on_begin (GtkGestureDrag *gesture, double x, double y, DeskBookGrid *self)
{
  const DeskBookBox *box;
  graphene_rect_t area;

  grid_card_hide (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag = GRID_IDLE;
  if (!grid_hit (self, x, y, &self->drag_column, &self->drag_minute, &box))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag = GRID_PRESSED;
  self->drag_visit = box ? box->visit->id : 0;
  self->drag_from = self->drag_column;
  if (box)
    {
      grid_box_area (self, box, &area);
      self->on_edge = y > area.origin.y + area.size.height - EDGE && area.size.height > 2 * EDGE;
      self->drag_grip = self->drag_minute - box->from;
      self->drag_minute = box->from;
      self->drag_minutes = visit_minutes (box->visit);
    }
}

typedef struct
{
  char *words;
  gboolean blocks;
} Checked;

static void
checked_free (gpointer data)
{
  g_free (((Checked *) data)->words);
  g_free (data);
}

/* What stands against the place under the ghost: asked once for each place and length while a drag lasts. */
static void
check (DeskBookGrid *self)
{
  gint64 slot = ((gint64) self->drag_column * 1440 + self->drag_minute) * 1441 + self->drag_minutes;

  if (!self->check)
    return;
  if (!self->checked)
    self->checked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, checked_free);
  Checked *checked = g_hash_table_lookup (self->checked, &slot);
  if (!checked)
    {
      checked = g_new0 (Checked, 1);
      checked->words = self->check (self->drag_visit, self->drag_from, self->drag_column, self->drag_minute,
                                    self->drag_minutes, &checked->blocks, self->check_data);
      g_hash_table_insert (self->checked, g_memdup2 (&slot, sizeof slot), checked);
    }
  g_free (self->drag_words);
  self->drag_words = g_strdup (checked->words);
  self->drag_blocks = checked->blocks;
}

static void
aim (DeskBookGrid *self, guint column, int minute)
{
  const DeskBookBox *box = desk_book_board_find (self->board, self->drag_visit, self->drag_from);
  guint old_column = self->drag_column;
  int old_minute = self->drag_minute, old_minutes = self->drag_minutes;

  if (!box)
    return;
  if (self->drag == GRID_RESIZING)
    self->drag_minutes = MAX (snap (self, minute) - box->from, 5);
  else
    {
      self->drag_column = column;
      self->drag_minute = CLAMP (snap (self, minute - self->drag_grip), self->board->from, self->board->until - 5);
    }
  if (self->drag_column == old_column && self->drag_minute == old_minute && self->drag_minutes == old_minutes)
    return;
  check (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Near the upper or lower border the book scrolls on under the ghost. */
static void
scroll_on (DeskBookGrid *self, double y)
{
  double step = self->row_minutes * grid_minute_height (self), value = gtk_adjustment_get_value (self->vadjustment);

  if (y < GRID_HEADING + NEAR_BORDER)
    gtk_adjustment_set_value (self->vadjustment, value - step / 2);
  else if (y > gtk_widget_get_height (GTK_WIDGET (self)) - NEAR_BORDER)
    gtk_adjustment_set_value (self->vadjustment, value + step / 2);
}

static void
on_update (GtkGestureDrag *gesture, double dx, double dy, DeskBookGrid *self)
{
  double x, y;
  guint column;
  int minute;

  if (self->drag == GRID_IDLE || !self->drag_visit || self->read_only)
    return;
  if (self->drag == GRID_PRESSED)
    {
      if (dx * dx + dy * dy < THRESHOLD * THRESHOLD)
        return;
      self->drag = self->on_edge ? GRID_RESIZING : GRID_MOVING;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->on_edge ? "ns-resize" : "grabbing");
      g_clear_pointer (&self->checked, g_hash_table_unref);
      check (self);
    }
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  scroll_on (self, y + dy);
  if (grid_hit (self, x + dx, y + dy, &column, &minute, NULL))
    aim (self, column, minute);
}

static void
drop (DeskBookGrid *self)
{
  const DeskBookBox *box = desk_book_board_find (self->board, self->drag_visit, self->drag_from);
  gboolean moved = box && (self->drag_column != box->column || self->drag_minute != box->from
                           || self->drag_minutes != visit_minutes (box->visit));
  gint64 visit = self->drag_visit;

  desk_book_grid_cancel_drag (self);
  if (moved)
    g_signal_emit_by_name (self, "visit-dropped", visit, self->drag_from, self->drag_column, self->drag_minute,
                           self->drag_minutes);
}

static void
click (DeskBookGrid *self)
{
  self->drag = GRID_IDLE;
  if (self->drag_visit)
    {
      grid_set_cursor (self, self->drag_column, self->drag_minute, self->drag_visit);
      g_signal_emit_by_name (self, "visit-activated", self->drag_visit);
      return;
    }
  grid_set_cursor (self, self->drag_column, self->drag_minute / self->row_minutes * self->row_minutes, 0);
  g_signal_emit_by_name (self, "slot-activated", self->column, self->minute);
}

static void
on_end (GtkGestureDrag *gesture, double dx, double dy, DeskBookGrid *self)
{
  if (self->drag >= GRID_MOVING)
    drop (self);
  else if (self->drag == GRID_PRESSED && dx * dx + dy * dy < THRESHOLD * THRESHOLD)
    click (self);
  self->drag = GRID_IDLE;
}

static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, DeskBookGrid *self)
{
  self->drag = GRID_IDLE;
  g_clear_pointer (&self->drag_words, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, DeskBookGrid *self)
{
  guint column = 0;
  int minute;
  const DeskBookBox *box = NULL;
  graphene_rect_t area;
  gboolean edge = FALSE;

  if (self->drag >= GRID_MOVING)
    return;
  gboolean over = grid_hit (self, x, y, &column, &minute, &box) && box;
  grid_card_over (self, box, column);
  if (over && !self->read_only)
    {
      grid_box_area (self, box, &area);
      edge = y > area.origin.y + area.size.height - EDGE && area.size.height > 2 * EDGE;
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge ? "ns-resize" : NULL);
}

/* Ctrl and the wheel: finer or coarser rows. */
static gboolean
on_wheel (GtkEventControllerScroll *scroll, double dx, double dy, DeskBookGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if (!(state & GDK_CONTROL_MASK) || dy == 0)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "book.zoom", "s", dy < 0 ? "in" : "out");
  return TRUE;
}

static void
on_pointer_gone (GtkEventControllerMotion *controller, DeskBookGrid *self)
{
  grid_card_hide (self);
}

void
grid_pointer_init (DeskBookGrid *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *wheel
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  self->gesture = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (self->gesture, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (self->gesture, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (self->gesture, "drag-end", G_CALLBACK (on_end), self);
  g_signal_connect (self->gesture, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->gesture));
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_pointer_gone), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (wheel, "scroll", G_CALLBACK (on_wheel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
}
