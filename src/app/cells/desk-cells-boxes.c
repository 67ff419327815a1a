#include "desk-cells-boxes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-words.h"

/* A longer list helps nobody: it is walked by keys. Boxes beyond are reached by the map. */
#define MAX_BOXES 100

typedef struct
{
  DeskDb *db;
  GStrvBuilder *words;
  GArray *ids;
} Walk;

static void
add_box (Walk *walk, gint64 id, const char *path, int unused)
{
  g_autofree char *line = g_strdup_printf (ngettext ("%s · %d free", "%s · %d free", unused), path, unused);

  g_strv_builder_add (walk->words, line);
  g_array_append_val (walk->ids, id);
}

/* Every box below parent that has room and is in service, in picking order. */
static void
add_below (Walk *walk, gint64 parent_id, const char *path, gint64 except)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = desk_container_children (walk->db, parent_id, &error);

  if (!children)
    g_warning ("cannot read the boxes: %s", error->message);
  for (guint i = 0; children && i < children->len && walk->ids->len < MAX_BOXES; i++)
    {
      const DeskContainer *child = children->pdata[i];
      gboolean named = strcmp (child->kind, "site") != 0 && strcmp (child->kind, "room") != 0;
      g_autofree char *below = !named  ? g_strdup (path)
                               : *path ? g_strdup_printf ("%s, %s", path, child->name)
                                       : g_strdup (child->name);

      if (!child->usable || child->used >= child->capacity)
        continue;
      /* A round tank may hold both. */
      if (desk_container_has_places (child) && g_strcmp0 (child->allowed_kinds, "none") != 0 && child->id != except)
        add_box (walk, child->id, below, child->capacity - child->used);
      if (strcmp (child->kind, "box") != 0)
        add_below (walk, child->id, below, except);
    }
}

/* The words of the boxes with room, and their ids; the box called first stands first. The caller frees the words. */
char **
desk_cells_boxes (DeskDb *db, gint64 first, GArray *ids)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  Walk walk = { db, words, ids };

  if (first != 0)
    {
      g_autofree char *path = desk_cells_path (db, first);

      g_strv_builder_add (words, path);
      g_array_append_val (ids, first);
    }
  add_below (&walk, 0, "", first);
  return g_strv_builder_end (words);
}
