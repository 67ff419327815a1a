#include "desk-inbox-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-list-model.h"
#include "desk-row-text.h"
#include "desk-words.h"

/* What it is and how much, in words; the caller frees it. */
char *
desk_inbox_media (const DeskInboxItem *item)
{
  const char *words = *item->link && !*item->digest ? _("Link") : desk_words ("media", item->media_type);
  g_autofree char *size = item->bytes > 0 ? g_format_size (item->bytes) : NULL;
  g_autofree char *files = item->n_files > 0 ? g_strdup_printf (g_dngettext (NULL, "%u file", "%u files", item->n_files), (guint) item->n_files) : NULL;
  const char *facts[] = { words, files, size };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static void
show (GtkListItem *list_item)
{
  DeskRowText *text = DESK_ROW_TEXT (gtk_list_item_get_child (list_item));
  DeskListItem *row = gtk_list_item_get_item (list_item);
  const DeskInboxItem *item = row ? desk_list_item_get_row (row) : NULL;
  GTimeZone *zone = g_object_get_data (G_OBJECT (list_item), "zone");

  if (!item)
    {
      desk_row_text_set (text, "", "", "");
      return;
    }

  g_autofree char *media = desk_inbox_media (item);
  g_autofree char *when = desk_words_when (item->received_at, zone);
  const char *mark = item->known_document_id ? _("filed before") : *item->warning ? _("not what its name says") : NULL;
  const char *facts[] = { media, when, mark ? "⚠" : NULL, mark };
  g_autofree char *below = desk_words_facts (facts, G_N_ELEMENTS (facts));

  desk_row_text_set (text, item->name, "", below);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, GTimeZone *zone)
{
  GtkWidget *text = desk_row_text_new (DESK_ROW_TEXT_BELOW_DIM);

  gtk_widget_set_margin_top (text, 6);
  gtk_widget_set_margin_bottom (text, 6);
  gtk_widget_set_margin_start (text, 6);
  g_object_set_data_full (G_OBJECT (list_item), "zone", g_time_zone_ref (zone), (GDestroyNotify) g_time_zone_unref);
  gtk_list_item_set_child (list_item, text);
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

static void
zone_gone (gpointer zone, GClosure *closure)
{
  g_time_zone_unref (zone);
}

/* Rows for a GtkListView over a DeskListModel of DeskInboxItem; times by that zone. The caller owns it. */
GtkListItemFactory *
desk_inbox_row_factory (GTimeZone *zone)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), g_time_zone_ref (zone), zone_gone, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
