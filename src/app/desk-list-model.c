#include "desk-list-model.h"

#define PAGE_ROWS 128
#define MAX_PAGES 32

struct _DeskListItem
{
  GObject parent_instance;

  DeskListModel *model; /* not owned; NULL when the model has gone */
  guint position;
};

struct _DeskListModel
{
  GObject parent_instance;

  DeskRowsFunc rows;
  gpointer user_data;
  GArray *ids;       /* of gint64 */
  guint shown;       /* rows announced to the views */
  GHashTable *items; /* position -> DeskListItem, not owned: only those somebody holds */
  GHashTable *pages; /* page number -> GPtrArray of rows */
  GQueue recent;     /* page numbers, newest first */
};

enum
{
  ITEM_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (DeskListItem, desk_list_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (DeskListModel, desk_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
desk_list_item_finalize (GObject *object)
{
  DeskListItem *self = DESK_LIST_ITEM (object);

  if (self->model)
    g_hash_table_remove (self->model->items, GUINT_TO_POINTER (self->position));
  G_OBJECT_CLASS (desk_list_item_parent_class)->finalize (object);
}

static void
desk_list_item_class_init (DeskListItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_list_item_finalize;

  /* changed (): the row at this position is another, or reads otherwise. */
  signals[ITEM_CHANGED]
      = g_signal_new ("changed", DESK_TYPE_LIST_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_list_item_init (DeskListItem *self)
{
}

static void
forget_page (DeskListModel *self, gpointer page)
{
  g_hash_table_remove (self->pages, page);
  g_queue_remove (&self->recent, page);
}

static void
forget_pages (DeskListModel *self)
{
  g_hash_table_remove_all (self->pages);
  g_queue_clear (&self->recent);
}

static GPtrArray *
get_page (DeskListModel *self, guint number)
{
  gpointer key = GUINT_TO_POINTER (number);
  GPtrArray *page = g_hash_table_lookup (self->pages, key);

  if (page)
    return page;

  guint first = number * PAGE_ROWS;
  page = self->rows (&g_array_index (self->ids, gint64, first), MIN (PAGE_ROWS, self->ids->len - first), self->user_data);
  if (!page)
    page = g_ptr_array_new ();
  g_hash_table_insert (self->pages, key, page);
  g_queue_push_head (&self->recent, key);
  if (self->recent.length > MAX_PAGES)
    forget_page (self, g_queue_peek_tail (&self->recent));
  return page;
}

/* The row as the DeskRowsFunc made it; lent until the main loop turns. NULL when it is gone. */
gconstpointer
desk_list_item_get_row (DeskListItem *self)
{
  if (!self->model || self->position >= self->model->ids->len)
    return NULL;

  GPtrArray *page = get_page (self->model, self->position / PAGE_ROWS);
  guint index = self->position % PAGE_ROWS;
  return index < page->len ? g_ptr_array_index (page, index) : NULL;
}

/* 0 when the position is past the end. */
gint64
desk_list_item_get_id (DeskListItem *self)
{
  return self->model ? desk_list_model_get_id (self->model, self->position) : 0;
}

static GType
get_item_type (GListModel *model)
{
  return DESK_TYPE_LIST_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return DESK_LIST_MODEL (model)->shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  DeskListModel *self = DESK_LIST_MODEL (model);

  if (position >= self->shown)
    return NULL;

  DeskListItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item)
    return g_object_ref (item);
  item = g_object_new (DESK_TYPE_LIST_ITEM, NULL);
  item->model = self;
  item->position = position;
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
desk_list_model_finalize (GObject *object)
{
  DeskListModel *self = DESK_LIST_MODEL (object);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    DESK_LIST_ITEM (item)->model = NULL;
  g_hash_table_unref (self->items);
  forget_pages (self);
  g_hash_table_unref (self->pages);
  g_array_unref (self->ids);
  G_OBJECT_CLASS (desk_list_model_parent_class)->finalize (object);
}

static void
desk_list_model_class_init (DeskListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_list_model_finalize;
}

static void
desk_list_model_init (DeskListModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new (NULL, NULL);
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/* An empty list; rows is called with user_data, which must live as long, whenever rows come into view. */
DeskListModel *
desk_list_model_new (DeskRowsFunc rows, gpointer user_data)
{
  DeskListModel *self = g_object_new (DESK_TYPE_LIST_MODEL, NULL);

  self->rows = rows;
  self->user_data = user_data;
  return self;
}

static void
tell_items (DeskListModel *self, guint below)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (DESK_LIST_ITEM (item)->position < below)
      g_ptr_array_add (held, g_object_ref (item));
  for (guint i = 0; i < held->len; i++)
    g_signal_emit (g_ptr_array_index (held, i), signals[ITEM_CHANGED], 0);
}

/* Shows another result: takes the array of gint64. Views keep their rows and only the tail comes or goes. */
void
desk_list_model_set_ids (DeskListModel *self, GArray *ids)
{
  guint before = self->shown, after = ids->len;

  g_array_unref (self->ids);
  self->ids = ids;
  forget_pages (self);
  self->shown = after;
  tell_items (self, MIN (before, after));
  if (after != before)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after), before > after ? before - after : 0,
                                after > before ? after - before : 0);
}

/* Reads the rows in view again. */
void
desk_list_model_refresh (DeskListModel *self)
{
  forget_pages (self);
  tell_items (self, self->shown);
}

/* The id at a position, or 0. */
gint64
desk_list_model_get_id (DeskListModel *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/* Where an id stands. */
gboolean
desk_list_model_find (DeskListModel *self, gint64 id, guint *position)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* Selects the row of an id in a selection over this model, or none when it is not there. */
void
desk_list_model_select (DeskListModel *self, GtkSingleSelection *selection, gint64 id)
{
  guint position;

  if (id == 0 || !desk_list_model_find (self, id, &position))
    position = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (selection, position);
}
