/* Filling a list box in two breaths: the rows that fit the screen at once, the others when nothing else is to be
 * done, so that a page with many rows is there as quickly as one with few. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef GtkWidget *(*DeskListFillFunc) (gconstpointer thing, gpointer user_data);

/* More rows than a page of 800 lines shows. */
#define DESK_LIST_FILL_SCREEN 11

void desk_list_fill (GtkListBox *list, GPtrArray *things, guint at_once, DeskListFillFunc make, gpointer user_data);
void desk_list_fill_finish (GtkListBox *list);

G_END_DECLS
