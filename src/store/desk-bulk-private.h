/* What the files of the bulk share. */
#pragma once

#include "desk-bulk.h"

G_BEGIN_DECLS

gboolean desk_bulk_run (DeskBulk *bulk, const char *sql, const char *types, ...);

G_END_DECLS
