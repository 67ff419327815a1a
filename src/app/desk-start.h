/* What is shown when no clinic is open: open one, make the sample clinic, or learn why a file did not open. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void desk_start_show (GtkApplication *application);
void desk_start_show_error (GtkApplication *application, const char *path, const GError *error);

G_END_DECLS
