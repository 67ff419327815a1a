/* Printing labels: of what, which, how large, and how it will look. What is printed for a unit of cells is recorded, and
 * has to be scanned back before the unit is in stock. */
#pragma once

#include "desk-cell.h"
#include "desk-code.h"
#include "desk-window.h"

G_BEGIN_DECLS

#define DESK_TYPE_LABEL_DIALOG (desk_label_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskLabelDialog, desk_label_dialog, DESK, LABEL_DIALOG, AdwWindow)

DeskLabelDialog *desk_label_dialog_show (DeskWindow *window, const char *code);
void desk_label_dialog_show_thing (DeskWindow *window, DeskCodeKind kind, gint64 id);
void desk_label_dialog_save (DeskLabelDialog *self, const char *path);
gboolean desk_label_check_scan (DeskPage *page, const DeskUnit *unit, const char *scanned);

G_END_DECLS
