/* The children of the grid that screen readers walk through: one for each box, two for free slots. The one under the
 * cursor has the focus. A free slot is spoken by the two in turn, so that every step is a step of the focus. */
#include "desk-book-grid-private.h"
#include "desk-book-words.h"

static gint64
key_of (gint64 visit_id, guint column)
{
  return visit_id * 1024 + column;
}

static void
on_enter (GtkEventController *controller, DeskBookGrid *self)
{
  DeskBookCell *cell = DESK_BOOK_CELL (gtk_event_controller_get_widget (controller));
  const DeskBookBox *box = desk_book_board_find (self->board, desk_book_cell_get_visit (cell), desk_book_cell_get_column (cell));

  /* A screen reader gave it the focus: the cursor goes there. */
  if (box && (box->visit->id != self->visit || box->column != self->column))
    {
      grid_set_cursor (self, box->column, box->from, box->visit->id);
      grid_show_cursor (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventController *controller, DeskBookGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static DeskBookCell *
add_cell (DeskBookGrid *self, gint64 visit_id, guint column)
{
  DeskBookCell *cell = desk_book_cell_new (visit_id, column);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (cell), focus);
  gtk_widget_set_parent (GTK_WIDGET (cell), GTK_WIDGET (self));
  return cell;
}

/* One cell for each box, in the order of the boxes; those that stay keep their widget, and so the focus. */
void
grid_cells_set (DeskBookGrid *self)
{
  GHashTable *old = self->cells;
  GtkWidget *previous = NULL;
  GHashTableIter iter;
  gpointer cell;

  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);
      g_autofree char *sentence = desk_book_visit_words (self->board, box->visit);
      gint64 key = key_of (box->visit->id, box->column);
      gpointer old_key = NULL;

      if (g_hash_table_steal_extended (old, &key, &old_key, &cell))
        g_free (old_key);
      else
        cell = add_cell (self, box->visit->id, box->column);
      if (gtk_widget_get_prev_sibling (cell) != previous)
        gtk_widget_insert_after (cell, GTK_WIDGET (self), previous);
      previous = cell;
      desk_book_cell_say (cell, sentence);
      g_hash_table_insert (self->cells, g_memdup2 (&key, sizeof key), cell);
    }
  gboolean focused = grid_has_focus (self);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    gtk_widget_unparent (cell);
  g_hash_table_unref (old);
  if (focused && !grid_has_focus (self)) /* it was on a visit that is gone */
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static GtkWidget *
current_cell (DeskBookGrid *self)
{
  gint64 key = key_of (self->visit, self->column);

  if (self->visit)
    return g_hash_table_lookup (self->cells, &key);
  return self->slots[self->slot_turn] ? GTK_WIDGET (self->slots[self->slot_turn]) : NULL;
}

/* The cursor has moved: its cell speaks, and has the focus when the grid had it. */
void
grid_cells_follow (DeskBookGrid *self)
{
  gboolean focused = grid_has_focus (self);

  if (!self->visit)
    {
      guint next = self->slot_turn ^ 1;

      if (!self->slots[next])
        self->slots[next] = add_cell (self, 0, 0);
      if (!self->slots[self->slot_turn] || g_strcmp0 (desk_book_cell_get_sentence (self->slots[self->slot_turn]), self->sentence) != 0)
        self->slot_turn = next;
      desk_book_cell_say (self->slots[self->slot_turn], self->sentence);
    }
  if (focused)
    grid_cells_focus (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The focus to the cell under the cursor; FALSE when there is none. */
gboolean
grid_cells_focus (DeskBookGrid *self)
{
  GtkWidget *cell = self->board ? current_cell (self) : NULL;

  return cell && (gtk_widget_has_focus (cell) || gtk_widget_grab_focus (cell));
}

/* Where the boxes are now; outside of what is shown too, clipped by the grid. */
void
grid_cells_allocate (DeskBookGrid *self)
{
  if (!self->board)
    return;
  for (guint i = 0; i < self->board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (self->board, i);
      gint64 key = key_of (box->visit->id, box->column);
      GtkWidget *cell = g_hash_table_lookup (self->cells, &key);
      graphene_rect_t area;
      int minimum;

      grid_box_area (self, box, &area);
      if (!cell)
        continue;
      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (cell, &(GtkAllocation){ (int) area.origin.x, (int) area.origin.y, MAX ((int) area.size.width, 1),
                                                        MAX ((int) area.size.height, 1) }, -1);
    }
  graphene_rect_t area;
  grid_cursor_area (self, &area);
  for (guint i = 0; i < G_N_ELEMENTS (self->slots); i++)
    if (self->slots[i])
      {
        int minimum;

        gtk_widget_measure (GTK_WIDGET (self->slots[i]), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        gtk_widget_size_allocate (GTK_WIDGET (self->slots[i]),
                                  &(GtkAllocation){ (int) area.origin.x, (int) area.origin.y, MAX ((int) area.size.width, 1),
                                                    MAX ((int) area.size.height, 1) }, -1);
      }
}

/* Whether keys come here: the focus is on the grid or on one of its cells, not in a popover of it. */
gboolean
grid_has_focus (DeskBookGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && (focus == GTK_WIDGET (self) || (DESK_IS_BOOK_CELL (focus) && gtk_widget_get_parent (focus) == GTK_WIDGET (self)));
}
