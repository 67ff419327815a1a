#include "desk-cells-gather.h"

#include <glib/gi18n.h>

/* A rack's worth; more is done in two goes. */
#define MAX_UNITS 200

typedef struct
{
  const DeskGather *gather;
  GPtrArray *units; /* of DeskUnit, in the order they were read */
  GtkLabel *list;
} Gathered;

static void
gathered_free (gpointer data)
{
  Gathered *gathered = data;

  g_ptr_array_unref (gathered->units);
  g_free (gathered);
}

static Gathered *
of_dialog (DeskCellsDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "gathered");
}

/* What was gathered, of DeskUnit in the order it was read; lent. */
const GPtrArray *
desk_cells_gather_units (DeskCellsDialog *dialog)
{
  return of_dialog (dialog)->units;
}

/* Writes the list anew. */
void
desk_cells_gather_show (DeskCellsDialog *dialog)
{
  const Gathered *gathered = of_dialog (dialog);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < gathered->units->len; i++)
    {
      g_autofree char *line = gathered->gather->line (dialog, gathered->units->pdata[i], i);

      g_string_append_printf (text, "%s%u  %s", i ? "\n" : "", i + 1, line);
    }
  gtk_label_set_text (gathered->list, text->len ? text->str : _("Nothing yet. Scan the first label or type its number."));
}

static void
tell_changed (DeskCellsDialog *dialog)
{
  const DeskGather *gather = of_dialog (dialog)->gather;

  if (gather->changed)
    gather->changed (dialog);
  desk_cells_gather_show (dialog);
}

static gboolean
has_unit (const Gathered *gathered, gint64 id)
{
  for (guint i = 0; i < gathered->units->len; i++)
    if (((DeskUnit *) gathered->units->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

/* Takes a unit into the list; says why not. */
static gboolean
take_unit (DeskCellsDialog *dialog, gint64 id)
{
  Gathered *gathered = of_dialog (dialog);
  g_autoptr (DeskUnit) unit = id ? desk_unit_load (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), id, NULL) : NULL;
  const char *why;

  if (!unit)
    return desk_cells_dialog_refuse (dialog, "unit", _("No unit has this number."));
  if (has_unit (gathered, id))
    return desk_cells_dialog_refuse (dialog, "unit", _("It is in the list already."));
  if (gathered->units->len >= MAX_UNITS)
    return desk_cells_dialog_refuse (dialog, "unit", _(gathered->gather->full));
  if ((why = gathered->gather->refuse (dialog, unit)))
    return desk_cells_dialog_refuse (dialog, "unit", why);
  g_ptr_array_add (gathered->units, g_steal_pointer (&unit));
  tell_changed (dialog);
  return TRUE;
}

/* Undo takes back the unit that was scanned last. */
static void
obey (DeskCellsDialog *dialog, DeskCodeCommand command)
{
  Gathered *gathered = of_dialog (dialog);

  if (command == DESK_COMMAND_CONFIRM || command == DESK_COMMAND_FINISH)
    gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.submit", NULL);
  else if (command == DESK_COMMAND_CANCEL)
    gtk_window_close (GTK_WINDOW (dialog));
  else if (command == DESK_COMMAND_UNDO && gathered->units->len > 0)
    {
      g_ptr_array_remove_index (gathered->units, gathered->units->len - 1);
      tell_changed (dialog);
    }
  else
    desk_scan_refuse (GTK_WIDGET (dialog), _("This command does nothing here."));
}

static gboolean
on_code (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskCellsDialog *dialog = DESK_CELLS_DIALOG (widget);
  const DeskGather *gather = of_dialog (dialog)->gather;

  if (scan->code->kind == DESK_CODE_COMMAND)
    obey (dialog, scan->code->command);
  else if (scan->found.kind == DESK_CODE_UNIT)
    take_unit (dialog, scan->found.id);
  else
    return gather->other && gather->other (dialog, scan);
  return TRUE;
}

/* What was typed, with Enter. */
static void
on_typed (DeskCellsDialog *dialog)
{
  g_autofree char *half = g_utf8_normalize (desk_cells_dialog_get_text (dialog, "unit"), -1, G_NORMALIZE_NFKC);
  g_autofree char *number = g_strstrip (g_strdup (half ? half : ""));

  if (*number && take_unit (dialog, desk_unit_find (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), number, NULL)))
    desk_cells_dialog_set_text (dialog, "unit", "");
}

/* For the button: a number that is still in the entry is taken first, and something has to be there. */
gboolean
desk_cells_gather_ready (DeskCellsDialog *dialog)
{
  if (*desk_cells_dialog_get_text (dialog, "unit"))
    {
      on_typed (dialog);
      return FALSE;
    }
  return of_dialog (dialog)->units->len > 0
         || desk_cells_dialog_refuse (dialog, "unit", _("Scan the first label or type its number."));
}

/* Adds list and entry; gather is static. The dialog then gets the scanner's codes. */
void
desk_cells_gather_add (DeskCellsDialog *dialog, const DeskGather *gather)
{
  Gathered *gathered = g_new0 (Gathered, 1);
  GtkWidget *label = gtk_label_new (NULL), *scrolled = gtk_scrolled_window_new ();

  gathered->gather = gather;
  gathered->units = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_unit_free);
  gathered->list = GTK_LABEL (label);
  gtk_label_set_xalign (gathered->list, 0);
  gtk_label_set_yalign (gathered->list, 0);
  gtk_label_set_wrap (gathered->list, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, _(gather->name), -1);
  desk_cells_dialog_add_widget (dialog, scrolled);
  g_object_set_data_full (G_OBJECT (dialog), "gathered", gathered, gathered_free);

  desk_cells_dialog_add_text (dialog, "unit", _("Number on the label"), NULL);
  GtkWidget *entry = desk_cells_dialog_get_row (dialog, "unit");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), FALSE);
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (on_typed), dialog);
  desk_scan_want (GTK_WIDGET (dialog), on_code, NULL);
}
