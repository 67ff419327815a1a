/* Counting blindly: the boxes of a count, and what was read in the one that is open. What is expected is not shown, and
 * not even read. */
#pragma once

#include "desk-counts.h"
#include "desk-page.h"

G_BEGIN_DECLS

G_DECLARE_FINAL_TYPE (DeskCountScanView, desk_count_scan_view, DESK, COUNT_SCAN_VIEW, GtkBox)
#define DESK_TYPE_COUNT_SCAN_VIEW (desk_count_scan_view_get_type ())

GtkWidget *desk_count_scan_view_new (DeskPage *page);
void desk_count_scan_view_show (DeskCountScanView *self, const DeskCount *count);
void desk_count_scan_view_enter (DeskCountScanView *self);

G_END_DECLS
