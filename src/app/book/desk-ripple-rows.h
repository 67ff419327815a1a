/* The lines of a ripple as rows. */
#pragma once

#include "desk-page.h"
#include "desk-ripples.h"

G_BEGIN_DECLS

/* A row for the item. The check of a visit that can be chosen is bound by the caller: *check, or NULL. */
GtkWidget *desk_ripple_row_new (DeskPage *page, const DeskRippleItem *item, const GPtrArray *resources, GtkWidget **check);
/* What would happen in a sentence; the caller frees it. */
char *desk_ripple_plan_words (const DeskRipplePlan *plan);

G_END_DECLS
