/* Consent to storing: until when a patient's cells may be kept. */
#include "desk-cells-lot-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-documents.h"
#include "desk-toast.h"
#include "desk-words.h"

static void
keep_patient (DeskCellsDialog *dialog, gint64 patient_id)
{
  g_object_set_data_full (G_OBJECT (dialog), "patient", g_memdup2 (&patient_id, sizeof patient_id), g_free);
}

static gint64
patient_of (DeskCellsDialog *dialog)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (dialog), "patient");
}

/* The patient's papers, those of consent first. */
static void
add_papers (DeskCellsDialog *dialog, gint64 patient_id)
{
  g_autoptr (GPtrArray) papers = desk_document_list (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), patient_id, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("None, or not scanned yet"));
  g_array_set_size (ids, 1);
  for (int consents = 1; consents >= 0; consents--)
    for (guint i = 0; papers && i < papers->len; i++)
      {
        const DeskDocument *paper = papers->pdata[i];

        if ((strcmp (paper->kind, "consent") == 0) != consents)
          continue;
        g_autofree char *line = g_strdup_printf ("%s · %s", desk_words ("document-kind", paper->kind), paper->title);
        g_strv_builder_add (words, line);
        g_array_append_val (ids, paper->id);
      }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "paper", _("Signed paper"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
}

static gboolean
ask_consent (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskDay today = desk_page_get_today (desk_cells_dialog_get_page (dialog));
  g_autofree char *from = desk_day_format (today);
  /* Contracts of storing usually run for two years; the day can be written over. */
  g_autofree char *until = desk_day_format (desk_day_add_months (today, 24));

  keep_patient (dialog, lot->patient_id);
  desk_cells_dialog_set_note (dialog, _("It is for all cells of this patient, and takes the place of the consent before."));
  desk_cells_dialog_add_text (dialog, "from", _("From"), from);
  desk_cells_dialog_add_text (dialog, "until", _("Until"), until);
  add_papers (dialog, lot->patient_id);
  desk_cells_dialog_add_text (dialog, "note", _("Note"), NULL);
  return TRUE;
}

static gboolean
collect_consent (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->id = patient_of (dialog);
  act->other_id = desk_cells_dialog_get_choice (dialog, "paper");
  if (!desk_lot_act_read_day (dialog, act, "from", TRUE) || !desk_lot_act_read_day (dialog, act, "until", TRUE))
    return FALSE;
  if (strcmp (desk_lot_act_text (act, 1), desk_lot_act_text (act, 0)) < 0)
    return desk_cells_dialog_refuse (dialog, "until", _("This day is before the first one."));
  return desk_lot_act_read (dialog, act, "note", FALSE);
}

static gboolean
add_consent (DeskDb *db, const DeskLotAct *act, GError **error)
{
  char **texts = (char **) act->texts->pdata;
  DeskStorageConsent consent = { .patient_id = act->id, .document_id = act->other_id, .from_on = texts[0], .until_on = texts[1], .note = texts[2] };

  return desk_storage_consent_add (db, &consent, act->by, error);
}

static gboolean
ask_withdraw (DeskCellsDialog *dialog, const DeskLot *lot)
{
  keep_patient (dialog, lot->patient_id);
  desk_cells_dialog_set_note (dialog, _("The patient no longer agrees that cells are kept. From now on none of this patient’s frozen doses can be picked; "
                                        "what becomes of them is decided with the patient."));
  return TRUE;
}

static gboolean
collect_withdraw (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->id = patient_of (dialog);
  return TRUE;
}

static gboolean
withdraw (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_storage_consent_withdraw (db, act->id, act->by, error);
}

const DeskLotDialog desk_cells_consent_dialogs[] = {
  { "consent", N_("Consent to Storing"), N_("Add Consent"), FALSE, ask_consent, collect_consent, add_consent },
  { "consent-end", N_("Consent Withdrawn"), N_("Withdraw"), TRUE, ask_withdraw, collect_withdraw, withdraw },
  { NULL }
};

/* How long a patient's cells may be kept, in words; *stands whether there is a consent to withdraw. To be freed. */
char *
desk_cells_consent_words (DeskPage *page, gint64 patient_id, gboolean *stands)
{
  g_autoptr (GPtrArray) consents = desk_storage_consent_list (desk_page_get_reader (page), patient_id, NULL);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));

  *stands = FALSE;
  for (guint i = 0; consents && i < consents->len; i++)
    {
      const DeskStorageConsent *consent = consents->pdata[i];
      g_autofree char *until = desk_words_iso_day (consent->until_on);

      if (consent->withdrawn_at)
        continue;
      *stands = TRUE;
      if (strcmp (consent->until_on, today) < 0)
        return g_strdup_printf (_("! ended on %s"), until);
      g_autofree char *from = desk_words_iso_day (consent->from_on);
      return g_strdup_printf (_("✓ from %s until %s · %s%s%s"), from, until, consent->by, *consent->note ? " · " : "", consent->note);
    }
  return g_strdup (consents && consents->len ? _("! withdrawn") : _("None recorded"));
}
