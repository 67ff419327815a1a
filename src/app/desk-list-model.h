/* A list of any length over the store: the ordered ids are held (8 bytes a row), the rows only for the pages
 * that are looked at. Items are stable: position n is one object for ever, and a new query tells the object
 * that its row changed instead of replacing it, so a search of 100,000 rows costs one screenful. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_LIST_ITEM (desk_list_item_get_type ())
G_DECLARE_FINAL_TYPE (DeskListItem, desk_list_item, DESK, LIST_ITEM, GObject)

#define DESK_TYPE_LIST_MODEL (desk_list_model_get_type ())
G_DECLARE_FINAL_TYPE (DeskListModel, desk_list_model, DESK, LIST_MODEL, GObject)

/* Reads the rows of ids, in their order; a row that is gone is NULL. The array frees its rows. */
typedef GPtrArray *(*DeskRowsFunc) (const gint64 *ids, guint n_ids, gpointer user_data);

DeskListModel *desk_list_model_new (DeskRowsFunc rows, gpointer user_data);
void desk_list_model_set_ids (DeskListModel *self, GArray *ids);
void desk_list_model_refresh (DeskListModel *self);
gint64 desk_list_model_get_id (DeskListModel *self, guint position);
gboolean desk_list_model_find (DeskListModel *self, gint64 id, guint *position);
void desk_list_model_select (DeskListModel *self, GtkSingleSelection *selection, gint64 id);

/* The row as the DeskRowsFunc made it; lent until the item says "changed". NULL when it is gone. */
gconstpointer desk_list_item_get_row (DeskListItem *self);
gint64 desk_list_item_get_id (DeskListItem *self);

G_END_DECLS
