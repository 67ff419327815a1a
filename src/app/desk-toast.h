/* Short messages at the foot of the window. Titles of toasts are Pango markup in libadwaita 1.2, so all of
 * them are made here, escaped. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void desk_toast (GtkWidget *widget, const char *text);
void desk_toast_undo (GtkWidget *widget, const char *text, GCallback undo, gpointer user_data, GDestroyNotify destroy);
void desk_toast_offer (GtkWidget *widget, const char *text, const char *label, GCallback func, gpointer user_data, GDestroyNotify destroy);
gboolean desk_toast_take_back (GtkWidget *window);
void desk_toast_error (GtkWidget *widget, const GError *error);

G_END_DECLS
