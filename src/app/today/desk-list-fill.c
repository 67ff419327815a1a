#include "desk-list-fill.h"

#define BATCH 6

typedef struct
{
  GtkListBox *list;
  GPtrArray *things;
  DeskListFillFunc make;
  gpointer user_data;
  guint next;
  guint idle;
} Fill;

static void
fill_free (gpointer data)
{
  Fill *fill = data;

  g_clear_handle_id (&fill->idle, g_source_remove);
  g_ptr_array_unref (fill->things);
  g_free (fill);
}

static void
add_rows (Fill *fill, guint n)
{
  guint end = fill->next + MIN (n, fill->things->len - fill->next);

  for (; fill->next < end; fill->next++)
    gtk_list_box_append (fill->list, fill->make (g_ptr_array_index (fill->things, fill->next), fill->user_data));
}

static gboolean
on_idle (gpointer data)
{
  Fill *fill = data;

  add_rows (fill, BATCH);
  if (fill->next < fill->things->len)
    return G_SOURCE_CONTINUE;
  fill->idle = 0;
  g_object_set_data (G_OBJECT (fill->list), "fill", NULL);
  return G_SOURCE_REMOVE;
}

static guint
clear (GtkListBox *list)
{
  GtkWidget *row;
  guint n = 0;

  for (; (row = gtk_widget_get_first_child (GTK_WIDGET (list))); n++)
    gtk_list_box_remove (list, row);
  return n;
}

/* Shows the things instead of what is in the list, at_once of them in this frame; holds the array, and user_data must
 * live as long as the list. A list that is filled again has at once as many rows as it had, so that it stays where it
 * was scrolled to. */
void
desk_list_fill (GtkListBox *list, GPtrArray *things, guint at_once, DeskListFillFunc make, gpointer user_data)
{
  Fill *fill = g_new0 (Fill, 1);

  /* What was not added yet of the last filling is given up with it. */
  g_object_set_data (G_OBJECT (list), "fill", NULL);
  guint before = clear (list);

  *fill = (Fill){ .list = list, .things = g_ptr_array_ref (things), .make = make, .user_data = user_data };
  g_object_set_data_full (G_OBJECT (list), "fill", fill, fill_free);
  add_rows (fill, MAX (at_once, before));
  if (fill->next < things->len)
    fill->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, fill, NULL);
  else
    g_object_set_data (G_OBJECT (list), "fill", NULL);
}

/* Adds what is missing now: for whoever looks for a row. */
void
desk_list_fill_finish (GtkListBox *list)
{
  Fill *fill = g_object_get_data (G_OBJECT (list), "fill");

  if (!fill)
    return;
  add_rows (fill, G_MAXUINT);
  g_object_set_data (G_OBJECT (list), "fill", NULL);
}
