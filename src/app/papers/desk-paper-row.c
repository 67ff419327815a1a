#include "desk-paper-row.h"

#include "desk-label.h"
#include "desk-words.h"

void
desk_paper_free (DeskPaper *paper)
{
  if (!paper)
    return;
  desk_document_free (paper->document);
  g_free (paper->patient_name);
  g_free (paper->patient_chart);
  g_free (paper);
}

static void
show (GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *title = gtk_widget_get_first_child (box), *subtitle = gtk_widget_get_last_child (box);
  DeskListItem *item = gtk_list_item_get_item (list_item);
  const DeskPaper *paper = item ? desk_list_item_get_row (item) : NULL;

  if (!paper)
    {
      gtk_label_set_label (GTK_LABEL (title), "");
      gtk_label_set_label (GTK_LABEL (subtitle), "");
      return;
    }

  g_autofree char *first = g_strdup_printf ("%s  ·  %s", paper->patient_name, desk_words ("document-kind", paper->document->kind));
  const char *examined_on = paper->document->examined_on;
  g_autofree char *second = g_strdup_printf ("%s%s%s  ·  %s", paper->patient_chart, *examined_on ? "  ·  " : "", examined_on,
                                             desk_words ("document-state", paper->state));
  gtk_label_set_label (GTK_LABEL (title), first);
  gtk_label_set_label (GTK_LABEL (subtitle), second);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_box_append (GTK_BOX (box), desk_label_new (NULL, "heading"));
  gtk_box_append (GTK_BOX (box), desk_label_new (NULL, "caption"));
  gtk_list_item_set_child (list_item, box);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  DeskListItem *item = gtk_list_item_get_item (list_item);
  gulong handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (show), list_item);

  g_object_set_data (G_OBJECT (list_item), "handler", GSIZE_TO_POINTER (handler));
  show (list_item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gulong handler = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (list_item), "handler"));

  g_signal_handler_disconnect (gtk_list_item_get_item (list_item), handler);
}

/* Rows for a GtkListView over a DeskListModel of DeskPaper; the caller owns it. */
GtkListItemFactory *
desk_paper_row_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
