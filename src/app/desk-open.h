/* Choosing a clinic file to open; it gets a window of its own. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*DeskOpened) (gpointer user_data);

void desk_open_choose (GtkWindow *parent, DeskOpened opened, gpointer user_data);
void desk_open_path (GtkWindow *parent, const char *path, const char *hint);

G_END_DECLS
