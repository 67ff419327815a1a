/* What a culture was made of and with: further collections, reagents, devices. */
#include "desk-cells-lot-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-toast.h"
#include "desk-words.h"

static gboolean
ask_reagent (DeskCellsDialog *dialog, const DeskLot *lot)
{
  desk_cells_dialog_add_text (dialog, "name", _("Name, such as Albumin 25 %"), NULL);
  desk_cells_dialog_add_text (dialog, "number", _("Lot number, typed or scanned"), NULL);
  desk_cells_dialog_add_text (dialog, "maker", _("Maker"), NULL);
  desk_cells_dialog_add_text (dialog, "expires", _("Expires on"), NULL);
  desk_cells_dialog_add_text (dialog, "why", _("Why it was used, if it had expired"), NULL);
  desk_cells_dialog_set_note (dialog, _("Whoever looks back from a reagent finds every culture it was used in."));
  return TRUE;
}

static gboolean
collect_reagent (DeskCellsDialog *dialog, DeskLotAct *act)
{
  return desk_lot_act_read (dialog, act, "name", TRUE) && desk_lot_act_read (dialog, act, "number", TRUE)
         && desk_lot_act_read (dialog, act, "maker", FALSE) && desk_lot_act_read_day (dialog, act, "expires", FALSE)
         && desk_lot_act_read (dialog, act, "why", FALSE);
}

static gboolean
use_reagent (DeskDb *db, const DeskLotAct *act, GError **error)
{
  char **texts = (char **) act->texts->pdata;
  const DeskReagent reagent = { .name = texts[0], .lot_number = texts[1], .maker = texts[2], .expires_on = texts[3], .why = texts[4] };

  return desk_reagent_use (db, act->lot_id, &reagent, act->by, error);
}

static gboolean
ask_device (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = desk_device_list (desk_page_get_reader (page), &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; devices && i < devices->len; i++)
    {
      const DeskDevice *device = devices->pdata[i];

      if (!device->in_service)
        continue;
      g_strv_builder_add (words, device->name);
      g_array_append_val (ids, device->id);
    }
  if (ids->len == 0)
    {
      desk_toast (GTK_WIDGET (page), _("There is no device in service yet."));
      return FALSE;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "device", _("Bench or device"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
  desk_cells_dialog_add_text (dialog, "what", _("What for, such as harvest"), NULL);
  return TRUE;
}

static gboolean
collect_device (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->id = desk_cells_dialog_get_choice (dialog, "device");
  return desk_lot_act_read (dialog, act, "what", FALSE);
}

static gboolean
use_device (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_device_use_start (db, act->lot_id, act->id, desk_lot_act_text (act, 0), act->by, NULL, error);
}

static gboolean
ask_device_end (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GPtrArray) uses = desk_device_uses_of_lot (desk_page_get_reader (page), lot->id, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; uses && i < uses->len; i++)
    {
      const DeskDeviceUse *use = uses->pdata[i];

      if (use->ended_at)
        continue;
      g_strv_builder_add (words, use->name);
      g_array_append_val (ids, use->id);
    }
  if (ids->len == 0)
    {
      desk_toast (GTK_WIDGET (page), _("This culture is in no device now."));
      return FALSE;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "use", _("Bench or device"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
  return TRUE;
}

static gboolean
collect_device_end (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->id = desk_cells_dialog_get_choice (dialog, "use");
  return TRUE;
}

static gboolean
end_device (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_device_use_end (db, act->id, error);
}

const DeskLotDialog desk_cells_material_dialogs[] = {
  { "reagent", N_("Add Reagent"), N_("Add"), FALSE, ask_reagent, collect_reagent, use_reagent },
  { "device", N_("Culture Into a Device"), N_("Put In"), FALSE, ask_device, collect_device, use_device },
  { "device-end", N_("Culture Out of a Device"), N_("Take Out"), FALSE, ask_device_end, collect_device_end, end_device },
  { NULL }
};
