/* The letters there are, for the editor: built-in, the clinic's own, put away, and those somebody is writing. */
#pragma once

#include <adwaita.h>

#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_template_list_fill (GtkListBox *list, DeskDb *db, gint64 by_id, GError **error);
const char *desk_template_list_name (GtkListBoxRow *row);
gboolean desk_template_list_select (GtkListBox *list, const char *name);

G_END_DECLS
