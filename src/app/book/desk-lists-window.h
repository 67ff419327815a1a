/* The lists of the book in a window of their own: who waits, calls that are due, free time and who fits.
 * Enter does the first thing a row is for, and each act has a letter. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_LISTS_WINDOW (desk_lists_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskListsWindow, desk_lists_window, DESK, LISTS_WINDOW, AdwWindow)

/* Shows one: waiting, recalls, calls or freed; the window is there once. */
DeskListsWindow *desk_lists_window_show (DeskPage *page, const char *list);
/* The row of a list, for tests: its first line. */
char *desk_lists_window_get_line (DeskListsWindow *self, guint index);

G_END_DECLS
