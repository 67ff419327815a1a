#include "desk-cells-page.h"

struct _DeskCellsPage
{
  DeskPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskCellsPage, desk_cells_page, DESK_TYPE_PAGE)

static void
desk_cells_page_class_init (DeskCellsPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/uketsuke/Uketsuke/desk-cells-page.ui");
}

static void
desk_cells_page_init (DeskCellsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
