/* A signed paper that came back: its code says which consent it is, and one key files it. */
#include "desk-inbox-view-private.h"

#include <glib/gi18n.h>

#include "desk-consents.h"
#include "desk-paper-codes.h"
#include "desk-sign-dialog.h"
#include "desk-words.h"

typedef struct
{
  DeskInboxView *view;
  gint64 item;
} Asked;

/* The first consent among the papers, or NULL. */
static DeskConsent *
consent_among (DeskDb *db, const GPtrArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 id = 0;

      if (desk_consent_of_number (db, numbers->pdata[i], &id, NULL) && id)
        return desk_consent_load (db, id, NULL);
    }
  return NULL;
}

static void
on_codes (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (DeskInboxView) self = asked->view;
  g_autoptr (GPtrArray) numbers = desk_paper_codes_finish (result, NULL);
  gboolean still = self->shown == asked->item && self->page;
  g_autoptr (DeskConsent) consent = numbers && still ? consent_among (desk_page_get_reader (self->page), numbers) : NULL;

  g_free (asked);
  if (!consent)
    return;
  self->consent = consent->id;
  self->consent_patient = consent->patient_id;
  g_autofree char *label = g_strdup_printf (_("Signed consent of %s, %s: file it"), consent->patient_name, consent->number);
  gtk_button_set_label (self->consent_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->consent_button), TRUE);
}

/* Looks for the code of a consent on the item shown. A paper whose pages cannot be read has none. */
void
desk_inbox_view_look_for_consent (DeskInboxView *self, const DeskInboxItem *item)
{
  self->consent = self->consent_patient = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->consent_button), FALSE);
  if (!*item->digest || desk_inbox_view_is_aside (self))
    return;
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked) { g_object_ref (self), item->id };
  desk_paper_codes_async (desk_page_get_contents (self->page), item->digest, NULL, on_codes, asked);
}

/* Files the paper as the consent it is. */
void
desk_inbox_view_file_consent (DeskInboxView *self)
{
  g_autoptr (DeskDocument) document = NULL;

  if (!self->consent)
    return;
  desk_inbox_view_set_patient (self, self->consent_patient);
  document = desk_paper_form_collect (self->form);
  g_free (document->kind);
  document->kind = g_strdup ("consent");
  desk_paper_form_restore (self->form, document);
  self->filing_consent = self->consent;
  desk_inbox_view_file (self);
}

/* It is among the patient's papers now: who signed, and when, is asked. */
void
desk_inbox_view_consent_filed (DeskInboxView *self, gint64 document_id)
{
  g_autoptr (DeskConsent) consent = desk_consent_load (desk_page_get_reader (self->page), self->filing_consent, NULL);

  self->filing_consent = 0;
  if (consent && g_str_equal (consent->status, "open"))
    desk_sign_dialog_paper (self->page, consent->id, document_id);
}
