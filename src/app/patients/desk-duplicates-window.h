/* All pairs of the clinic that are likely one person, to be worked through. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_DUPLICATES_WINDOW (desk_duplicates_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskDuplicatesWindow, desk_duplicates_window, DESK, DUPLICATES_WINDOW, AdwWindow)

void desk_duplicates_install (GtkWidgetClass *page_class);
DeskDuplicatesWindow *desk_duplicates_window_show (DeskPage *page);

G_END_DECLS
