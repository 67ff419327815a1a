/* One visit, looked at closely: who, what, where, since when; next step, move, cancel. Points at its box. */
#pragma once

#include "desk-book-board.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_VISIT_PANEL (desk_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (DeskVisitPanel, desk_visit_panel, DESK, VISIT_PANEL, GtkPopover)

GtkWidget *desk_visit_panel_new (void);
void desk_visit_panel_set_page (DeskVisitPanel *self, DeskPage *page);
void desk_visit_panel_show (DeskVisitPanel *self, const DeskBookBoard *board, gint64 visit_id, const GdkRectangle *area);
void desk_visit_panel_show_cancel (DeskVisitPanel *self, const DeskBookBoard *board, gint64 visit_id, const GdkRectangle *area);
void desk_visit_panel_refresh (DeskVisitPanel *self, const DeskBookBoard *board);

G_END_DECLS
