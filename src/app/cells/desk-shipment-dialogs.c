#include "desk-shipment-dialogs.h"

#include <glib/gi18n.h>

#include "desk-cell-settings.h"
#include "desk-cells-gather.h"
#include "desk-cells-steps.h"
#include "desk-cells-words.h"
#include "desk-shipments.h"
#include "desk-tank.h"
#include "desk-toast.h"
#include "desk-words.h"

/* What a dialog asks the store for; owns its texts. */
typedef struct
{
  DeskShipmentNew new;
  DeskShipmentSeen seen;
  GArray *ids; /* gint64 */
  char *party, *courier, *box, *seal, *logger, *note, *number;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->ids, g_array_unref);
  g_free (job->party);
  g_free (job->courier);
  g_free (job->box);
  g_free (job->seal);
  g_free (job->logger);
  g_free (job->note);
  g_free (job->number);
  g_free (job);
}

static char *
text_of (DeskCellsDialog *dialog, const char *key)
{
  return g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, key)));
}

/* Two temperatures, both or neither. FALSE after saying at the row what is wrong. */
static gboolean
read_range (DeskCellsDialog *dialog, const char *low_key, const char *high_key, gboolean *given, int *low, int *high)
{
  g_autofree char *low_text = text_of (dialog, low_key), *high_text = text_of (dialog, high_key);

  *given = *low_text || *high_text;
  if (!*given)
    return TRUE;
  if (!desk_tank_read_tenths (low_text, low))
    return desk_cells_dialog_refuse (dialog, low_key, _("Please write a temperature in °C."));
  if (!desk_tank_read_tenths (high_text, high) || *high < *low)
    return desk_cells_dialog_refuse (dialog, high_key, _("Please write a temperature in °C, not below the first."));
  return TRUE;
}

static gint64
second_person (DeskCellsDialog *dialog)
{
  gint64 id = desk_cells_dialog_get_choice (dialog, "witness");

  if (id == 0)
    desk_cells_dialog_refuse (dialog, "witness", _("Please choose the second person."));
  return id;
}

static gint64
actor (DeskCellsDialog *dialog)
{
  return desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
}

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

static char *
line_of (DeskCellsDialog *dialog, const DeskUnit *unit, guint n)
{
  return desk_cells_unit_line (unit);
}

static const char *
refuse (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  gboolean offered = desk_cells_step_offered (unit, "send", desk_page_get_today (desk_cells_dialog_get_page (dialog)));

  return offered ? NULL : _("This unit cannot be sent now.");
}

static const DeskGather gather = { N_("Units that are sent"), N_("That is enough for one shipment."), line_of, refuse, NULL, NULL };

static gboolean
work_send (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  gint64 id;

  if (!desk_shipment_send (db, &job->new, &id, error))
    return FALSE;
  g_autoptr (DeskShipment) made = desk_shipment_load (db, id, error);
  if (made)
    job->number = g_strdup (made->number);
  return made != NULL;
}

static void
on_sent (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  g_autofree char *words = g_strdup_printf (ngettext ("%s: %u unit is on its way", "%s: %u units are on their way", job->ids->len), job->number,
                                            job->ids->len);

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), words);
}

static void
on_submit_send (DeskCellsDialog *dialog)
{
  const GPtrArray *units = desk_cells_gather_units (dialog);
  g_autofree char *party = text_of (dialog, "party");
  gboolean limits;
  int low = 0, high = 0;
  gint64 witness;

  if (!desk_cells_gather_ready (dialog))
    return;
  if (!*party)
    desk_cells_dialog_refuse (dialog, "party", _("Please write who sends it, or who gets it."));
  else if (read_range (dialog, "low", "high", &limits, &low, &high) && (witness = second_person (dialog)) != 0)
    {
      Job *job = g_new0 (Job, 1);

      job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (guint i = 0; i < units->len; i++)
        g_array_append_val (job->ids, ((DeskUnit *) units->pdata[i])->id);
      job->party = g_steal_pointer (&party);
      job->courier = text_of (dialog, "courier");
      job->box = text_of (dialog, "packing");
      job->seal = text_of (dialog, "seal");
      job->logger = text_of (dialog, "logger");
      job->note = text_of (dialog, "note");
      job->new = (DeskShipmentNew){ .out = desk_cells_dialog_get_choice (dialog, "way") == 1, .other_party = job->party, .courier = job->courier,
                                    .box = job->box, .seal = job->seal, .logger = job->logger, .note = job->note, .limits = limits,
                                    .allowed_min = low, .allowed_max = high, .units = (const gint64 *) (gpointer) job->ids->data,
                                    .n_units = job->ids->len, .by = actor (dialog), .witness = witness };
      desk_cells_dialog_run (dialog, work_send, job, job_free, on_sent);
    }
}

static void
add_limits (DeskCellsDialog *dialog)
{
  gint64 settings[DESK_N_CELL_SETTINGS];
  g_autofree char *low = NULL, *high = NULL;

  if (desk_cell_settings_load (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), settings, NULL))
    {
      low = desk_tank_format_tenths (settings[DESK_CELL_SHIP_MIN]);
      high = desk_tank_format_tenths (settings[DESK_CELL_SHIP_MAX]);
    }
  desk_cells_dialog_add_text (dialog, "low", _("Coldest it may be, °C"), low);
  desk_cells_dialog_add_text (dialog, "high", _("Warmest it may be, °C"), high);
}

/* Asks what is sent together, with whom and how cold. */
void
desk_shipment_send_dialog (DeskPage *page)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("New Shipment"), _("Send"));
  const char *const ways[] = { _("From the processing facility to this clinic"), _("From here to somebody else"), NULL };
  const gint64 ids[] = { 0, 1 };

  desk_cells_dialog_set_note (dialog, _("They leave their places together, or none of them. Two people see what is packed."));
  desk_cells_gather_add (dialog, &gather);
  desk_cells_dialog_add_choice (dialog, "way", _("Way"), ways, ids, 0);
  desk_cells_dialog_add_text (dialog, "party", _("Who sends it, or who gets it"), NULL);
  desk_cells_dialog_add_text (dialog, "courier", _("Carried by"), NULL);
  desk_cells_dialog_add_text (dialog, "packing", _("Shipping box"), NULL);
  desk_cells_dialog_add_text (dialog, "seal", _("Number of the seal"), NULL);
  desk_cells_dialog_add_text (dialog, "logger", _("Temperature logger"), NULL);
  add_limits (dialog);
  desk_cells_dialog_add_text (dialog, "note", _("Note"), NULL);
  desk_cells_dialog_add_second_person (dialog, TRUE);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit_send), NULL);
  desk_cells_gather_show (dialog);
  desk_cells_dialog_open (dialog);
  gtk_widget_grab_focus (desk_cells_dialog_get_row (dialog, "unit"));
}

/* ── receiving ───────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_receive (DeskDb *db, gpointer data, GError **error)
{
  return desk_shipment_receive (db, &((Job *) data)->seen, error);
}

static void
on_received (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  gboolean cold = !job->seen.measured || !job->new.limits
                  || (job->seen.min_seen >= job->new.allowed_min && job->seen.max_seen <= job->new.allowed_max);
  g_autofree char *words
      = g_strdup_printf (cold && job->seen.seal_whole && job->seen.in_order ? _("%s was received. Put the units away now.")
                                                                   : _("%s was received, and what came is held until quality has looked at it."),
                         job->number);

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), words);
}

static void
on_submit_receive (DeskCellsDialog *dialog)
{
  const DeskShipment *shipment = g_object_get_data (G_OBJECT (dialog), "shipment");
  gint64 seal = desk_cells_dialog_get_choice (dialog, "seal"), order = desk_cells_dialog_get_choice (dialog, "order"), with;
  gboolean measured;
  int low = 0, high = 0;

  if (seal == 0)
    desk_cells_dialog_refuse (dialog, "seal", _("Please look at the seal, and choose."));
  else if (order == 0)
    desk_cells_dialog_refuse (dialog, "order", _("Please compare what came with the list, and choose."));
  else if (!read_range (dialog, "low", "high", &measured, &low, &high))
    return;
  else if (shipment->limits && order == 1 && !measured)
    desk_cells_dialog_refuse (dialog, "low", _("It had to stay cold: please read the logger."));
  else if ((with = second_person (dialog)) != 0)
    {
      Job *job = g_new0 (Job, 1);

      job->note = text_of (dialog, "note");
      job->number = g_strdup (shipment->number);
      job->new = (DeskShipmentNew){ .limits = shipment->limits, .allowed_min = shipment->allowed_min, .allowed_max = shipment->allowed_max };
      job->seen = (DeskShipmentSeen){ .shipment_id = shipment->id, .measured = measured,
                                      .min_seen = low, .max_seen = high, .seal_whole = seal == 1, .in_order = order == 1, .note = job->note,
                                      .by = actor (dialog), .with = with };
      desk_cells_dialog_run (dialog, work_receive, job, job_free, on_received);
    }
}

static void
add_contents (DeskCellsDialog *dialog, gint64 shipment_id)
{
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  g_autoptr (GArray) ids = desk_shipment_units (reader, shipment_id, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label = gtk_label_new (NULL);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      g_autoptr (DeskUnit) unit = desk_unit_load (reader, g_array_index (ids, gint64, i), NULL);
      g_autofree char *line = unit ? desk_cells_unit_line (unit) : NULL;

      g_string_append_printf (text, "%s%u  %s", i ? "\n" : "", i + 1, line ? line : "?");
    }
  gtk_label_set_text (GTK_LABEL (label), text->str);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  desk_cells_dialog_add_widget (dialog, label);
}

/* Asks what was seen when a shipment came. */
void
desk_shipment_receive_dialog (DeskPage *page, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskShipment *shipment = desk_shipment_load (desk_page_get_reader (page), id, &error);

  if (!shipment)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }

  g_autofree char *title = g_strdup_printf (_("Receive %s"), shipment->number);
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, _("Receive"));
  const char *const seals[] = { _("Choose…"), _("Whole"), _("Broken or missing"), NULL };
  const char *const orders[] = { _("Choose…"), _("Everything as listed, box undamaged"), _("Something is missing, extra or damaged"), NULL };
  const gint64 ids[] = { 0, 1, 2 };

  g_object_set_data_full (G_OBJECT (dialog), "shipment", shipment, (GDestroyNotify) desk_shipment_free);
  desk_cells_dialog_set_note (dialog, _("What was too warm or too cold, opened, or not in order is held in the same moment."));
  add_contents (dialog, shipment->id);
  desk_cells_dialog_add_choice (dialog, "seal", _("Seal"), seals, ids, 0);
  desk_cells_dialog_add_choice (dialog, "order", _("What came"), orders, ids, 0);
  desk_cells_dialog_add_text (dialog, "low", _("Coldest on the way, °C"), NULL);
  desk_cells_dialog_add_text (dialog, "high", _("Warmest on the way, °C"), NULL);
  desk_cells_dialog_add_text (dialog, "note", _("Note"), NULL);
  desk_cells_dialog_add_second_person (dialog, TRUE);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit_receive), NULL);
  desk_cells_dialog_open (dialog);
}
