#include "desk-book-cell.h"

struct _DeskBookCell
{
  GtkWidget parent_instance;

  gint64 visit; /* 0 for a free slot */
  guint column;
  char *sentence;
};

G_DEFINE_FINAL_TYPE (DeskBookCell, desk_book_cell, GTK_TYPE_WIDGET)

static void
desk_book_cell_finalize (GObject *object)
{
  g_free (DESK_BOOK_CELL (object)->sentence);
  G_OBJECT_CLASS (desk_book_cell_parent_class)->finalize (object);
}

static void
desk_book_cell_class_init (DeskBookCellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_book_cell_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bookcell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
desk_book_cell_init (DeskBookCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* For a visit in a column of the board; 0 for the slot under the cursor. */
DeskBookCell *
desk_book_cell_new (gint64 visit_id, guint column)
{
  DeskBookCell *self = g_object_new (DESK_TYPE_BOOK_CELL, NULL);

  self->visit = visit_id;
  self->column = column;
  return self;
}

gint64
desk_book_cell_get_visit (DeskBookCell *self)
{
  return self->visit;
}

guint
desk_book_cell_get_column (DeskBookCell *self)
{
  return self->column;
}

/* What is spoken; the same sentence again changes nothing. */
void
desk_book_cell_say (DeskBookCell *self, const char *sentence)
{
  if (g_strcmp0 (self->sentence, sentence) == 0)
    return;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/* Lent; NULL before the first. */
const char *
desk_book_cell_get_sentence (DeskBookCell *self)
{
  return self->sentence;
}
