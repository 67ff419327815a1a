/* The boxes a unit can be put into, for a list to choose from. */
#pragma once

#include "desk-cells.h"

G_BEGIN_DECLS

char **desk_cells_boxes (DeskDb *db, gint64 first, GArray *ids);

G_END_DECLS
