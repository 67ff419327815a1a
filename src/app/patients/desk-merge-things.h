/* What a merge moves, in words. */
#pragma once

#include "desk-merge.h"
#include "desk-page.h"

G_BEGIN_DECLS

GtkWidget *desk_merge_things_new (DeskPage *page, const GPtrArray *things);

G_END_DECLS
