#include "desk-patients-page.h"

struct _DeskPatientsPage
{
  DeskPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskPatientsPage, desk_patients_page, DESK_TYPE_PAGE)

static void
desk_patients_page_class_init (DeskPatientsPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/uketsuke/Uketsuke/desk-patients-page.ui");
}

static void
desk_patients_page_init (DeskPatientsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
