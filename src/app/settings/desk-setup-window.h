/* The clinic's settings: its record, people, rooms and chairs, closed days, tanks. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_SETUP_WINDOW (desk_setup_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskSetupWindow, desk_setup_window, DESK, SETUP_WINDOW, AdwWindow)

DeskSetupWindow *desk_setup_window_show (GtkWindow *parent, DeskSession *session);
GtkWidget *desk_setup_window_get_page (DeskSetupWindow *self, const char *name);

G_END_DECLS
