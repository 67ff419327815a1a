/* The print dialog: which printer. */
#include "desk-print-dialog-private.h"
#include "desk-print-words.h"
#include "desk-settings.h"

/* "printer-label-unit": which printer had this kind of paper last. */
static char *
setting_of (const DeskPrintPaper *paper)
{
  g_autofree char *kind = g_strdup (paper->kind);

  g_strcanon (kind, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", '-');
  return g_strconcat ("printer-", kind, NULL);
}

static guint
find_printer (DeskPrintDialog *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->printers));

  for (guint i = 0; name && i < n; i++)
    {
      g_autoptr (DeskPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      if (g_str_equal (printer->name, name))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static guint
find_usual (DeskPrintDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->printers));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      if (printer->usual)
        return i;
    }
  return n ? 0 : GTK_INVALID_LIST_POSITION;
}

/* The printer that had this kind of paper last; a label's is never a guess from what letters had. */
static void
choose_printer (DeskPrintDialog *self)
{
  g_autofree char *key = setting_of (self->paper), *last = desk_settings_get (key);
  g_autofree char *any = g_str_has_prefix (self->paper->kind, "label") ? NULL : desk_settings_get ("printer-paper");
  guint place = find_printer (self, last);

  if (place == GTK_INVALID_LIST_POSITION)
    place = find_printer (self, any);
  if (place == GTK_INVALID_LIST_POSITION)
    place = find_usual (self);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->printer, place);
  self->filling = FALSE;
}

/* The next paper of this kind goes there too. */
void
desk_print_dialog_remember (DeskPrintDialog *self, const DeskPrinter *printer)
{
  g_autofree char *key = setting_of (self->paper);

  desk_settings_set (key, printer->name);
  if (!g_str_has_prefix (self->paper->kind, "label"))
    desk_settings_set ("printer-paper", printer->name);
}

/* Says what the chosen printer says, and whether it can be used. */
void
desk_print_dialog_show_printer (DeskPrintDialog *self)
{
  DeskPrinter *printer = desk_print_dialog_printer (self);
  g_autofree char *words = printer ? desk_print_words_printer (printer) : g_strdup ("");
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->printer), escaped);
  gtk_widget_set_sensitive (GTK_WIDGET (self->printer), printer != NULL);
  desk_print_dialog_read_wish (self);
}

static void
on_printers_changed (GListModel *model, guint position, guint removed, guint added, DeskPrintDialog *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DeskPrinter) printer = g_list_model_get_item (model, i);

      g_signal_connect_object (printer, "changed", G_CALLBACK (desk_print_dialog_show_printer), self, G_CONNECT_SWAPPED);
    }
  if (self->run)
    return;
  choose_printer (self);
  desk_print_dialog_show_printer (self);
}

static void
on_searched (GListStore *found, gpointer user_data)
{
  g_autoptr (DeskPrintDialog) self = user_data;

  self->searched = TRUE;
  if (self->paper)
    desk_print_dialog_read_wish (self);
}

/* Looks for the printers there are; they come one by one. */
void
desk_print_dialog_find_printers (DeskPrintDialog *self)
{
  g_signal_connect_object (self->printers, "items-changed", G_CALLBACK (on_printers_changed), self, 0);
  desk_print_system ()->find (self->printers, on_searched, g_object_ref (self));
}
