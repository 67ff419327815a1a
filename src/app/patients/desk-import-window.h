/* A table of patients from another program: what its columns are, what would become of its lines, and then all of it
 * in one step that one Undo takes back. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_IMPORT_WINDOW (desk_import_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskImportWindow, desk_import_window, DESK, IMPORT_WINDOW, AdwWindow)

void desk_import_install (GtkWidgetClass *page_class);
void desk_import_choose (DeskPage *page);
DeskImportWindow *desk_import_window_show (DeskPage *page, const char *path);

G_END_DECLS
