/* What is done with the pinboard from the window: written by the worker, told by a toast that takes it back. */
#pragma once

#include <gtk/gtk.h>

#include "desk-pins.h"
#include "desk-session.h"

G_BEGIN_DECLS

void desk_pin_act (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, gboolean pinned);
void desk_pin_act_place (GtkWidget *widget, DeskSession *session, const GPtrArray *wanted, const GPtrArray *before, const char *words);

G_END_DECLS
