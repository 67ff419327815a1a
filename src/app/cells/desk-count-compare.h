/* What a count found: each difference, and how it is resolved; and the count when it is closed. */
#pragma once

#include "desk-counts.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_COUNT_COMPARE (desk_count_compare_get_type ())
G_DECLARE_FINAL_TYPE (DeskCountCompare, desk_count_compare, DESK, COUNT_COMPARE, GtkBox)

GtkWidget *desk_count_compare_new (DeskPage *page);
void desk_count_compare_show (DeskCountCompare *self, const DeskCount *count);
void desk_count_compare_enter (DeskCountCompare *self);

G_END_DECLS
