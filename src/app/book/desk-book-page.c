#include "desk-book-page.h"

struct _DeskBookPage
{
  DeskPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskBookPage, desk_book_page, DESK_TYPE_PAGE)

static void
desk_book_page_class_init (DeskBookPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/uketsuke/Uketsuke/desk-book-page.ui");
}

static void
desk_book_page_init (DeskBookPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
