/* The question when the program is left while papers are at a printer. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

gboolean desk_print_leave_ask (GtkWindow *window, DeskSession *session);

G_END_DECLS
