/* Export as XML from the window: where to, then progress with Cancel. */
#pragma once

#include <gtk/gtk.h>

#include "desk-export.h"
#include "desk-page.h"
#include "desk-session.h"

G_BEGIN_DECLS

void desk_export_ask (GtkWindow *parent, DeskSession *session, DeskExport what, gint64 id, DeskDay day);
void desk_export_ask_thing (DeskPage *page, DeskExport what, gint64 id);

G_END_DECLS
