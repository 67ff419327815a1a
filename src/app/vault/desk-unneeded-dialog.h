/* Says how much could be cleared away, and does so when told to. */
#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

void desk_unneeded_dialog_show (GtkWindow *parent, DeskSession *session);

G_END_DECLS
