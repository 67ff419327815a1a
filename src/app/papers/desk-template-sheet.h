/* One page of paper, drawn before: as wide as there is room, and as high as that wants. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_SHEET (desk_template_sheet_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplateSheet, desk_template_sheet, DESK, TEMPLATE_SHEET, GtkWidget)

GtkWidget *desk_template_sheet_new (void);
void desk_template_sheet_set (DeskTemplateSheet *self, cairo_surface_t *page, guint number);

G_END_DECLS
