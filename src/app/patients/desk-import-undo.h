/* Imports that were made, and taking one back whole. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_IMPORTS_WINDOW (desk_imports_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskImportsWindow, desk_imports_window, DESK, IMPORTS_WINDOW, AdwWindow)

void desk_import_offer_undo (DeskPage *page, gint64 batch_id, guint patients);
DeskImportsWindow *desk_imports_window_show (DeskPage *page);

G_END_DECLS
