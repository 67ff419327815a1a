#include "desk-cells-tree.h"

#include <glib/gi18n.h>

#include "desk-words.h"

/* A container in the tree; stable, so that a refresh moves neither selection nor scroll. */
#define DESK_TYPE_CELLS_NODE (desk_cells_node_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsNode, desk_cells_node, DESK, CELLS_NODE, GObject)

struct _DeskCellsNode
{
  GObject parent_instance;

  DeskContainer *container;
  GListStore *children; /* NULL until it is opened */
  int hits;
};

struct _DeskCellsTree
{
  AdwBin parent_instance;

  GtkListView *list;

  DeskDb *reader; /* lent by the session */
  GListStore *roots;
  GtkSingleSelection *selection;
  GHashTable *hits; /* container id (gint64) → number found; NULL when nothing is searched */
};

enum
{
  SELECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];
static guint node_changed;

G_DEFINE_FINAL_TYPE (DeskCellsNode, desk_cells_node, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (DeskCellsTree, desk_cells_tree, ADW_TYPE_BIN)

static void
desk_cells_node_finalize (GObject *object)
{
  DeskCellsNode *self = DESK_CELLS_NODE (object);

  desk_container_free (self->container);
  g_clear_object (&self->children);
  G_OBJECT_CLASS (desk_cells_node_parent_class)->finalize (object);
}

static void
desk_cells_node_class_init (DeskCellsNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_cells_node_finalize;
  /* changed (): its numbers are others. */
  node_changed = g_signal_new ("changed", DESK_TYPE_CELLS_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_cells_node_init (DeskCellsNode *self)
{
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

static GPtrArray *
read_children (DeskCellsTree *self, gint64 parent_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *containers = desk_container_children (self->reader, parent_id, &error);

  if (!containers)
    {
      g_warning ("cannot read container %" G_GINT64_FORMAT ": %s", parent_id, error->message);
      containers = g_ptr_array_new ();
    }
  return containers;
}

/* The children as nodes: same ids in the same order keep their nodes, otherwise the list is made anew. */
static void
fill (DeskCellsTree *self, GListStore *store, gint64 parent_id)
{
  g_autoptr (GPtrArray) containers = read_children (self, parent_id);
  GListModel *model = G_LIST_MODEL (store);
  gboolean same = g_list_model_get_n_items (model) == containers->len;

  for (guint i = 0; same && i < containers->len; i++)
    {
      g_autoptr (DeskCellsNode) node = g_list_model_get_item (model, i);
      same = node->container->id == ((DeskContainer *) containers->pdata[i])->id;
    }
  if (!same)
    g_list_store_remove_all (store);
  /* The nodes take them all. */
  g_ptr_array_set_free_func (containers, NULL);
  for (guint i = 0; i < containers->len; i++)
    {
      g_autoptr (DeskCellsNode) node
          = same ? g_list_model_get_item (model, i) : g_object_new (DESK_TYPE_CELLS_NODE, NULL);

      if (node->container)
        desk_container_free (node->container);
      node->container = containers->pdata[i];
      node->hits = self->hits ? GPOINTER_TO_INT (g_hash_table_lookup (self->hits, &node->container->id)) : 0;
      if (!same)
        g_list_store_append (store, node);
      g_signal_emit (node, node_changed, 0);
      if (node->children)
        fill (self, node->children, node->container->id);
    }
}

/* What has places of its own and no container in it opens to nothing: a box, mostly. */
static gboolean
is_leaf (DeskCellsTree *self, const DeskContainer *container)
{
  if (!desk_container_has_places (container))
    return FALSE;
  g_autoptr (GPtrArray) children = read_children (self, container->id);
  return children->len == 0;
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  DeskCellsNode *node = item;

  if (is_leaf (user_data, node->container))
    return NULL;
  if (!node->children)
    {
      node->children = g_list_store_new (DESK_TYPE_CELLS_NODE);
      fill (user_data, node->children, node->container->id);
    }
  return g_object_ref (G_LIST_MODEL (node->children));
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

static void
show_node (GtkListItem *item)
{
  DeskCellsNode *node = gtk_tree_list_row_get_item (gtk_list_item_get_item (item));
  const DeskContainer *container = node->container;
  GtkWidget *expander = gtk_list_item_get_child (item);
  g_autofree char *numbers = g_strdup_printf ("%d / %d", container->used, container->capacity);
  g_autofree char *found = g_strdup_printf ("%d", node->hits);
  g_autofree char *hits
      = node->hits ? g_strdup_printf (ngettext (", %d found", ", %d found", node->hits), node->hits) : g_strdup ("");
  g_autofree char *words
      = g_strdup_printf (_("%s %s: %d of %d places used%s"), desk_words ("container", container->kind),
                         container->name, container->used, container->capacity, hits);

  gtk_label_set_text (g_object_get_data (G_OBJECT (expander), "name"), container->name);
  gtk_label_set_text (g_object_get_data (G_OBJECT (expander), "numbers"), numbers);
  gtk_label_set_text (g_object_get_data (G_OBJECT (expander), "found"), found);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (expander), "found"), node->hits > 0);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (expander), "service"), !container->usable);
  gtk_progress_bar_set_fraction (g_object_get_data (G_OBJECT (expander), "bar"),
                                 container->capacity > 0 ? MIN (1, (double) container->used / container->capacity) : 0);
  gtk_widget_set_tooltip_text (expander, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_unref (node);
}

static GtkWidget *
add_label (GtkWidget *expander, GtkWidget *box, const char *key, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data (G_OBJECT (expander), key, label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *name = add_label (expander, line, "name", NULL, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  add_label (expander, line, "service", _("out of service"), "caption-heading");
  add_label (expander, line, "found", NULL, "cells-found");
  add_label (expander, line, "numbers", NULL, "dim-label");
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (expander), "numbers"), "numeric");
  g_object_set_data (G_OBJECT (expander), "bar", bar);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr (GObject) node = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), row);
  g_signal_connect_swapped (node, "changed", G_CALLBACK (show_node), item);
  show_node (item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_autoptr (GObject) node = gtk_tree_list_row_get_item (gtk_list_item_get_item (item));

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
  if (node)
    g_signal_handlers_disconnect_by_func (node, show_node, item);
}

/* ── what others use ─────────────────────────────────────────────────────────────────────────── */

static GListModel *
tree_model (DeskCellsTree *self)
{
  return gtk_single_selection_get_model (self->selection);
}

/* Reads the numbers again of all that is open. */
void
desk_cells_tree_refresh (DeskCellsTree *self)
{
  if (self->reader)
    fill (self, self->roots, 0);
}

/* The read-only connection of the session, lent. */
void
desk_cells_tree_set_reader (DeskCellsTree *self, DeskDb *reader)
{
  self->reader = reader;
}

static void
set_hits (DeskCellsTree *self, GListModel *nodes)
{
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (DeskCellsNode) node = g_list_model_get_item (nodes, i);
      int hits = self->hits ? GPOINTER_TO_INT (g_hash_table_lookup (self->hits, &node->container->id)) : 0;

      if (hits != node->hits)
        {
          node->hits = hits;
          g_signal_emit (node, node_changed, 0);
        }
      if (node->children)
        set_hits (self, G_LIST_MODEL (node->children));
    }
}

/* How many units the search found in each container, ancestors too; NULL when nothing is searched. */
void
desk_cells_tree_set_hits (DeskCellsTree *self, GHashTable *hits)
{
  g_clear_pointer (&self->hits, g_hash_table_unref);
  self->hits = hits ? g_hash_table_ref (hits) : NULL;
  set_hits (self, G_LIST_MODEL (self->roots));
}

/* The container that is chosen, lent; NULL when none is. */
const DeskContainer *
desk_cells_tree_get_selected (DeskCellsTree *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (DeskCellsNode) node = row ? gtk_tree_list_row_get_item (row) : NULL;

  return node ? node->container : NULL;
}

static gboolean
find_row (DeskCellsTree *self, gint64 container_id, guint *position)
{
  GListModel *model = tree_model (self);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, i);
      g_autoptr (DeskCellsNode) node = gtk_tree_list_row_get_item (row);

      if (node->container->id == container_id)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
select_position (DeskCellsTree *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* Opens the way down to a container and chooses it; FALSE when it is not there. */
gboolean
desk_cells_tree_select (DeskCellsTree *self, gint64 container_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) path = desk_container_path (self->reader, container_id, &error);
  guint position = 0;

  for (guint i = 0; path && i < path->len; i++)
    {
      if (!find_row (self, ((DeskContainer *) path->pdata[i])->id, &position))
        return FALSE;
      if (i + 1 < path->len)
        {
          g_autoptr (GtkTreeListRow) row = g_list_model_get_item (tree_model (self), position);
          gtk_tree_list_row_set_expanded (row, TRUE);
        }
    }
  if (!path || path->len == 0)
    return FALSE;
  select_position (self, position);
  return TRUE;
}

/* Opens the first of each level and chooses the first box, so that the page does not begin empty. */
void
desk_cells_tree_select_first_box (DeskCellsTree *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (tree_model (self)); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (tree_model (self), i);
      g_autoptr (DeskCellsNode) node = gtk_tree_list_row_get_item (row);

      if (node->container->rows > 0)
        {
          select_position (self, i);
          return;
        }
      if (node->container->capacity > 0)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

/* Whether the clinic has no container yet. */
gboolean
desk_cells_tree_is_empty (DeskCellsTree *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->roots)) == 0;
}

static void
on_selected (DeskCellsTree *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
desk_cells_tree_dispose (GObject *object)
{
  DeskCellsTree *self = DESK_CELLS_TREE (object);

  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->roots);
  g_clear_pointer (&self->hits, g_hash_table_unref);
  G_OBJECT_CLASS (desk_cells_tree_parent_class)->dispose (object);
}

static void
desk_cells_tree_class_init (DeskCellsTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_tree_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-tree.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsTree, list);
  /* selected (): another container is chosen, or none. */
  signals[SELECTED]
      = g_signal_new ("selected", DESK_TYPE_CELLS_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_cells_tree_init (DeskCellsTree *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->roots = g_list_store_new (DESK_TYPE_CELLS_NODE);
  GtkTreeListModel *tree
      = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->roots)), FALSE, FALSE, create_children, self, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (tree));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}
