#include "desk-today-page.h"

struct _DeskTodayPage
{
  DeskPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskTodayPage, desk_today_page, DESK_TYPE_PAGE)

static void
desk_today_page_class_init (DeskTodayPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/uketsuke/Uketsuke/desk-today-page.ui");
}

static void
desk_today_page_init (DeskTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
