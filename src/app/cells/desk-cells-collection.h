/* The dialog of a draw: method, volume, who drew and into what, and the chain of identity it joins. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_cells_new_collection (DeskPage *page, gint64 visit_id);

G_END_DECLS
