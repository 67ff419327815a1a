/* When the card of a visit comes and goes. */
#include "desk-book-grid-private.h"

#define PAUSE 600 /* milliseconds the pointer rests before the card comes */

void
grid_card_hide (DeskBookGrid *self)
{
  g_clear_handle_id (&self->hover, g_source_remove);
  self->hover_visit = 0;
  if (self->card)
    desk_book_card_hide (self->card);
}

static void
show (DeskBookGrid *self, const DeskBookBox *box)
{
  graphene_rect_t area;

  if (!self->card)
    self->card = desk_book_card_new (GTK_WIDGET (self));
  grid_box_area (self, box, &area);
  float top = MAX (area.origin.y, GRID_HEADING), bottom = MIN (area.origin.y + area.size.height, (float) gtk_widget_get_height (GTK_WIDGET (self)));
  desk_book_card_show (self->card, self->board, box->visit->id,
                       &(GdkRectangle){ (int) area.origin.x, (int) top, (int) area.size.width, MAX ((int) (bottom - top), 1) });
}

static gboolean
on_pause (gpointer user_data)
{
  DeskBookGrid *self = user_data;
  const DeskBookBox *box = desk_book_board_find (self->board, self->hover_visit, self->hover_column);

  self->hover = 0;
  if (box && self->drag == GRID_IDLE)
    show (self, box);
  return G_SOURCE_REMOVE;
}

/* The pointer is over a box, or over none. */
void
grid_card_over (DeskBookGrid *self, const DeskBookBox *box, guint column)
{
  gint64 visit = box ? box->visit->id : 0;

  if (visit == self->hover_visit && column == self->hover_column)
    return;
  grid_card_hide (self);
  self->hover_visit = visit;
  self->hover_column = column;
  if (visit && self->drag == GRID_IDLE)
    self->hover = g_timeout_add (PAUSE, on_pause, self);
}

/* Ctrl+Space: the card of the visit under the cursor, and its words for whoever listens; again takes it away. */
gboolean
grid_card_toggle (DeskBookGrid *self)
{
  const DeskBookBox *box = self->visit ? desk_book_board_find (self->board, self->visit, self->column) : NULL;
  gboolean shown = self->card && desk_book_card_get_visit (self->card) == self->visit;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  grid_card_hide (self);
  if (!box || shown)
    return box != NULL;
  show (self, box);
  if (DESK_IS_BOOK_CELL (focus))
    {
      g_autofree char *words = desk_book_card_words (self->board, box->visit);
      gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
    }
  return TRUE;
}
