/* A row of the inbox: what it is called, what it is, when it came, and what is odd about it. */
#pragma once

#include <gtk/gtk.h>

#include "desk-inbox.h"

G_BEGIN_DECLS

char *desk_inbox_media (const DeskInboxItem *item);
GtkListItemFactory *desk_inbox_row_factory (GTimeZone *zone);

G_END_DECLS
