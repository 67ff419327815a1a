/* The window: five places, the search box, who is at the desk, and the way from anything to anything. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_WINDOW (desk_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskWindow, desk_window, DESK, WINDOW, AdwApplicationWindow)

DeskWindow *desk_window_new (GtkApplication *application, DeskSession *session);
DeskWindow *desk_window_of (GtkWidget *widget);
DeskSession *desk_window_get_session (DeskWindow *self);
void desk_window_ask_passphrase (DeskWindow *self);
DeskPage *desk_window_get_page (DeskWindow *self, const char *place);
void desk_window_go (DeskWindow *self, const char *place);
void desk_window_show (DeskWindow *self, DeskKind kind, gint64 id);
void desk_window_run (DeskWindow *self, const char *place, const char *action, const char *target);

G_END_DECLS
