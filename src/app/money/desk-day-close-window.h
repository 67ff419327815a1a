/* The drawer at the end of a day: what should be there by currency and way of paying, what is, and a second person who saw
 * it counted. A closed day takes no more money. */
#pragma once

#include "desk-invoice.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_DAY_CLOSE_WINDOW (desk_day_close_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskDayCloseWindow, desk_day_close_window, DESK, DAY_CLOSE_WINDOW, AdwWindow)

DeskDayCloseWindow *desk_day_close_window_show (DeskPage *page);
void desk_day_close_window_count (DeskDayCloseWindow *self, guint line, const char *counted, const char *reason);
void desk_day_close_window_witness (DeskDayCloseWindow *self, gint64 staff_id, const char *secret);

G_END_DECLS
