/* What is shown when no clinic is open: open one, begin a new one, try the sample; or why a file did not open. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_START (desk_start_get_type ())
G_DECLARE_FINAL_TYPE (DeskStart, desk_start, DESK, START, AdwApplicationWindow)

DeskStart *desk_start_show (GtkApplication *application);
DeskStart *desk_start_show_error (GtkApplication *application, const char *path, const GError *error);
gboolean desk_start_is_busy (DeskStart *self);

G_END_DECLS
