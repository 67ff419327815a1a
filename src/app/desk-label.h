/* Labels of list rows: one line, cut with an ellipsis. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *desk_label_new (const char *text, const char *css_class);

G_END_DECLS
