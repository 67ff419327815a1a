/* The item of the inbox that is looked at: whose it may be, its form, what it looks like. */
#include "desk-inbox-view-private.h"

#include <glib/gi18n.h>

#include "desk-document.h"
#include "desk-file-name.h"
#include "desk-inbox-row.h"
#include "desk-inbox.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

/* A patient as the desk calls them; NULL for nobody. The caller frees it. */
char *
desk_inbox_view_name_of (DeskInboxView *self, gint64 patient_id)
{
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (desk_page_get_reader (self->page), patient_id, NULL) : NULL;
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;

  return patient ? g_strdup_printf ("%s (%s)", name, patient->chart) : NULL;
}

/* A long name is cut, for the column must not grow with it. */
static void
set_label (GtkButton *button, const char *label)
{
  gtk_button_set_label (button, label);
  if (GTK_IS_LABEL (gtk_button_get_child (button)))
    gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (button)), PANGO_ELLIPSIZE_END);
}

/* Takes the label; NULL offers nothing. */
static void
offer (DeskInboxView *self, GtkButton *button, char *label)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL && desk_patient_picker_get_id (self->picker) == 0);
  set_label (button, label ? label : "");
  g_free (label);
}

/* Day, language and source of the paper filed last, while something of it would go into an empty field. */
static void
offer_facts (DeskInboxView *self)
{
  const DeskDocument *last = self->last;
  gboolean wanted = last && desk_paper_form_takes_facts (self->form, last);

  gtk_widget_set_visible (GTK_WIDGET (self->repeat_button), wanted);
  if (!wanted)
    return;

  g_autofree char *day = desk_words_iso_day (last->examined_on);
  const char *facts[] = { day, last->language, last->source };
  g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *label = g_strdup_printf (_("As before: %s"), words);
  set_label (self->repeat_button, label);
}

/* Takes what was offered into the fields that are empty. */
void
desk_inbox_view_repeat (DeskInboxView *self)
{
  if (!self->shown || !self->last)
    return;
  desk_paper_form_take_facts (self->form, self->last);
  offer_facts (self);
}

/* Offers what may be the same as of the paper before, or as the file's name says; nothing is taken by itself. */
void
desk_inbox_view_offer_patients (DeskInboxView *self)
{
  g_autofree char *guessed = desk_inbox_view_name_of (self, self->guessed);
  g_autofree char *before = desk_inbox_view_name_of (self, self->before == self->guessed ? 0 : self->before);

  offer (self, self->guess_button, guessed ? g_strdup_printf (_("From the file’s name: %s?"), guessed) : NULL);
  offer (self, self->before_button, before ? g_strdup_printf (_("As before: %s"), before) : NULL);
  offer_facts (self);
}

void
desk_inbox_view_set_patient (DeskInboxView *self, gint64 patient_id)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  desk_paper_form_set_patient (self->form, patient_id);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_problem), FALSE);
  desk_inbox_view_offer_patients (self);
}

void
desk_inbox_view_on_patient (DeskPatientPicker *picker, DeskInboxView *self)
{
  gint64 id = desk_patient_picker_get_id (picker);

  desk_paper_form_set_patient (self->form, id);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_problem), FALSE);
  desk_inbox_view_offer_patients (self);
  if (id)
    gtk_widget_grab_focus (desk_paper_form_get_input (self->form, "examined_on"));
}

/* What was begun for the item shown is there again when it is chosen again. */
void
desk_inbox_view_keep_draft (DeskInboxView *self)
{
  if (!self->shown || (!desk_paper_form_is_dirty (self->form) && !desk_patient_picker_get_id (self->picker)))
    return;

  DeskDocument *draft = desk_paper_form_collect (self->form);
  gint64 *key = g_new (gint64, 1);
  *key = self->shown;
  draft->patient_id = desk_patient_picker_get_id (self->picker);
  g_hash_table_replace (self->drafts, key, draft);
}

static DeskDocument *
new_document (const DeskInboxItem *item)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  document->title = desk_file_name_title (item->name);
  return document;
}

static void
fill_form (DeskInboxView *self, const DeskInboxItem *item)
{
  const DeskDocument *draft = g_hash_table_lookup (self->drafts, &item->id);
  g_autoptr (DeskDocument) document = new_document (item);
  g_autoptr (GError) error = NULL;

  self->guessed = 0;
  if (!desk_inbox_suggest (desk_page_get_reader (self->page), item->name, &self->guessed, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  desk_paper_form_fill (self->form, document);
  if (draft)
    desk_paper_form_restore (self->form, draft);
  desk_inbox_view_set_patient (self, draft ? draft->patient_id : desk_inbox_adder_meant (self->adder, item->id));
}

/* Says that the same is filed already, or that the name says otherwise. */
void
desk_inbox_view_show_known (DeskInboxView *self, const DeskInboxItem *item)
{
  g_autofree char *name = desk_inbox_view_name_of (self, item->known_patient_id);
  g_autofree char *text
      = name            ? g_strdup_printf (_("This is already among the papers of %s."), name)
        : *item->warning ? g_strdup_printf (_("The name says otherwise, but this is: %s"), desk_words ("media", item->media_type))
                         : NULL;

  self->known = item->known_document_id;
  gtk_label_set_label (self->known_text, text ? text : "");
  gtk_widget_set_visible (self->known_bar, text != NULL);
  gtk_widget_set_visible (self->known_show, name != NULL);
}

static void
show_preview (DeskInboxView *self, const DeskInboxItem *item)
{
  g_autoptr (GError) error = NULL;
  guint position = 0;

  if (!*item->digest)
    {
      desk_paper_preview_show (self->preview, NULL);
      desk_paper_preview_tell (self->preview, _("A Link"), item->link);
      return;
    }

  GPtrArray *digests = desk_inbox_digests (desk_page_get_reader (self->page), item->id, &error);
  if (!digests)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_paper_preview_show (self->preview, digests);

  /* Who files goes down the list: the next is read while this one is looked at. */
  if (desk_list_model_find (self->model, item->id, &position))
    {
      gint64 next = desk_list_model_get_id (self->model, position + 1);
      g_autoptr (DeskInboxItem) following = next ? desk_inbox_load (desk_page_get_reader (self->page), next, NULL) : NULL;

      if (following && following->n_files == 0)
        desk_paper_preview_prefetch (self->preview, following->digest);
    }
}

/* Nothing is chosen, or nothing is there. */
void
desk_inbox_view_show_nothing (DeskInboxView *self)
{
  gboolean none = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  self->shown = 0;
  adw_status_page_set_title (self->empty, !none ? _("Choose a Paper") : desk_inbox_view_is_aside (self) ? _("Nothing Put Aside") : _("The Inbox Is Empty"));
  adw_status_page_set_description (
      self->empty, !none            ? _("Down goes to the next one, Enter files it.")
                   : desk_inbox_view_is_aside (self) ? _("What is put aside from the inbox stays here and can be brought back.")
                                     : _("Drop PDF files, pictures or the folder of a DICOM disc anywhere into this window, paste them "
                                         "with Ctrl+V, or choose them with Ctrl+O. They wait here until you file them to a patient."));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  desk_paper_preview_show (self->preview, NULL);
}

/* Shows an item with its form and what it looks like; what was begun for the one before is kept. */
void
desk_inbox_view_show_item (DeskInboxView *self, const DeskInboxItem *item)
{
  g_autofree char *media = desk_inbox_media (item);
  g_autofree char *what = g_strdup_printf ("%s\n%s", item->name, media);

  desk_inbox_view_keep_draft (self);
  self->shown = item->id;
  gtk_label_set_label (self->what, what);
  fill_form (self, item);
  show_preview (self, item);
  desk_inbox_view_look_for_consent (self, item);
}
