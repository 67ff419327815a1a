/* The one question about what was typed and not saved. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*DeskLeaveFunc) (gpointer user_data);

void desk_leave_ask (GtkWindow *parent, DeskLeaveFunc discard, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
