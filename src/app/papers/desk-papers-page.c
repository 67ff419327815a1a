#include "desk-papers-page.h"

struct _DeskPapersPage
{
  DeskPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskPapersPage, desk_papers_page, DESK_TYPE_PAGE)

static void
desk_papers_page_class_init (DeskPapersPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/uketsuke/Uketsuke/desk-papers-page.ui");
}

static void
desk_papers_page_init (DeskPapersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
