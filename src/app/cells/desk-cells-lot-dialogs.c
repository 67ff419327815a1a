#include "desk-cells-lot-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-steps.h"
#include "desk-day-words.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  const DeskLotDialog *info;
  gint64 lot_id;
  char *number;
} Asked;

/* What the store's thread gets. */
typedef struct
{
  const DeskLotDialog *info;
  DeskLotAct act;
  char *number;
} Running;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *asked = data;

  g_free (asked->number);
  g_free (asked);
}

static void
running_free (gpointer data)
{
  Running *running = data;

  g_array_unref (running->act.units);
  g_ptr_array_unref (running->act.texts);
  g_free (running->number);
  g_free (running);
}

/* The n-th text that was read; "" for one left empty. */
const char *
desk_lot_act_text (const DeskLotAct *act, guint n)
{
  return act->texts->pdata[n];
}

/* Reads a line into the act; an empty one is refused when it is needed. */
gboolean
desk_lot_act_read (DeskCellsDialog *dialog, DeskLotAct *act, const char *key, gboolean needed)
{
  char *text = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, key)));

  g_ptr_array_add (act->texts, text);
  return !needed || *text || desk_cells_dialog_refuse (dialog, key, _("Please fill this in."));
}

/* Reads a day as people write it, kept as an ISO day. */
gboolean
desk_lot_act_read_day (DeskCellsDialog *dialog, DeskLotAct *act, const char *key, gboolean needed)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);
  g_autofree char *day = desk_day_read (text, DESK_DAY_ORDER_NONE, NULL);

  if (!needed && *text == '\0')
    {
      g_ptr_array_add (act->texts, g_strdup (""));
      return TRUE;
    }
  if (!day)
    return desk_cells_dialog_refuse (dialog, key, _("Please write the date as 2026-04-03."));
  g_ptr_array_add (act->texts, g_steal_pointer (&day));
  return TRUE;
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  const Running *running = data;

  return running->info->work (db, &running->act, error);
}

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  const Running *running = data;
  g_autofree char *text = g_strdup_printf ("%s: %s", gtk_window_get_title (GTK_WINDOW (dialog)), running->number);

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), text);
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const Asked *asked = user_data;
  Running *running = g_new0 (Running, 1);

  running->info = asked->info;
  running->number = g_strdup (asked->number);
  running->act.lot_id = asked->lot_id;
  running->act.by = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  running->act.units = g_array_new (FALSE, FALSE, sizeof (gint64));
  running->act.texts = g_ptr_array_new_with_free_func (g_free);
  if (asked->info->collect (dialog, &running->act))
    desk_cells_dialog_run (dialog, work, running, running_free, on_done);
  else
    running_free (running);
}

static const DeskLotDialog *
find (const char *code)
{
  const DeskLotDialog *const tables[] = { desk_cells_result_dialogs, desk_cells_release_dialogs, desk_cells_material_dialogs,
                                          desk_cells_consent_dialogs };

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const DeskLotDialog *info = tables[t]; info->code; info++)
      if (strcmp (info->code, code) == 0)
        return info;
  return NULL;
}

/* Opens the dialog of that code for the lot; FALSE when there is no such dialog here. */
gboolean
desk_cells_lot_dialog (DeskPage *page, const DeskLot *lot, const char *code)
{
  const DeskLotDialog *info = find (code);

  if (!info)
    return FALSE;
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _(info->title), _(info->submit));
  Asked *asked = g_new0 (Asked, 1);
  g_autofree char *patient = desk_cells_patient_line (desk_page_get_reader (page), lot->patient_id);
  g_autofree char *number = g_strdup_printf (_("Lot %s"), lot->number);

  *asked = (Asked){ info, lot->id, g_strdup (lot->number) };
  g_signal_connect_data (dialog, "submit", G_CALLBACK (on_submit), asked, asked_free, 0);
  desk_cells_dialog_set_identity (dialog, number, patient);
  if (info->grave)
    desk_cells_dialog_set_grave (dialog);
  if (info->ask (dialog, lot))
    desk_cells_dialog_open (dialog);
  else
    gtk_window_destroy (GTK_WINDOW (dialog));
  return TRUE;
}
